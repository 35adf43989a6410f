"""Each page opened, filtered, given nonsense and emptied: what must be there, what must not."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
ORIGINAL = ["Blackpool", "Derby", "Norwich", "Oldham", "West Somerset"]
NEW = ["Bradford", "Doncaster", "Hastings", "Ipswich", "Stoke-on-Trent"]

# page, heading, least number of tables, of maps, of charts
PAGES = [
    ("overview", "England's twelve opportunity areas", 1, 1, 0),
    ("map", "Map", 1, 1, 0),
    ("funding", "Funding", 7, 0, 4),
    ("research_schools", "Research schools", 0, 0, 0),
    ("sources", "Data and sources", 4, 0, 0),
]
NARROWED = [row for row in PAGES if row[0] != "sources"]


def opened(page: str, **address: str) -> AppTest:
    """Open a page as app.py does, with an address, and refuse any exception."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    if page != "overview":
        test.switch_page(f"pages/{page}.py").run()
    assert not test.exception
    return test


def shown(test: AppTest) -> str:
    """Return all that the page says: prose, captions, figures and tables."""
    main = test.main
    prose = [
        str(one.value)
        for kind in ("title", "header", "subheader", "markdown")
        for one in main.get(kind)
    ]
    figures = [f"{one.label} {one.value}" for one in main.metric]
    tables = [one.value.to_csv() for one in main.table]
    said = "\n".join([*prose, *figures, *tables, *(str(one.value) for one in main.info)])
    return re.sub(r"\\(\W)", r"\1", said)


@pytest.mark.parametrize(("page", "heading", "tables", "maps", "charts"), PAGES)
def test_opens_with_its_content(
    page: str, heading: str, tables: int, maps: int, charts: int
) -> None:
    test = opened(page)
    assert [one.value for one in test.title] == [heading]
    assert len(test.table) >= tables
    assert len(test.get("component_instance")) == maps
    assert len(test.get("vega_lite_chart")) == charts


@pytest.mark.parametrize("page", [row[0] for row in PAGES])
def test_shows_no_programmer_word(page: str) -> None:
    assert re.findall(r"\bnan\b|<NA>|\bNaT\b|\bNone\b(?! was| of)", shown(opened(page))) == []


@pytest.mark.parametrize("page", [row[0] for row in NARROWED])
def test_a_cohort_leaves_out_the_other(page: str) -> None:
    said = shown(opened(page, cohort="New six"))
    assert "6 of 12 areas: New six" in said
    assert all(name in said for name in ("Hastings", "Ipswich"))
    assert not [name for name in ORIGINAL if f"{name}," in said or f"{name} Research" in said]


@pytest.mark.parametrize("page", [row[0] for row in PAGES])
def test_an_unknown_value_is_the_default(page: str) -> None:
    test = opened(page, cohort="Newest six", region="Atlantis", place="<script>")
    assert "All 12 areas" in shown(test)
    assert test.sidebar.radio[0].value == "All twelve"


@pytest.mark.parametrize("page", [row[0] for row in PAGES])
def test_no_area_says_so_and_offers_the_way_back(page: str) -> None:
    test = opened(page, cohort="Original six", region="South East")
    assert "No opportunity area fits" in shown(test)
    test.button(key="reset_empty").click().run()
    assert not test.exception
    assert "All 12 areas" in shown(test)


@pytest.mark.parametrize("page", [row[0] for row in PAGES])
def test_the_menu_holds_every_page(page: str) -> None:
    assert opened(page).sidebar.radio[0].options == ["All twelve", "Original six", "New six"]


def test_programme_totals_do_not_shrink() -> None:
    said = shown(opened("overview", cohort="New six"))
    assert all(amount in said for amount in ("£72 million", "£108 million", "£3.5 million"))


@pytest.mark.parametrize(
    ("cohort", "people"), [("Original six", "914,251"), ("New six", "1,520,045")]
)
def test_people_are_those_of_the_areas_shown(cohort: str, people: str) -> None:
    assert f"People living there {people}" in shown(opened("overview", cohort=cohort))


@pytest.mark.parametrize("name", ["Deprived neighbourhoods", "Population", "Fourth-year money"])
def test_the_map_takes_its_measure_from_the_address(name: str) -> None:
    said = shown(opened("map", colour=name))
    assert f"{name}: highest in" in said


def test_the_map_takes_its_area_from_the_address() -> None:
    test = opened("map", area="Hastings")
    assert "Hastings" in [one.value for one in test.subheader]


@pytest.mark.parametrize("area", ["Atlantis", "Derby"])
def test_an_area_that_is_not_shown_is_not_chosen(area: str) -> None:
    assert "Choose an area" in shown(opened("map", area=area, cohort="New six"))


def test_the_search_for_a_source_is_in_the_address() -> None:
    said = shown(opened("sources", source="EDHUB_2017"))
    assert "1 of 225 sources" in said
    assert "DfE Education Hub blog" in said
