"""Two to four areas side by side, and what an address with more, fewer or unknown ones gives."""

import pandas as pd
import pytest

from apptest import get_text, open_page, read_tables, view_page
from dashboard.palette import DARK, LIGHT

TWO = ["Derby", "Norwich"]


def columns(*labels: str) -> list[str]:
    return list(read_tables(view_page("compare", areas=list(labels)))[0].cells.columns[1:])


def read_money(*labels: str) -> pd.DataFrame:
    return read_tables(view_page("compare", areas=list(labels)))[1].cells.set_index("Money")


def test_takes_the_areas_from_the_address() -> None:
    assert columns("Derby", "Norwich") == ["Derby", "Norwich"]


def test_two_stand_as_an_example_until_one_is_chosen() -> None:
    test = open_page("compare")
    assert list(read_tables(test)[0].cells.columns[1:]) == ["Blackpool", "Bradford"]
    assert "Blackpool and Bradford are shown as an example" in get_text(test)
    assert test.main.button_group[0].value == []
    for chosen in (["Derby"], TWO):
        test.main.button_group[0].set_value(chosen).run()
    assert list(read_tables(test)[0].cells.columns[1:]) == TWO
    assert "example" not in get_text(test)


def test_five_areas_give_four_and_a_word() -> None:
    five = ["Derby", "Norwich", "Hastings", "Oldham", "Ipswich"]
    test = view_page("compare", areas=five)
    assert list(read_tables(test)[0].cells.columns[1:]) == five[:4]
    assert "Ipswich is left out" in get_text(test)


def test_one_area_asks_for_another() -> None:
    assert "Choose two areas or more" in get_text(view_page("compare", areas=["Derby"]))


def test_an_unknown_area_is_left_out() -> None:
    assert columns("Derby", "Atlantis", "Norwich") == ["Derby", "Norwich"]
    said = get_text(view_page("compare", areas=["Derby", "Atlantis", "Norwich"]))
    assert "This address asks for the area “Atlantis”. We do not understand that" in said


@pytest.mark.parametrize(
    "measure", ["Good level of development at age five", "GCSEs in English and maths by age 19"]
)
def test_outcomes_are_laid_over_each_other(measure: str) -> None:
    test = view_page("compare", areas=["Derby", "Norwich"], measure=measure)
    # The lines, and the changes in order.
    assert len(test.get("vega_lite_chart")) == 2
    assert f"Chosen: **{measure}**." in get_text(test)
    assert "England" in get_text(test)


def test_a_measure_for_authorities_leaves_out_a_part_of_a_county() -> None:
    said = get_text(view_page("compare", areas=["Derby", "Norwich"], measure="Progress 8"))
    assert "Norwich has no figure here: it is published for Norfolk as a whole" in said


def test_breaks_have_their_reason_and_nothing_is_claimed() -> None:
    said = get_text(
        view_page(
            "compare", areas=["Derby", "Norwich"], measure="GCSEs in English and maths by age 19"
        )
    )
    assert "centre-assessed grades" in said
    assert "It does not show what the programme caused." in said


def test_money_beside_the_main_amount_is_told() -> None:
    table = read_money("Hastings", "Oldham")
    fifth = table.loc["Fifth year (2021/22)"]
    assert "£920,000 (Hastings schools); and £210,000" in fifth["Hastings"]
    assert "£1,339,000; and £300,000" in fifth["Oldham"]


def test_a_tenth_of_a_point_is_about_the_same_whatever_is_beside_it() -> None:
    said = get_text(view_page("compare", areas=["Norwich", "Fenland and East Cambridgeshire"]))
    assert "better than England's in 1 of 2 places and about the same in 1" in said


def test_five_lines_have_five_colours() -> None:
    assert len(set(LIGHT.series)) == len(set(DARK.series)) == 5


def test_money_has_qualifiers_and_says_what_was_not_found() -> None:
    table = read_money("Derby", "Norwich")
    assert table.loc["Core money, three years (2017 to 2020)", "Derby"] == (
        "about £6 million (the same headline for all areas)"
    )
    assert table.loc["Fifth year (2021/22)", "Norwich"] == "Not found"
