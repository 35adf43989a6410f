"""A strip from the best to the worst: one row a place, its rank of a year and of the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill as wrapped
from typing import Literal

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.bars import build_names_axis
from dashboard.charts.theme import apply_theme
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.filters import COHORTS
from dashboard.palette import Palette

_ROW = 46
_LINE = 20
_FRAME = 100
_NAME_WIDTH = 14
_LABEL = 13
_SHAPES = ["circle", "diamond"]
_LANES = ("upper", "middle", "lower")


@dataclass(frozen=True)
class Band:
    """The ranks from ``first`` to the worst."""

    name: str
    first: int


@memoize
def draw_rank_strip(marks: pd.DataFrame, bands: Sequence[Band], colours: Palette) -> alt.LayerChart:
    """Return the ranks as marks from 1 to 324, the worst at the right, over the bands named.

    ``marks`` has a row a rank: ``name``, ``cohort``, ``year``, ``rank``, ``preferred`` and
    ``words``. The first year's marks are filled; the next year's lie hollow below them, fainter
    where not preferred. Colour and shape tell the cohorts apart. ``bands`` come widest first and
    all end at the worst.
    """
    drawn = _place_marks(marks)
    filled = drawn["year"] == drawn["year"].min()
    above = _LINE * len(bands) + _LINE
    layers = alt.LayerChart(
        layer=[
            *_draw_bands(bands, colours),
            _draw_points(drawn[filled], colours, above).mark_point(
                filled=True, size=120, opacity=1
            ),
            _draw_points(drawn[~filled], colours, above)
            .mark_point(filled=False, fill=colours.page, size=90, strokeWidth=2)
            .encode(
                opacity=alt.condition("datum.preferred", alt.value(1), alt.value(0.6)),
                strokeDash=alt.condition("datum.preferred", alt.value([1, 0]), alt.value([2, 2])),
            ),
            _draw_words(drawn[filled], colours, "bold"),
            _draw_words(drawn[~filled], colours, "normal"),
        ]
    )
    return apply_theme(layers, _ROW * drawn["name"].nunique() + above + _FRAME)


def _place_marks(marks: pd.DataFrame) -> pd.DataFrame:
    """Add ``place``, the name over lines, and ``lane``, which parts a row's two years."""
    alone = marks.groupby("name")["year"].transform("nunique") == 1
    upper, middle, lower = _LANES
    lanes = (marks["year"] == marks["year"].min()).map({True: upper, False: lower})
    placed = marks.assign(
        place=[wrapped(name, _NAME_WIDTH) for name in marks["name"]],
        lane=lanes.mask(alone, middle),
    )
    return placed.sort_values("preferred", kind="stable")


def _draw_bands(bands: Sequence[Band], colours: Palette) -> list[alt.Chart]:
    """Return the bands, the narrower over the wider, each named above in a line of its own."""
    named = pd.DataFrame(
        {
            "first": [band.first for band in bands],
            "last": RANKED_DISTRICTS,
            "above": [_LINE * (line - len(bands)) for line in range(len(bands))],
            "words": [
                f"{band.name.capitalize()} ({band.first} to {RANKED_DISTRICTS})" for band in bands
            ],
        }
    )
    ground = alt.Chart(named).encode(x=_x("first", colours))
    height = alt.expr("datum.above")
    return [
        ground.mark_rect(color=colours.line, opacity=0.09).encode(x2="last:Q"),
        ground.mark_rule(y=height, color=colours.line, strokeWidth=4).encode(x2="last:Q"),
        ground.mark_text(
            y=height, align="right", dx=-6, fontSize=_LABEL, color=colours.text
        ).encode(text="words:N"),
    ]


def _draw_points(drawn: pd.DataFrame, colours: Palette, above: int) -> alt.Chart:
    """Return marks coloured and shaped by cohort, whose key stands above the bands' names."""
    key = alt.Legend(
        orient="top", title=None, offset=above, labelFontSize=_LABEL, labelColor=colours.text
    )
    hues = alt.Scale(domain=list(COHORTS), range=[colours.original, colours.new])
    points: alt.Chart = _draw_rows(drawn, colours).encode(
        color=alt.Color("cohort:N", scale=hues, legend=key),
        shape=alt.Shape(
            "cohort:N", scale=alt.Scale(domain=list(COHORTS), range=_SHAPES), legend=key
        ),
        tooltip=[
            alt.Tooltip("name:N", title="District"),
            alt.Tooltip("year:N", title="Index"),
            alt.Tooltip("rank:Q", title="Rank of 324"),
        ],
    )
    return points


def _draw_words(
    drawn: pd.DataFrame, colours: Palette, weight: Literal["bold", "normal"]
) -> alt.Chart:
    """Return the ranks in words, left of the mark that carries them."""
    told = drawn[drawn["words"] != ""]
    words: alt.Chart = (
        _draw_rows(told, colours)
        .mark_text(align="right", dx=-10, fontSize=_LABEL, fontWeight=weight, color=colours.text)
        .encode(text="words:N")
    )
    return words


def _draw_rows(drawn: pd.DataFrame, colours: Palette) -> alt.Chart:
    """Return a row a place, in the order of the frame, its years in lanes."""
    lanes = alt.Scale(type="point", domain=list(_LANES), padding=1.2)
    rows: alt.Chart = alt.Chart(drawn).encode(
        x=_x("rank", colours),
        y=alt.Y("place:N", sort=None, title=None, axis=build_names_axis(colours)),
        yOffset=alt.YOffset("lane:N", scale=lanes),
    )
    return rows


def _x(column: str, colours: Palette) -> alt.X:
    """Return the strip's axis, its two ends in words."""
    worst = RANKED_DISTRICTS
    words = f"datum.value == 1 ? '1 (best)' : datum.value == {worst} ? '{worst} (worst)' : ''"
    return alt.X(
        f"{column}:Q",
        title=None,
        scale=alt.Scale(domain=[1, RANKED_DISTRICTS], nice=False, zero=False),
        axis=alt.Axis(
            values=[1, RANKED_DISTRICTS],
            labelExpr=words,
            labelFlush=True,
            labelLimit=0,
            labelFontSize=_LABEL,
            labelColor=colours.text,
            grid=False,
            tickColor=colours.line,
            domainColor=colours.line,
        ),
    )
