"""Frames in, Altair charts out, one kind of chart a module.

Titles, alternative texts and sources belong to the page. Colours and fonts come with the chart,
because the palette decides on contrast for both themes.
"""

from dashboard.charts.bars import announced, bars, bars_by_cohort, by_area
from dashboard.charts.lines import overlaid, small_multiples
from dashboard.charts.rank_strip import Band, strip
from dashboard.charts.theme import specification
from dashboard.charts.years import ChartContext, select_named_ends

__all__ = [
    "Band",
    "ChartContext",
    "announced",
    "bars",
    "bars_by_cohort",
    "by_area",
    "overlaid",
    "select_named_ends",
    "small_multiples",
    "specification",
    "strip",
]
