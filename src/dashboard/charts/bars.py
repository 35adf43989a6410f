"""Horizontal bars, from zero, each ending in its figure, so that no value axis is needed."""

from collections.abc import Sequence
from textwrap import fill as wrapped

import altair as alt
import pandas as pd

from dashboard import text
from dashboard.charts.finish import finish
from dashboard.filters import COHORTS
from dashboard.memory import remembered
from dashboard.palette import Palette
from dashboard.rows import records

_ROW = 38
_FRAME = 44
_NAME_WIDTH = 20
_WORDS_ROOM = 100


@remembered
def announced(events: pd.DataFrame, names: Sequence[str], colours: Palette) -> alt.LayerChart:
    """Return a bar for each announcement of ``funding_programme``, named as given."""
    words = [text.money(row.amount_gbp, row.qualifier) for row in records(events)]
    values = events["amount_gbp"].astype("float64")
    return bars(pd.DataFrame({"name": names, "value": values, "words": words}), colours)


@remembered
def by_area(facts: pd.DataFrame, column: str, unit: str, colours: Palette) -> alt.LayerChart:
    """Return a bar for each area of ``area_facts``, by a column in a unit, largest first.

    An area without a figure has no bar; the table beside the chart names it.
    """
    ranked = facts.dropna(subset=[column]).sort_values(column, ascending=False)
    frame = pd.DataFrame(
        {
            "name": ranked["label"],
            "cohort": ranked["cohort"],
            "value": ranked[column].astype("float64"),
            "words": [text.amount(value, unit) for value in ranked[column]],
        }
    )
    return bars_by_cohort(frame, colours)


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
    return finish(alt.LayerChart(layer=[bar, words]), _ROW * len(frame) + _FRAME)


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
