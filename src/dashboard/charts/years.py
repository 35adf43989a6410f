"""What charts over academic years share: scales, the spread of districts, gaps and breaks.

A year on a scale is its academic year's first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from dashboard.palette import Palette

LABEL = 12
_HALF = 0.5
_ROOM = 0.7


@dataclass(frozen=True)
class ChartContext:
    """What charts of one measure share.

    ``spread`` holds ``year``, ``p10`` and ``p90`` over England's districts, or is empty;
    ``missing`` are years without a figure, ``breaks`` holds ``year``, ``kind`` and ``reason``;
    ``run`` are the academic years of the longest stretch that compares; ``low`` and ``high``
    bound the values;
    ``names_room`` is what is kept free at the right, in pixels.
    """

    england: pd.DataFrame
    spread: pd.DataFrame
    breaks: pd.DataFrame
    missing: tuple[int, ...]
    years: tuple[int, int]
    run: tuple[str, ...]
    low: float
    high: float
    unit: str
    colours: Palette
    names_room: int = 0

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the years' scale: there is room beside the first year and the last."""
        return self.years[0] - _ROOM, self.years[1] + _ROOM

    @property
    def cuts(self) -> pd.DataFrame:
        """The breaks that fall between two of the years drawn."""
        apart = self.breaks[self.breaks["kind"].isin(["break", "year apart"])]
        return apart[apart["year"].between(self.years[0] + 1, self.years[1])]


def select_named_ends(line: pd.DataFrame, run: Collection[str]) -> pd.DataFrame:
    """Return the rows of a place's line whose figures are named: the ends of a run of years.

    Where the place has none of them it is its last figure alone: two might lie over a break.
    """
    within = line[line["period"].isin(run)]
    if within.empty:
        return line.tail(1)
    return within.iloc[[0, -1]] if len(within) > 1 else within


def build_ground_data(frame: ChartContext) -> dict[str, pd.DataFrame]:
    """Return the data of the quiet layers: the spread of districts, empty years, breaks."""
    years = frame.spread["year"]
    empty = pd.DataFrame({"year": frame.missing}).assign(at=(frame.low + frame.high) / 2)
    return {
        "spread": frame.spread.assign(start=years - _HALF, end=years + _HALF),
        "missing": empty,
        "breaks": frame.cuts.assign(edge=frame.cuts["year"] - _HALF),
    }


def draw_ground(frame: ChartContext, *, named: bool = False) -> list[alt.Chart]:
    """Return the quiet layers, with their data or by its name alone."""
    data: dict[str, Any] = {
        name: alt.NamedData(name) if named else rows
        for name, rows in build_ground_data(frame).items()
    }
    band = alt.Chart(data["spread"]).mark_rect(color=frame.colours.band)
    edge = alt.Chart(data["spread"]).mark_rule(color=frame.colours.line, strokeWidth=0.75)
    words = alt.Chart(data["missing"]).mark_text(
        text="no figure", angle=270, color=frame.colours.muted, fontSize=11, fontStyle="italic"
    )
    rule = alt.Chart(data["breaks"]).mark_rule(color=frame.colours.line, strokeDash=[2, 3])
    # The band by itself is too pale to be seen by all: its edges are not (WCAG 1.4.11).
    parts = () if frame.spread.empty else ("p10", "p90")
    return [
        band.encode(x=x(frame, "start"), x2="end:Q", y=y(frame, "p10"), y2="p90:Q"),
        *(edge.encode(x=x(frame, "start"), x2="end:Q", y=y(frame, part)) for part in parts),
        words.encode(x=x(frame, "year"), y=y(frame, "at")),
        rule.encode(x=x(frame, "edge"), tooltip=["period:N", "reason:N"]),
    ]


def x(frame: ChartContext, field: str) -> alt.X:
    """Return the years' scale and its axis of first and last year, for a field."""
    room: Any = [0, alt.expr(f"width - {frame.names_room}")]
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(
            domain=list(frame.span),
            range=room if frame.names_room else alt.Undefined,
            nice=False,
            zero=False,
        ),
        axis=_build_years_axis(frame),
    )


def _build_years_axis(frame: ChartContext) -> alt.Axis:
    return alt.Axis(
        values=list(frame.years),
        labelExpr="datum.value + '/' + slice(toString(datum.value + 1), 2)",
        format="d",
        grid=False,
        ticks=False,
        labelColor=frame.colours.text,
        labelFontSize=LABEL,
        labelFlush=False,
        domainColor=frame.colours.line,
    )


def y(frame: ChartContext, field: str) -> alt.Y:
    """Return the values' scale, without an axis: figures stand at the lines."""
    scale = alt.Scale(domain=[frame.low, frame.high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", title=None, axis=None, scale=scale)
