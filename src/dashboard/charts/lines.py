"""Lines over academic years with England's: a small chart for each place, or one for several.

Lines are interrupted where a year is missing or a series breaks. A year stands for the academic
year that begins in it.
"""

from dataclasses import replace
from textwrap import fill
from typing import Any

import altair as alt
import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.charts import label_layout, years
from dashboard.charts.drawings import SmallChart
from dashboard.charts.theme import COHORT_SHAPES, build_layers, fill_chart
from dashboard.charts.years import ChartContext
from dashboard.data.frames import to_dicts
from dashboard.exhibits import Spec

_HEIGHT_PX = 380
_POINT_SIZE, _MARK_SIZE = 28, 56
_QUIET_POINT_SIZE, _QUIET_WIDTH_PX = 7, 1
_SOLID, _DASHED = "1,0", "4,3"
# Around a small chart's plot: for the years under it, half of which may stand out at the sides. All
# have the same size (page.css), whatever they show.
_PADDING_PX = {"left": 9, "right": 9, "top": 4, "bottom": 20}
_CHART_COLUMNS = (
    *("line", "period", "year", "value", "segment", "colour", "dash", "shape", "words"),
    *("start", "end", "p10", "p90", "at", "edge", "reason", "align", "dy"),
)
_NAMES_WIDTH_PX = 150
_NAME_WIDTH_CHARS = 22
_NAME_HEIGHT_PX = 32

Rows = list[dict[str, Any]]


@memoize
def build_small_multiples(lines: pd.DataFrame, context: ChartContext) -> list[SmallChart]:
    """Build a small chart for each line of ``lines``, in order.

    Each has the line in its cohort's colour and mark, England's line, that of others where there
    is one, and the values that the change is computed from. The layers are built once, as only the
    data differ.
    """
    layers = [
        *years.build_ground_layers(context, has_name=False),
        *([] if context.spread.empty else [_build_outline(context)]),
        *([] if context.others is None else [_build_quiet_line(context)]),
        _build_strokes("england", context),
        _build_strokes("line", context, shaped=True),
        _build_labels(
            context,
            ("at", "value"),
            align=alt.expr("datum.align"),
            dy=alt.expr("datum.dy"),
        ),
    ]
    spec = build_layers(
        layers,
        height=label_layout.HEIGHT_PX,
        width=label_layout.WIDTH_PX,
        padding=_PADDING_PX,
        autosize="none",
    )
    ground = years.build_ground_data(context)
    shared = {name: _convert_rows(rows) for name, rows in ground.items()}
    shared["england"] = _convert_rows(_build_england_data(context))
    if context.others is not None:
        shared["others"] = _convert_rows(context.others)
    codes = dict.fromkeys(lines["geography_code"])
    own = (lines[lines["geography_code"] == code] for code in codes)
    return [
        SmallChart({**spec, "datasets": {**shared, **_build_own_data(line, context, ground)}})
        for line in own
    ]


def _build_own_data(
    line: pd.DataFrame, context: ChartContext, ground: dict[str, pd.DataFrame]
) -> dict[str, Rows]:
    """Build the data that differ between small charts: the line, its labels and England's label."""
    cohort = str(line["cohort"].iloc[0])
    own = line.assign(
        colour=context.colours.cohort(cohort),
        dash=_SOLID,
        shape=COHORT_SHAPES.get(cohort, "circle"),
    )
    nation = _build_england_data(context).set_index("year", drop=False)
    ends = years.select_named_ends(own, context.run)
    last = nation.loc[[ends["year"].iloc[-1]]]
    over = (ends["value"].to_numpy() >= nation.loc[ends["year"], "value"].to_numpy()).tolist()
    words = pd.concat(
        [
            ends.assign(words=_format_figures(ends, context), colour=context.colours.text),
            last.assign(words=[f"England {value}" for value in _format_figures(last, context)]),
        ]
    )
    labels = map(
        label_layout.Label, words["words"], words["year"], words["value"], [*over, not over[-1]]
    )
    positions = label_layout.place_labels(list(labels), _build_scene(own, nation, context, ground))
    placed = words.assign(
        align=[position.align for position in positions],
        dy=[position.dy for position in positions],
        at=[float(position.year) for position in positions],
    )
    return {"line": _convert_rows(own), "words": _convert_rows(placed)}


def _format_figures(rows: pd.DataFrame, context: ChartContext) -> list[str]:
    return [formatting.format_value(value, context.unit) for value in rows["value"]]


def _build_scene(
    own: pd.DataFrame, nation: pd.DataFrame, context: ChartContext, ground: dict[str, pd.DataFrame]
) -> label_layout.Scene:
    """Build the description of what the labels of a small chart must not cover."""
    strokes = [
        list(zip(stroke["year"], stroke["value"], strict=True))
        for line in (own, nation)
        for _, stroke in line.groupby("segment")
    ]
    if context.others is not None:
        strokes += [
            list(zip(stroke["year"], stroke["value"], strict=True))
            for _, stroke in context.others.groupby("segment")
        ]
    band = ground["spread"]
    return label_layout.Scene(
        years=context.span,
        values=(context.low, context.high),
        strokes=strokes,
        edges=[
            [(start, value), (end, value)]
            for part in ("p10", "p90")
            for start, end, value in zip(band["start"], band["end"], band[part], strict=True)
        ],
        breaks=ground["breaks"]["edge"].tolist(),
    )


def _build_england_data(context: ChartContext) -> pd.DataFrame:
    return context.england.assign(colour=context.colours.muted, dash=_DASHED)


def _convert_rows(frame: pd.DataFrame) -> Rows:
    """Convert the columns that charts use to rows of plain values."""
    return to_dicts(frame[[name for name in _CHART_COLUMNS if name in frame.columns]])


@memoize
def build_overlaid_lines(
    lines: pd.DataFrame, context: ChartContext, height_px: int = _HEIGHT_PX
) -> Spec:
    """Build a chart of several places' lines and England's, each named at its end."""
    hues = dict(zip(lines["line"].unique(), context.colours.series, strict=False))
    coloured = lines.assign(colour=lines["line"].map(hues), dash=_SOLID)
    nation = _build_england_data(context)
    wide = replace(context, names_room=_NAMES_WIDTH_PX)
    ends = pd.concat([coloured, nation]).sort_values("year").groupby("line").tail(1)
    layers = [
        *years.build_ground_layers(wide, has_name=True),
        _build_strokes("england", wide),
        _build_strokes("lines", wide),
        _build_labels(wide, ("year", "at"), align="left", baseline="middle", dx=8, lineBreak="\n"),
    ]
    drawn = {
        **years.build_ground_data(wide),
        "england": nation,
        "lines": coloured,
        "words": _place_names(ends, wide, height_px),
    }
    rows = {name: _convert_rows(frame) for name, frame in drawn.items()}
    return fill_chart(build_layers(layers), height_px, rows)


def _build_strokes(data: str, context: ChartContext, *, shaped: bool = False) -> alt.Chart:
    """Build lines by ``segment``, with the columns ``colour`` and ``dash``.

    If ``shaped``, their points are larger and have the column ``shape``.
    """
    size = _MARK_SIZE if shaped else _POINT_SIZE
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(filled=True, size=size))
        .encode(
            x=years.build_x(context, "year"),
            y=years.build_y(context, "value"),
            color=alt.Color("colour:N", scale=None),
            strokeDash=alt.StrokeDash(
                "dash:N",
                legend=None,
                scale=alt.Scale(domain=[_SOLID, _DASHED], range=[[1, 0], [4, 3]]),
            ),
            detail=[alt.Detail("line:N"), alt.Detail("segment:N")],
        )
    )
    return drawn.encode(shape=alt.Shape("shape:N", scale=None)) if shaped else drawn


def _build_quiet_line(context: ChartContext) -> alt.Chart:
    """Build the line of others by ``segment``, thin and grey, with small points."""
    grey = context.colours.muted
    # A year between two missing ones has no stroke, so it needs a point to be seen.
    point = alt.OverlayMarkDef(filled=True, size=_QUIET_POINT_SIZE, color=grey)
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData("others"))
        .mark_line(strokeWidth=_QUIET_WIDTH_PX, color=grey, point=point)
        .encode(
            x=years.build_x(context, "year"),
            y=years.build_y(context, "value"),
            detail=alt.Detail("segment:N"),
        )
    )
    return drawn


def _build_outline(context: ChartContext) -> alt.Chart:
    """Build an outline of lines in the page's colour: contrast with the grey band may be low."""
    page = context.colours.page
    point = alt.OverlayMarkDef(filled=True, size=_MARK_SIZE * 2.5, color=page)
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData("line"))
        .mark_line(strokeWidth=6, color=page, point=point)
        .encode(
            x=years.build_x(context, "year"),
            y=years.build_y(context, "value"),
            detail=alt.Detail("segment:N"),
        )
    )
    return drawn


def _place_names(ends: pd.DataFrame, context: ChartContext, height_px: int) -> pd.DataFrame:
    """Place the name and last value of each line at its end, without overlaps."""
    least = (context.high - context.low) * _NAME_HEIGHT_PX / height_px
    return ends.assign(
        at=label_layout.separate_values([float(value) for value in ends["value"]], least),
        words=[
            fill(f"{line} {value}", _NAME_WIDTH_CHARS)
            for line, value in zip(ends["line"], _format_figures(ends, context), strict=True)
        ],
    )


def _build_labels(context: ChartContext, at: tuple[str, str], **mark: Any) -> alt.Chart:
    """Build text from the columns ``words`` and ``colour``, at two fields, year and value."""
    x, y = at
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData("words"))
        .mark_text(fontSize=years.FONT_SIZE_PX, fontWeight="bold", **mark)
        .encode(
            x=years.build_x(context, x),
            y=years.build_y(context, y),
            text=alt.Text("words:N"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return drawn
