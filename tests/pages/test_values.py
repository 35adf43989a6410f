"""Cards and tables of facts say, row by row, what ``data/`` says of the area they are of."""

import pandas as pd
import pytest
from lxml.html import HtmlElement
from streamlit.testing.v1 import AppTest

import expected
from apptest import parse_html, read_tables, view_page
from dashboard.data import store
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import get_area_facts
from expected import (
    Row,
    compute_deprived_share,
    compute_facts,
    describe_deprived_2025,
    format_day,
    format_pounds,
    list_districts,
    strip_escapes,
    sum_column,
)
from frames import find_frames

WHERE = {
    "yes": "inside the opportunity area",
    "no": "outside the opportunity area",
    "no single school": "no single school, so no point on a map",
}
AREAS = {area["area_id"]: area for area in expected.AREAS}


def read_cards(test: AppTest, name: str) -> list[tuple[list[str], list[str]]]:
    """Return what the cards in a frame say at once, and at a press; links as in Markdown."""
    return [
        (
            _read_lines(card.find("p")),
            [line for one in card.iter("li") for line in _read_lines(one)],
        )
        for root in parse_html(find_frames(test)[name])
        for card in root.iter("article")
    ]


def _read_lines(element: HtmlElement) -> list[str]:
    link = element.find("a")
    if link is not None:
        return [f"[{link.text_content()}]({link.get('href')})"]
    return [text for one in element.itertext() if (text := one.strip())]


def describe_school(school: Row) -> tuple[list[str], list[str]]:
    """Return what the card of a school has to say, at once and at a press."""
    award = f"{format_pounds(school['award_gbp'])}, {school['award_period'].lower()}"
    at_once = [
        school["name"],
        f"Host: {school['host']} ({school['host_kind']})",
        f"Where: {where(school)}",
        f"Award: {award}, named {format_day(school['named_on'])}",
    ]
    site, name = school["website"], school["name"]
    at_a_press = [
        f"Phase: {school['phase']}",
        trust(school) and f"Trust or alliance: {trust(school)}",
        school["later"],
        school["note"],
        site and f"[Website of {name}]({site})",
        school["lat"] and f"[{name} on OpenStreetMap]({on_map(school['lat'], school['lon'])})",
    ]
    return at_once, [" ".join(one.split()) for one in at_a_press if one]


def trust(school: Row) -> str:
    return school["trust_or_alliance"] if school["trust_or_alliance"] != school["host"] else ""


def where(school: Row) -> str:
    inferred = " (inferred)" if school["postcode_basis"] == "inferred" else ""
    postcode = school["postcode"] and school["postcode"] + inferred
    district = school["host_district"] and f"{school['host_district']} district"
    return ", ".join(filter(None, [postcode, district, WHERE[school["inside_area"]]]))


def on_map(lat: str, lon: str) -> str:
    place = f"mlat={lat}&mlon={lon}#map=16/{lat}/{lon}"
    return f"https://www.openstreetmap.org/?{place}"


def test_every_research_school_is_under_its_area_and_as_the_data_has_it() -> None:
    test = view_page("research_schools")
    headings = [
        (one.get("id"), " ".join(one.text_content().split()))
        for root in parse_html(test)
        for one in root.iter("h3")
    ]
    assert headings == [
        (f"research-school-{area['area_id']}", f"{area['label']} {area['cohort']}")
        for area in expected.AREAS
    ]
    schools = [expected.SCHOOLS[area["area_id"]] for area in expected.AREAS]
    assert read_cards(test, "card-research-schools") == list(map(describe_school, schools))


Fact = tuple[str, str, str]


def area_facts(area: Row) -> list[Fact]:
    """Return an area's facts: what, figure, source."""
    area_id = area["area_id"]
    parts, school, fourth = (
        list_districts(area_id),
        expected.SCHOOLS[area_id],
        expected.FOURTH[area_id],
    )
    when = "(mid-2017, computed)" if len(parts) > 1 else "(mid-2017)"
    children = sum_column(area_id, "children_0_15_mid2017")
    as_named = "" if area["announced_as"] == area["name"] else f", as {area['announced_as']}"
    return [
        ("Cohort", area["cohort"], area["announced_source_id"]),
        (
            "Announced",
            format_day(area["announced_on"]) + as_named,
            area["announced_source_id"],
        ),
        ("Region", area["region"], area["region_source_id"]),
        ("Type of place, 2017", area["place_type"], area["place_type_source_id"]),
        ("People", f"{int(area['population']):,} {when}", area["population_source_id"]),
        ("Children aged 0 to 15", f"{children:,} {when}", parts[0]["population_source_id"]),
        (
            "Neighbourhoods in England's most deprived tenth",
            f"{compute_deprived_share(area_id):.1f}% (2019, computed; England: 10% by definition)",
            parts[0]["deprivation_source_id"],
        ),
        (
            "Neighbourhoods in England's most deprived tenth, 2025",
            describe_deprived_2025(area_id),
            parts[0]["imd2025_source_id"] or parts[0]["change_source_id"],
        ),
        ("Fourth-year money", format_pounds(fourth["amount_gbp"]), fourth["source_id"]),
        ("Research school", school["name"], school["source_id"]),
        *(
            (f"{part['name']} district", abolished(part), part["change_source_id"])
            for part in parts
            if part["abolished_on"]
        ),
    ]


def abolished(part: Row) -> str:
    return f"Abolished on {format_day(part['abolished_on'])}: part of {part['successor_name']}"


def profile_facts(area: Row) -> list[Fact]:
    """Return the facts that only an area's profile has."""
    parts = [f"{part['name']} ({part['lad_code']})" for part in list_districts(area["area_id"])]
    plan = f"{format_day(area['plan_published_on'])}, {area['plan_pages']} pages"
    chair = ". ".join(filter(None, [area["chair"], area["chair_note"]]))
    found = [
        ("Note on the type of place", area["place_type_note"], area["place_type_note_source_id"]),
        ("Districts", " and ".join(parts), area["source_id"]),
        ("Upper-tier authority when announced", area["upper_tier_name"], area["source_id"]),
        ("Delivery plan published", plan, area["plan_source_id"]),
        ("Chair of the partnership board", chair, area["chair_source_id"]),
        ("Twinned with", area["twinned_with"], area["twinned_source_id"]),
        ("What came next", area["successor"], area["successor_source_id"]),
        ("Its money ended", "March 2025", area["successor_ended_source_id"]),
    ]
    return [one for one in found if one[1]]


def assert_facts(cells: pd.DataFrame, facts: list[Fact]) -> None:
    """Assert that a table has these facts, each with a link to its source or its publisher."""
    shown = cells.to_numpy().tolist()
    assert [line[:2] for line in shown] == [list(fact[:2]) for fact in facts]
    for (name, _, source), (*_, cited) in zip(facts, shown, strict=True):
        told = expected.SOURCES.get(source, {"publisher": "", "url": ""})
        assert bool(cited) == bool(source), name
        assert told["publisher"] in cited, name
        assert told["url"] in getattr(cited, "address", ""), name


def read_cells(test: AppTest, name: str) -> pd.DataFrame:
    """Return the cells of the one table of a frame."""
    (table,) = read_tables(find_frames(test)[name])
    return table.cells


@pytest.mark.parametrize("area", expected.AREAS, ids=lambda area: area["area_id"])
def test_the_facts_of_every_area(area: Row) -> None:
    data = store.current()
    facts = get_area_facts(data, area["area_id"])
    assert_facts(areas.tabulate_facts(data, facts), area_facts(area))
    assert_facts(areas.tabulate_profile(data, facts), [*area_facts(area), *profile_facts(area)])


@pytest.mark.parametrize("area_id", ["derby", "west-somerset", "fenland-and-east-cambridgeshire"])
def test_a_profile_has_the_facts_and_the_school_of_its_area(area_id: str) -> None:
    area = AREAS[area_id]
    test = view_page("profile", area=area["label"])
    cells = read_cells(test, f"table-profile-{area_id}")
    assert_facts(cells, [*area_facts(area), *profile_facts(area)])
    cards = read_cards(test, f"card-research-school-{area_id}")
    assert cards == [describe_school(expected.SCHOOLS[area_id])]


@pytest.mark.parametrize("area_id", ["stoke-on-trent", "north-yorkshire-coast", "hastings"])
def test_the_map_has_the_facts_of_the_area_chosen(area_id: str) -> None:
    area = AREAS[area_id]
    test = view_page("map", focus=area["label"])
    assert strip_escapes(test.header[0].value) == area["label"]
    assert_facts(read_cells(test, f"table-facts-{area_id}"), area_facts(area))


@pytest.mark.parametrize("first", [0, 4, 8])
def test_areas_side_by_side_have_their_own_facts(first: int) -> None:
    areas = expected.AREAS[first : first + 4]
    test = view_page("compare", areas=[area["label"] for area in areas])
    shown = read_cells(test, "table-facts-side-by-side").set_index("Fact")
    assert list(shown.columns) == [area["label"] for area in areas]
    for area, label in zip(areas, shown.columns, strict=True):
        own = compute_facts(area["area_id"])
        wanted = {
            "Cohort": area["cohort"],
            "Region": area["region"],
            "Type of place, 2017": area["place_type"],
            "Neighbourhoods in England's most deprived tenth, 2025": describe_deprived_2025(
                area["area_id"]
            ),
            "People, mid-2017": f"{int(area['population']):,}",
            "Children aged 0 to 15, mid-2017": f"{int(own['children']):,}",
            "Neighbourhoods in England's most deprived tenth, 2019 (computed; England: 10% by "
            "definition)": f"{float(own['deprived_share']):.1f}%",
            "Research school": own["research_school"],
            "Its host": own["research_school_host"],
        }
        assert {name: shown[label][name] for name in wanted} == wanted
    money = read_cells(test, "table-money-side-by-side").set_index("Money")
    for area, label in zip(areas, money.columns, strict=True):
        own = compute_facts(area["area_id"])
        per_child = f"£{float(own['fourth_year_per_child_gbp']):,.2f}"
        assert money[label]["Fourth year (2020/21)"].startswith(
            format_pounds(own["fourth_year_gbp"])
        )
        assert money[label]["Fourth year per child aged 0 to 15 (computed)"] == per_child
        (fund,) = (one for one in expected.NEXT if one["area_id"] == area["area_id"])
        named = "Another programme: local needs fund, to March 2025"
        assert money[label][named] == f"{format_pounds(fund['amount_gbp'])} (indicative)"
