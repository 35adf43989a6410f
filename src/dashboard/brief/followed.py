"""What a brief says of outcomes: a small chart of each measure against England, and its words."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard import outcome_words, outcomes
from dashboard.brief.references import References
from dashboard.data import Data, records


def charts(data: Data, one: pd.DataFrame, named: References) -> Iterator[dict[str, Any]]:
    """Yield what a small chart shows, for each line of each measure that exists for the area."""
    for measure in records(data.measures.sort_values("sort_order")):
        lines = outcomes.lines(data, measure.measure_id, one)
        changes = outcomes.changes(data, measure.measure_id, lines)
        nation = outcomes.england(data, measure.measure_id)
        values = pd.concat([lines["value"], nation["value"]])
        for code, line in lines.groupby("geography_code", sort=False):
            last = records(line)[-1]
            longest = changes[(changes["geography_code"] == code) & (changes["run"] == 0)]
            england = nation.set_index("period")["value"][last.period]
            place = f", {last.line}" if lines["geography_code"].nunique() > 1 else ""
            yield {
                "title": f"{measure.title}{place}",
                "said": f"{outcome_words.dated(last, measure.unit)}, England "
                f"{outcome_words.figure(england, measure.unit)}. Change: "
                f"{outcome_words.change(longest)}.",
                "alt": outcome_words.line_sentence(line, nation, measure.unit),
                "own": _strokes(line),
                "england": _strokes(nation),
                "years": [int(nation["year"].min()), int(nation["year"].max())],
                "range": [float(values.min()), float(values.max())],
                "refs": named.of(last.source_id),
            }


def _strokes(line: pd.DataFrame) -> list[list[list[float]]]:
    """Return a line as strokes of (year, value), which end where the series breaks."""
    strokes: dict[int, list[list[float]]] = {}
    for segment, year, value in zip(line["segment"], line["year"], line["value"], strict=True):
        strokes.setdefault(segment, []).append([int(year), float(value)])
    return list(strokes.values())
