"""The last figure of each measure and place, beside England's and the other cold spots'.

A *place* is a row of the table: an area, or each of its districts where a measure shown is
published for the districts alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, District, Measure, Outcome
from dashboard.topics.comparators import trends
from dashboard.topics.outcomes import intervals, series
from dashboard.topics.outcomes.intervals import Interval

# Places after the point of a difference, and of the other cold spots' computed level.
_DECIMALS, _DECIMALS_OF_SCORES = 1, 2
_BINARY_ERROR = 1e-6
# What rounding to a whole per cent makes of one figure at most.
_HALF = 0.5


@dataclass(frozen=True)
class Place:
    """A row of the table: its name there, its area, and the GSS codes of its figures."""

    name: str
    area_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """England's or the other cold spots' value in a year; ``districts`` counts those with one."""

    period: str
    value: float
    districts: int | None = None


@dataclass(frozen=True)
class Difference:
    """A figure less another of the same year.

    ``sign`` is that of the difference, 0 where it counts as none: rounding or chance alone can
    make it, or it is too small. ``is_chance`` tells whether it is chance.
    """

    difference: float
    sign: int
    is_chance: bool = False


@dataclass(frozen=True)
class LastFigure:
    """A place's last figure, with what it lies beside in the same year where that is known."""

    place: Place
    measure: Measure
    outcome: Outcome
    england: Level | None
    others: Level | None
    against_england: Difference | None
    against_others: Difference | None


def list_places(data: Data, measures: Iterable[Measure], areas: pd.DataFrame) -> list[Place]:
    """Return the rows of the table, in the order of the areas."""
    lines = [series.select_lines(data, measure.measure_id, areas) for measure in measures]
    shown = pd.concat([line[["area_id", "geography_code"]] for line in lines]).drop_duplicates()
    codes = shown.groupby("area_id")["geography_code"].agg(tuple).to_dict()
    districts = to_rows(data.districts, District)
    places = []
    for area in to_rows(data.areas[data.areas["area_id"].isin(areas["area_id"])], Area):
        own = codes.get(area.area_id, ())
        parts = [row for row in districts if row.area_id == area.area_id]
        if len(parts) > 1 and {row.lad_code for row in parts} & {*own}:
            places += [
                Place(f"{row.name}, in {area.label}", area.area_id, (row.lad_code,))
                for row in parts
            ]
        else:
            places.append(Place(area.label, area.area_id, own))
    return places


def list_last_figures(
    data: Data, measures: Iterable[Measure], places: Sequence[Place]
) -> list[LastFigure]:
    """Return the last figure of each measure for each place that has one."""
    figures = []
    for measure in measures:
        last_of = _find_last(data, measure.measure_id)
        for place in places:
            own = [last_of[code] for code in place.codes if code in last_of]
            if own:
                last = max(own, key=lambda row: row.period)
                figures.append(_compare(data, measure, place, last))
    return figures


@memoize
def _find_last(data: Data, measure_id: str) -> dict[str, Outcome]:
    """Return the row of the last year of each place of a measure, by its GSS code."""
    rows = series.select_measure(data, measure_id).sort_values("period")
    return {row.geography_code: row for row in to_rows(rows, Outcome)}


def _compare(data: Data, measure: Measure, place: Place, outcome: Outcome) -> LastFigure:
    england = find_england(data, measure, outcome.period)
    others = find_cold_spots(data, measure, outcome.period)
    rounding = series.find_rounding_tolerance(data, measure.measure_id) / 2
    # With decimals rounding makes no gap: what is too small to count is our choice.
    ignored = 0 if rounding else series.find_tolerance(data, measure.measure_id)
    count = intervals.map_counts(data, measure.measure_id).get(
        (outcome.geography_code, outcome.period)
    )
    chance = intervals.compute_interval(count) if count else None
    return LastFigure(
        place=place,
        measure=measure,
        outcome=outcome,
        england=england,
        others=others,
        against_england=compute_gap(outcome.value, england.value, rounding, chance, ignored)
        if england
        else None,
        # The other cold spots' level is a mean of many: only the place's own figure is rounded.
        against_others=compute_gap(
            outcome.value, others.value, min(rounding, _HALF), chance, ignored
        )
        if others
        else None,
    )


def compute_gap(
    value: float,
    other: float,
    rounding: float = 0,
    chance: Interval | None = None,
    ignored: float = 0,
) -> Difference:
    """Return a value less another; no sign where rounding or chance alone can make that.

    ``rounding`` is more than the difference can be by it, ``chance`` the value's interval,
    ``ignored`` the largest difference that is too small to count.
    """
    difference = round(value - other, _DECIMALS_OF_SCORES)
    size = abs(difference)
    if size < rounding - _BINARY_ERROR or size <= ignored + _BINARY_ERROR or not difference:
        return Difference(difference, 0)
    if chance and chance.lower <= other <= chance.upper:
        return Difference(difference, 0, is_chance=True)
    return Difference(difference, 1 if difference > 0 else -1)


def find_england(data: Data, measure: Measure, period: str) -> Level | None:
    """Return England's value in a year, None where there is none."""
    value = series.map_england(data, measure.measure_id).get(period)
    return None if value is None else Level(period, value)


def find_cold_spots(data: Data, measure: Measure, period: str) -> Level | None:
    """Return the other cold spots' level in a year, rounded as it is shown; None if not held."""
    trend = trends.compute_cold_spots_year(data, measure.measure_id, period)
    decimals = _DECIMALS if measure.unit == "%" else _DECIMALS_OF_SCORES
    if trend is None:
        return None
    return Level(period, round(trend.values[0], decimals), len(trend.codes))


def find_last_period(data: Data, measure: Measure) -> str:
    """Return the last academic year of a measure: England's, which all others lie beside."""
    return [*series.map_england(data, measure.measure_id)][-1]


def count_signs(figures: Iterable[LastFigure], against: str) -> tuple[int, int, int]:
    """Return how many figures are better than, the same as and worse than what they lie beside.

    ``against`` is "england" or "others".
    """
    signs = [
        gap.sign * (1 if figure.measure.better == "higher" else -1)
        for figure in figures
        if (gap := getattr(figure, f"against_{against}")) is not None
    ]
    return signs.count(1), signs.count(0), signs.count(-1)
