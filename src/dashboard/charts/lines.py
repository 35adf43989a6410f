"""Lines over academic years against England: one place small, or several laid over each other.

Strokes end where a year is missing or a series breaks. A year is its academic year's first.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from textwrap import fill as wrapped
from typing import Any

import altair as alt
import pandas as pd

from dashboard import outcome_words
from dashboard.charts import years
from dashboard.charts.finish import finish
from dashboard.charts.years import Frame
from dashboard.memory import remembered
from dashboard.rows import records

_SMALL = 170
_LARGE = 380
_SOLID, _DASHED = "1,0", "4,3"
_READ = (
    *("line", "period", "year", "value", "segment", "colour", "dash", "words"),
    *("start", "end", "p10", "p90", "at", "edge", "reason"),
)
_NAMES_ROOM = 150
_NAME_WIDTH = 22
_NAME_HEIGHT = 32


Spec = dict[str, Any]
Rows = list[dict[str, Any]]


@remembered
def small_multiples(lines: pd.DataFrame, frame: Frame) -> list[Spec]:
    """Return a small chart for each line of ``lines``, in order, as Vega-Lite specifications.

    Each has the line in its cohort's colour against England's, and its first and last figures.
    All are one chart, built and checked once, and given its own data for each line.
    """
    drawn = [
        *years.ground(frame, named=True),
        _strokes(alt.NamedData("england"), frame),
        _strokes(alt.NamedData("line"), frame),
        _words(alt.NamedData("above"), frame, dy=-11),
        _words(alt.NamedData("below"), frame, dy=13),
    ]
    spec = finish(alt.LayerChart(layer=drawn), _SMALL).to_dict()
    shared = {name: _rows(rows) for name, rows in years.grounds(frame).items()}
    shared["england"] = _rows(_nation(frame))
    codes = dict.fromkeys(lines["geography_code"])
    each = [lines[lines["geography_code"] == code] for code in codes]
    return [{**spec, "datasets": {**shared, **_own(line, frame)}} for line in each]


def _own(line: pd.DataFrame, frame: Frame) -> dict[str, Rows]:
    """Return what differs between small charts: the line, and the words above and below it.

    The figures named are the ends of the longest run, the ones that a change is made of.
    """
    colour = frame.colours.cohort(str(line["cohort"].iloc[0]))
    own = line.assign(colour=colour, dash=_SOLID)
    nation = _nation(frame).set_index("year", drop=False)
    within = own[own["period"].isin(frame.run)]
    labelled = own if within.empty else within
    ends = labelled.iloc[[0, -1]] if len(labelled) > 1 else labelled
    said = [outcome_words.figure(value, frame.unit) for value in ends["value"]]
    over = (ends["value"].to_numpy() >= nation.loc[ends["year"], "value"].to_numpy()).tolist()
    last = nation.loc[[ends["year"].iloc[-1]]]
    national = f"England {outcome_words.figure(last['value'].iloc[0], frame.unit)}"
    plain = frame.colours.text
    words = pd.concat([ends.assign(words=said, colour=plain), last.assign(words=national)])
    above = [*over, not over[-1]]
    below = [not one for one in above]
    return {"line": _rows(own), "above": _rows(words[above]), "below": _rows(words[below])}


def _nation(frame: Frame) -> pd.DataFrame:
    return frame.england.assign(colour=frame.colours.muted, dash=_DASHED)


def _rows(frame: pd.DataFrame) -> Rows:
    """Return what charts read of a frame, as plain values."""
    kept = frame[[name for name in _READ if name in frame.columns]]
    return [dict(zip(kept.columns, row, strict=True)) for row in kept.to_numpy("object").tolist()]


@remembered
def overlaid(lines: pd.DataFrame, frame: Frame) -> alt.LayerChart:
    """Return several places' lines against England's, each named at its end."""
    colours = frame.colours
    names = list(dict.fromkeys(lines["line"]))
    hue = dict(zip(names, colours.series, strict=False))
    coloured = lines.assign(colour=lines["line"].map(hue), dash=_SOLID)
    nation = _nation(frame)
    wide = replace(frame, names_room=_NAMES_ROOM)
    ends = pd.concat([coloured, nation]).sort_values("year").groupby("line").tail(1)
    layers = [
        *years.ground(wide),
        _strokes(nation, wide),
        _strokes(coloured, wide),
        _names(ends, wide),
    ]
    return finish(alt.LayerChart(layer=layers), _LARGE)


def spaced(values: Sequence[float], least: float) -> list[float]:
    """Return values moved apart, in the same order, until none is nearer than ``least``."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    moved = list(values)
    for _ in range(len(values) * 4):
        for below, above in pairwise(order):
            lacking = least - (moved[above] - moved[below])
            if lacking > 0:
                moved[below] -= lacking / 2
                moved[above] += lacking / 2
    return moved


def _strokes(lines: pd.DataFrame | alt.NamedData, frame: Frame) -> alt.Chart:
    """Return strokes coloured and dashed by their own columns, broken between segments."""
    drawn: alt.Chart = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(filled=True, size=28))
        .encode(
            x=years.x(frame, "year"),
            y=years.y(frame, "value"),
            color=alt.Color("colour:N", scale=None),
            strokeDash=alt.StrokeDash(
                "dash:N",
                legend=None,
                scale=alt.Scale(domain=[_SOLID, _DASHED], range=[[1, 0], [4, 3]]),
            ),
            detail=["line:N", "segment:N"],
            tooltip=[
                alt.Tooltip("line:N", title="Place"),
                alt.Tooltip("period:N", title="Academic year"),
                alt.Tooltip("value:Q", title="Figure"),
            ],
        )
    )
    return drawn


def _words(ends: alt.NamedData, frame: Frame, *, dy: int) -> alt.Chart:
    marks = alt.Chart(ends).mark_text(fontSize=years.LABEL, fontWeight="bold", dy=dy)
    drawn: alt.Chart = marks.encode(
        x=years.x(frame, "year"),
        y=years.y(frame, "value"),
        text="words:N",
        color=alt.Color("colour:N", scale=None),
    )
    return drawn


def _names(ends: pd.DataFrame, frame: Frame) -> alt.Chart:
    """Return each line's name and last figure at its end, moved apart where they would touch."""
    least = (frame.high - frame.low) * _NAME_HEIGHT / _LARGE
    placed = ends.assign(
        at=spaced([float(value) for value in ends["value"]], least),
        words=[
            wrapped(f"{row.line} {outcome_words.figure(row.value, frame.unit)}", _NAME_WIDTH)
            for row in records(ends)
        ],
    )
    drawn: alt.Chart = (
        alt.Chart(placed)
        .mark_text(
            fontSize=years.LABEL,
            fontWeight="bold",
            align="left",
            baseline="middle",
            dx=8,
            lineBreak="\n",
        )
        .encode(
            x=years.x(frame, "year"),
            y=years.y(frame, "at"),
            text="words:N",
            color=alt.Color("colour:N", scale=None),
        )
    )
    return drawn
