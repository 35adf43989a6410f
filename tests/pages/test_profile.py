"""All twelve profiles, cold, with nothing missing that is known and nothing odd in its place."""

import csv
import re

import pytest

from dashboard.data.loader import DEFAULT_FOLDER
from opening import opened, shown

with (DEFAULT_FOLDER / "areas.csv").open(encoding="utf-8", newline="") as file:
    AREAS = list(csv.DictReader(file))
SIX = {"blackpool", "derby", "oldham", "bradford", "doncaster", "stoke-on-trent"}
SECTIONS = [
    "Priorities of the delivery plan",
    "On the Social Mobility Index",
    "Money, row by row",
    "Research school",
    "What happened next, against England",
    "Not known here",
    "Sources used on this page",
]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_opens_cold_with_every_section(area: dict[str, str]) -> None:
    test = opened("profile", area=area["label"])
    headings = [one.value for one in test.header]
    assert headings[0] == area["label"].replace("-", "\\-").replace("(", "\\(").replace(")", "\\)")
    assert headings[1:] == SECTIONS
    assert len(test.get("component_instance")) == 1
    assert len(test.get("vega_lite_chart")) >= 3
    assert all(len(one.value) for one in test.table)


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_has_no_programmer_word_and_no_empty_fact(area: dict[str, str]) -> None:
    test = opened("profile", area=area["label"])
    assert re.findall(r"\bnan\b|<NA>|\bNaT\b|\bNone\b(?! was| of)", shown(test)) == []
    facts = test.table[0].value
    assert (facts["Figure"].str.len() > 0).all()


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_has_authority_measures_only_where_the_area_is_one(area: dict[str, str]) -> None:
    test = opened("profile", area=area["label"])
    said = shown(test)
    table = next(one.value for one in test.table if "Measure" in one.value.columns)
    assert (len(table) == 15) == (area["area_id"] in SIX)
    assert ("Progress 8" in set(table["Measure"])) == (area["area_id"] in SIX)
    assert ("a county's figure is never shown" in said) == (area["area_id"] not in SIX)
    not_held = "key stage 2 are published by district too. Those figures are not held here."
    assert (not_held in said) == (area["area_id"] not in SIX)
    assert "published for whole local authorities only" not in said


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("West Somerset", "Somerset West and Taunton"),
        ("North Yorkshire Coast (Scarborough)", "1 April 2023"),
        ("Derby", "The chair's name was not found"),
        ("Doncaster", "has been a city since late 2022"),
        ("Blackpool", "Cannot be compared with 2019 as a trend"),
        ("West Somerset", "researchschool.org.uk/somerset"),
        ("Norwich", "read in a third-party copy of the whole table"),
        ("Fenland and East Cambridgeshire", "Fenland (E07000010)"),
        ("Blackpool", "318, not preferred"),
    ],
)
def test_says_what_is_particular(area: str, words: str) -> None:
    assert words in shown(opened("profile", area=area))


def test_without_an_area_offers_all_twelve() -> None:
    test = opened("profile")
    assert len(test.main.get("page_link")) == 12


def test_a_filter_that_leaves_the_area_out_does_not_take_it_away() -> None:
    test = opened("profile", area="Hastings", cohort="Original six")
    assert test.header[0].value == "Hastings"
