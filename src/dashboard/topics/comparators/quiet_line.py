"""The other cold spots beside the lines of places: a quiet line, its figures and its sources."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.frames import filter_by_area
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Measure
from dashboard.exhibits import Exhibit
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.comparators import exhibits as comparators
from dashboard.topics.comparators import trends
from dashboard.topics.comparators.trends import Comparison
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import tables
from dashboard.topics.outcomes.exhibits import MeasureView

# The kind of place of the line's rows, in files.
KIND = "other cold spots"


@memoize
def build_quiet_line(data: Data, measure: Measure) -> pd.DataFrame | None:
    """Return the other cold spots' line over the measure's longest run, None where not held.

    A row a year, with ``line``, ``period``, ``year``, ``value`` and ``segment``.
    """
    main = _find_comparison(data, measure)
    return comparators.draw_trends({comparators.OTHERS: main.others}) if main else None


@memoize
def build_lines_provenance(
    data: Data, measure: Measure, codes: Collection[str], *, narrowed: bool = False
) -> Provenance:
    """Return what the lines of some codes, England's and the other cold spots' rest on."""
    own = outcomes.build_lines_provenance(data, measure, codes, narrowed=narrowed)
    main, line = _find_comparison(data, measure), build_quiet_line(data, measure)
    if main is None or line is None:
        return own
    return replace(
        own,
        method=f"{own.method} {comparators.describe_groups(data, main)} The value of the other "
        "cold spots is the share of all their pupils, over the longest run of comparable years.",
        source_ids=list_distinct(own.source_ids, comparators.list_sources(data, measure)),
        frame=_add_rows(own.frame, measure, line),
        rows={**own.rows, "district_outcomes": _select_used(data, measure, main, own)},
        status=outcomes.SOME_COMPUTED,
    )


@memoize
def build_area_provenance(data: Data, area: Area) -> Provenance:
    """Return what the lines of an area that tell what happened next rest on together."""
    areas = filter_by_area(data.areas, area.area_id)
    told = [
        outcomes.build_view(data, measure, areas)
        for measure in outcomes.list_measures_by_district(data)
    ]
    views = [view for view in told if not view.lines.empty]
    each = [build_lines_provenance(data, view.measure, view.codes) for view in views]
    resources = dict.fromkeys(name for one in each for name in one.rows)
    return Provenance(
        name=f"results-{area.area_id}",
        title=f"Results of {area.label}",
        method=" ".join(
            f"{view.measure.short_title}: {one.method}"
            for view, one in zip(views, each, strict=True)
        ),
        source_ids=list_distinct(*(one.source_ids for one in each)),
        frame=pd.concat([one.frame for one in each], ignore_index=True),
        rows={
            name: pd.concat([one.rows[name] for one in each if name in one.rows]).drop_duplicates()
            for name in resources
        },
        status=outcomes.SOME_COMPUTED,
    )


@memoize
def build_values(data: Data, view: MeasureView, *, narrowed: bool = True) -> Exhibit:
    """Return every value of the areas shown, and of the other cold spots, year by year."""
    line = build_quiet_line(data, view.measure)
    return replace(
        outcomes.build_values(data, view, narrowed=narrowed),
        provenance=build_lines_provenance(data, view.measure, view.codes, narrowed=narrowed),
        table=tables.tabulate_values(data, view.measure, view.lines, line),
    )


def _find_comparison(data: Data, measure: Measure) -> Comparison | None:
    comparisons = trends.compare_with_cold_spots(data, measure.measure_id)
    return comparisons[0] if comparisons else None


def _add_rows(frame: pd.DataFrame, measure: Measure, line: pd.DataFrame) -> pd.DataFrame:
    """Return rows of outcomes, and those of the line in the same columns."""
    rows = pd.DataFrame(
        {
            "measure_id": measure.measure_id,
            "geography_name": line["line"],
            "geography_level": KIND,
            "period": line["period"],
            "comparable_since": line["period"].iloc[0],
            "value": line["value"],
            "status": "final",
            "computed": True,
            "source_id": measure.source_id,
        }
    )
    # No row of the package has an index below zero.
    rows.index = pd.RangeIndex(-len(rows), 0)
    added = rows.reindex(columns=frame.columns).astype(frame.dtypes)
    return pd.concat([frame, added])


def _select_used(data: Data, measure: Measure, main: Comparison, own: Provenance) -> pd.DataFrame:
    """Return the rows of districts that the line or the places' intervals rest on."""
    rows = data.district_outcomes
    chosen = (rows["measure_id"] == measure.measure_id) & rows["period"].isin(main.others.run)
    used = rows[chosen & rows["lad_code"].isin(main.others.codes)]
    return rows[rows.index.isin([*used.index, *own.rows["district_outcomes"].index])]
