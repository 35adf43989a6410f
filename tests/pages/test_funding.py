"""Funding: what the programme that came next paid, told apart from the opportunity areas' money."""

import pytest
from streamlit.testing.v1 import AppTest

import expected
from apptest import get_text, read_tables, view_page


def said(test: AppTest) -> str:
    return expected.strip_escapes("\n".join(str(one.value) for one in test.markdown))


@pytest.fixture(scope="module")
def page() -> AppTest:
    """The page as it opens: to look at, not to touch."""
    return view_page("funding")


def test_what_came_next_is_another_programme_s_money(page: AppTest) -> None:
    assert "What came next: the local needs fund, to March 2025" in [
        expected.strip_escapes(heading.value) for heading in page.header
    ]
    words = said(page)
    assert "It is never added to the amounts above." in words
    assert "set aside up to £42 million for them, a third of it for these twelve" in words
    assert "Those of all 12 add up to £14,001,000 (computed)." in words
    assert "Those of the areas shown" not in words


@pytest.mark.parametrize(
    "sentence",
    [
        "The money ended in March 2025.",
        "The wider scheme, of Education Investment Areas, was scrapped.",
        "The schools white paper of 2026 names Mission North East and Mission Coastal.",
        "their money was not decided, and no source found names the places",
    ],
)
def test_how_it_ended_and_what_was_announced_after_it(page: AppTest, sentence: str) -> None:
    assert sentence in said(page)


def test_each_area_has_its_indicative_amount(page: AppTest) -> None:
    (table,) = [
        one.cells
        for one in read_tables(page)
        if list(one.cells.columns)[:2] == ["Area", "Amount"]
        and one.cells["Amount"].str.contains("indicative").all()
    ]
    assert list(table["Amount"]) == [
        f"{expected.format_pounds(row['amount_gbp'])} (indicative)" for row in expected.NEXT
    ]


def test_a_filter_narrows_the_sum_and_not_the_whole() -> None:
    six = [a["area_id"] for a in expected.AREAS if a["cohort"] == "New six"]
    total = sum(int(row["amount_gbp"]) for row in expected.NEXT if row["area_id"] in six)
    words = said(view_page("funding", cohort="New six"))
    assert f"Those of the areas shown add up to {expected.format_pounds(str(total))}" in words
    assert "Those of all 12 add up to £14,001,000 (computed)." in words


def test_no_total_holds_it(page: AppTest) -> None:
    words = said(page)
    assert "12 were allocated £17.59 million together (computed)" in words
    assert "£31,591,000" not in get_text(page)


def test_both_figures_of_the_fund_are_among_the_announcements_and_disagree() -> None:
    found = read_tables(view_page("sources", part="Disagreements"))[-1].cells
    mine = found[found["On"].str.contains("Priority Education Investment Areas")]
    assert [("42 million" in one, "40 million" in one) for one in mine["Says"]] == [
        (True, False),
        (False, True),
    ]
    assert mine["Shown here"].str.startswith("Yes").tolist() == [True, False]
