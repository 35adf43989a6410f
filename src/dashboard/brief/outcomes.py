"""What a brief says of outcomes: a small chart of each measure against England, and its words."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.brief.references import References
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.topics.areas.facts import AreaFacts
from dashboard.topics.comparators import similar
from dashboard.topics.outcomes import formats, series, wording
from dashboard.topics.outcomes.exhibits import list_later_measures, list_measures
from dashboard.topics.outcomes.series import LineValue


def list_charts(
    data: Data, area_frame: pd.DataFrame, references: References
) -> Iterator[dict[str, Any]]:
    """Yield what a small chart shows, for each line of each measure that exists for the area.

    ``area_frame`` has the area's row.
    """
    for measure in list_measures(data):
        lines = series.select_lines(data, measure.measure_id, area_frame)
        if lines.empty or measure in list_later_measures(data):
            continue
        nation = series.select_england(data, measure.measure_id)
        changes = series.compute_changes(data, measure.measure_id, lines)
        longest = changes[changes["run"] == 0]
        run = series.get_longest_run(data, measure.measure_id)
        broken = wording.describe_cuts(series.select_cuts(data, measure.measure_id))
        for code, line in lines.groupby("geography_code", sort=False):
            (last,) = to_rows(line.tail(1), LineValue)
            england = float(nation["value"][nation["period"] == last.period].iloc[0])
            change = formats.describe_change(longest[longest["geography_code"] == code])
            description = wording.describe_line(line, nation, measure.unit, run)
            yield {
                "measure": measure.measure_id,
                "title": _name_line(measure.title, last, lines),
                "words": f"{formats.format_dated(last, measure.unit)}; "
                f"England {formatting.format_value(england, measure.unit)}. "
                f"Change: {change[0].lower()}{change[1:]}.",
                "alt": f"{description} {broken}".rstrip(),
                "refs": references.of(*line["source_id"], *nation["source_id"]),
                "last": {
                    "year": int(last.year),
                    "value": float(last.value),
                    "figure": formatting.format_value(last.value, measure.unit),
                    "period": last.period,
                    "under": bool(last.value < england),
                },
                **_build_lines(line, nation),
            }


def list_later_figures(
    data: Data, area_frame: pd.DataFrame, references: References
) -> list[dict[str, Any]]:
    """Return the last figures, beside England's, of measures too young for a chart."""
    listed = []
    for measure in list_later_measures(data):
        lines = series.select_lines(data, measure.measure_id, area_frame)
        nation = series.select_england(data, measure.measure_id).set_index("period")
        words = [
            f"{_name_line(measure.short_title, last, lines)} "
            f"{formats.format_dated(last, measure.unit)}, England "
            f"{formatting.format_value(nation['value'][last.period], measure.unit)}"
            for last in to_rows(lines.drop_duplicates("geography_code", keep="last"), LineValue)
        ]
        if words:
            refs = references.of(*lines["source_id"], *nation["source_id"])
            listed.append({"value": f"{'; '.join(words)}.", "refs": refs})
    return listed


def list_comparisons(data: Data, area: AreaFacts, references: References) -> dict[str, Any] | None:
    """Return the area beside places that were not chosen: a table, and what to know of it."""
    exhibit = similar.build_places_not_chosen(data, area)
    if exhibit is None:
        return None
    measures, years, *groups = exhibit.table.columns
    named = exhibit.table[measures] + ", " + exhibit.table[years]
    return {
        "title": exhibit.title,
        "heads": [measures, *groups],
        "rows": exhibit.table[groups]
        .assign(**{measures: named})[[measures, *groups]]
        .to_numpy()
        .tolist(),
        "words": f"{similar.describe_chance(data, area)} {similar.describe_similar(data, area)}",
        "refs": references.of(*exhibit.provenance.source_ids),
    }


def describe_left_out(data: Data, area_frame: pd.DataFrame) -> str:
    """Return why some measures have no figure of the area, or nothing where all have."""
    left_out = [
        measure
        for measure in list_measures(data)
        if series.select_lines(data, measure.measure_id, area_frame).empty
    ]
    return wording.describe_not_shown(data, left_out, area_frame)


def list_notes(data: Data, area_frame: pd.DataFrame) -> list[str]:
    """Return what is noted of some years of the lines drawn, once; ``area_frame`` as above."""
    measures: dict[str, list[str]] = {}
    for measure in list_measures(data):
        lines = series.select_lines(data, measure.measure_id, area_frame)
        for note in wording.list_notes(lines):
            measures.setdefault(note, []).append(measure.short_title)
    return [f"{formatting.join_names(titles)}, {note}" for note, titles in measures.items()]


def _name_line(title: str, last: LineValue, lines: pd.DataFrame) -> str:
    """Return a measure's title, with the place's name where the area has several."""
    several = lines["geography_code"].nunique() > 1
    return f"{title}, {last.line}" if several else title


def _build_lines(line: pd.DataFrame, nation: pd.DataFrame) -> dict[str, Any]:
    """Return both lines as strokes, and the years and values that the chart spans."""
    values = pd.concat([line["value"], nation["value"]])
    years = [int(nation["year"].min()), int(nation["year"].max())]
    return {
        "own": _build_strokes(line),
        "england": _build_strokes(nation),
        "years": years,
        "ends": [series.format_academic_year(year) for year in years],
        "range": [float(values.min()), float(values.max())],
    }


def _build_strokes(line: pd.DataFrame) -> list[list[list[float]]]:
    """Return a line as strokes of (year, value), which end where the series breaks."""
    strokes: dict[int, list[list[float]]] = {}
    for segment, year, value in zip(line["segment"], line["year"], line["value"], strict=True):
        strokes.setdefault(segment, []).append([int(year), float(value)])
    return list(strokes.values())
