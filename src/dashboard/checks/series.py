"""Checks that no run of years that are compared with one another holds a break."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

import pandas as pd

from dashboard.faults import Fault
from dashboard.rows import records

_RUNS, _OUTCOMES = "series_runs.csv", "outcomes.csv"


class Series(Protocol):
    """The tables that say which years can be compared, and those that hold values."""

    @property
    def series_runs(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def series_breaks(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def outcomes(self) -> pd.DataFrame: ...  # noqa: D102


def find_crossings(content: Series) -> Iterator[Fault]:
    """Yield what could let a change be computed between years that cannot be compared.

    A run that holds a break or begins with none of its years, runs that overlap, and years with
    values that nobody has put into a run: whoever adds a year has to decide where it belongs.
    """
    runs, breaks = content.series_runs, content.series_breaks
    broken = breaks[breaks["kind"] == "break"]
    for row, run in enumerate(records(runs), start=2):
        if run.last_period < run.first_period:
            yield Fault(_RUNS, row, "last_period", "is before its first year", run.last_period)
        for period in broken[broken["measure_id"] == run.measure_id]["period"]:
            if run.first_period < period <= run.last_period:
                rule = f"reaches over the break of {period} in series_breaks.csv"
                yield Fault(_RUNS, row, "last_period", rule, run.last_period)
    yield from _find_overlaps(runs)
    yield from _find_years_without_run(runs, breaks, content.outcomes)


def _find_overlaps(runs: pd.DataFrame) -> Iterator[Fault]:
    rows = sorted(
        (run.measure_id, run.first_period, run.last_period, row)
        for row, run in enumerate(records(runs), start=2)
    )
    for (measure, _, last, _), (next_measure, first, _, row) in pairwise(rows):
        if measure == next_measure and first <= last:
            yield Fault(_RUNS, row, "first_period", "lies in another run", first)


def _find_years_without_run(
    runs: pd.DataFrame, breaks: pd.DataFrame, outcomes: pd.DataFrame
) -> Iterator[Fault]:
    apart = breaks[breaks["kind"] == "year apart"]
    placed = set(zip(apart["measure_id"], apart["period"], strict=True))
    by_measure = {measure: list(records(rows)) for measure, rows in runs.groupby("measure_id")}
    seen = set()
    for row, value in enumerate(records(outcomes), start=2):
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
