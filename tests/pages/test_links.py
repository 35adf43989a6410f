"""Every table and card that names an area leads to its profile, with the filters."""

from urllib.parse import parse_qs, urlsplit

import pytest

from apptest import Table, parse_html, read_drawings, read_tables, view_page
from dashboard.exhibits import Link
from expected import read_table

FILTERS = {"cohort": "New six", "region": "East of England"}
NAMED = {"Area", "Place", "District"}


def targets(table: Table) -> list[dict[str, list[str]]]:
    """Return what the addresses of a table's links to profiles name."""
    return [
        parse_qs(urlsplit(cell.address).query)
        for name in NAMED & {*table.cells}
        for cell in table.cells[name]
        if isinstance(cell, Link) and cell.address.startswith("profile?")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["overview", "map", "funding", "selection", "outcomes", "all_measures"]
)
def test_names_in_tables_lead_to_profiles_with_the_filters(page: str) -> None:
    test = view_page(page, cohort="New six", region=["East of England"])
    linked = [found for table in read_tables(test) for found in targets(table)]
    shown = {"Fenland and East Cambridgeshire", "Ipswich"}
    # The map of the index is about all twelve.
    wanted = {row["label"] for row in read_table("areas")} if page == "selection" else shown
    assert {one["area"][0] for one in linked} == wanted
    assert all(one["cohort"] == ["New six"] for one in linked)
    assert all(one["region"] == ["East of England"] for one in linked)


def test_brackets_of_a_label_do_not_end_its_link() -> None:
    links = read_tables(view_page("overview"))[0].links
    assert links["North Yorkshire Coast (Scarborough)"] == (
        "profile?area=North+Yorkshire+Coast+%28Scarborough%29"
    )


@pytest.mark.parametrize(("address", "cards"), [({}, 12), ({"cohort": "New six"}, 6)])
def test_every_card_leads_to_a_profile(address: dict[str, str], cards: int) -> None:
    links = [
        link
        for root in parse_html(view_page("research_schools", **address))
        for link in root.xpath("//article/p/a")
    ]
    assert len(links) == cards
    for link in links:
        asked = parse_qs(urlsplit(link.get("href")).query)
        (area,) = asked.pop("area")
        assert link.text_content() == f"Everything about {area}"
        assert asked == {name: [value] for name, value in address.items()}


def test_small_charts_lead_to_profiles() -> None:
    test = view_page("outcomes", cohort="New six", region=["East of England"])
    names = [one.name for one in read_drawings(test)]
    assert names == ["Fenland and East Cambridgeshire", "Ipswich"]
    for name in names:
        assert isinstance(name, Link)
        assert parse_qs(urlsplit(name.address).query) == {
            "cohort": ["New six"],
            "region": ["East of England"],
            "area": [name],
        }
