"""Settings that charts share: the page's font, the width, the colour and mark of a cohort."""

from typing import Any

import altair as alt

from dashboard.cache import memoize
from dashboard.filters import COHORTS
from dashboard.palette import Palette

# A chart in Vega-Lite, as JSON.
Spec = dict[str, Any]

# Rows stand in the layer that draws them, as Streamlit turns named ones into Arrow at each run.
alt.data_transformers.consolidate_datasets = False

COHORT_SHAPES = dict(zip(COHORTS, ("circle", "diamond"), strict=True))
_FONT = '"Source Sans", sans-serif'
# Those of images. The converter has the first, so that a PNG is the same from every server; what
# shows an SVG uses the first that it has.
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"


def apply_theme(chart: alt.LayerChart, height: int) -> alt.LayerChart:
    """Give a chart the page's font, its container's width, a height in pixels and no border.

    Marks are hidden from assistive technology: hundreds of them would be read out one by one,
    before the alternative text and the table that have the same figures.
    """
    themed: alt.LayerChart = (
        chart.properties(height=height, width="container")
        .configure(font=_FONT)
        .configure_mark(aria=False)
        .configure_view(strokeWidth=0)
    )
    return themed


def build_cohort_encodings(colours: Palette, **legend: Any) -> tuple[alt.Color, alt.Shape]:
    """Build the colour and the shape of a ``cohort`` column, with one legend above the chart.

    The shapes are those of the map, so that colour is not needed to tell the cohorts apart.
    ``legend`` has further settings of ``alt.Legend``.
    """
    key = alt.Legend(orient="top", title=None, labelFontSize=13, labelColor=colours.text, **legend)
    hues = alt.Scale(domain=list(COHORTS), range=[colours.original, colours.new])
    shapes = alt.Scale(domain=list(COHORTS), range=list(COHORT_SHAPES.values()))
    return (
        alt.Color("cohort:N", scale=hues, legend=key),
        alt.Shape("cohort:N", scale=shapes, legend=key),
    )


@memoize
def build_specification(chart: alt.LayerChart) -> dict[str, Any]:
    """Convert a chart to Vega-Lite; callers must not change the result.

    It is not validated here, because that doubles the time; tests validate every chart.
    """
    written: dict[str, Any] = chart.to_dict(validate=False)
    return written
