"""Outcomes that can colour the map: the last year of a measure, and its change."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.areas.map_measures import MAP_MEASURES, MapMeasure, MapValue
from dashboard.topics.outcomes import series
from dashboard.topics.outcomes.exhibits import build_view, list_measures_by_district
from dashboard.topics.outcomes.formats import format_id, format_signed
from dashboard.topics.outcomes.series import LineValue

Shown = Literal["last year", "change"]
_CLASSES = 4


@dataclass(frozen=True)
class OutcomeMapMeasure(MapMeasure):
    """The last year of an outcome measure, or its change, by area or district."""

    measure: Measure
    shown: Shown
    values: tuple[MapValue, ...]

    @property
    def title(self) -> str:
        """What names the table of the measure."""
        return self.name

    @property
    def head(self) -> str:
        """What stands over the table's figures: no more than a narrow column holds."""
        return self.shown.capitalize()

    def list_values(self, areas: pd.DataFrame) -> list[MapValue]:
        """Return the values of areas, or of their districts where only those are published."""
        ids = set(areas["area_id"])
        return [value for value in self.values if value.area_id in ids]

    def build_provenance(self, data: Data, areas: pd.DataFrame) -> Provenance:
        """Return what the values of areas rest on."""
        view = build_view(data, self.measure, areas)
        values = data.outcomes[data.outcomes["measure_id"] == self.measure.measure_id]
        values = values[values["geography_code"].isin(view.codes)]
        last = values[values["period"] == _get_last_period(data, self.measure)]
        is_change = self.shown == "change"
        return Provenance(
            name=f"map-{self.column}",
            title=f"Map: {self.name}",
            method=f"{self.measure.description} {self.note}",
            source_ids=list_distinct([self.measure.source_id], values["source_id"]),
            frame=_tabulate(self, areas),
            rows={"outcomes": values if is_change else last},
            status="Computed from published values." if is_change else PUBLISHED,
            narrowed=True,
        )


@memoize
def list_map_measures(data: Data) -> tuple[MapMeasure, ...]:
    """Return what can colour the map beside the cohort: facts of areas, then outcomes."""
    built = (
        build(data, measure)
        for measure in list_measures_by_district(data)
        for build in (_build_last_year, _build_change)
    )
    return (*MAP_MEASURES, *(measure for measure in built if measure))


def _build_last_year(data: Data, measure: Measure) -> OutcomeMapMeasure | None:
    period = _get_last_period(data, measure)
    lines = build_view(data, measure, data.areas).lines
    last = lines[lines["period"] == period]
    found = {row.geography_code: row.value for row in to_rows(last, LineValue)}
    nation = series.map_england(data, measure.measure_id)
    return _build(
        data,
        measure,
        "last year",
        found,
        name=f"{measure.short_title}, {period}",
        unit=measure.unit,
        note=f"As published for {period}, the last year of the series. England: "
        f"{formatting.format_value(nation[period], measure.unit)}.",
    )


def _build_change(data: Data, measure: Measure) -> OutcomeMapMeasure | None:
    changes = build_view(data, measure, data.areas).changes
    whole = changes[(changes["run"] == 0) & changes["whole"].astype(bool)]
    if whole.empty:
        return None
    first, last, england = whole[["first_period", "last_period", "england_change"]].iloc[0]
    return _build(
        data,
        measure,
        "change",
        dict(zip(whole["geography_code"], whole["change"], strict=True)),
        name=f"{measure.short_title}, change {first} to {last}",
        unit="points",
        note=f"Computed, in points: the value of {last} less that of {first}, the longest run of "
        f"comparable years. England: {format_signed(england)}. A change is not an effect of the "
        "programme.",
    )


def _build(
    data: Data,
    measure: Measure,
    shown: Shown,
    found: Mapping[str, float],
    *,
    name: str,
    unit: str,
    note: str,
) -> OutcomeMapMeasure | None:
    bounds = _compute_bounds(list(found.values()))
    if bounds is None:
        return None
    return OutcomeMapMeasure(
        name=name,
        column=f"{format_id(measure)}-{shown.replace(' ', '-')}",
        unit=unit,
        bounds=bounds,
        note=note,
        measure=measure,
        shown=shown,
        values=_list_values(data, measure, found),
    )


def _list_values(data: Data, measure: Measure, found: Mapping[str, float]) -> tuple[MapValue, ...]:
    """Return a value for each line, and for each area without one; None where not found."""
    lines = build_view(data, measure, data.areas).lines.drop_duplicates("geography_code")
    rows = to_rows(lines, LineValue)
    several = lines.groupby("area_id")["geography_code"].transform("nunique") > 1
    cohorts = dict(zip(data.areas["area_id"], data.areas["cohort"], strict=True))
    listed = [
        MapValue(
            str(row.area_id),
            row.line,
            cohorts[row.area_id],
            found.get(row.geography_code),
            row.geography_code if is_one_of_several else None,
        )
        for row, is_one_of_several in zip(rows, several, strict=True)
    ]
    without = data.areas[~data.areas["area_id"].isin(lines["area_id"])]
    listed += [
        MapValue(area_id, label, cohorts[area_id], None)
        for area_id, label in zip(without["area_id"], without["label"], strict=True)
    ]
    return tuple(listed)


def _compute_bounds(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Return three values that part all into about quarters; None where there are too few.

    Whole numbers where they do, else values that places have.
    """
    quarters = pd.Series(values, dtype="float64").quantile([0.25, 0.5, 0.75])
    whole = sorted({float(round(quarter)) for quarter in quarters})
    ranked = sorted(values)
    # The lowest value would leave the class under it empty.
    own = sorted(set(ranked))[1:]
    bounds = whole if len(whole) == _CLASSES - 1 else _choose_bounds(own, ranked)
    return (bounds[0], bounds[1], bounds[2]) if len(bounds) == _CLASSES - 1 else None


def _choose_bounds(own: Sequence[float], ranked: Sequence[float]) -> list[float]:
    """Return for each quarter the value that has nearest to as many values below it."""
    bounds: list[float] = []
    for quarter in range(1, _CLASSES):
        wanted = len(ranked) * quarter / _CLASSES
        above = [value for value in own if not bounds or value > bounds[-1]]
        if above:
            bounds.append(min(above, key=lambda value: abs(bisect_left(ranked, value) - wanted)))
    return bounds


def _get_last_period(data: Data, measure: Measure) -> str:
    return str(series.list_periods(data, measure.measure_id)[-1])


def _tabulate(measure: OutcomeMapMeasure, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the values as they are downloaded."""
    return pd.DataFrame(
        {
            "area_id": one.area_id,
            "place": one.name,
            "measure_id": measure.measure.measure_id,
            "shown": measure.shown,
            "value": one.value,
            "unit": measure.unit,
            "source_id": measure.measure.source_id,
        }
        for one in measure.list_values(areas)
    )
