"""Horizontal bars from zero, each with its figure at its end instead of a value axis."""

from textwrap import fill

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.theme import build_cohort_encodings, build_layers, fill_chart
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
    return _fill_bars(frame, _build_template(colours, by_cohort=False))


@memoize
def build_cohort_bars(frame: pd.DataFrame, colours: Palette) -> Spec:
    """Build :func:`build_bars` by a ``cohort`` column, in its colours and with its marks."""
    return _fill_bars(frame, _build_template(colours, by_cohort=True))


def _fill_bars(frame: pd.DataFrame, template: Spec) -> Spec:
    rows = [{**row, "name": fill(row["name"], _NAME_WIDTH_CHARS)} for row in to_dicts(frame)]
    return fill_chart(template, _ROW_HEIGHT_PX * len(frame) + _FRAME_HEIGHT_PX, {"rows": rows})


@memoize
def _build_template(colours: Palette, *, by_cohort: bool) -> Spec:
    """Build bars with their figures at their ends, and by cohort a mark in between."""
    mark_room = _MARK_WIDTH_PX if by_cohort else 0
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
    bars = rows.mark_bar(height=_ROW_HEIGHT_PX * 0.6)
    words = rows.mark_text(align="left", dx=5 + mark_room, fontSize=13, color=colours.text).encode(
        text=alt.Text("words:N")
    )
    if not by_cohort:
        return build_layers([bars.encode(color=alt.ColorValue(colours.muted)), words])
    colour, shape = build_cohort_encodings(colours, symbolSize=120)
    marks = rows.mark_point(filled=True, opacity=1, size=120, xOffset=_MARK_WIDTH_PX - 4)
    return build_layers([bars.encode(color=colour), marks.encode(color=colour, shape=shape), words])


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
