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

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.charts import label_layout, years
from dashboard.charts.theme import apply_theme
from dashboard.charts.years import ChartContext
from dashboard.data.frames import to_records

_SHAPES = {"Original six": "circle", "New six": "diamond"}
_LARGE = 380
_POINTS, _MARKS = 28, 56
_SOLID, _DASHED = "1,0", "4,3"
_READ = (
    *("line", "period", "year", "value", "segment", "colour", "dash", "shape", "words"),
    *("start", "end", "p10", "p90", "at", "edge", "reason", "align", "dy"),
)
_NAMES_ROOM = 150
_NAME_WIDTH = 22
_NAME_HEIGHT = 32


Spec = dict[str, Any]
Rows = list[dict[str, Any]]


@memoize
def build_small_multiples(lines: pd.DataFrame, frame: ChartContext) -> list[Spec]:
    """Return a small chart for each line of ``lines``, in order, as Vega-Lite specifications.

    Each has the line in its cohort's colour and mark against England's, and the figures that a
    change is made of.
    All are one chart, built and checked once, and given its own data for each line.
    """
    drawn = [
        *years.draw_ground(frame, named=True),
        *([] if frame.spread.empty else [_draw_ground(alt.NamedData("line"), frame)]),
        _draw_strokes(alt.NamedData("england"), frame),
        _draw_strokes(alt.NamedData("line"), frame, shaped=True),
        _draw_words(alt.NamedData("words"), frame),
    ]
    spec = apply_theme(alt.LayerChart(layer=drawn), label_layout.HEIGHT).to_dict(validate=False)
    quiet = years.build_ground_data(frame)
    shared = {name: _convert_rows(rows) for name, rows in quiet.items()}
    shared["england"] = _convert_rows(_build_england_data(frame))
    codes = dict.fromkeys(lines["geography_code"])
    each = [lines[lines["geography_code"] == code] for code in codes]
    return [
        {**spec, "datasets": {**shared, **_build_own_data(line, frame, quiet)}} for line in each
    ]


def _build_own_data(
    line: pd.DataFrame, frame: ChartContext, quiet: dict[str, pd.DataFrame]
) -> dict[str, Rows]:
    """Return what differs between small charts: the line, and the words at it and at England's."""
    cohort = str(line["cohort"].iloc[0])
    own = line.assign(
        colour=frame.colours.cohort(cohort), dash=_SOLID, shape=_SHAPES.get(cohort, "circle")
    )
    nation = _build_england_data(frame).set_index("year", drop=False)
    ends = years.select_named_ends(own, frame.run)
    last = nation.loc[[ends["year"].iloc[-1]]]
    over = (ends["value"].to_numpy() >= nation.loc[ends["year"], "value"].to_numpy()).tolist()
    words = pd.concat(
        [
            ends.assign(words=_format_figures(ends, frame), colour=frame.colours.text),
            last.assign(words=[f"England {said}" for said in _format_figures(last, frame)]),
        ]
    )
    at = zip(words["words"], words["year"], words["value"], [*over, not over[-1]], strict=True)
    placed = label_layout.place(
        [label_layout.Word(*one) for one in at], _build_scene(own, nation, frame, quiet)
    )
    said = words.assign(
        align=[one.align for one in placed],
        dy=[one.dy for one in placed],
        at=[float(one.year) for one in placed],
    )
    return {"line": _convert_rows(own), "words": _convert_rows(said)}


def _format_figures(rows: pd.DataFrame, frame: ChartContext) -> list[str]:
    return [formatting.format_value(value, frame.unit) for value in rows["value"]]


def _build_scene(
    own: pd.DataFrame, nation: pd.DataFrame, frame: ChartContext, quiet: dict[str, pd.DataFrame]
) -> label_layout.Scene:
    """Return what words of a small chart are to keep clear of."""
    strokes = [
        list(zip(stroke["year"], stroke["value"], strict=True))
        for line in (own, nation)
        for _, stroke in line.groupby("segment")
    ]
    band = quiet["spread"]
    return label_layout.Scene(
        years=frame.span,
        values=(frame.low, frame.high),
        strokes=strokes,
        edges=[
            [(start, value), (end, value)]
            for part in ("p10", "p90")
            for start, end, value in zip(band["start"], band["end"], band[part], strict=True)
        ],
        breaks=quiet["breaks"]["edge"].tolist(),
        missing=frame.missing,
    )


def _build_england_data(frame: ChartContext) -> pd.DataFrame:
    return frame.england.assign(colour=frame.colours.muted, dash=_DASHED)


def _convert_rows(frame: pd.DataFrame) -> Rows:
    """Return what charts read of a frame, as plain values."""
    kept = frame[[name for name in _READ if name in frame.columns]]
    return [dict(zip(kept.columns, row, strict=True)) for row in kept.to_numpy("object").tolist()]


@memoize
def draw_overlaid(lines: pd.DataFrame, frame: ChartContext) -> alt.LayerChart:
    """Return several places' lines against England's, each named at its end."""
    colours = frame.colours
    names = list(dict.fromkeys(lines["line"]))
    hue = dict(zip(names, colours.series, strict=False))
    coloured = lines.assign(colour=lines["line"].map(hue), dash=_SOLID)
    nation = _build_england_data(frame)
    wide = replace(frame, names_room=_NAMES_ROOM)
    ends = pd.concat([coloured, nation]).sort_values("year").groupby("line").tail(1)
    layers = [
        *years.draw_ground(wide),
        _draw_strokes(nation, wide),
        _draw_strokes(coloured, wide),
        _draw_names(ends, wide),
    ]
    return apply_theme(alt.LayerChart(layer=layers), _LARGE)


def spread_labels(values: Sequence[float], least: float) -> list[float]:
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


def _draw_strokes(
    lines: pd.DataFrame | alt.NamedData, frame: ChartContext, *, shaped: bool = False
) -> alt.Chart:
    """Return strokes with colour and dashes from their own columns, broken by segment.

    Where ``shaped`` so are their marks, and larger.
    """
    size = _MARKS if shaped else _POINTS
    drawn: alt.Chart = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(filled=True, size=size))
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
    return drawn.encode(shape=alt.Shape("shape:N", scale=None)) if shaped else drawn


def _draw_ground(lines: alt.NamedData, frame: ChartContext) -> alt.Chart:
    """Return the page's colour round strokes: on a grey band theirs may not stand out enough."""
    page = frame.colours.page
    point = alt.OverlayMarkDef(filled=True, size=_MARKS * 2.5, color=page)
    drawn: alt.Chart = (
        alt.Chart(lines)
        .mark_line(strokeWidth=6, color=page, point=point)
        .encode(x=years.x(frame, "year"), y=years.y(frame, "value"), detail=["segment:N"])
    )
    return drawn


def _draw_words(said: alt.NamedData, frame: ChartContext) -> alt.Chart:
    """Return words where :mod:`placing` put them."""
    marks = alt.Chart(said).mark_text(
        fontSize=years.LABEL,
        fontWeight="bold",
        align=alt.expr("datum.align"),
        dy=alt.expr("datum.dy"),
    )
    drawn: alt.Chart = marks.encode(
        x=years.x(frame, "at"),
        y=years.y(frame, "value"),
        text="words:N",
        color=alt.Color("colour:N", scale=None),
    )
    return drawn


def _draw_names(ends: pd.DataFrame, frame: ChartContext) -> alt.Chart:
    """Return each line's name and last figure at its end, moved apart where they would touch."""
    least = (frame.high - frame.low) * _NAME_HEIGHT / _LARGE
    placed = ends.assign(
        at=spread_labels([float(value) for value in ends["value"]], least),
        words=[
            wrapped(f"{row.line} {formatting.format_value(row.value, frame.unit)}", _NAME_WIDTH)
            for row in to_records(ends)
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
