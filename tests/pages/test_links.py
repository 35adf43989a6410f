"""Every table and card that names an area leads to its profile, with the filters."""

from urllib.parse import parse_qs, urlsplit

import pytest

from apptest import view_page

FILTERS = {"cohort": "New six", "region": "East of England"}
NAMED = {"Area", "Place", "District"}


def targets(cells: list[str]) -> list[dict[str, list[str]]]:
    """Return what the addresses of linked cells name."""
    return [
        parse_qs(urlsplit(cell.rpartition("](")[2][:-1]).query)
        for cell in cells
        if "](profile?" in cell
    ]


@pytest.mark.parametrize("page", ["overview", "map", "funding", "selection", "outcomes"])
def test_names_in_tables_lead_to_profiles_with_the_filters(page: str) -> None:
    test = view_page(page, cohort="New six", region=["East of England"])
    tables = [one.value for one in test.main.table if NAMED & set(one.value.columns)]
    linked = [
        found
        for table in tables
        for name in NAMED & set(table.columns)
        for found in targets(list(table[name]))
    ]
    assert {one["area"][0] for one in linked} == {"Fenland and East Cambridgeshire", "Ipswich"}
    assert all(one["cohort"] == ["New six"] for one in linked)
    assert all(one["region"] == ["East of England"] for one in linked)


def test_brackets_of_a_label_do_not_end_its_link() -> None:
    cells = list(view_page("overview").table[0].value["Area"])
    assert cells[4] == (
        r"[North Yorkshire Coast \(Scarborough\)]"
        "(profile?area=North+Yorkshire+Coast+%28Scarborough%29)"
    )


def test_every_card_leads_to_a_profile() -> None:
    links = view_page("research_schools").main.get("page_link")
    assert len(links) == 12
    assert all("area=" in one.proto.query_string for one in links)


def test_small_charts_lead_to_profiles() -> None:
    assert len(view_page("outcomes").main.get("page_link")) == 12
