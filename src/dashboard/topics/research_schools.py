"""Research schools: who served each area, who hosted them, where, and what became of them."""

from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import ResearchSchool
from dashboard.exhibits import make_link
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.funding import programme

NETWORK = (
    "The network of research schools was to have 33 schools in England from September 2023, with "
    "money until at least 2026. What each school here is after July 2026 was not found."
)
_INSIDE_AREA = {
    "yes": "inside the opportunity area",
    "no": "outside the opportunity area",
    "no single school": "no single school, so no point on a map",
}


@dataclass(frozen=True)
class SchoolCard:
    """What a card says of a research school, in plain text and links, at once and at a press."""

    name: str
    lines: tuple[str, ...]
    further: tuple[str, ...]


@memoize
def build_network_provenance(data: Data) -> Provenance:
    """Return what :data:`NETWORK` rests on."""
    return programme.build_provenance(
        programme.select_announcements(data, ["research-schools-network"]),
        name="research-schools-network",
        title="The Research Schools Network after 2023",
        method="As announced, for all of England.",
    )


@memoize
def get_school(data: Data, area_id: str) -> ResearchSchool:
    """Return the research school of an area.

    Raises:
        KeyError: there is none.
    """
    schools = data.research_schools
    rows = to_rows(schools[schools["area_id"] == area_id], ResearchSchool)
    if not rows:
        raise KeyError(area_id)
    return rows[0]


@memoize
def build_provenance(data: Data, area_id: str) -> Provenance:
    """Return what the card of an area's research school rests on."""
    rows = data.research_schools[data.research_schools["area_id"] == area_id]
    others = [name for name in rows.columns if name.endswith("_source_id")]
    inferred = (rows["postcode_basis"] == "inferred").any()
    return Provenance(
        name=f"research-school-{area_id}",
        title=f"Research school, {rows['name'].iloc[0]}",
        method="The school named for the area, its host, and the award as announced.",
        source_ids=list_distinct(rows["source_id"], *(rows[name] for name in others)),
        frame=rows,
        rows={"research_schools": rows},
        status="The postcode is inferred; the rest is as published." if inferred else PUBLISHED,
    )


@memoize
def build_schools_provenance(data: Data, areas: pd.DataFrame) -> Provenance:
    """Return what the cards and the map of the research schools of areas rest on."""
    schools = data.research_schools
    rows = schools[schools["area_id"].isin(areas["area_id"])] if len(areas) else schools
    others = [name for name in rows.columns if name.endswith("_source_id")]
    return Provenance(
        name="research-schools",
        title="Research schools",
        method="The school named for each area, its host, and the award as announced. Postcodes "
        "marked inferred are worked out by us.",
        source_ids=list_distinct(rows["source_id"], *(rows[name] for name in others)),
        frame=rows,
        rows={"research_schools": rows},
        narrowed=True,
    )


@memoize
def describe_outside(data: Data, areas: pd.DataFrame) -> str:
    """Return which hosts lay outside their area, as Markdown."""
    outside = [
        f"{label} ({school.host}, in {school.host_district})"
        for label, school in _map_schools(data, areas).items()
        if school.inside_area == "no"
    ]
    if not outside:
        return "No host shown lay outside its area."
    hosts = "The host lay" if len(outside) == 1 else "The hosts lay"
    return formatting.escape_markdown(
        f"{hosts} outside the area of {formatting.join_names(outside)}."
    )


@memoize
def describe_map(data: Data, areas: pd.DataFrame) -> str:
    """Return what the map of the hosts shows, and for which areas it has no mark, as Markdown."""
    schools = _map_schools(data, areas)
    several = [label for label, school in schools.items() if school.lat is None]
    sentence = "A mark stands where a host was"
    if any(school.inside_area == "no" for school in schools.values()):
        sentence += ", joined to its area by a line where it lay outside"
    sentences = [f"{sentence}."]
    if several:
        sentences.append(f"No single school, so no mark: {formatting.join_names(several)}.")
    return formatting.escape_markdown(" ".join(sentences))


def _map_schools(data: Data, areas: pd.DataFrame) -> dict[str, ResearchSchool]:
    """Map the labels of areas to their research schools, in the order of the schools."""
    labels = dict(zip(areas["area_id"], areas["label"], strict=True))
    schools = to_rows(data.research_schools, ResearchSchool)
    return {labels[row.area_id]: row for row in schools if row.area_id in labels}


@memoize
def build_card(data: Data, area_id: str) -> SchoolCard:
    """Build what a card says of the research school of an area.

    Raises:
        KeyError: there is none.
    """
    school = get_school(data, area_id)
    award = f"{formatting.format_money(school.award_gbp)}, {school.award_period.lower()}"
    # A host that is a trust itself belongs to none beyond it.
    trust = "" if school.trust_or_alliance == school.host else school.trust_or_alliance
    further = [
        f"Phase: {school.phase}",
        f"Trust or alliance: {trust}" if trust else "",
        formatting.format_text(school.later),
        formatting.format_text(school.note),
        *_list_links(school),
    ]
    return SchoolCard(
        name=school.name,
        lines=(
            f"Host: {school.host} ({school.host_kind})",
            f"Where: {_format_place(school)}",
            f"Award: {award}, named {formatting.format_day(school.named_on)}",
        ),
        further=tuple(line for line in further if line),
    )


def _format_place(school: ResearchSchool) -> str:
    """Return postcode and district, and whether that is inside the area; inferred says so."""
    inferred = " (inferred)" if school.postcode_basis == "inferred" else ""
    parts = []
    if school.postcode:
        parts.append(f"{school.postcode}{inferred}")
    if school.host_district:
        parts.append(f"{school.host_district} district")
    return ", ".join([*parts, _INSIDE_AREA.get(school.inside_area, school.inside_area)])


def _list_links(school: ResearchSchool) -> list[str]:
    """Return a school's website, and its place on a map."""
    links = []
    if school.website:
        links.append(make_link(f"Website of {school.name}", school.website))
    if school.lat is not None:
        place = f"{school.lat}&mlon={school.lon}#map=16/{school.lat}/{school.lon}"
        address = f"https://www.openstreetmap.org/?mlat={place}"
        links.append(make_link(f"{school.name} on OpenStreetMap", address))
    return links
