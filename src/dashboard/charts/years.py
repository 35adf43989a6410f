"""Parts of charts over academic years: scales, programme years, the spread of districts, breaks.

A year on a scale stands for the academic year that begins in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.palette import Palette

FONT_SIZE_PX = 12
# What names the shaded years, at the foot of the plot.
PROGRAMME_NAME = "Programme"
_SMALL_FONT_SIZE_PX, _NAME_ABOVE_PX = 10, 2
_HALF_YEAR = 0.5
_MARGIN_YEARS = 0.7


@dataclass(frozen=True)
class ChartContext:
    """The data, scales and colours that all charts of a measure share.

    ``england`` has a row a year. ``spread`` has ``year``, ``p10`` and ``p90`` of England's
    districts, or is empty. ``breaks`` has ``year``, ``kind``, ``period`` and ``reason``.
    ``programme`` are the first and last year of the programme, which are shaded. ``missing`` are
    years without a figure, ``run`` the longest series of comparable academic
    years, ``low`` and ``high`` the ends of the values' scale. ``names_room`` is the space in
    pixels at the right of the plot. ``others``, if any, is a group's line in all small charts: it
    has ``line``, ``year``, ``value`` and ``segment``.
    """

    england: pd.DataFrame
    spread: pd.DataFrame
    breaks: pd.DataFrame
    programme: tuple[int, int]
    missing: tuple[int, ...]
    years: tuple[int, int]
    run: tuple[str, ...]
    low: float
    high: float
    unit: str
    colours: Palette
    names_room: int = 0
    others: pd.DataFrame | None = None

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the years' scale, with a margin beside the first and the last year."""
        return self.years[0] - _MARGIN_YEARS, self.years[1] + _MARGIN_YEARS

    @property
    def cuts(self) -> pd.DataFrame:
        """The breaks between two of the years drawn."""
        apart = self.breaks[self.breaks["kind"].isin(["break", "year apart"])]
        return apart[apart["year"].between(self.years[0] + 1, self.years[1])]

    @property
    def shaded(self) -> tuple[float, float]:
        """The stretch of the years' scale that the programme's years take up, if any is drawn."""
        first, last = self.span
        start, end = self.programme[0] - _HALF_YEAR, self.programme[1] + _HALF_YEAR
        return max(start, first), min(end, last)


def select_named_ends(line: pd.DataFrame, run: Collection[str]) -> pd.DataFrame:
    """Select the rows of a place's line that get labels: the first and last of a run of years.

    If the place has none of these years, only its last row: two might be on both sides of a break.
    """
    within = line[line["period"].isin(run)]
    if within.empty:
        return line.tail(1)
    return within.iloc[[0, -1]] if len(within) > 1 else within


def build_ground_data(context: ChartContext) -> dict[str, pd.DataFrame]:
    """Build the data of the background: programme, spread, missing years and breaks."""
    years = context.spread["year"]
    missing = pd.Series(context.missing, dtype="float64")
    start, end = context.shaded
    return {
        "programme": pd.DataFrame(
            {"start": [start], "end": [end], "at": [(start + end) / 2]} if start < end else {},
            columns=["start", "end", "at"],
        ),
        "spread": context.spread.assign(start=years - _HALF_YEAR, end=years + _HALF_YEAR),
        "missing": pd.DataFrame(
            {"start": missing - _HALF_YEAR, "end": missing + _HALF_YEAR, "at": context.low}
        ),
        "breaks": context.cuts.assign(edge=context.cuts["year"] - _HALF_YEAR),
    }


def build_ground_layers(context: ChartContext, *, has_name: bool) -> list[alt.Chart]:
    """Build the background layers of named data, with the programme's name if it ``has_name``."""
    line = context.colours.line
    spread, missing, breaks = (
        alt.Chart(alt.NamedData(name)) for name in ("spread", "missing", "breaks")
    )
    years = {"x": build_x(context, "start"), "x2": alt.X2("end:Q")}
    band = spread.mark_rect(color=context.colours.band)
    edge = spread.mark_rule(color=line, strokeWidth=0.75)
    # The line under the years is dotted where there is no figure.
    gap = missing.mark_rule(color=context.colours.page, strokeWidth=3)
    dots = missing.mark_rule(color=context.colours.text, strokeWidth=2, strokeDash=[2, 3])
    # The contrast of the band is too low by itself, that of its edges is not (WCAG 1.4.11).
    parts = () if context.spread.empty else ("p10", "p90")
    return [
        *_build_programme_layers(context, has_name=has_name),
        band.encode(**years, y=build_y(context, "p10"), y2=alt.Y2("p90:Q")),
        *(edge.encode(**years, y=build_y(context, part)) for part in parts),
        *(part.encode(**years, y=build_y(context, "at")) for part in (gap, dots)),
        breaks.mark_rule(color=line, strokeDash=[2, 3]).encode(x=build_x(context, "edge")),
    ]


def _build_programme_layers(context: ChartContext, *, has_name: bool) -> list[alt.Chart]:
    """Build the shade of the programme's years, and its name where there is room for it."""
    ground = alt.Chart(alt.NamedData("programme"))
    shade = ground.mark_rect(color=context.colours.programme).encode(
        x=build_x(context, "start"), x2=alt.X2("end:Q")
    )
    name = ground.mark_text(
        baseline="bottom",
        fontSize=_SMALL_FONT_SIZE_PX,
        color=context.colours.muted,
        y=alt.expr(f"height - {_NAME_ABOVE_PX}"),
    ).encode(x=build_x(context, "at"), text=alt.TextDatum(PROGRAMME_NAME))
    return [shade, name] if has_name else [shade]


def build_x(context: ChartContext, field: str) -> alt.X:
    """Build the years' scale for a field, and its axis with the first and last year."""
    room: Any = [0, alt.expr(f"width - {context.names_room}")]
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(
            domain=list(context.span),
            range=room if context.names_room else alt.Undefined,
            nice=False,
            zero=False,
        ),
        axis=_build_years_axis(context),
    )


def _build_years_axis(context: ChartContext) -> alt.Axis:
    return alt.Axis(
        values=list(context.years),
        labelExpr="datum.value + '/' + slice(toString(datum.value + 1), 2)",
        format="d",
        grid=False,
        ticks=False,
        labelColor=context.colours.text,
        labelFontSize=FONT_SIZE_PX,
        labelFlush=False,
        domainColor=context.colours.line,
    )


def build_y(context: ChartContext, field: str) -> alt.Y:
    """Build the values' scale for a field, without an axis, as lines have labels."""
    scale = alt.Scale(domain=[context.low, context.high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", title=None, axis=None, scale=scale)
