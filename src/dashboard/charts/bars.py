"""Horizontal bars from zero, each with its figure at its end instead of a value axis."""

from textwrap import fill

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.theme import build_chart, build_cohort_encodings
from dashboard.data.frames import to_dicts
from dashboard.exhibits import Spec
from dashboard.palette import Palette

_ROW_HEIGHT_PX = 34
_FRAME_HEIGHT_PX = 44
_NAME_WIDTH_CHARS = 20
_LABEL_WIDTH_PX = 100
_MARK_WIDTH_PX = 18


@memoize
def build_bars(frame: pd.DataFrame, colours: Palette) -> Spec:
    """Build horizontal bars in the frame's order.

    ``frame`` has ``name``, ``value`` (zero or more) and ``words`` (the value as shown).
    """
    return _build_labelled_bars(frame, colours, alt.ColorValue(colours.muted))


@memoize
def build_cohort_bars(frame: pd.DataFrame, colours: Palette) -> Spec:
    """Build :func:`build_bars` by a ``cohort`` column, in its colours and with its marks."""
    return _build_labelled_bars(frame, colours, *build_cohort_encodings(colours, symbolSize=120))


def _build_labelled_bars(
    frame: pd.DataFrame,
    colours: Palette,
    colour: alt.Color | alt.ColorValue,
    shape: alt.Shape | None = None,
) -> Spec:
    """Build bars with their figures at their ends, and a mark in between if there is a shape."""
    wrapped = [{**row, "name": fill(row["name"], _NAME_WIDTH_CHARS)} for row in to_dicts(frame)]
    mark_room = 0 if shape is None else _MARK_WIDTH_PX
    rows = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=build_names_axis(colours)),
        x=alt.X(
            "value:Q",
            axis=None,
            scale=alt.Scale(
                domainMin=0, range=[0, alt.expr(f"width - {_LABEL_WIDTH_PX + mark_room}")]
            ),
        ),
    )
    bar = rows.mark_bar(height=_ROW_HEIGHT_PX * 0.6).encode(color=colour)
    words = rows.mark_text(align="left", dx=5 + mark_room, fontSize=13, color=colours.text).encode(
        text=alt.Text("words:N")
    )
    layers = [bar, words]
    if shape is not None:
        marks = rows.mark_point(filled=True, opacity=1, size=120, xOffset=_MARK_WIDTH_PX - 4)
        layers.insert(1, marks.encode(color=colour, shape=shape))
    return build_chart(layers, _ROW_HEIGHT_PX * len(frame) + _FRAME_HEIGHT_PX, {"rows": wrapped})


def build_names_axis(colours: Palette) -> alt.Axis:
    """Build an axis of names in full: those that are wrapped take several lines."""
    return alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        labelLimit=0,
        labelFontSize=13,
        labelColor=colours.text,
        ticks=False,
        domainColor=colours.line,
        labelPadding=8,
    )
