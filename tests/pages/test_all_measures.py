"""All measures: one table of the areas shown, which the sidebar and one choice narrow."""

import pytest

from apptest import Table, get_text, list_downloads, open_page, read_tables, view_page
from dashboard.exhibits import Link
from expected import AREAS, DISTRICTS, read_table

MEASURES = read_table("measures")
BY_DISTRICT = [row for row in MEASURES if row["geography"] == "district"]
ALL = "Whole authorities too"
GROUPS = ["Other cold spots (computed)", "England"]


def read_table_of(**address: str) -> Table:
    (table,) = (
        table
        for table in read_tables(view_page("all_measures", **address))
        if "Area" in table.cells
    )
    return table


def test_the_table_has_a_row_a_district_then_the_other_cold_spots_and_england() -> None:
    cells = read_table_of().cells
    assert len(cells) == len(DISTRICTS) + len(GROUPS)
    assert list(cells["Area"])[-2:] == GROUPS
    assert len(cells.columns) == 1 + len(BY_DISTRICT)


def test_names_lead_to_profiles() -> None:
    links = [cell for cell in read_table_of().cells["Area"] if isinstance(cell, Link)]
    assert len(links) == len(DISTRICTS)
    named = {link.address.partition("area=")[2].replace("+", " ") for link in links}
    assert {"Hastings", "Fenland and East Cambridgeshire"} <= named
    assert len(named) == len(AREAS)


def test_the_choice_adds_the_measures_of_whole_authorities() -> None:
    cells = read_table_of(held=ALL).cells
    assert len(cells.columns) == 1 + len(MEASURES)
    hastings = cells[cells["Area"] == "Hastings"].iloc[0]
    assert list(hastings).count("Not held") == len(MEASURES) - len(BY_DISTRICT)
    assert any("lower is better" in head for head in cells.columns)


def test_the_address_brings_the_choice_back_and_the_choice_writes_it() -> None:
    test = open_page("all_measures", held=ALL)
    (held,) = (one for one in test.main.radio if one.key == "held")
    assert held.value == ALL
    held.set_value("Every area").run()
    assert "held" not in test.query_params
    test.main.radio[0].set_value(ALL).run()
    assert test.query_params["held"] in (ALL, [ALL])


@pytest.mark.parametrize("written", ["whole+authorities+too", "all", "Local authority"])
def test_other_spellings_of_the_choice_are_understood(written: str) -> None:
    test = view_page("all_measures", held=written.replace("+", " "))
    assert test.main.radio[0].value == ALL
    assert "do not understand" not in get_text(test)


def test_a_filter_narrows_the_table_and_the_file() -> None:
    rows = list(read_table_of(region="South East").cells["Area"])
    assert rows == ["Hastings", *GROUPS]
    files = list_downloads("all_measures", region="South East")
    (file,) = (file for file in files if file.name.startswith("all-measures"))
    assert file.name == "all-measures_south-east.csv"
    named = {row["geography_name"] for row in file.rows()}
    assert named == {"Hastings", "Other cold spots", "England"}


def test_without_an_area_no_table_is_drawn() -> None:
    test = open_page("all_measures", cohort="Original six", region="South East")
    assert "No opportunity area fits" in get_text(test)
    assert read_tables(test) == []


def test_it_can_be_sorted_by_the_figure_alone() -> None:
    from apptest import parse_html

    (root,) = (one for one in parse_html(view_page("all_measures")) if one.xpath("//button"))
    order: dict[str, int] = {}
    for row in root.iter("tr"):
        if cell := row.xpath("./td[1][@data-order]"):
            figure = cell[0].text.strip()
            order[figure] = int(cell[0].get("data-order"))
    ranked = sorted(order, key=lambda figure: order[figure])
    numbers = [float(figure.split("%")[0]) for figure in ranked]
    assert numbers == sorted(numbers)
    assert len(root.xpath("//tbody/tr/td[1][@data-order]")) == len(DISTRICTS) + len(GROUPS)
