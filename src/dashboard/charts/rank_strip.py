"""A strip of ranks from best to worst, a row a place, with its rank in one year and the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Literal

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.bars import build_names_axis
from dashboard.charts.theme import build_cohort_encodings, build_layers, fill_chart
from dashboard.data.frames import to_dicts
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.exhibits import Spec
from dashboard.palette import Palette

_ROW_HEIGHT_PX = 27
_LINE_HEIGHT_PX = 20
_FRAME_HEIGHT_PX = 100
_NAME_WIDTH_CHARS = 19
_FONT_SIZE_PX = 13
# The worst fifth and what lies just before it: all that has been drawn so far.
_FIRST_SHOWN = 250
_LANES = ("upper", "middle", "lower")


@dataclass(frozen=True)
class Band:
    """A named group of ranks, from ``first`` to the worst."""

    name: str
    first: int


@memoize
def build_rank_strip(marks: pd.DataFrame, bands: Sequence[Band], colours: Palette) -> Spec:
    """Build a strip of ranks up to 324, the worst, at the right, with bands behind them.

    It begins at 250, or at the best rank if that is better.

    ``marks`` has a row a rank: ``name``, ``cohort``, ``year``, ``rank``, ``preferred`` and
    ``words``. The first year's marks are filled; the next year's are hollow and below them,
    dotted if not preferred. ``bands`` come widest first and all end at the worst rank.
    """
    placed = _place_marks(marks)
    best = int(min(_FIRST_SHOWN, placed["rank"].min()))
    is_first = placed["year"] == placed["year"].min()
    first, later = to_dicts(placed[is_first]), to_dicts(placed[~is_first])
    above = _LINE_HEIGHT_PX * len(bands) + _LINE_HEIGHT_PX
    rows = {
        "bands": _list_bands(bands),
        "first": first,
        "later": later,
        "first named": [row for row in first if row["words"]],
        "later named": [row for row in later if row["words"]],
    }
    height = _ROW_HEIGHT_PX * placed["name"].nunique() + above + _FRAME_HEIGHT_PX
    return fill_chart(_build_template(best, above, colours), height, rows)


@memoize
def _build_template(best: int, above: int, colours: Palette) -> Spec:
    """Build the layers of a strip from the best rank, with room for the bands' names above."""
    condition = alt.condition("datum.preferred", alt.value([1, 0]), alt.value([2, 2]))
    return build_layers(
        [
            *_build_bands(best, colours),
            _build_points("first", best, colours, above).mark_point(
                filled=True, size=120, opacity=1
            ),
            _build_points("later", best, colours, above)
            .mark_point(filled=False, fill=colours.page, size=90, strokeWidth=2)
            .encode(strokeDash=alt.StrokeDashValue(**condition)),
            _build_labels("first named", best, colours, "bold"),
            _build_labels("later named", best, colours, "normal"),
        ]
    )


def _place_marks(marks: pd.DataFrame) -> pd.DataFrame:
    """Add ``place``, the name wrapped, and ``lane``, which separates the two years of a row."""
    alone = marks.groupby("name")["year"].transform("nunique") == 1
    upper, middle, lower = _LANES
    lanes = (marks["year"] == marks["year"].min()).map({True: upper, False: lower})
    return marks.assign(
        place=[fill(name, _NAME_WIDTH_CHARS) for name in marks["name"]],
        lane=lanes.mask(alone, middle),
    ).sort_values("preferred", kind="stable")


def _list_bands(bands: Sequence[Band]) -> list[dict[str, object]]:
    return [
        {
            "first": band.first,
            "last": RANKED_DISTRICTS,
            "above": _LINE_HEIGHT_PX * (line - len(bands)),
            "words": f"{band.name.capitalize()} ({band.first} to {RANKED_DISTRICTS})",
        }
        for line, band in enumerate(bands)
    ]


def _build_bands(best: int, colours: Palette) -> list[alt.Chart]:
    """Build the bands, narrower over wider, each named above the strip on its own line."""
    ground = alt.Chart(alt.NamedData("bands")).encode(x=_build_x("first", best, colours))
    height = alt.expr("datum.above")
    return [
        ground.mark_rect(color=colours.line, opacity=0.09).encode(x2=alt.X2("last:Q")),
        ground.mark_rule(y=height, color=colours.line, strokeWidth=4).encode(x2=alt.X2("last:Q")),
        ground.mark_text(
            y=height, align="right", dx=-6, fontSize=_FONT_SIZE_PX, color=colours.text
        ).encode(text=alt.Text("words:N")),
    ]


def _build_points(data: str, best: int, colours: Palette, above: int) -> alt.Chart:
    """Build marks by cohort, with their legend above the bands' names."""
    colour, shape = build_cohort_encodings(colours, offset=above)
    points: alt.Chart = _build_rows(data, best, colours).encode(
        color=colour,
        shape=shape,
    )
    return points


def _build_labels(
    data: str, best: int, colours: Palette, weight: Literal["bold", "normal"]
) -> alt.Chart:
    """Build the labels of the marks that have words, at the left of each."""
    words: alt.Chart = (
        _build_rows(data, best, colours)
        .mark_text(
            align="right", dx=-10, fontSize=_FONT_SIZE_PX, fontWeight=weight, color=colours.text
        )
        .encode(text=alt.Text("words:N"))
    )
    return words


def _build_rows(data: str, best: int, colours: Palette) -> alt.Chart:
    """Build a row for each place, in the frame's order, with its years in lanes."""
    lanes = alt.Scale(type="point", domain=list(_LANES), padding=0.9)
    rows: alt.Chart = alt.Chart(alt.NamedData(data)).encode(
        x=_build_x("rank", best, colours),
        y=alt.Y("place:N", sort=None, title=None, axis=build_names_axis(colours)),
        yOffset=alt.YOffset("lane:N", scale=lanes),
    )
    return rows


def _build_x(column: str, best: int, colours: Palette) -> alt.X:
    """Build the axis, with a tick for each rank of the index and labels at its two ends."""
    worst = RANKED_DISTRICTS
    words = f"datum.value == {worst} ? '{worst} (worst)' : datum.value == {best} ? datum.label : ''"
    return alt.X(
        f"{column}:Q",
        title=None,
        scale=alt.Scale(domain=[best, worst], nice=False, zero=False),
        axis=alt.Axis(
            values=alt.expr(f"sequence({best}, {worst + 1})"),
            labelOverlap=False,
            labelExpr=words,
            labelFlush=True,
            labelLimit=0,
            labelFontSize=_FONT_SIZE_PX,
            labelColor=colours.text,
            grid=False,
            tickColor=colours.line,
            domainColor=colours.line,
        ),
    )
