"""All twelve profiles, cold, with nothing missing that is known and nothing odd in its place."""

import pytest

from apptest import get_text, list_programmer_words, read_drawings, read_tables, view_page
from expected import AREAS, Row, read_table

SIX = {"blackpool", "derby", "oldham", "bradford", "doncaster", "stoke-on-trent"}
BEFORE = ["What happened next, against England"]
AFTER = ["Priorities of the delivery plan", "Research school", "On the Social Mobility Index"]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_opens_cold_with_every_section(area: Row) -> None:
    test = view_page("profile", area=area["label"])
    name = area["label"].replace("-", "\\-").replace("(", "\\(").replace(")", "\\)")
    assert [one.value for one in test.title] == [name]
    before, money, *after = (one.value for one in test.header)
    studied = any(row["area_id"] == area["area_id"] for row in read_table("evaluations"))
    studies = [f"What studies say of {name}"] if studied else []
    assert [before] == BEFORE
    assert money.startswith(f"{name}\\: ")
    assert after == [*AFTER, *studies, "More about this area"]
    assert len(test.get("component_instance")) == 1
    assert len(read_drawings(test)) >= 3
    assert all(len(one.cells) for one in read_tables(test))


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_has_no_programmer_word_and_no_empty_fact(area: Row) -> None:
    test = view_page("profile", area=area["label"])
    assert list_programmer_words(test) == []
    facts = read_tables(test)[0].cells
    assert (facts["Figure"].str.len() > 0).all()


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area["area_id"])
def test_has_authority_measures_only_where_the_area_is_one(area: Row) -> None:
    test = view_page("profile", area=area["label"])
    said = get_text(test)
    table = next(one.cells for one in read_tables(test) if "England, same year" in one.cells)
    assert (len(table) == len(read_table("measures"))) == (area["area_id"] in SIX)
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
        ("Blackpool", "not comparable with 2019, as the neighbourhoods changed"),
        ("West Somerset", "researchschool.org.uk/somerset"),
        ("Norwich", "read in a third-party copy of the whole table"),
        ("Fenland and East Cambridgeshire", "Fenland (E07000010)"),
        ("Blackpool", "318, not preferred"),
    ],
)
def test_says_what_is_particular(area: str, words: str) -> None:
    assert words in get_text(view_page("profile", area=area))


def test_without_an_area_offers_all_twelve() -> None:
    test = view_page("profile")
    (table,) = read_tables(test)
    assert list(table.links) == list(table.cells["Area"])
    assert len(table.links) == 12


@pytest.mark.slow
def test_a_filter_that_leaves_the_area_out_does_not_take_it_away() -> None:
    test = view_page("profile", area="Hastings", cohort="Original six")
    assert test.title[0].value == "Hastings"
