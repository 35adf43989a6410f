"""The areas' districts beside the other cold spots, over years that can be compared.

A *cold spot* is a district in the worst sixth of the index of 2016; the *other* cold spots are
those that were not chosen. A *trend* is a group's value in each year of a run, over the same
districts throughout: those with a figure for every year.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from dashboard.cache import memoize
from dashboard.data.district_rows import DistrictOutcome, IndexPlace
from dashboard.data.frames import group_rows, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import District
from dashboard.topics.index_ranks.ranks import WORST_SIXTH
from dashboard.topics.outcomes import intervals, series
from dashboard.topics.outcomes.series import Run

Weighting = Literal["pupils", "plain"]
# How a comparison is worked out, where it takes no weights, or weights by region.
PLAIN, REGIONS = "Every district counts the same", "In the areas' mix of regions"

# Pupils of this year and measure weight measures that are published without counts.
WEIGHTS_MEASURE, WEIGHTS_YEAR = "eyfsp_gld", "2017/18"


@dataclass(frozen=True)
class Trend:
    """A group's values over a run, in per cent, of districts with a figure for every year.

    ``codes`` are those districts' GSS codes, ``left_out`` the names of the group's others.
    ``variance`` is that of the change by chance, in points squared: None without counts.
    """

    run: Run
    values: tuple[float, ...]
    codes: tuple[str, ...]
    left_out: tuple[str, ...]
    variance: float | None = None

    @property
    def change(self) -> float:
        """The last year's value less the first's, in points."""
        return self.values[-1] - self.values[0]


@dataclass(frozen=True)
class Comparison:
    """The areas' trend and another group's, worked out in the same way."""

    how: str
    areas: Trend
    others: Trend

    @property
    def difference(self) -> float:
        """By how many points more the areas changed than the others."""
        return self.areas.change - self.others.change

    @property
    def margin(self) -> float | None:
        """How far chance alone may move the difference, 19 times in 20: None without counts."""
        if self.areas.variance is None or self.others.variance is None:
            return None
        return intervals.NORMAL_95 * math.sqrt(self.areas.variance + self.others.variance)


@memoize
def select_cold_spots(data: Data) -> tuple[IndexPlace, ...]:
    """Return the districts of the index's worst sixth that were not chosen, the worst first."""
    own = set(data.districts["lad_code"])
    places = to_rows(data.index_2016.sort_values("rank", ascending=False), IndexPlace)
    return tuple(
        place for place in places if place.rank >= WORST_SIXTH.first and place.lad_code not in own
    )


@memoize
def list_district_measures(data: Data) -> tuple[str, ...]:
    """Return the ids of the measures that are held for every district."""
    return tuple(data.district_outcomes["measure_id"].unique())


@memoize
def compare_with_cold_spots(data: Data, measure_id: str) -> tuple[Comparison, ...]:
    """Return the areas beside the other cold spots over the measure's longest run.

    First weighted by pupils; then the same by a plain mean of districts, without the areas'
    abolished districts, and with the cold spots in the areas' own mix of regions. Empty where the
    measure is not held for districts or no two of its years compare.
    """
    run = series.get_longest_run(data, measure_id)
    if measure_id not in list_district_measures(data) or not run:
        return ()
    districts = to_rows(data.districts, District)
    areas = [row.lad_code for row in districts]
    standing = [row.lad_code for row in districts if row.abolished_on is None]
    others = [place.lad_code for place in select_cold_spots(data)]
    weighted = partial(compute_trend, data, measure_id, run)
    plain = partial(weighted, weighting="plain")
    own, beside = weighted(areas), weighted(others)
    matched = compute_matched_trend(data, measure_id, own, others) if own else None
    made = (
        ("Weighted by pupils", own, beside),
        (PLAIN, plain(areas), plain(others)),
        ("Without areas' abolished districts", weighted(standing), beside),
        (REGIONS, own, matched),
    )
    return tuple(Comparison(how, first, second) for how, first, second in made if first and second)


def compute_trend(
    data: Data,
    measure_id: str,
    run: Run,
    codes: Collection[str],
    weighting: Weighting = "pupils",
) -> Trend | None:
    """Return a group's values over a run: a share of all its pupils, or a plain mean.

    With counts, the share is that of the year's own pupils; without, districts are weighted by
    their pupils at age five in 2017/18. None where no district has every year.
    """
    chosen = frozenset(codes)
    complete = _group_complete(data, measure_id, run)
    rows = [row for code, own in complete.items() if code in chosen for row in own]
    weights = _weigh(data, rows, weighting)
    kept = [(row, weight) for row, weight in zip(rows, weights, strict=True) if weight is not None]
    if not kept:
        return None
    values = []
    for period in run:
        year = [(row, weight) for row, weight in kept if row.period == period]
        total = math.fsum(weight for _, weight in year)
        values.append(math.fsum(_compute_share(row) * weight for row, weight in year) / total)
    used = tuple(dict.fromkeys(row.lad_code for row, _ in kept))
    return Trend(
        run=run,
        values=tuple(values),
        codes=used,
        left_out=_name(data, [code for code in codes if code not in used]),
        variance=_compute_variance([row for row, _ in kept], run, values)
        if weighting == "pupils"
        else None,
    )


@memoize
def compute_cold_spots_year(data: Data, measure_id: str, period: str) -> Trend | None:
    """Return the other cold spots in one year: a run of one, of those with a figure in it.

    None where the measure is not held for districts, or none of them has a figure.
    """
    if measure_id not in list_district_measures(data):
        return None
    codes = [place.lad_code for place in select_cold_spots(data)]
    return compute_trend(data, measure_id, (period,), codes)


def compute_matched_trend(
    data: Data, measure_id: str, own: Trend, others: Collection[str]
) -> Trend | None:
    """Return the trend of others as if as many of their pupils lay in each region as in ``own``.

    None where a region of the areas has no other district with every year.
    """
    region_of, run = _map_regions(data), own.run
    pupils = _map_pupils(data)
    weights: Counter[str] = Counter()
    for code in own.codes:
        weights[region_of[code]] += pupils.get(code, 0)
    trends = {
        region: compute_trend(
            data, measure_id, run, [code for code in others if region_of[code] == region]
        )
        for region in weights
    }
    found = {region: trend for region, trend in trends.items() if trend}
    if not found or len(found) < len(weights):
        return None
    total = sum(weights.values())
    used = [code for trend in found.values() for code in trend.codes]
    return Trend(
        run=run,
        values=tuple(
            sum(weights[region] * trend.values[year] for region, trend in found.items()) / total
            for year in range(len(run))
        ),
        codes=tuple(used),
        left_out=_name(data, [code for code in others if code not in used]),
    )


def get_england(data: Data, measure_id: str, run: Run) -> Trend:
    """Return England's values over a run, as published."""
    values = series.map_england(data, measure_id)
    return Trend(run, tuple(values[period] for period in run), (), ())


@memoize
def _group_complete(data: Data, measure_id: str, run: Run) -> dict[str, list[DistrictOutcome]]:
    """Return the rows of each district with a value in every year of a run, by GSS code."""
    table = data.district_outcomes
    wanted = (table["measure_id"] == measure_id) & table["period"].isin(run)
    rows = to_rows(table[wanted & table["value"].notna()], DistrictOutcome)
    districts = group_rows(rows, lambda row: row.lad_code)
    return {code: own for code, own in districts.items() if {row.period for row in own} == {*run}}


def _compute_share(row: DistrictOutcome) -> float:
    """Return a row's per cent: from its counts where it has them, else as published.

    Raises:
        ValueError: it has neither.
    """
    if row.reached is not None and row.pupils is not None:
        return 100 * row.reached / row.pupils
    if row.value is None:
        raise ValueError(f"{row.district} has no value in {row.period}")
    return row.value


def _weigh(data: Data, rows: Sequence[DistrictOutcome], weighting: Weighting) -> list[float | None]:
    """Return the weight of each row, None where it is not known."""
    if weighting == "plain":
        return [1.0 for _ in rows]
    own = [row.pupils for row in rows]
    if None not in own:
        return list(own)
    pupils = _map_pupils(data)
    return [pupils.get(row.lad_code) for row in rows]


@memoize
def _map_pupils(data: Data) -> dict[str, int]:
    """Return the pupils by whom districts are weighted, by GSS code."""
    rows = data.district_outcomes
    chosen = (rows["measure_id"] == WEIGHTS_MEASURE) & (rows["period"] == WEIGHTS_YEAR)
    counted = to_rows(rows[chosen & rows["pupils"].notna()], DistrictOutcome)
    return {row.lad_code: row.pupils for row in counted if row.pupils is not None}


def _compute_variance(
    rows: Sequence[DistrictOutcome], run: Run, values: Sequence[float]
) -> float | None:
    """Return the variance of a change of two shares of counted pupils, in points squared."""
    pupils: Counter[str] = Counter()
    for row in rows:
        if row.pupils is None:
            return None
        pupils[row.period] += row.pupils
    return sum(
        intervals.compute_variance(values[year], float(pupils[run[year]])) for year in (0, -1)
    )


@memoize
def _map_regions(data: Data) -> dict[str, str]:
    """Return the region of each district of the index, by GSS code."""
    return {place.lad_code: place.region for place in to_rows(data.index_2016, IndexPlace)}


def _name(data: Data, codes: Collection[str]) -> tuple[str, ...]:
    names = map_names(data)
    return tuple(sorted(names.get(code, code) for code in codes))


@memoize
def map_names(data: Data) -> dict[str, str]:
    """Return the name of each district that has an outcome, by GSS code."""
    rows = data.district_outcomes
    return dict(zip(rows["lad_code"], rows["district"], strict=True))
