"""An area's money in one answer: what is added up, what is not, and in which words."""

import re
from dataclasses import replace

import pytest

from dashboard.data.loader import Data
from dashboard.exhibits import Exhibit, Link, Number
from dashboard.topics.areas.facts import get_area_facts
from dashboard.topics.funding.answer import build_money_answer, describe_money
from expected import AREAS, Row, read_table

DFE = "Department for Education"
PERIODS = ("core three years", "fourth year", "fifth year")
AREA_IDS = [row["area_id"] for row in AREAS]
BESIDE = (
    "Money for essential life skills and the grant to the research school were announced beside "
    "the programme's money, so they are not in the sum."
)


def list_own(area_id: str) -> list[Row]:
    """Return the amounts of an area, as the file has them."""
    return [row for row in read_table("funding_areas") if row["area_id"] == area_id]


def list_summed(area_id: str) -> list[Row]:
    """Return the amounts of an area that follow one another without an overlap."""
    return [
        row
        for row in list_own(area_id)
        if row["scope"] in PERIODS
        and (row["role"] == "main" or (row["role"], row["kind"]) == ("in addition", "allocation"))
    ]


def build(data: Data, area_id: str) -> Exhibit:
    return build_money_answer(data, get_area_facts(data, area_id))


def describe(data: Data, area_id: str) -> str:
    return describe_money(data, get_area_facts(data, area_id))


def read_lead(exhibit: Exhibit) -> str:
    """Return what leads to an exhibit as plain text."""
    return re.sub(r"\\(\W)", r"\1", " ".join(exhibit.lead))


def list_rows(exhibit: Exhibit) -> list[tuple[str, ...]]:
    columns = ["What", "Amount", "Paid by", "Reported by"]
    return [tuple(map(str, row)) for row in exhibit.table[columns].itertuples(index=False)]


def list_amounts(exhibit: Exhibit) -> list[str]:
    """Return the amounts above the sum."""
    amounts = list(exhibit.table["Amount"])
    return amounts[: list(exhibit.table["What"]).index("Sum of these amounts")]


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_the_sum_by_hand(content: Data, area_id: str) -> None:
    rows = list_summed(area_id)
    missing = set(PERIODS) - {row["scope"] for row in rows if row["role"] == "main"}
    millions = f"{round(sum(int(row['amount_gbp']) for row in rows) / 1e4) / 100:.2f}".rstrip("0")
    expected = f"{'at least ' if missing else ''}about £{millions} million"
    exhibit = build(content, area_id)
    (total,) = (row for row in list_rows(exhibit) if row[0] == "Sum of these amounts")
    assert total[1:] == (f"{expected} (computed)", DFE, "Computed by this dashboard")
    assert f": {expected} over five years" in exhibit.title
    assert f" was allocated {expected} by the {DFE} from 2017 to 2022 (" in describe(
        content, area_id
    )


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_a_period_without_a_main_amount_is_named(content: Data, area_id: str) -> None:
    main = {row["scope"] for row in list_own(area_id) if row["role"] == "main"}
    missing = [scope for scope in PERIODS if scope not in main]
    exhibit = build(content, area_id)
    assert list_amounts(exhibit).count("Not found") == len(missing)
    for words in (exhibit.title, exhibit.lead[0].lower(), describe(content, area_id)):
        assert ("at least" in words) == bool(missing)
    assert ("for the fifth year" in " ".join(exhibit.lead)) == ("fifth year" in missing)


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_what_lies_inside_another_is_not_above_the_sum(content: Data, area_id: str) -> None:
    exhibit = build(content, area_id)
    shown = exhibit.provenance.frame
    of_sum = [row["amount_id"] for row in list_summed(area_id)]
    others = shown[~shown["amount_id"].isin(of_sum)]
    assert set(of_sum) <= set(shown["amount_id"])
    assert set(others["role"]) <= {"running total", "in addition"}
    assert len([words for words in list_amounts(exhibit) if words != "Not found"]) == len(of_sum)


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_each_qualifier_stands_by_its_amount(content: Data, area_id: str) -> None:
    shown = list_amounts(build(content, area_id))
    by_scope = sorted(list_summed(area_id), key=lambda row: PERIODS.index(row["scope"]))
    for words, row in zip([one for one in shown if one != "Not found"], by_scope, strict=True):
        qualifier = row["qualifier"]
        if qualifier == "headline":
            assert words == "about £6 million (the same headline for all areas)"
        else:
            assert words.startswith("£" if qualifier == "exactly" else f"{qualifier} £")


@pytest.mark.parametrize("area_id", AREA_IDS)
def test_each_line_has_a_payer_and_says_who_reports_it(content: Data, area_id: str) -> None:
    for what, amount, payer, reported in list_rows(build(content, area_id)):
        not_stated = what == "Not in the sum: Early Identification of Autism grant"
        assert payer == ("Not stated" if not_stated else DFE)
        assert bool(reported) == (amount != "Not found")


def test_figures_and_links_have_their_types(content: Data) -> None:
    table = build(content, "hastings").table
    assert all(isinstance(amount, Number) for amount in table["Amount"])
    assert all(isinstance(source, Link) for source in table["Reported by"][:-1])


def test_the_words_for_hastings(content: Data) -> None:
    exhibit = build(content, "hastings")
    assert exhibit.id == "money-hastings"
    assert exhibit.title == "Hastings: about £8.38 million over five years"
    assert read_lead(exhibit) == (
        "About £8.38 million is the sum of the amounts below. You may quote it as computed by "
        "this dashboard from these amounts. It is not a published total. Of it, £210,000 is for "
        "Rother and other parts of East Sussex. No published total was found. "
        f"{BESIDE}"
    )
    assert [row[0] for row in list_rows(exhibit)] == [
        "Core money, 2017 to 2020",
        (
            "Fourth year, 2020/21 (including money for work with other places, from a national £1 "
            "million)"
        ),
        "Fifth year, 2021/22 (Hastings schools)",
        "Fifth year, 2021/22 (Rother and other parts of East Sussex)",
        "Sum of these amounts",
    ]
    assert [row[1] for row in list_rows(exhibit)][1:] == [
        "£1.25 million",
        "£920,000",
        "£210,000",
        "about £8.38 million (computed)",
    ]
    assert describe(content, "hastings") == (
        "Hastings was allocated about £8.38 million by the Department for Education from 2017 to "
        "2022 (computed by this dashboard; no published total for all five years was found)."
    )


def test_the_words_for_blackpool(content: Data) -> None:
    exhibit = build(content, "blackpool")
    assert exhibit.title == "Blackpool: about £10.07 million over five years"
    assert read_lead(exhibit) == (
        "About £10.07 million is the sum of the amounts below. You may quote it as computed by "
        "this dashboard from these amounts. It is not a published total. Published: £10.4 "
        "million for all five years (Blackpool Gazette, 20 May 2021) and over £10 million for "
        "the programme from 2017 to July 2022 (UK Parliament via Parallel Parliament, 29 "
        "September 2022). This differs from the sum because the core money is known only as a "
        "round figure, and a published total may count money that is not in the sum. "
        f"{BESIDE}"
    )
    assert [row[:2] for row in list_rows(exhibit)][2:] == [
        ("Fifth year, 2021/22", "nearly £2.1 million"),
        ("Sum of these amounts", "about £10.07 million (computed)"),
        ("Published total: All five years", "£10.4 million"),
        ("Published total: The programme from 2017 to July 2022", "over £10 million"),
    ]
    assert describe(content, "blackpool") == (
        "Blackpool was allocated about £10.07 million by the Department for Education from 2017 "
        "to 2022 (computed by this dashboard; published: £10.4 million for all five years and "
        "over £10 million for the programme from 2017 to July 2022)."
    )


def test_the_words_for_norwich(content: Data) -> None:
    exhibit = build(content, "norwich")
    assert exhibit.title == (
        "Norwich: at least about £7.46 million over five years; the fifth year not found"
    )
    assert read_lead(exhibit) == (
        "At least about £7.46 million is the sum of the amounts below. You may quote it as "
        "computed by this dashboard from these amounts. It is not a published total. No amount "
        "was found for the fifth year, so the sum leaves it out. No published total was found. "
        f"{BESIDE}"
    )
    assert list_rows(exhibit)[2] == ("Fifth year, 2021/22", "Not found", DFE, "")
    assert describe(content, "norwich") == (
        "Norwich was allocated at least about £7.46 million by the Department for Education from "
        "2017 to 2022 (computed by this dashboard without the fifth year, for which no amount was "
        "found; no published total for all five years was found)."
    )


def test_totals_of_fewer_years_are_listed_and_not_called_the_total(content: Data) -> None:
    oldham, bradford = build(content, "oldham"), build(content, "bradford")
    assert "No published total for all five years was found." in read_lead(oldham)
    for exhibit, count in ((oldham, 2), (bradford, 4)):
        titles = [row[0] for row in list_rows(exhibit)]
        assert sum(title.startswith("Published total: ") for title in titles) == count
    assert "close to £15 million for the whole programme" in read_lead(bradford)
    assert "The sum also lacks the fifth year." in read_lead(bradford)


def test_a_grant_of_an_unknown_payer_is_beside_the_sum(content: Data) -> None:
    assert read_lead(build(content, "oldham")).endswith(
        "£300,000 (Early Identification of Autism grant) is not in the sum either: who paid it "
        "is not stated."
    )


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [("exactly", "£8.38 million"), ("about", "about £8.38"), ("up to", "up to £8.38")],
)
def test_the_sum_is_no_surer_than_its_amounts(content: Data, qualifier: str, expected: str) -> None:
    amounts = content.funding_areas
    core = amounts["scope"] == "core three years"
    changed = amounts.assign(qualifier=amounts["qualifier"].where(~core, qualifier))
    words = describe(replace(content, funding_areas=changed), "hastings")
    assert f"was allocated {expected}" in words


def test_no_amount_at_all(content: Data) -> None:
    nothing = replace(content, funding_areas=content.funding_areas[:0])
    exhibit = build(nothing, "derby")
    assert list_amounts(exhibit) == ["Not found"] * 3
    assert exhibit.title.startswith("Derby: no amount found")
    assert read_lead(exhibit).startswith("No amount was found. No published total was found.")
    assert describe(nothing, "derby") == "Derby: no amount was found."
