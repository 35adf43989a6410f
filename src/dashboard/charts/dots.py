"""Ranked dots on either side of zero, each with its figure beside it."""

from textwrap import fill
from typing import Literal

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.bars import build_names_axis
from dashboard.charts.theme import apply_theme, build_cohort_encodings
from dashboard.palette import Palette

_ROW_HEIGHT_PX = 21
_FRAME_HEIGHT_PX = 54
# Room beyond the outermost dots, for their words.
_WORDS_WIDTH_PX = 84
_NAME_WIDTH_CHARS = 24


@memoize
def build_ranked_dots(
    frame: pd.DataFrame, tolerance: float, zero: str, colours: Palette
) -> alt.LayerChart:
    """Build dots in the frame's order, each joined to the line at zero.

    ``frame`` has ``name``, ``value``, ``words`` (the value as shown) and ``cohort``. Values
    within ``tolerance`` of zero lie on a quiet band. ``zero`` names the line at zero.
    """
    low, high = min(0.0, frame["value"].min()), max(0.0, frame["value"].max())
    # Words stand beyond a dot: at the left only where a value is below zero.
    left = _WORDS_WIDTH_PX if low < 0 else 0
    scale = alt.Scale(
        domain=[min(low, -tolerance), max(high, tolerance)],
        nice=False,
        range=[left, alt.expr(f"width - {_WORDS_WIDTH_PX}")],
    )
    wrapped = frame.assign(name=[fill(name, _NAME_WIDTH_CHARS) for name in frame["name"]])
    hue, shape = build_cohort_encodings(colours, symbolSize=120)
    x = alt.X("value:Q", axis=None, scale=scale)
    rows = alt.Chart(wrapped).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=build_names_axis(colours)), x=x
    )
    at_zero = alt.Chart(pd.DataFrame({"value": [0.0], "words": [zero]})).encode(x=x)
    band = alt.Chart(pd.DataFrame({"from": [-tolerance], "to": [tolerance]})).encode(
        x=alt.X("from:Q", axis=None, scale=scale), x2="to:Q"
    )
    # At the left end the words begin at the line: before it they would run into a name.
    named = at_zero.mark_text(
        align="center" if left else "left", baseline="top", dy=4, fontSize=13, color=colours.text
    )
    layers = [
        *([band.mark_rect(color=colours.line, opacity=0.25)] if tolerance else []),
        at_zero.mark_rule(color=colours.muted),
        named.encode(text="words:N", y=alt.value(alt.expr("height"))),
        rows.mark_rule(strokeWidth=2).encode(x2=alt.datum(0), color=hue),
        rows.mark_point(filled=True, opacity=1, size=90).encode(color=hue, shape=shape),
        _build_words(rows, colours, "datum.value >= 0", "left", 9),
        _build_words(rows, colours, "datum.value < 0", "right", -9),
    ]
    return apply_theme(alt.LayerChart(layer=layers), _ROW_HEIGHT_PX * len(frame) + _FRAME_HEIGHT_PX)


def _build_words(
    rows: alt.Chart, colours: Palette, test: str, align: Literal["left", "right"], dx: int
) -> alt.Chart:
    """Build the figures of dots on one side of zero, beyond the dots."""
    words: alt.Chart = (
        rows.transform_filter(test)
        .mark_text(align=align, dx=dx, fontSize=13, color=colours.text)
        .encode(text="words:N")
    )
    return words
