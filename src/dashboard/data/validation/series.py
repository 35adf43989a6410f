"""Checks the comparable years of each measure against its breaks and its figures.

Changes are computed within the runs of years of ``series_runs.csv``. The checks allow one way only
to write that table: a run begins with the measure's first figure or with a break, has no other
break, and every year with a figure is in exactly one run or is a year apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol

import pandas as pd

from dashboard.data.frames import to_rows
from dashboard.data.rows import Break, Measure, Outcome, Run
from dashboard.data.validation.issues import ValidationIssue

_MEASURES, _OUTCOMES = "measures.csv", "outcomes.csv"
_RUNS, _BREAKS = "series_runs.csv", "series_breaks.csv"

_YEAR = re.compile(r"(\d{4})/(\d{2})", re.ASCII)
# A year has at most one of these; it can have a note or context too.
_EXCLUSIVE_KINDS = ("break", "year apart", "gap", "comparable")
# Kinds that say how a measure treats a break of another measure of the same age or stage.
_ANSWERING_KINDS = ("break", "year apart", "comparable", "note")

Years = dict[str, set[str]]


class Series(Protocol):
    """The tables of comparable years and of values."""

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


def check_series(content: Series) -> Iterator[ValidationIssue]:
    """Yield what would allow a change to be computed between years that are not comparable.

    If a year is misspelt, nothing else is checked, as years are compared as text; what a value says
    of its run is checked once the runs are right.
    """
    misspelt = list(_find_misspelt_years(content))
    yield from misspelt
    if misspelt:
        return
    figures = _collect_years(content.outcomes)
    faults = [
        *_find_figures_without_england(content, figures),
        *_find_contradictions(content.series_breaks, figures),
        *_find_unanswered_breaks(content, figures),
        *_find_invalid_runs(content, figures),
        *_find_overlaps(content.series_runs),
        *_find_years_without_run(content),
    ]
    yield from faults or _find_wrong_comparable_since(content)


def _find_misspelt_years(content: Series) -> Iterator[ValidationIssue]:
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
                yield ValidationIssue(
                    file, row, column, "is not an academic year, like 2018/19", period
                )


def _is_academic_year(period: str) -> bool:
    parts = _YEAR.fullmatch(period)
    return parts is not None and (int(parts[1]) + 1) % 100 == int(parts[2])


def _collect_years(outcomes: pd.DataFrame) -> Years:
    """Collect the years in which each measure has a figure for England."""
    national = outcomes[outcomes["geography_level"] == "national"]
    return _group_years(zip(national["measure_id"], national["period"], strict=True))


def _group_years(pairs: Iterable[tuple[str, str]]) -> Years:
    """Group pairs of a measure and a year by measure."""
    years: Years = defaultdict(set)
    for measure, period in pairs:
        years[measure].add(period)
    return years


def _find_figures_without_england(content: Series, figures: Years) -> Iterator[ValidationIssue]:
    """Yield measures and years without a figure for England, as pages compare all with it."""
    for row, measure in enumerate(content.measures["measure_id"], start=2):
        if measure not in figures:
            rule = f"has no figure for England in {_OUTCOMES}"
            yield ValidationIssue(_MEASURES, row, "measure_id", rule, measure)
    for row, outcome in enumerate(to_rows(content.outcomes, Outcome), start=2):
        if outcome.measure_id in figures and outcome.period not in figures[outcome.measure_id]:
            rule = f"is a year without a figure for England: {outcome.measure_id}"
            yield ValidationIssue(_OUTCOMES, row, "period", rule, outcome.period)


def _find_contradictions(breaks: pd.DataFrame, figures: Years) -> Iterator[ValidationIssue]:
    """Yield years with two kinds that exclude each other, or one that their figures exclude."""
    kinds: dict[tuple[str, str], str] = {}
    for row, mark in enumerate(to_rows(breaks, Break), start=2):
        if mark.kind not in _EXCLUSIVE_KINDS:
            continue
        year = (mark.measure_id, mark.period)
        if year in kinds:
            rule = f"is said of {mark.period}, which is a “{kinds[year]}” too"
            yield ValidationIssue(_BREAKS, row, "kind", rule, mark.kind)
        kinds.setdefault(year, mark.kind)
        has_figure = mark.period in figures.get(mark.measure_id, set())
        if has_figure and mark.kind == "gap":
            rule = f"is said of {mark.period}, which has a figure"
            yield ValidationIssue(_BREAKS, row, "kind", rule, mark.kind)
        elif not has_figure and mark.kind != "gap":
            rule = f"is a year without a figure, so it cannot be a “{mark.kind}”"
            yield ValidationIssue(_BREAKS, row, "period", rule, mark.period)


def _find_unanswered_breaks(content: Series, figures: Years) -> Iterator[ValidationIssue]:
    """Yield measures without a row for a break of another measure of the same age or stage.

    A change of tests or exams affects all measures that are counted from them. A measure that
    remains comparable needs a row that says so.
    """
    measures = to_rows(content.measures, Measure)
    stages = {measure.measure_id: measure.age_or_stage for measure in measures}
    marks = to_rows(content.series_breaks, Break)
    answered = {(mark.measure_id, mark.period) for mark in marks if mark.kind in _ANSWERING_KINDS}
    for mark in marks:
        if mark.kind != "break":
            continue
        for row, (measure, stage) in enumerate(stages.items(), start=2):
            years = figures.get(measure, set())
            crossed = any(year < mark.period for year in years) and max(years) >= mark.period
            same_stage = stage == stages.get(mark.measure_id)
            if same_stage and crossed and (measure, mark.period) not in answered:
                rule = (
                    f"has no row in {_BREAKS} for {mark.period}, a break of {mark.measure_id} of "
                    "the same age or stage: say that it breaks too, or in a note why it does not"
                )
                yield ValidationIssue(_MEASURES, row, "measure_id", rule, measure)


def _find_invalid_runs(content: Series, figures: Years) -> Iterator[ValidationIssue]:
    """Yield runs that contain a break, or whose first or last year is not allowed."""
    marks = to_rows(content.series_breaks, Break)
    all_breaks, apart = (
        _group_years((mark.measure_id, mark.period) for mark in marks if mark.kind == kind)
        for kind in ("break", "year apart")
    )
    for row, run in enumerate(to_rows(content.series_runs, Run), start=2):
        breaks = all_breaks[run.measure_id]
        years = figures.get(run.measure_id, set()) - apart[run.measure_id]
        if run.last_period < run.first_period:
            yield ValidationIssue(
                _RUNS, row, "last_period", "is before its first year", run.last_period
            )
            continue
        for period in sorted(breaks):
            if run.first_period < period <= run.last_period:
                rule = f"reaches over the break of {period} in {_BREAKS}"
                yield ValidationIssue(_RUNS, row, "last_period", rule, run.last_period)
        yield from _find_invalid_ends(row, run, years, breaks)


def _find_invalid_ends(
    row: int, run: Run, years: set[str], breaks: set[str]
) -> Iterator[ValidationIssue]:
    ends = {"first_period": run.first_period, "last_period": run.last_period}
    absent = {column: period for column, period in ends.items() if period not in years}
    for column, period in absent.items():
        rule = "is a year without a figure that can be compared"
        yield ValidationIssue(_RUNS, row, column, rule, period)
    if not absent and run.first_period not in breaks | {min(years)}:
        rule = f"opens a run where {_BREAKS} has no break"
        yield ValidationIssue(_RUNS, row, "first_period", rule, run.first_period)


def _find_overlaps(runs: pd.DataFrame) -> Iterator[ValidationIssue]:
    rows = sorted(
        (run.measure_id, run.first_period, run.last_period, row)
        for row, run in enumerate(to_rows(runs, Run), start=2)
    )
    for (measure, _, last, _), (next_measure, first, _, row) in pairwise(rows):
        if measure == next_measure and first <= last:
            yield ValidationIssue(_RUNS, row, "first_period", "lies in another run", first)


def _find_wrong_comparable_since(content: Series) -> Iterator[ValidationIssue]:
    """Yield values whose year is not said to be comparable since the first of its run."""
    runs = to_rows(content.series_runs, Run)
    for row, outcome in enumerate(to_rows(content.outcomes, Outcome), start=2):
        since = outcome.comparable_since or None
        meant = next((run.first_period for run in runs if _is_in_run(outcome, run)), None)
        if since != meant:
            rule = f"is not the first year of its run in {_RUNS}, which is {meant or 'none'}"
            yield ValidationIssue(_OUTCOMES, row, "comparable_since", rule, since)


def _is_in_run(outcome: Outcome, run: Run) -> bool:
    own = run.measure_id == outcome.measure_id
    return own and run.first_period <= outcome.period <= run.last_period


def _find_years_without_run(content: Series) -> Iterator[ValidationIssue]:
    marks = to_rows(content.series_breaks, Break)
    seen = {(mark.measure_id, mark.period) for mark in marks if mark.kind == "year apart"}
    runs = to_rows(content.series_runs, Run)
    for row, outcome in enumerate(to_rows(content.outcomes, Outcome), start=2):
        year = (outcome.measure_id, outcome.period)
        if year in seen:
            continue
        seen.add(year)
        if not any(_is_in_run(outcome, run) for run in runs):
            rule = "is in no run of series_runs.csv: say which years it can be compared with"
            yield ValidationIssue(_OUTCOMES, row, "period", rule, outcome.period)
