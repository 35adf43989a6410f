"""The five questions that the front page answers, each in a sentence with its figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Announcement
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.areas.facts import build_columns_provenance, compute_area_facts
from dashboard.topics.funding import programme
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.index_ranks import ranks
from dashboard.topics.outcomes import exhibits as outcomes

# Published by district for most of the areas, and over the programme's years.
_MEASURE = "ks2_rwm_expected_district"


@dataclass(frozen=True)
class Answer:
    """A question, its answer in plain words, and the page that answers it in full.

    ``page`` is the name of a page's script.
    """

    question: str
    sentence: str
    page: str
    provenance: Provenance


@memoize
def list_answers(data: Data) -> tuple[Answer, ...]:
    """Return the five questions with their answers, for the whole programme."""
    return (
        _answer_where(data),
        _answer_how_much(data),
        _answer_who(data),
        _answer_why(data),
        _answer_what_next(data),
    )


def _answer_where(data: Data) -> Answer:
    cohorts = " and ".join(
        f"{formatting.format_count(len(areas))} in {formatting.format_day(day[:7])}"
        for day, areas in _group_by_day(data)
    )
    return Answer(
        question="Where are they?",
        sentence=f"In {data.areas['region'].nunique()} of England's 9 regions. They were named in "
        f"two steps: {cohorts}.",
        page="map",
        provenance=build_columns_provenance(
            data,
            compute_area_facts(data),
            ("cohort", "region"),
            name="where-they-are",
            title="Where the areas are, and when they were named",
        ),
    )


def _group_by_day(data: Data) -> Iterator[tuple[str, tuple[object, ...]]]:
    for day, rows in data.areas.groupby("announced_on"):
        yield str(day), tuple(rows["area_id"])


def _answer_how_much(data: Data) -> Answer:
    events = data.funding_programme
    totals = events[events["kind"] == "programme total"].sort_values("date")
    amounts = [programme.format_announced(row) for row in to_rows(totals, Announcement)]
    return Answer(
        question="How much money?",
        sentence=f"{amounts[0]} at first. The total grew to {amounts[-1]} over five years, paid "
        "by the Department for Education.",
        page="funding",
        provenance=programme.build_totals(data).provenance,
    )


def _answer_who(data: Data) -> Answer:
    schools = data.research_schools
    outside = int((schools["inside_area"] == "no").sum())
    return Answer(
        question="Who helped?",
        sentence=f"A research school for each area: {len(schools)} in all. "
        f"{formatting.format_count(outside).capitalize()} were hosted outside their area.",
        page="research_schools",
        provenance=Provenance(
            name="research-schools",
            title="The research schools",
            method="The school named for each area, counted, and those whose host lies outside "
            "the area's districts.",
            source_ids=list_distinct(schools["source_id"]),
            frame=schools,
            rows={"research_schools": schools},
            status="Counted by us.",
        ),
    )


def _answer_why(data: Data) -> Answer:
    every = ranks.select_ranks(data, data.areas)
    counted = ranks.count_in_band(every, ranks.WORST_SIXTH)
    return Answer(
        question="Why these?",
        sentence=f"{ranks.describe_share(counted)} districts stood in the worst sixth of England "
        "on the Social Mobility Index of 2016.",
        page="selection",
        provenance=index_ranks.build_provenance(every),
    )


def _answer_what_next(data: Data) -> Answer:
    measure = outcomes.get_measure(data, _MEASURE)
    view = outcomes.build_view(data, measure, data.areas)
    end = programme.get_announcement(data, "funded-activity-ends")
    return Answer(
        question="What happened next?",
        sentence=f"It ended in {formatting.format_day(end.date[:7])}. No study found shows "
        f"whether it raised results. {view.finding}.",
        page="outcomes",
        provenance=outcomes.build_changes(data, view).provenance,
    )
