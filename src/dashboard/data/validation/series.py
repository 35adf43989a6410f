"""Checks which years of a measure are said to be comparable, against its breaks and its figures.

Changes are computed within the runs of years of ``series_runs.csv``. What is checked here leaves
one way alone to write that table: a run begins with the measure's first figure or with a break,
holds no break after that, and every year with a figure is in one run or is a year apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Protocol

import pandas as pd

from dashboard.data.frames import records
from dashboard.data.validation.issues import Fault

_MEASURES, _OUTCOMES = "measures.csv", "outcomes.csv"
_RUNS, _BREAKS = "series_runs.csv", "series_breaks.csv"

_YEAR = re.compile(r"(\d{4})/(\d{2})", re.ASCII)
# A year has one of these at most; a note or context can stand beside it.
_STANDINGS = ("break", "year apart", "gap", "comparable")
# Why a year is no break of this measure, though it is one of another of the same stage.
_ANSWERS = ("break", "year apart", "comparable", "note")

Years = dict[str, set[str]]


class Series(Protocol):
    """The tables that say which years can be compared, and those that hold values."""

    @property
    def measures(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def series_runs(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def series_breaks(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def outcomes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def outcome_spread(self) -> pd.DataFrame: ...  # noqa: D102


def find_crossings(content: Series) -> Iterator[Fault]:
    """Yield what could let a change be computed between years that cannot be compared.

    Where a year is misspelt nothing else is looked for: years are compared as they are written.
    """
    misspelt = list(_find_misspelt(content))
    yield from misspelt
    if misspelt:
        return
    figures = _years_with_figures(content.outcomes)
    yield from _find_figures_without_england(content, figures)
    yield from _find_contradictions(content.series_breaks, figures)
    yield from _find_unanswered_breaks(content, figures)
    yield from _find_faulty_runs(content, figures)
    yield from _find_overlaps(content.series_runs)
    yield from _find_years_without_run(content)


def _find_misspelt(content: Series) -> Iterator[Fault]:
    """Yield years whose second half is not the year after the first: 2017/81."""
    columns = (
        (_OUTCOMES, content.outcomes, "period"),
        ("outcome_spread.csv", content.outcome_spread, "period"),
        (_BREAKS, content.series_breaks, "period"),
        (_RUNS, content.series_runs, "first_period"),
        (_RUNS, content.series_runs, "last_period"),
    )
    for file, frame, column in columns:
        for row, period in enumerate(frame[column], start=2):
            if not _is_academic_year(period):
                yield Fault(file, row, column, "is not an academic year, like 2018/19", period)


def _is_academic_year(period: str) -> bool:
    parts = _YEAR.fullmatch(period)
    return parts is not None and (int(parts[1]) + 1) % 100 == int(parts[2])


def _years_with_figures(outcomes: pd.DataFrame) -> Years:
    """Return the years in which each measure has a figure for England."""
    years: Years = defaultdict(set)
    national = outcomes[outcomes["geography_level"] == "national"]
    for measure, period in zip(national["measure_id"], national["period"], strict=True):
        years[measure].add(period)
    return years


def _find_figures_without_england(content: Series, figures: Years) -> Iterator[Fault]:
    """Yield what has nothing beside it: every figure of a place is shown against England's."""
    for row, measure in enumerate(content.measures["measure_id"], start=2):
        if measure not in figures:
            rule = f"has no figure for England in {_OUTCOMES}"
            yield Fault(_MEASURES, row, "measure_id", rule, measure)
    for row, value in enumerate(records(content.outcomes), start=2):
        if value.measure_id in figures and value.period not in figures[value.measure_id]:
            rule = f"is a year without a figure for England: {value.measure_id}"
            yield Fault(_OUTCOMES, row, "period", rule, value.period)


def _find_contradictions(breaks: pd.DataFrame, figures: Years) -> Iterator[Fault]:
    """Yield years said to be two things at once, or what their figures say they are not."""
    standings: dict[tuple[str, str], str] = {}
    for row, one in enumerate(records(breaks), start=2):
        if one.kind not in _STANDINGS:
            continue
        year = (one.measure_id, one.period)
        if year in standings:
            rule = f"is said of {one.period}, which is a “{standings[year]}” too"
            yield Fault(_BREAKS, row, "kind", rule, one.kind)
        standings.setdefault(year, one.kind)
        has_figure = one.period in figures.get(one.measure_id, set())
        if has_figure and one.kind == "gap":
            rule = f"is said of {one.period}, which has a figure"
            yield Fault(_BREAKS, row, "kind", rule, one.kind)
        elif not has_figure and one.kind != "gap":
            rule = f"is a year without a figure, so it cannot be a “{one.kind}”"
            yield Fault(_BREAKS, row, "period", rule, one.period)


def _find_unanswered_breaks(content: Series, figures: Years) -> Iterator[Fault]:
    """Yield measures that pass over a break of another one of the same age or stage.

    Tests and exams change for all that is counted from them. Where a measure goes on regardless,
    a row of its own says so.
    """
    stages = dict(
        zip(content.measures["measure_id"], content.measures["age_or_stage"], strict=True)
    )
    rows = list(records(content.series_breaks))
    answered = {(one.measure_id, one.period) for one in rows if one.kind in _ANSWERS}
    for one in rows:
        if one.kind != "break":
            continue
        for row, (measure, stage) in enumerate(stages.items(), start=2):
            years = figures.get(measure, set())
            crossed = any(year < one.period for year in years) and max(years) >= one.period
            same_stage = stage == stages.get(one.measure_id)
            if same_stage and crossed and (measure, one.period) not in answered:
                rule = (
                    f"has no row in {_BREAKS} for {one.period}, a break of {one.measure_id} of the "
                    "same age or stage: say that it breaks too, or in a note why it does not"
                )
                yield Fault(_MEASURES, row, "measure_id", rule, measure)


def _find_faulty_runs(content: Series, figures: Years) -> Iterator[Fault]:
    """Yield runs that hold a break, or do not begin and end as a run has to."""
    marked: dict[str, Years] = {"break": defaultdict(set), "year apart": defaultdict(set)}
    for one in records(content.series_breaks):
        if one.kind in marked:
            marked[one.kind][one.measure_id].add(one.period)
    for row, run in enumerate(records(content.series_runs), start=2):
        breaks = marked["break"][run.measure_id]
        years = figures.get(run.measure_id, set()) - marked["year apart"][run.measure_id]
        if run.last_period < run.first_period:
            yield Fault(_RUNS, row, "last_period", "is before its first year", run.last_period)
            continue
        for period in sorted(breaks):
            if run.first_period < period <= run.last_period:
                rule = f"reaches over the break of {period} in {_BREAKS}"
                yield Fault(_RUNS, row, "last_period", rule, run.last_period)
        yield from _find_faulty_ends(row, run, years, breaks)


def _find_faulty_ends(row: int, run: Any, years: set[str], breaks: set[str]) -> Iterator[Fault]:
    ends = dict.fromkeys(("first_period", "last_period"))
    absent = [name for name in ends if getattr(run, name) not in years]
    for name in absent:
        rule = "is a year without a figure that can be compared"
        yield Fault(_RUNS, row, name, rule, getattr(run, name))
    if not absent and run.first_period not in breaks | {min(years)}:
        rule = f"opens a run where {_BREAKS} has no break"
        yield Fault(_RUNS, row, "first_period", rule, run.first_period)


def _find_overlaps(runs: pd.DataFrame) -> Iterator[Fault]:
    rows = sorted(
        (run.measure_id, run.first_period, run.last_period, row)
        for row, run in enumerate(records(runs), start=2)
    )
    for (measure, _, last, _), (next_measure, first, _, row) in pairwise(rows):
        if measure == next_measure and first <= last:
            yield Fault(_RUNS, row, "first_period", "lies in another run", first)


def _find_years_without_run(content: Series) -> Iterator[Fault]:
    breaks = content.series_breaks
    apart = breaks[breaks["kind"] == "year apart"]
    placed = set(zip(apart["measure_id"], apart["period"], strict=True))
    by_measure = {one: records(rows) for one, rows in content.series_runs.groupby("measure_id")}
    seen = set()
    for row, value in enumerate(records(content.outcomes), start=2):
        year = (value.measure_id, value.period)
        if year in seen or year in placed:
            continue
        seen.add(year)
        if not any(
            run.first_period <= value.period <= run.last_period
            for run in by_measure.get(value.measure_id, [])
        ):
            rule = "is in no run of series_runs.csv: say which years it can be compared with"
            yield Fault(_OUTCOMES, row, "period", rule, value.period)
