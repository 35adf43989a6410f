"""A district beside those most like it: the ten nearest neighbours that were not chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.cache import memoize
from dashboard.data.district_rows import SimilarDistrict
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, District, Measure
from dashboard.topics.comparators import trends
from dashboard.topics.comparators.trends import Trend
from dashboard.topics.outcomes import series
from dashboard.topics.outcomes.exhibits import list_measures_by_district

COUNT = 10


@dataclass(frozen=True)
class PlaceComparison:
    """A district's trend on a measure beside other groups'; None where a group has no trend."""

    measure: Measure
    district: District
    own: Trend
    similar: Trend | None
    cold_spots: Trend | None
    england: Trend


@memoize
def list_similar(data: Data, lad_code: str) -> tuple[SimilarDistrict, ...]:
    """Return the ten districts most like one: in England, and not of an opportunity area."""
    own = set(data.districts["lad_code"])
    rows = data.similar_districts[data.similar_districts["lad_code"] == lad_code]
    listed = to_rows(rows.sort_values("place"), SimilarDistrict)
    kept = [row for row in listed if row.country == "England" and row.similar_code not in own]
    return tuple(kept[:COUNT])


@memoize
def compare_place(data: Data, measure: Measure, lad_code: str) -> PlaceComparison | None:
    """Return a district beside its similar districts, the other cold spots and England.

    None where the measure is not held by district, or the district lacks a year of its run.
    """
    comparisons = trends.compare_with_cold_spots(data, measure.measure_id)
    run = series.get_longest_run(data, measure.measure_id)
    own = trends.compute_trend(data, measure.measure_id, run, [lad_code]) if comparisons else None
    if own is None:
        return None
    codes = [row.outcomes_code for row in list_similar(data, lad_code) if row.outcomes_code]
    (district,) = to_rows(data.districts[data.districts["lad_code"] == lad_code], District)
    return PlaceComparison(
        measure=measure,
        district=district,
        own=own,
        similar=trends.compute_trend(data, measure.measure_id, run, codes),
        cold_spots=comparisons[0].others,
        england=trends.get_england(data, measure.measure_id, run),
    )


def compare_area(data: Data, area: Area) -> list[PlaceComparison]:
    """Return each district of an area on each measure that has the years of its run."""
    return [
        found
        for measure in list_measures_by_district(data)
        for district in list_districts(data, [area.area_id])
        if (found := compare_place(data, measure, district.lad_code))
    ]


def list_districts(data: Data, area_ids: Sequence[str]) -> tuple[District, ...]:
    """Return the districts of some areas."""
    return to_rows(data.districts[data.districts["area_id"].isin(area_ids)], District)
