"""Small charts of outcomes in sentences: what is read aloud in their place."""

import pandas as pd

from dashboard import charts
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.topics.outcomes import intervals, wording
from dashboard.topics.outcomes.intervals import Counts


@memoize
def describe_chart(
    data: Data, measure: Measure, context: charts.ChartContext, line: pd.DataFrame, name: str
) -> str:
    """Return a small chart in sentences: figures, how far chance goes, where its series breaks."""
    counts = intervals.map_counts(data, measure.measure_id)
    sentences = (
        wording.describe_line(line, context.england, context.unit, context.run, name),
        describe_intervals(line, counts, context.run),
        wording.describe_cuts(context.cuts),
    )
    return " ".join(filter(None, sentences))


def describe_intervals(line: pd.DataFrame, counts: Counts, run: tuple[str, ...]) -> str:
    """Return how far chance alone goes in the years that :func:`describe_line` names, or nothing.

    "By chance alone: 53 to 58% in 2013/14, 65 to 69% in 2018/19."
    """
    ends = charts.select_named_ends(line, run)
    phrases = [
        f"{intervals.format_interval(intervals.compute_interval(count))}% in {period}"
        for code, period in zip(ends["geography_code"], ends["period"], strict=True)
        if (count := counts.get((code, period)))
    ]
    return f"By chance alone: {', '.join(phrases)}." if phrases else ""
