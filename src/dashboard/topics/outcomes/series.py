"""What happened next: an outcome measure by place and year, and its change where years compare.

A *line* is one place followed over the years: an area, or each of its districts where only the
districts are published. A successor of an abolished district is never part of a line.
A *run* is a stretch of academic years that can be compared with one another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.frames import group_rows, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Outcome
from dashboard.topics.outcomes import intervals
from dashboard.topics.outcomes.intervals import Counts

_AREA_LEVELS = ("area of two districts", "district", "local authority")
_APART = ("break", "year apart")

_SMALL_GAP_ONE_DECIMAL, _SMALL_GAP_MORE_DECIMALS = 0.5, 0.1
_BINARY_ERROR = 1e-6


@dataclass(frozen=True, slots=True)
class LineValue(Outcome):
    """A row of :func:`select_lines` or :func:`select_england`: a value of a line."""

    line: str
    year: int
    segment: int


@dataclass(frozen=True, slots=True)
class Change:
    """A row of :func:`compute_changes`: a line's change over a run, beside England's."""

    geography_code: str
    run: int
    line: str
    area_id: str
    first_period: str
    last_period: str
    whole: bool
    first: float
    last: float
    change: float
    england_change: float
    against_england: float
    margin_95: float | None


# Academic years, in order, with no break of the series between any two of them.
Run = tuple[str, ...]


@memoize
def select_lines(data: Data, measure_id: str, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the measure's values for areas: one row a line and academic year, in order.

    Adds ``line`` (the name to show), ``label``, ``cohort``, ``year`` (the academic year's first)
    and ``segment``, which changes wherever two values must not be joined: over a missing year
    or over a break. Empty where the measure does not cover the areas.
    """
    every = _select_every_line(data, measure_id)
    is_shown = every["area_id"].isin(areas["area_id"])
    # The same frame for all areas, however chosen: what is computed of it is kept by identity.
    return every if is_shown.all() else every[is_shown].reset_index(drop=True)


@memoize
def select_measure(data: Data, measure_id: str) -> pd.DataFrame:
    """Return the measure's rows of all places and years."""
    return data.outcomes[data.outcomes["measure_id"] == measure_id]


@memoize
def _select_every_line(data: Data, measure_id: str) -> pd.DataFrame:
    values = select_measure(data, measure_id)
    values = values[values["geography_level"].isin(_AREA_LEVELS)]
    joined = values.merge(data.areas[["area_id", "label", "cohort"]], on="area_id")
    whole = joined[joined["geography_level"] == "area of two districts"]["area_id"]
    parts = joined["area_id"].isin(whole) & (joined["geography_level"] == "district")
    drawn = joined[~parts]
    many = drawn.groupby("area_id")["geography_code"].transform("nunique") > 1
    lines = drawn.assign(line=drawn["geography_name"].where(many, drawn["label"]))
    return _sort_and_segment(data, measure_id, lines)


@memoize
def split_lines(lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each line of :func:`select_lines`, in order, by its GSS code."""
    return {str(code): rows for code, rows in lines.groupby("geography_code", sort=False)}


@memoize
def select_england(data: Data, measure_id: str) -> pd.DataFrame:
    """Return the measure's values for England, one row an academic year, in order."""
    values = select_measure(data, measure_id)
    national = values[values["geography_level"] == "national"]
    return _sort_and_segment(data, measure_id, national.assign(line="England"))


@memoize
def map_england(data: Data, measure_id: str) -> dict[str, float]:
    """Return the measure's values for England by academic year, in order."""
    national = select_england(data, measure_id)
    return {
        period: float(value)
        for period, value in zip(national["period"], national["value"], strict=True)
    }


@memoize
def select_successors(data: Data, measure_id: str) -> pd.DataFrame:
    """Return values for districts that took an abolished district's place; never to be joined."""
    values = select_measure(data, measure_id)
    return values[values["geography_level"] == "successor district"]


def select_left_out(data: Data, measure_id: str, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the areas that the measure has no value for."""
    covered = _list_covered(data, measure_id)
    left_out = [area_id not in covered for area_id in areas["area_id"]]
    return areas[left_out] if any(left_out) else areas[:0]


@memoize
def _list_covered(data: Data, measure_id: str) -> frozenset[str]:
    """Return the ids of the areas that the measure has a value for."""
    return frozenset(select_measure(data, measure_id)["area_id"].dropna())


@memoize
def find_district_figures(data: Data, measure_id: str) -> str | None:
    """Return what is published by district of a measure held for authorities, None if nothing."""
    marked = select_breaks(data, measure_id)
    reasons = list(marked[marked["kind"] == "district figures"]["reason"])
    return reasons[0] if reasons else None


@memoize
def select_spread(data: Data, measure_id: str) -> pd.DataFrame:
    """Return the percentiles over all English districts with ``year``; empty where unknown."""
    rows = data.outcome_spread[data.outcome_spread["measure_id"] == measure_id]
    return rows.assign(year=_parse_year(rows["period"]))


@memoize
def select_breaks(data: Data, measure_id: str) -> pd.DataFrame:
    """Return where the series breaks, has a gap or stays comparable, with ``year``, in order."""
    rows = data.series_breaks[data.series_breaks["measure_id"] == measure_id]
    return rows.assign(year=_parse_year(rows["period"])).sort_values("year")


@memoize
def list_periods(data: Data, measure_id: str) -> list[str]:
    """Return every academic year from the measure's first to its last, missing ones included."""
    periods = select_measure(data, measure_id)["period"]
    first, last = int(min(periods)[:4]), int(max(periods)[:4])
    return [format_academic_year(year) for year in range(first, last + 1)]


def format_academic_year(year: int) -> str:
    """Return the academic year that starts in a year: 2018 is 2018/19."""
    return f"{year}/{(year + 1) % 100:02d}"


@memoize
def select_cuts(data: Data, measure_id: str) -> pd.DataFrame:
    """Return the years that cannot be joined to those before them, of :func:`select_breaks`."""
    marked = select_breaks(data, measure_id)
    return marked[marked["kind"].isin(_APART)]


@memoize
def list_runs(data: Data, measure_id: str) -> list[Run]:
    """Return the measure's runs of two years or more, longest first, then latest.

    They are those of the table of runs, which is checked against the breaks when it is read. A
    year apart belongs to none. Years without a figure for England are not counted.
    """
    marked = select_cuts(data, measure_id)
    apart = set(marked[marked["kind"] == "year apart"]["period"])
    published = [year for year in map_england(data, measure_id) if year not in apart]
    rows = data.series_runs[data.series_runs["measure_id"] == measure_id]
    years = [
        tuple(year for year in published if first <= year <= last)
        for first, last in zip(rows["first_period"], rows["last_period"], strict=True)
    ]
    latest = sorted((run for run in years if len(run) > 1), reverse=True)
    return sorted(latest, key=lambda run: -len(run))


def get_longest_run(data: Data, measure_id: str) -> Run:
    """Return the measure's longest run of years that can be compared, or no year."""
    return (list_runs(data, measure_id) or [()])[0]


def compute_changes(data: Data, measure_id: str, shown: pd.DataFrame) -> pd.DataFrame:
    """Return how the lines of :func:`select_lines` changed over each run, against England.

    One row a line and run in which it has two values or more: ``run`` (its number in
    :func:`list_runs`), ``first_period``, ``last_period``, ``first``, ``last``, ``change``,
    ``england_change`` (same two years), ``against_england`` (their difference) and ``margin_95``
    (how far chance alone may move the change; missing without counts), in the measure's unit or
    its points. ``whole`` tells whether the line has the run's first and last.
    """
    every = _compute_every_change(data, measure_id)
    return every[every["geography_code"].isin(shown["geography_code"])].reset_index(drop=True)


@memoize
def _compute_every_change(data: Data, measure_id: str) -> pd.DataFrame:
    nation = map_england(data, measure_id)
    stretches, counts = list_runs(data, measure_id), intervals.map_counts(data, measure_id)
    values = to_rows(_select_every_line(data, measure_id), LineValue)
    lines = group_rows(values, lambda value: value.geography_code)
    rows = [
        {"geography_code": code, "run": number, **row}
        for code, line in lines.items()
        for number, run in enumerate(stretches)
        if (row := _compute_change(line, nation, run, counts)) is not None
    ]
    changes = pd.DataFrame(rows, columns=[field.name for field in fields(Change)])
    return changes.astype({"margin_95": "float64"})


def _compute_change(
    line: Sequence[LineValue], nation: Mapping[str, float], run: Run, counts: Counts
) -> dict[str, str | float | bool | None] | None:
    within = [value for value in line if value.period in run]
    if len(within) < 2:  # noqa: PLR2004 - a change takes two values
        return None
    first, last = within[0], within[-1]
    change = _round(last.value - first.value)
    england_change = _round(nation[last.period] - nation[first.period])
    counted = (counts.get((value.geography_code, value.period)) for value in (first, last))
    return {
        "line": first.line,
        "area_id": first.area_id,
        "first_period": first.period,
        "last_period": last.period,
        "whole": (first.period, last.period) == (run[0], run[-1]),
        "first": first.value,
        "last": last.value,
        "change": change,
        "england_change": england_change,
        "against_england": _round(change - england_change),
        "margin_95": intervals.compute_change_margin(*counted),
    }


@memoize
def find_rounding_tolerance(data: Data, measure_id: str) -> int:
    """Return the largest difference against England that rounding alone can make.

    1 point where places are published in whole per cents, 2 where England is too, else 0: a
    matter of the measure, whichever places are shown. What we computed ourselves has no say.
    """
    values = select_measure(data, measure_id)
    national = values["geography_level"] == "national"
    whole = values["value"] % 1 == 0
    if not whole[~national & ~values["computed"]].all():
        return 0
    return 2 if whole[national].all() else 1


@memoize
def find_tolerance(data: Data, measure_id: str) -> float:
    """Return up to which difference against England a change counts as about the same.

    What rounding alone can make where places are published in whole per cents. Where they have
    decimals it is our choice: 0.5 with one decimal, 0.1 with more, as Progress 8 has.
    """
    if rounding := find_rounding_tolerance(data, measure_id):
        return rounding
    values = select_measure(data, measure_id)
    places = values[(values["geography_level"] != "national") & ~values["computed"]]["value"]
    has_one = ((10 * places).round() / 10 - places).abs().max() < _BINARY_ERROR
    return _SMALL_GAP_ONE_DECIMAL if has_one else _SMALL_GAP_MORE_DECIMALS


def _round(value: float) -> float:
    """Take away what binary fractions add: published values have three decimals at most."""
    return round(float(value), 4)


def _sort_and_segment(data: Data, measure_id: str, values: pd.DataFrame) -> pd.DataFrame:
    """Sort by area, line and year, and number the stretches that may be drawn as one stroke."""
    marked = select_cuts(data, measure_id)
    years = {kind: set(marked[marked["kind"] == kind]["year"]) for kind in _APART}
    opening = years["break"] | years["year apart"] | {year + 1 for year in years["year apart"]}
    rank = {area: number for number, area in enumerate(data.areas["area_id"])}
    ordered = values.assign(year=_parse_year(values["period"]), rank=values["area_id"].map(rank))
    ordered = ordered.sort_values(["rank", "line", "year"], ignore_index=True)
    before = ordered.groupby("geography_code")["year"].shift()
    cut = (ordered["year"] != before + 1) | ordered["year"].isin(opening)
    return ordered.assign(segment=cut.cumsum()).drop(columns="rank")


def _parse_year(period: "pd.Series[str]") -> "pd.Series[int]":
    return period.str[:4].astype("int64")
