"""What a brief says of outcomes: a small chart of each measure against England, and its words."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.brief.references import References
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.topics.outcomes import formats, series, wording
from dashboard.topics.outcomes.exhibits import list_measures
from dashboard.topics.outcomes.series import LineValue


def list_charts(
    data: Data, area_frame: pd.DataFrame, references: References
) -> Iterator[dict[str, Any]]:
    """Yield what a small chart shows, for each line of each measure that exists for the area.

    ``area_frame`` has the area's row.
    """
    for measure in list_measures(data):
        lines = series.select_lines(data, measure.measure_id, area_frame)
        if lines.empty:
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
                "title": _format_title(measure, last, lines),
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


def describe_left_out(data: Data, drawn: Sequence[dict[str, Any]]) -> str:
    """Return why some measures are not among the charts drawn, or nothing where all are."""
    return (
        ""
        if {chart["measure"] for chart in drawn} >= {*data.measures["measure_id"]}
        else wording.LEFT_OUT
    )


def list_notes(data: Data, area_frame: pd.DataFrame) -> list[str]:
    """Return what is noted of some years of the lines drawn, once; ``area_frame`` as above."""
    measures: dict[str, list[str]] = {}
    for measure in list_measures(data):
        lines = series.select_lines(data, measure.measure_id, area_frame)
        for note in wording.list_notes(lines):
            measures.setdefault(note, []).append(measure.short_title)
    return [f"{formatting.join_names(titles)}, {note}" for note, titles in measures.items()]


def _format_title(measure: Measure, last: LineValue, lines: pd.DataFrame) -> str:
    """Return the measure's name, with the place's where the area has several."""
    several = lines["geography_code"].nunique() > 1
    return f"{measure.title}, {last.line}" if several else str(measure.title)


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
