"""Pages show what an address means, say what is not understood, and offer what was meant."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from apptest import ROOT, get_text, open_page, view_page
from dashboard.data import store
from dashboard.parameters import FILTERS, PAGES, list_parameters
from dashboard.topics.outcomes.exhibits import describe_option, list_measures

# What a reader writes freely, and the column of a table to sort by: what is not there is left out.
FREE = {"source", "row", "by"}
BOUND = re.compile(r'key=("\w+"),\s*(?:horizontal=True,\s*)?bind="query-params"')
ADOPTED = re.compile(r'choices\.(?:sync_\w+\(|draw_list\([^;]*?key=)("\w+"|_AREA_KEY)')


def widget(test: AppTest, kind: str, key: str) -> Any:
    return next(one for one in test.get(kind) if one.key == key)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "address", "says"),
    [
        ("overview", {"cohort": "new six"}, "6 of 12 areas: New six"),
        ("funding", {"Cohort": "first-six"}, "6 of 12 areas: Original six"),
        ("sources", {"region": ["south_east", "NW"]}, "3 of 12 areas: North West or South East"),
        ("selection", {"place": "seaside"}, "4 of 12 areas: Coastal"),
        ("profile", {"area": "hastings"}, "Hastings"),
        ("profile", {"area": "Stoke on Trent"}, "Stoke-on-Trent"),
        ("profile", {"area": "North Yorkshire Coast"}, "North Yorkshire Coast"),
        ("profile", {"area": "Hastings "}, "Hastings"),
        ("map", {"focus": "whitby"}, "Whitby is in Scarborough"),
        ("outcomes", {"measure": "attainment8"}, "Attainment 8, 2"),
        ("compare", {"areas": "hastings,derby"}, "Hastings"),
    ],
)
def test_what_is_meant_is_shown(page: str, address: dict[str, Any], says: str) -> None:
    test = view_page(page, **address)
    said = get_text(test)
    assert says in said
    assert "not one of the twelve" not in said
    assert "do not understand" not in said


def test_the_address_is_written_as_the_widgets_write_it_and_other_things_are_kept() -> None:
    test = open_page(
        "overview", cohort="new six", region=["south east", "Atlantis"], utm_source="x"
    )
    expected = {"cohort": "New six", "region": "South East", "utm_source": "x"}
    assert {name: test.query_params[name] for name in test.query_params} in (
        expected,
        {name: [value] for name, value in expected.items()},
    )


def test_what_is_said_stays_until_something_else_is_asked_for() -> None:
    test = open_page("overview", cohort="nw sx", region="Atlantis")
    words = "This address asks for the cohort “nw sx” and the region “Atlantis”."
    assert words in get_text(test)
    assert words in get_text(test.run())
    assert words not in get_text(widget(test, "radio", "cohort").set_value("Original six").run())


def test_an_offer_chooses_what_was_meant_and_keeps_the_rest() -> None:
    test = open_page("overview", cohort="nw sx", region="South East")
    widget(test, "button", "meant cohort New six").click().run()
    said = get_text(test)
    assert "1 of 12 areas: New six; South East" in said
    assert "do not understand" not in said


def test_an_offer_is_added_where_several_can_be_chosen() -> None:
    test = open_page("overview", region=["South East", "South Wst"])
    widget(test, "button", "meant region South West").click().run()
    assert "2 of 12 areas: South East or South West" in get_text(test)


def test_an_area_that_may_be_meant_is_offered_with_the_filters() -> None:
    test = view_page("profile", area="Hastngs", cohort="new six")
    assert "The nearest: Hastings is one of the twelve areas." in get_text(test)
    first = test.main.get("page_link")[0].proto
    assert (first.label, first.query_string) == ("Hastings", "cohort=New+six&area=Hastings")


def test_text_from_an_address_is_text() -> None:
    test = view_page("overview", cohort="**new** [x](http://e.org) <b>")
    (said,) = (one.value for one in test.main.info)
    assert r"\*\*new\*\*" in said
    assert "](http" not in said


def test_a_page_that_there_is_not_is_said_with_a_link_to_the_nearest() -> None:
    test = view_page("overview", page="fundng")
    assert "There is no page called “fundng” here." in get_text(test)
    assert test.main.get("page_link")[0].proto.label == "Funding"


def test_every_widget_that_is_bound_to_the_address_is_read() -> None:
    scripts = [*ROOT.glob("src/dashboard/ui/*.py"), *ROOT.glob("pages/*.py")]
    text = "\n".join(path.read_text("utf-8") for path in scripts)
    found = {key.strip('"') for key in [*BOUND.findall(text), *ADOPTED.findall(text)]}
    known = {*FILTERS, *(name for names in PAGES.values() for name in names)}
    # The area chosen on the map is named by a constant.
    assert (found - {"_AREA_KEY"}) | {"focus"} == known | FREE


@pytest.mark.slow
@pytest.mark.parametrize("page", list(PAGES))
def test_the_choices_are_those_of_the_widgets(page: str) -> None:
    test = view_page(page or "overview", part="Tables" if page == "sources" else "x")
    data = store.current()
    sought = {**list_parameters(data, page)}
    drawn: list[Any] = [
        one
        for kind in ("radio", "selectbox", "pills", "button_group")
        for one in test.get(kind)
        if one.key in sought
    ]
    assert {one.key for one in drawn} >= {"cohort", "region", "place"}
    for one in drawn:
        offered = [option for option in one.options if option != "Choose an area"]
        choices = list(sought[str(one.key)].choices)
        if one.key == "measure":
            choices = [describe_option(data, measure) for measure in list_measures(data)]
        assert offered == choices, one.key
