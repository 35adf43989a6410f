"""Ranked dots on either side of zero, each with its figure beside it."""

from textwrap import fill
from typing import Literal

import altair as alt
import pandas as pd

from dashboard.cache import memoize
from dashboard.charts.bars import build_names_axis
from dashboard.charts.theme import build_cohort_encodings, build_layers, fill_chart
from dashboard.data.frames import to_dicts
from dashboard.exhibits import Spec
from dashboard.palette import Palette

_ROW_HEIGHT_PX = 21
_FRAME_HEIGHT_PX = 54
# Room beyond the outermost dots, for their words.
_WORDS_WIDTH_PX = 84
_NAME_WIDTH_CHARS = 24
_WHISKER_END_PX = 7


@memoize
def build_ranked_dots(frame: pd.DataFrame, tolerance: float, zero: str, colours: Palette) -> Spec:
    """Build dots in the frame's order, each joined to the line at zero.

    ``frame`` has ``name``, ``value``, ``words`` (the value as shown) and ``cohort``, and may have
    ``low`` and ``high``, the ends of a whisker. Values within ``tolerance`` of zero lie on a quiet
    band. ``zero`` names the line at zero.
    """
    marked = _find_ends(frame)
    template = _build_template(
        colours,
        is_below=bool(frame["value"].min() < 0),
        has_band=tolerance > 0,
        has_whiskers=bool(marked["low"].notna().any()),
    )
    rows = {
        "rows": to_dicts(marked),
        "zero": [{"value": 0.0, "words": zero}],
        "band": [{"from": -tolerance, "to": tolerance}],
    }
    return fill_chart(template, _ROW_HEIGHT_PX * len(frame) + _FRAME_HEIGHT_PX, rows)


@memoize
def _build_template(
    colours: Palette, *, is_below: bool, has_band: bool, has_whiskers: bool
) -> Spec:
    """Build the layers; ``is_below`` tells whether any value is below zero."""
    # The domain is that of all that is drawn: values, whiskers, zero and the band. Words stand
    # beyond a dot: at the left only where a value is below zero.
    left = _WORDS_WIDTH_PX if is_below else 0
    scale = alt.Scale(nice=False, range=[left, alt.expr(f"width - {_WORDS_WIDTH_PX}")])
    hue, shape = build_cohort_encodings(colours, symbolSize=120)
    rows = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=build_names_axis(colours)),
        x=_build_x("value", scale),
    )
    # At the left end the words begin at the line: before it they would run into a name.
    side: Literal["center", "left"] = "center" if is_below else "left"
    words = rows.encode(x=_build_x("end", scale))
    return build_layers(
        [
            *_build_ground(side, scale, colours, has_band=has_band),
            rows.mark_rule(strokeWidth=2).encode(x2=alt.X2Datum(0), color=hue),
            *(_build_whiskers(rows, scale, colours) if has_whiskers else []),
            rows.mark_point(filled=True, opacity=1, size=90).encode(color=hue, shape=shape),
            _build_words(words, colours, "datum.value >= 0", "left", 9),
            _build_words(words, colours, "datum.value < 0", "right", -9),
        ]
    )


def _find_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as drawn: names in lines, whiskers, and where words begin: beyond both."""
    whiskers = frame if "low" in frame else frame.assign(low=float("nan"), high=float("nan"))
    values = frame["value"]
    return whiskers.assign(
        name=[fill(name, _NAME_WIDTH_CHARS) for name in frame["name"]],
        end=whiskers["high"].where(values >= 0, whiskers["low"]).fillna(values),
    )


def _build_x(field: str, scale: alt.Scale) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=scale)


def _build_ground(
    side: Literal["center", "left"], scale: alt.Scale, colours: Palette, *, has_band: bool
) -> list[alt.Chart]:
    """Build the quiet band, if there is one, and the line at zero with its name."""
    at_zero = alt.Chart(alt.NamedData("zero")).encode(x=_build_x("value", scale))
    band = alt.Chart(alt.NamedData("band")).encode(x=_build_x("from", scale), x2=alt.X2("to:Q"))
    name = at_zero.mark_text(
        align=side,
        baseline="top",
        dy=4,
        fontSize=13,
        color=colours.text,
        y=alt.expr("height"),
    ).encode(text=alt.Text("words:N"))
    return [
        *([band.mark_rect(color=colours.line, opacity=0.25)] if has_band else []),
        at_zero.mark_rule(color=colours.muted),
        name,
    ]


def _build_whiskers(rows: alt.Chart, scale: alt.Scale, colours: Palette) -> list[alt.Chart]:
    """Build a thin line from ``low`` to ``high`` of each row, with a tick at either end."""
    known = rows.transform_filter("isValid(datum.low)")
    line = known.mark_rule(color=colours.text, strokeWidth=1)
    tick = known.mark_tick(color=colours.text, thickness=1, size=_WHISKER_END_PX)
    return [
        line.encode(x=_build_x("low", scale), x2=alt.X2("high:Q")),
        *(tick.encode(x=_build_x(end, scale)) for end in ("low", "high")),
    ]


def _build_words(
    rows: alt.Chart, colours: Palette, test: str, align: Literal["left", "right"], dx: int
) -> alt.Chart:
    """Build the figures of dots on one side of zero, beyond the dots."""
    words: alt.Chart = (
        rows.transform_filter(test)
        .mark_text(align=align, dx=dx, fontSize=13, color=colours.text)
        .encode(text=alt.Text("words:N"))
    )
    return words
