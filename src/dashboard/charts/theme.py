"""Settings that charts share: the page's font, the width, the colour and mark of a cohort."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

import altair as alt

from dashboard.exhibits import Spec
from dashboard.filters import COHORTS
from dashboard.palette import Palette

# Rows stand in the layer that draws them, as Streamlit turns named ones into Arrow at each run.
alt.data_transformers.consolidate_datasets = False

COHORT_SHAPES = dict(zip(COHORTS, ("circle", "diamond"), strict=True))
_FONT = '"Source Sans", sans-serif'
# Those of images. The converter has the first, so that a PNG is the same from every server; what
# shows an SVG uses the first that it has.
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"


def build_layers(
    layers: Sequence[alt.Chart],
    height: int,
    rows: Mapping[str, Sequence[object]] = MappingProxyType({}),
    width: int | Literal["container"] = "container",
    **properties: Any,
) -> Spec:
    """Build a chart of layers with the page's font, its container's width and no border.

    ``height`` and ``width`` are in pixels. ``rows`` fill in the data that layers only name: Altair
    copies what a chart holds several times. ``properties`` are further ones of ``alt.LayerChart``.

    Marks are hidden from assistive technology: hundreds of them would be read out one by one,
    before the alternative text and the table that have the same figures.

    It is not validated here, because that doubles the time; tests validate every chart.
    """
    chart = alt.LayerChart(
        layer=list(layers),
        config=alt.Config(
            font=_FONT, mark=alt.MarkConfig(aria=False), view=alt.ViewConfig(strokeWidth=0)
        ),
        height=height,
        width=width,
        **properties,
    )
    spec: Spec = chart.to_dict(validate=False)
    for layer in spec["layer"] if rows else ():
        if values := rows.get(layer["data"].get("name")):
            layer["data"] = {"values": values}
    return spec


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
