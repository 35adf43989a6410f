"""What every chart shares at the end: the page's font, its width, no frame."""

import altair as alt

_FONT = '"Source Sans", sans-serif'


def finish(chart: alt.LayerChart, height: int) -> alt.LayerChart:
    """Return the chart as wide as its place, with the page's font and no frame round it."""
    sized: alt.LayerChart = chart.properties(height=height, width="container")
    framed: alt.LayerChart = sized.configure(font=_FONT).configure_view(strokeWidth=0)
    return framed
