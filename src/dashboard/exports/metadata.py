"""What every file says of itself: title, version, licence, what it holds, how to cite it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import citations, formatting
from dashboard.data.loader import Data
from dashboard.filters import Filters

# Tables of the search and of every district, thousands of rows long: only the data package, and
# the file of each table alone, holds them.
LONG_TABLES = ("postcodes", "outcodes", "towns", "other_towns", "district_outcomes")

RULES = (
    "An independent compilation, not official statistics.",
    "An empty cell means that the figure is not known, or that there is nothing to say.",
    "Every row of figures has a source_id, which leads to the table of sources.",
    "Money is in whole pounds. Its qualifier (about, up to, over) goes wherever the amount goes.",
    "Amounts that lie inside one another, and totals that follow one another, are never added up.",
    "Nothing here shows that the programme changed a result.",
    "Text that a spreadsheet would take for a formula has an apostrophe in front.",
)


@dataclass(frozen=True)
class About:
    """What a file says of itself. ``holds`` names what is in it: "6 of 12 areas: New six"."""

    title: str
    description: str
    version: str
    day: date
    holds: str
    licence: str
    licence_url: str
    attribution: tuple[str, ...]
    citation: str

    @property
    def terms(self) -> Mapping[str, object]:
        """The licence and what it asks for, as JSON files state them."""
        return {
            "licence": {"title": self.licence, "url": self.licence_url},
            "attribution": list(self.attribution),
        }


def build_metadata(data: Data, filters: Filters | None) -> About:
    """Return what a file of all areas, or of those that filters leave, says of itself."""
    package, filters = data.descriptor, filters or Filters()
    licence = package["licenses"][0]
    return About(
        title=package["title"],
        description=package["description"],
        version=package["version"],
        day=date.fromisoformat(package["created"][:10]),
        holds=formatting.describe_filters(filters, len(filters.apply(data.areas)), len(data.areas)),
        licence=licence["title"],
        licence_url=licence["path"],
        attribution=_list_credits(data),
        citation=citations.format_citation_of_all(data),
    )


def _list_credits(data: Data) -> tuple[str, ...]:
    """Return the credits that the licences of figures, boundaries and places ask for."""
    return (
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        str(data.districts_boundaries["attribution"]),
        "Postcodes: contains OS data © Crown copyright and database right 2025.",
        "Postcodes: contains Royal Mail data © Royal Mail copyright and database right 2025.",
        "Towns: contains names of places from GeoNames (CC BY 4.0).",
        "Press articles and studies are cited for facts only; none of their text is reproduced.",
    )
