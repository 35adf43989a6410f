"""Horizontal bars, from zero, each ending in its figure, so that no value axis is needed."""

from textwrap import fill as wrapped

import altair as alt
import pandas as pd

from dashboard.filters import COHORTS
from dashboard.palette import Palette

_ROW = 38
_FRAME = 44
_NAME_WIDTH = 20
_WORDS_ROOM = 100


def bars(frame: pd.DataFrame, colours: Palette) -> alt.LayerChart:
    """Return horizontal bars, in the frame's order, each ending in its figure in words.

    Takes columns ``name``, ``value`` (a number from zero) and ``words`` (the figure as shown).
    """
    return _labelled(frame, colours, alt.ColorValue(colours.original))


def bars_by_cohort(frame: pd.DataFrame, colours: Palette) -> alt.LayerChart:
    """Return :func:`bars` coloured by a ``cohort`` column, with a legend above."""
    scale = alt.Scale(domain=list(COHORTS), range=[colours.original, colours.new])
    legend = alt.Legend(orient="top", title=None, labelFontSize=13, labelColor=colours.text)
    return _labelled(frame, colours, alt.Color("cohort:N", scale=scale, legend=legend))


def _labelled(
    frame: pd.DataFrame, colours: Palette, fill: alt.Color | alt.ColorValue
) -> alt.LayerChart:
    lines = frame.assign(name=[wrapped(name, _NAME_WIDTH) for name in frame["name"]])
    rows = alt.Chart(lines).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=names_axis(colours)),
        x=alt.X(
            "value:Q",
            axis=None,
            scale=alt.Scale(domainMin=0, range=[0, alt.expr(f"width - {_WORDS_ROOM}")]),
        ),
        tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("words:N", title="Figure")],
    )
    bar = rows.mark_bar(height=_ROW * 0.6).encode(color=fill)
    words = rows.mark_text(align="left", dx=5, fontSize=13, color=colours.text).encode(
        text="words:N"
    )
    layers: alt.LayerChart = (bar + words).properties(
        height=_ROW * len(frame) + _FRAME, width="container"
    )
    framed: alt.LayerChart = layers.configure_view(strokeWidth=0)
    return framed


def names_axis(colours: Palette) -> alt.Axis:
    """Return an axis of names that are never cut: long ones take two lines."""
    return alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        labelLimit=0,
        labelFontSize=13,
        labelColor=colours.text,
        ticks=False,
        domainColor=colours.line,
        labelPadding=8,
    )
