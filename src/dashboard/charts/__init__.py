"""Charts as Vega-Lite specifications, built from frames, one kind of chart a module.

A chart has no title, alternative text or sources: those belong to its exhibit. It has its own
colours and font, because the palette ensures contrast in both themes.
"""

from dashboard.charts.bars import (
    build_bars,
    build_cohort_bars,
)
from dashboard.charts.district_map import build_district_map
from dashboard.charts.dots import build_ranked_dots
from dashboard.charts.drawings import SmallChart, draw_small_charts
from dashboard.charts.lines import build_overlaid_lines, build_small_multiples
from dashboard.charts.rank_strip import Band, build_rank_strip
from dashboard.charts.years import ChartContext, select_named_ends

__all__ = [
    "Band",
    "ChartContext",
    "SmallChart",
    "build_bars",
    "build_cohort_bars",
    "build_district_map",
    "build_overlaid_lines",
    "build_rank_strip",
    "build_ranked_dots",
    "build_small_multiples",
    "draw_small_charts",
    "select_named_ends",
]
