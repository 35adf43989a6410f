"""What a brief says of outcomes: a small chart of each measure against England, and its words."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from dashboard import formatting, outcome_words, outcomes
from dashboard.brief.references import References
from dashboard.data.frames import records
from dashboard.data.loader import Data


def charts(data: Data, one: pd.DataFrame, named: References) -> Iterator[dict[str, Any]]:
    """Yield what a small chart shows, for each line of each measure that exists for the area.

    ``one`` is a frame of the area's facts, of one row.
    """
    for measure in records(data.measures.sort_values("sort_order")):
        lines = outcomes.lines(data, measure.measure_id, one)
        if lines.empty:
            continue
        nation = outcomes.england(data, measure.measure_id)
        changes = outcomes.changes(data, measure.measure_id, lines)
        longest = changes[changes["run"] == 0]
        run = (outcomes.runs(data, measure.measure_id) or [()])[0]
        broken = outcome_words.broken(outcomes.cuts(data, measure.measure_id))
        for code, line in lines.groupby("geography_code", sort=False):
            (last,) = records(line.tail(1))
            england = float(nation["value"][nation["period"] == last.period].iloc[0])
            change = outcome_words.change(longest[longest["geography_code"] == code])
            said = outcome_words.line_sentence(line, nation, measure.unit, run)
            yield {
                "measure": measure.measure_id,
                "title": _title(measure, last, lines),
                "words": f"{outcome_words.dated(last, measure.unit)}; "
                f"England {outcome_words.figure(england, measure.unit)}. "
                f"Change: {change[0].lower()}{change[1:]}.",
                "alt": f"{said} {broken}".rstrip(),
                "refs": named.of(*line["source_id"], *nation["source_id"]),
                "last": {
                    "year": int(last.year),
                    "value": float(last.value),
                    "figure": outcome_words.figure(last.value, measure.unit),
                    "period": last.period,
                    "under": bool(last.value < england),
                },
                **_drawn(line, nation),
            }


def left_out(data: Data, drawn: Sequence[dict[str, Any]]) -> str:
    """Return why some measures are not among the charts drawn, or nothing where all are."""
    return (
        ""
        if {one["measure"] for one in drawn} >= {*data.measures["measure_id"]}
        else outcome_words.LEFT_OUT
    )


def list_notes(data: Data, one: pd.DataFrame) -> list[str]:
    """Return what is noted of some years of the lines drawn, once; ``one`` as above."""
    measures: dict[str, list[str]] = {}
    for measure in records(data.measures.sort_values("sort_order")):
        lines = outcomes.lines(data, measure.measure_id, one)
        for note in outcome_words.list_notes(lines):
            measures.setdefault(note, []).append(measure.short_title)
    return [f"{formatting.joined(titles)}, {note}" for note, titles in measures.items()]


def _title(measure: Any, last: Any, lines: pd.DataFrame) -> str:
    """Return the measure's name, with the place's where the area has several."""
    several = lines["geography_code"].nunique() > 1
    return f"{measure.title}, {last.line}" if several else str(measure.title)


def _drawn(line: pd.DataFrame, nation: pd.DataFrame) -> dict[str, Any]:
    """Return both lines as strokes, and the years and values that the chart spans."""
    values = pd.concat([line["value"], nation["value"]])
    years = [int(nation["year"].min()), int(nation["year"].max())]
    return {
        "own": _strokes(line),
        "england": _strokes(nation),
        "years": years,
        "ends": [outcomes.academic_year(year) for year in years],
        "range": [float(values.min()), float(values.max())],
    }


def _strokes(line: pd.DataFrame) -> list[list[list[float]]]:
    """Return a line as strokes of (year, value), which end where the series breaks."""
    strokes: dict[int, list[list[float]]] = {}
    for segment, year, value in zip(line["segment"], line["year"], line["value"], strict=True):
        strokes.setdefault(segment, []).append([int(year), float(value)])
    return list(strokes.values())
