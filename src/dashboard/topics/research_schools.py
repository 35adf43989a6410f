"""Research schools: who served each area, who hosted them, where, and what became of them."""

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import ResearchSchool
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.funding import programme

NETWORK = (
    "The network of research schools was to have 33 schools in England from September 2023, with "
    "money until at least 2026. What each school here is after July 2026 was not found."
)
_INSIDE_AREA = {
    "yes": "inside the opportunity area",
    "no": "**outside** the opportunity area",
    "no single school": "no single school, so no point on a map",
}


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


def list_lines(school: ResearchSchool) -> list[str]:
    """Return what a card says of a school, a line each, as Markdown."""
    award = f"{formatting.format_money(school.award_gbp)}, {school.award_period.lower()}"
    # A host that is a trust itself belongs to none beyond it.
    trust = "" if school.trust_or_alliance == school.host else school.trust_or_alliance
    return [
        f"Host: {formatting.escape_markdown(f'{school.host} ({school.host_kind})')}",
        f"Phase: {formatting.escape_markdown(school.phase)}",
        *([f"Trust or alliance: {formatting.escape_markdown(trust)}"] if trust else []),
        f"Where: {_format_place(school)}",
        f"Named: {formatting.format_day_markdown(school.named_on)}",
        f"Award: {formatting.escape_markdown(award)}",
    ]


def _format_place(school: ResearchSchool) -> str:
    """Return postcode and district, and whether that is inside the area; inferred says so."""
    inferred = " (inferred)" if school.postcode_basis == "inferred" else ""
    parts = []
    if school.postcode:
        parts.append(formatting.escape_markdown(school.postcode) + inferred)
    if school.host_district:
        parts.append(formatting.escape_markdown(f"{school.host_district} district"))
    inside = _INSIDE_AREA.get(school.inside_area, formatting.escape_markdown(school.inside_area))
    return ", ".join([*parts, inside])


def list_links(school: ResearchSchool) -> list[str]:
    """Return the links of a card, as Markdown: its website, and its place on a map."""
    links = []
    if school.website:
        links.append(formatting.format_link("Its website", school.website))
    if school.lat is not None:
        place = f"{school.lat}&mlon={school.lon}#map=16/{school.lat}/{school.lon}"
        address = f"https://www.openstreetmap.org/?mlat={place}"
        links.append(formatting.format_link("See on OpenStreetMap", address))
    return links


def list_notes(school: ResearchSchool) -> list[str]:
    """Return what else is known of a school, as Markdown."""
    return [formatting.escape_markdown(note) for note in (school.later, school.note) if note]
