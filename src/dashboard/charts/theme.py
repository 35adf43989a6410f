"""What every chart shares at the end: the page's font, its width, no frame."""

from typing import Any

import altair as alt

from dashboard.cache import memoize

_FONT = '"Source Sans", sans-serif'


def apply_theme(chart: alt.LayerChart, height: int) -> alt.LayerChart:
    """Return the chart as wide as its place, with the page's font and no frame round it.

    Its marks carry no words for assistive technology: the chart has an alternative text and the
    same figures as a table, and hundreds of marks read one by one would hide both.
    """
    sized: alt.LayerChart = chart.properties(height=height, width="container")
    plain: alt.LayerChart = sized.configure(font=_FONT).configure_mark(aria=False)
    framed: alt.LayerChart = plain.configure_view(strokeWidth=0)
    return framed


@memoize
def build_specification(chart: alt.LayerChart) -> dict[str, Any]:
    """Return the chart as Vega-Lite: nobody changes it.

    Tests check every chart against Vega-Lite's schema, which takes as long as all the rest.
    """
    written: dict[str, Any] = chart.to_dict(validate=False)
    return written
