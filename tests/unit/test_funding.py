"""Funding: what was announced, what was found for areas, and what is never added up."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.data.loader import Data
from dashboard.exhibits import Exhibit
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import comparison, programme, successor
from expected import read_table

HEADLINES = ("twelve-areas-total", "five-year-total", "research-schools-total")


def read_pounds(words: str) -> int | None:
    """Return the amount that some words say, None where they say none."""
    digits = re.sub(r"[^\d.]", "", words)
    return round(float(digits) * (1e6 if "million" in words else 1)) if digits else None


def test_the_headlines(content: Data) -> None:
    assert [(figure.value, figure.note) for figure in programme.list_headlines(content)] == [
        ("£72 million", "Dated 18 January 2017, for three years (2017 to 2020)"),
        ("£108 million", "Dated 2022, for 2017 to 2022"),
        ("£3.5 million", "Dated 18 January 2017"),
    ]


@pytest.mark.parametrize(("number", "event_id"), list(enumerate(HEADLINES)))
def test_the_headlines_by_hand(content: Data, number: int, event_id: str) -> None:
    (row,) = (row for row in read_table("funding_programme") if row["event_id"] == event_id)
    figure = programme.list_headlines(content)[number]
    assert read_pounds(figure.value) == int(row["amount_gbp"])
    expected = {row["source_id"], row["cross_check_source_id"]} - {""}
    assert set(figure.provenance.source_ids) == expected


def test_a_qualifier_goes_with_the_amount(content: Data) -> None:
    events = content.funding_programme.assign(
        qualifier=pd.array(["about"] * len(content.funding_programme), dtype="string")
    )
    changed = replace(content, funding_programme=events)
    assert programme.list_headlines(changed)[0].value == "about £72 million"
    assert "from about £60 million to about £108 million" in programme.build_totals(changed).title


def test_the_totals_are_in_date_order(content: Data) -> None:
    shuffled = replace(content, funding_programme=content.funding_programme[::-1])
    for data in (content, shuffled):
        exhibit = programme.build_totals(data)
        amounts = ["£60 million", "£72 million", "£90 million", "£108 million"]
        assert list(exhibit.table["Amount"]) == amounts
        assert exhibit.title == (
            "The announced total grew from £60 million to £108 million in three steps"
        )


def test_a_single_step_is_in_the_singular(content: Data) -> None:
    events = content.funding_programme
    totals = events[events["kind"] == "programme total"].sort_values("date")
    fewer = events.drop(index=totals.index[2:])
    title = programme.build_totals(replace(content, funding_programme=fewer)).title
    assert title == "The announced total grew from £60 million to £72 million in one step"


def test_who_paid_for_research_schools(content: Data) -> None:
    assert programme.build_research_school_money(content).title == (
        "£3.5 million for research schools: £2 million from the Education Endowment Foundation "
        "and £1.5 million from the Department for Education"
    )


def test_an_unknown_announcement_is_an_error(content: Data) -> None:
    assert programme.get_announcement(content, "fourth-year").amount_gbp == 18_000_000
    with pytest.raises(KeyError):
        programme.get_announcement(content, "sixth-year")


@pytest.mark.parametrize("scope", ["fourth year", "core three years", "research school"])
def test_an_area_has_a_single_main_amount_in_a_scope(facts: pd.DataFrame, scope: str) -> None:
    main = (row for row in read_table("funding_areas") if row["role"] == "main")
    assert sorted(row["area_id"] for row in main if row["scope"] == scope) == sorted(
        facts["area_id"]
    )


def test_the_fourth_year_by_hand(content: Data, facts: pd.DataFrame) -> None:
    shown = facts[facts["cohort"] == "New six"]
    ids = set(shown["area_id"])
    amounts = {
        row["area_id"]: int(row["amount_gbp"])
        for row in read_table("funding_areas")
        if row["scope"] == "fourth year" and row["role"] == "main"
    }
    exhibit = funding.build_fourth_year(content, shown)
    pounds = [read_pounds(words) for words in exhibit.table["Fourth-year money"]]
    assert pounds == sorted((amounts[area_id] for area_id in ids), reverse=True)
    together = sum(amounts[area_id] for area_id in ids)
    assert f"6 were allocated £{together / 1e6:.2f}".rstrip("0") in exhibit.lead[0]
    assert f"add up to £{sum(amounts.values()) / 1e6:.2f} million" in exhibit.lead[0]
    assert sum(amounts.values()) == 17_590_000


def test_an_area_without_an_amount_is_counted_and_named(content: Data, facts: pd.DataFrame) -> None:
    missing = facts.assign(
        fourth_year_gbp=facts["fourth_year_gbp"].where(facts["area_id"] != "derby"),
        fourth_year_source_id=facts["fourth_year_source_id"].where(facts["area_id"] != "derby"),
    )
    exhibit = funding.build_fourth_year(content, missing)
    assert "11 were allocated" in exhibit.lead[0]
    assert list(exhibit.table["Fourth-year money"])[-1] == "Not found"


@pytest.mark.parametrize("cohort", ["Original six", "New six"])
def test_the_fifth_year_by_hand(content: Data, facts: pd.DataFrame, cohort: str) -> None:
    shown = facts[facts["cohort"] == cohort]
    expected = {
        row["amount_id"]
        for row in read_table("funding_areas")
        if row["scope"] == "fifth year"
        and row["role"] in {"main", "in addition"}
        and row["area_id"] in set(shown["area_id"])
    }
    exhibit = funding.build_fifth_year(content, shown)
    assert set(exhibit.provenance.frame["amount_id"]) == expected
    found = {row["area_id"] for row in read_table("funding_areas") if row["amount_id"] in expected}
    named = dict(zip(shown["area_id"], shown["label"], strict=True))
    assert set(exhibit.table["Area"]) == {named[area_id] for area_id in found}
    missing = [label for area_id, label in named.items() if area_id not in found]
    words = exhibit.lead[0].replace("\\", "")
    assert [label for label in missing if label not in words] == []


def test_no_fifth_year_at_all(content: Data, facts: pd.DataFrame) -> None:
    nothing = replace(content, funding_areas=content.funding_areas[:0])
    exhibit = funding.build_fifth_year(nothing, facts)
    assert exhibit.table.empty
    assert [name for name in facts["name"] if name not in exhibit.lead[0].replace("\\", "")] == []


def test_every_amount_by_hand(content: Data, facts: pd.DataFrame) -> None:
    shown = funding.build_every_amount(content, facts).table["Amount"]
    written = [row["amount_gbp"] for row in read_table("funding_areas")]
    assert [read_pounds(words) for words in shown] == [
        int(pounds) if pounds else None for pounds in written
    ]
    own = funding.build_every_amount(content, facts[:1]).table
    assert len(own) == sum(row["area_id"] == "blackpool" for row in read_table("funding_areas"))


def test_every_table_of_money_says_who_paid_and_who_reports_it(
    content: Data, facts: pd.DataFrame
) -> None:
    for exhibit in list_exhibits(content, facts):
        if exhibit.id != "money-side-by-side":
            columns = list(exhibit.table.columns)
            assert {"Paid by", "Reported by"} <= set(columns)
            assert {"From", "Source"}.isdisjoint(columns)
    fourth = funding.build_fourth_year(content, facts).table
    assert list(fourth.columns)[-2:] == ["Paid by", "Reported by"]
    assert set(fourth["Paid by"]) == {"Department for Education"}


def test_who_paid_each_amount_by_hand(content: Data, facts: pd.DataFrame) -> None:
    both = "Department for Education and Education Endowment Foundation"
    unknown = {"oldham-fifth-year-autism", "north-yorkshire-coast-early-years-project"}
    shown = funding.build_every_amount(content, facts).table["Paid by"]
    for row, payer in zip(read_table("funding_areas"), shown, strict=True):
        paid = both if row["scope"] == "research school" else "Department for Education"
        assert payer == ("Not stated" if row["amount_id"] in unknown else paid)


def list_exhibits(content: Data, shown: pd.DataFrame) -> list[Exhibit]:
    """Return every exhibit of the topic."""
    whole = (
        programme.build_totals,
        programme.build_research_school_money,
        programme.build_other_announcements,
    )
    narrowed = (
        funding.build_fourth_year,
        funding.build_fourth_year_per_child,
        funding.build_fifth_year,
        successor.build_local_needs_fund,
        funding.build_every_amount,
        comparison.build_side_by_side,
    )
    return [
        *(build(content) for build in whole),
        *(build(content, shown) for build in narrowed),
    ]


def test_a_filter_changes_no_id(content: Data, facts: pd.DataFrame) -> None:
    ids = [exhibit.id for exhibit in list_exhibits(content, facts)]
    assert ids == [exhibit.id for exhibit in list_exhibits(content, facts[:2])]
    assert len(set(ids)) == len(ids)
