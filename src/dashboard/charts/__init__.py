"""Altair charts built from frames, one kind of chart a module.

A chart has no title, alternative text or sources: those belong to its exhibit. It has its own
colours and font, because the palette ensures contrast in both themes.
"""

from dashboard.charts.bars import draw_announced, draw_bars, draw_bars_by_cohort, draw_by_area
from dashboard.charts.lines import build_small_multiples, draw_overlaid
from dashboard.charts.rank_strip import Band, draw_rank_strip
from dashboard.charts.theme import build_specification
from dashboard.charts.years import ChartContext, select_named_ends

__all__ = [
    "Band",
    "ChartContext",
    "build_small_multiples",
    "build_specification",
    "draw_announced",
    "draw_bars",
    "draw_bars_by_cohort",
    "draw_by_area",
    "draw_overlaid",
    "draw_rank_strip",
    "select_named_ends",
]
