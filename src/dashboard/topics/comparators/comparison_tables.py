"""The comparisons as tables for analysts, made of the rows behind the exhibits and of no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.topics.comparators import all_measures, exhibits, nearest, similar, trends
from dashboard.topics.comparators.exhibits import CANNOT_SHOW, ENGLAND, OTHERS
from dashboard.topics.outcomes.exhibits import list_measures

# What a district's own row is called among those of the groups beside it.
OWN = "District itself"
TITLES = {
    "comparisons": "Areas beside other cold spots",
    "comparison_choices": "Areas beside other cold spots: other ways to work it out",
    "places_not_chosen": "Areas beside places that were not chosen",
    "last_figures": "Last figures beside England and other cold spots",
}
NAMES = tuple(TITLES)
_KINDS = {
    **dict.fromkeys(("value", "first", "last", "change", "difference", "margin_95"), "Float64"),
    **dict.fromkeys(("change_areas", "change_other_cold_spots"), "Float64"),
    **dict.fromkeys(("england", "difference_england"), "Float64"),
    **dict.fromkeys(("other_cold_spots", "difference_cold_spots"), "Float64"),
    **dict.fromkeys(("districts_areas", "districts_others"), "Int64"),
    "districts_with_every_year": "Int64",
    **dict.fromkeys(("computed", "chance_england", "chance_cold_spots"), "boolean"),
}


@dataclass(frozen=True)
class ComparisonTable:
    """A computed table: how it was worked out in ``description``, and the ``key`` of its rows."""

    name: str
    title: str
    description: str
    frame: pd.DataFrame
    key: tuple[str, ...]


class _Sources(NamedTuple):
    """The sources of what a comparison needs beside its measure; None where a table is empty."""

    weights: str | None
    cold_spots: str | None
    regions: str | None
    similar: str | None


@memoize
def build_comparison_tables(data: Data) -> Mapping[str, ComparisonTable]:
    """Return the tables of comparisons by name, each with all of its rows."""
    tables = (
        _build_comparisons(data),
        _build_choices(data),
        _build_places_not_chosen(data),
        _build_last_figures(data),
    )
    return {table.name: table for table in tables}


def _build_comparisons(data: Data) -> ComparisonTable:
    sources = _find_sources(data)
    frames = []
    for measure in list_measures(data):
        if exhibit := exhibits.build_comparison(data, measure):
            rows = exhibit.provenance.frame
            is_nation, weights = rows["group"] == ENGLAND, _weigh(data, measure.measure_id, sources)
            frames.append(
                rows.assign(
                    first_period=rows["period"].iloc[0],
                    last_period=rows["period"].iloc[-1],
                    weighted_by=_keep(weights.by, ~is_nation),
                    weights_source_id=_keep(weights.source_id, ~is_nation),
                    cold_spots_source_id=_keep(sources.cold_spots, rows["group"] == OTHERS),
                )
            )
    columns = (
        *("measure_id", "group", "period", "value", "unit", "computed"),
        *("first_period", "last_period", "change", "districts_with_every_year", "left_out"),
        *("weighted_by", "source_id", "weights_source_id", "cold_spots_source_id"),
    )
    return _build_table(
        "comparisons",
        "One row for each measure that is held by district, each group (the districts of all "
        "twelve areas, the other cold spots, England) and each year of the measure's longest run "
        f"of comparable years. {exhibits.WHO_OTHERS} A group's value is the share of all its "
        "pupils, over its districts with a figure for every year, which are weighted as "
        f"weighted_by says; it is computed. England's is as published. {CANNOT_SHOW}",
        _join(frames, columns),
        ("measure_id", "group", "period"),
    )


def _build_choices(data: Data) -> ComparisonTable:
    sources = _find_sources(data)
    frames = []
    for measure in list_measures(data):
        if exhibit := exhibits.build_choices(data, measure):
            rows = exhibit.provenance.frame
            weights = _weigh(data, measure.measure_id, sources)
            is_weighted = rows["worked_out"] != trends.PLAIN
            frames.append(
                rows.assign(
                    weighted_by=_keep(weights.by, is_weighted),
                    weights_source_id=_keep(weights.source_id, is_weighted),
                    cold_spots_source_id=sources.cold_spots,
                    regions_source_id=_keep(sources.regions, rows["worked_out"] == trends.REGIONS),
                )
            )
    columns = (
        *("measure_id", "worked_out", "first_period", "last_period", "change_areas"),
        *("change_other_cold_spots", "difference", "margin_95", "districts_areas"),
        *("districts_others", "weighted_by", "source_id", "weights_source_id"),
        *("cold_spots_source_id", "regions_source_id"),
    )
    return _build_table(
        "comparison_choices",
        "One row for each measure that is held by district and each way to work the comparison "
        f"out. Computed: how much the answer depends on the choices. {exhibits.METHOD_OF_CHOICES} "
        f"The first is that of the table comparisons. {exhibits.WHO_OTHERS} {CANNOT_SHOW}",
        _join(frames, columns),
        ("measure_id", "worked_out"),
    )


def _build_places_not_chosen(data: Data) -> ComparisonTable:
    sources = _find_sources(data)
    areas = to_rows(data.areas, Area)
    compared = [found for area in areas for found in nearest.compare_area(data, area)]
    columns = (
        *("area_id", "lad_code", "district", "measure_id", "group", "first_period"),
        *("last_period", "first", "last", "change", "unit", "computed", "margin_95"),
        *("districts_with_every_year", "left_out", "similar_districts", "weighted_by"),
        *("source_id", "weights_source_id", "cold_spots_source_id", "similar_source_id"),
    )
    rows = _join([similar.list_values(data, compared)], columns)
    group = rows["group"].mask(rows["group"] == rows["district"], OWN)
    is_ten, is_cold = group == similar.TEN, group == OTHERS
    weights = {name: _weigh(data, name, sources) for name in rows["measure_id"].unique()}
    rows = rows.assign(
        group=group,
        weighted_by=rows["measure_id"].map({name: one.by for name, one in weights.items()}),
        weights_source_id=rows["measure_id"].map(
            {name: one.source_id for name, one in weights.items()}
        ),
        cold_spots_source_id=_keep(sources.cold_spots, is_cold),
        similar_source_id=_keep(sources.similar, is_ten),
    )
    for name in ("weighted_by", "weights_source_id"):
        rows[name] = rows[name].where(is_ten | is_cold)
    return _build_table(
        "places_not_chosen",
        "One row for each district of the areas, each measure on which it has every year, and each "
        "group: the district itself, the ten districts most like it, the other cold spots and "
        f"England. {similar.METHOD}",
        _join([rows], columns),
        ("lad_code", "measure_id", "group"),
    )


def _build_last_figures(data: Data) -> ComparisonTable:
    sources = _find_sources(data)
    method = all_measures.describe_method(data, list_measures(data))
    shown = all_measures.build_all_measures(data, data.areas, whole_authorities=True).provenance
    columns = (
        *("measure_id", "area_id", "geography_code", "geography_name", "period", "value"),
        *("unit", "status", "computed", "england", "difference_england", "chance_england"),
        *("other_cold_spots", "difference_cold_spots", "chance_cold_spots", "districts_others"),
        *("source_id", "weights_source_id", "cold_spots_source_id"),
    )
    rows = _join([shown.frame], columns)
    is_beside_others = rows["other_cold_spots"].notna() | (rows["geography_name"] == OTHERS)
    rows = rows.assign(
        weights_source_id=_keep(sources.weights, is_beside_others),
        cold_spots_source_id=_keep(sources.cold_spots, is_beside_others),
    )
    return _build_table(
        "last_figures",
        "One row for each measure and each area, or each of its districts, then one for the other "
        f"cold spots and one for England. {method}",
        rows,
        ("measure_id", "geography_name"),
    )


class _Weights(NamedTuple):
    by: str
    source_id: str | None


def _weigh(data: Data, measure_id: str, sources: _Sources) -> _Weights:
    """Return how the districts of a measure's groups are weighted, and from which source."""
    main = trends.compare_with_cold_spots(data, measure_id)[0]
    own = next(row.source_id for row in list_measures(data) if row.measure_id == measure_id)
    return _Weights(
        exhibits.describe_weights(main), own if exhibits.is_counted(main) else sources.weights
    )


def _find_sources(data: Data) -> _Sources:
    rows = data.district_outcomes
    weights = rows[rows["measure_id"] == trends.WEIGHTS_MEASURE]["source_id"]
    index, neighbours = data.index_2016, data.similar_districts["source_id"]
    columns = (weights, index["source_id"], index["region_source_id"], neighbours)
    return _Sources(*(next(iter(column.dropna()), None) for column in columns))


def _keep(value: str | None, rows: "pd.Series[bool]") -> "pd.Series[str]":
    """Return a value in some rows, and nothing in the others."""
    return pd.Series(value, rows.index, dtype="string").where(rows)


def _join(frames: Sequence[pd.DataFrame], columns: Iterable[str]) -> pd.DataFrame:
    """Return rows of several frames in some columns of fixed types, missing values as ``<NA>``."""
    names = list(columns)
    joined = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return joined.reindex(columns=names).astype(
        {name: _KINDS.get(name, "string") for name in names}
    )


def _build_table(
    name: str, description: str, frame: pd.DataFrame, key: tuple[str, ...]
) -> ComparisonTable:
    return ComparisonTable(name, TITLES[name], description, frame, key)
