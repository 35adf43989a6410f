"""The five answers of the front page, each worked out again from the files by hand."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.data.loader import Data
from dashboard.topics import overview
from dashboard.topics.overview import Answer
from expected import AREAS, SCHOOLS, read_table

ROOT = Path(__file__).parents[2]
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
MONTHS = {"2016-10": "October 2016", "2017-01": "January 2017"}
MEASURE = "ks2_rwm_expected_district"


@pytest.fixture(scope="module")
def answers(content: Data) -> dict[str, Answer]:
    """The answers by the page that each leads to."""
    return {answer.page: answer for answer in overview.list_answers(content)}


def format_million(amount: str) -> str:
    return f"£{int(amount) // 1_000_000} million"


def test_each_leads_to_a_page_and_rests_on_sources(answers: dict[str, Answer]) -> None:
    assert len(answers) == 5
    for page, answer in answers.items():
        assert (ROOT / "pages" / f"{page}.py").exists()
        assert answer.question.endswith("?")
        assert answer.sentence.endswith(".")
        assert answer.provenance.source_ids


def test_where(answers: dict[str, Answer]) -> None:
    regions = {row["region"] for row in AREAS}
    named = Counter(row["announced_on"][:7] for row in AREAS)
    steps = " and ".join(f"{COUNTS[named[day]]} in {MONTHS[day]}" for day in sorted(named))
    assert answers["map"].sentence == (
        f"In {len(regions)} of England's 9 regions. They were named in two steps: {steps}."
    )


def test_how_much(answers: dict[str, Answer]) -> None:
    events = [row for row in read_table("funding_programme") if row["kind"] == "programme total"]
    first, *_, last = (row["amount_gbp"] for row in sorted(events, key=lambda row: row["date"]))
    assert answers["funding"].sentence == (
        f"{format_million(first)} at first. The total grew to {format_million(last)} over five "
        "years, paid by the Department for Education."
    )
    assert {row["funder"] for row in events} == {"Department for Education"}


def test_who(answers: dict[str, Answer]) -> None:
    outside = sum(row["inside_area"] == "no" for row in SCHOOLS.values())
    assert answers["research_schools"].sentence == (
        f"A research school for each area: {len(AREAS)} in all. "
        f"{COUNTS[outside].capitalize()} were hosted outside their area."
    )


def test_why(answers: dict[str, Answer]) -> None:
    ranks = [row for row in read_table("index_ranks") if row["index_year"] == "2016"]
    worst = [row for row in ranks if int(row["rank_from_worst"]) <= 324 // 6]
    assert len(worst) == len(ranks) == len(read_table("districts"))
    assert answers["selection"].sentence == (
        f"All {len(worst)} districts stood in the worst sixth of England on the Social Mobility "
        "Index of 2016."
    )


def test_what_next(answers: dict[str, Answer]) -> None:
    values = {
        (row["geography_code"], row["period"]): Decimal(row["value"])
        for row in read_table("outcomes")
        if row["measure_id"] == MEASURE and row["geography_level"] != "successor district"
    }
    nation = values["E92000001", "2024/25"] - values["E92000001", "2018/19"]
    places = {code for code, _ in values} - {"E92000001"}
    gaps = [
        values[code, "2024/25"] - values[code, "2018/19"] - nation
        for code in places
        if (code, "2018/19") in values and (code, "2024/25") in values
    ]
    # All are in whole per cents: four roundings alone can make a difference of up to two points.
    better, worse = sum(gap > 2 for gap in gaps), sum(gap < -2 for gap in gaps)
    said = answers["outcomes"].sentence
    assert said.startswith(
        "It ended in August 2022. No study found shows whether it raised results. "
    )
    assert said.endswith(
        f"2018/19 to 2024/25: the change was better than England's in {better} of {len(gaps)} "
        f"places, about the same in {len(gaps) - better - worse} and worse in {worse}."
    )
