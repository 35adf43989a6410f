"""Each page view_page, filtered, given nonsense and emptied: what must be there, what must not."""

import sys

import pytest

import apptest
import expected
from apptest import (
    get_text,
    list_programmer_words,
    open_page,
    read_drawings,
    read_tables,
    view_page,
)

ORIGINAL = {row["label"] for row in expected.AREAS if row["cohort"] == "Original six"}

# page, heading, least number of tables, of maps, of charts
PAGES = [
    ("overview", "England's twelve opportunity areas", 1, 1, 0),
    ("map", "Map", 1, 1, 0),
    ("funding", "Funding", 7, 0, 4),
    ("research_schools", "Research schools", 0, 1, 0),
    ("selection", "Why these areas", 5, 1, 1),
    ("outcomes", "Outcomes", 6, 0, 14),
    ("all_measures", "All measures", 1, 0, 0),
    ("profile", "Area profile", 1, 1, 0),
    ("compare", "Compare", 4, 0, 2),
    ("sources", "Data and sources", 0, 0, 0),
    ("about", "About", 0, 0, 0),
]
# The filters do not narrow these: an area is picked on the page itself.
WHOLE = ("profile", "compare", "sources", "about")
# These say nothing of filters and do not show them: they would do nothing.
UNFILTERED = ("compare", "profile", "about")
NARROWED = [row for row in PAGES if row[0] not in (*WHOLE, "outcomes")]


@pytest.mark.parametrize(("page", "heading", "tables", "maps", "charts"), PAGES)
def test_opens_with_its_content(
    page: str, heading: str, tables: int, maps: int, charts: int
) -> None:
    test = view_page(page)
    assert [one.value for one in test.title] == [heading]
    assert len(read_tables(test)) >= tables
    assert len(test.get("component_instance")) == maps
    assert len(test.get("vega_lite_chart")) + len(read_drawings(test)) == charts


def test_a_page_is_sent_while_it_is_drawn() -> None:
    open_page("about")
    assert sys.getswitchinterval() < 0.001


@pytest.mark.parametrize("page", [row[0] for row in PAGES])
def test_shows_no_programmer_word(page: str) -> None:
    assert list_programmer_words(view_page(page)) == []


@pytest.mark.parametrize("page", [row[0] for row in NARROWED])
def test_a_cohort_leaves_out_the_other(page: str) -> None:
    test = view_page(page, cohort="New six")
    assert "6 of 12 areas: New six" in get_text(test)
    named = {cell for one in read_tables(test) for cell in one.cells.get("Area", [])}
    headings = " ".join(str(one.value) for one in [*test.main.header, *test.main.subheader])
    assert named or headings
    assert not named & ORIGINAL
    assert not [name for name in ORIGINAL if name.split(" (")[0] in headings]


@pytest.mark.parametrize("page", ["funding", "sources"])
def test_an_unknown_value_is_the_default(page: str) -> None:
    test = view_page(page, cohort="Newest six", region="Atlantis", place="<script>")
    assert "All 12 areas" in get_text(test)
    assert test.sidebar.radio[0].value == "All twelve"


@pytest.mark.slow
@pytest.mark.parametrize("page", [row[0] for row in PAGES if row[0] not in UNFILTERED])
def test_no_area_says_so_and_offers_the_way_back(page: str) -> None:
    test = open_page(page, cohort="Original six", region="South East")
    assert "No opportunity area fits" in get_text(test)
    test.button(key="reset_empty").click().run()
    assert not test.exception
    assert "All 12 areas" in get_text(test)


def test_every_page_is_in_the_table_above() -> None:
    assert sorted(row[0] for row in PAGES) == apptest.PAGES


def test_programme_totals_do_not_shrink() -> None:
    said = get_text(view_page("overview", cohort="New six"))
    assert all(amount in said for amount in ("£72 million", "£108 million", "£3.5 million"))


@pytest.mark.parametrize(
    ("cohort", "people"), [("Original six", "914,251"), ("New six", "1,520,045")]
)
def test_people_are_those_of_the_areas_shown(cohort: str, people: str) -> None:
    assert f"People living there {people}" in get_text(view_page("overview", cohort=cohort))


@pytest.mark.parametrize("name", ["Deprived neighbourhoods", "Population", "Fourth-year money"])
def test_the_map_takes_its_measure_from_the_address(name: str) -> None:
    said = get_text(view_page("map", colour=name))
    assert f"{name}: highest in" in said


def test_the_map_takes_its_area_from_the_address() -> None:
    test = view_page("map", focus="Hastings")
    assert "Hastings" in [one.value for one in test.header]


@pytest.mark.parametrize("area", ["Atlantis", "Derby"])
def test_an_area_that_is_not_shown_is_not_chosen(area: str) -> None:
    test = view_page("map", focus=area, cohort="New six")
    assert [one.value for one in test.main.selectbox] == ["Cohort", "Choose an area"]


def test_the_search_for_a_source_is_in_the_address() -> None:
    said = get_text(view_page("sources", part="Sources", source="EDHUB_2017"))
    assert f"1 of {len(expected.SOURCES)} sources" in said
    assert "DfE Education Hub blog" in said
