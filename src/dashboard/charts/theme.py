"""Settings that charts share: the page's font, the width, the colour and mark of a cohort."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
from altair.utils.schemapi import disable_debug_mode

from dashboard.exhibits import Spec
from dashboard.filters import COHORTS
from dashboard.palette import Palette

# Each part of a chart would be validated when it is made, which takes half of the time; tests
# validate every chart.
disable_debug_mode()

Rows = Sequence[Mapping[str, object]]

COHORT_SHAPES = dict(zip(COHORTS, ("circle", "diamond"), strict=True))
_FONT = '"Source Sans", sans-serif'
# Those of images. The converter has the first, so that a PNG is the same from every server; what
# shows an SVG uses the first that it has.
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"


def fill_chart(template: Spec, height: int, rows: Mapping[str, Rows]) -> Spec:
    """Return a chart of layers of named data with its rows, by name, and its height in pixels.

    The template is left as it is: charts of one kind share it, as Altair takes long to build one.
    Rows stand in each layer, as Streamlit turns others into Arrow at each run.
    """
    shared: dict[str, str] = template.get("data", {})
    layers = [
        {**layer, "data": {"values": rows[layer.get("data", shared)["name"]]}}
        for layer in template["layer"]
    ]
    kept = {name: part for name, part in template.items() if name != "data"}
    return {**kept, "height": height, "layer": layers}


def build_layers(
    layers: Sequence[alt.Chart],
    width: int | Literal["container"] = "container",
    **properties: Any,
) -> Spec:
    """Build a chart of layers with the page's font and no border.

    ``width`` is in pixels, ``properties`` are further ones of ``alt.LayerChart``.

    Marks are hidden from assistive technology: hundreds of them would be read out one by one,
    before the alternative text and the table that have the same figures.
    """
    chart = alt.LayerChart(
        layer=list(layers),
        config=alt.Config(
            font=_FONT, mark=alt.MarkConfig(aria=False), view=alt.ViewConfig(strokeWidth=0)
        ),
        width=width,
        **properties,
    )
    spec: Spec = chart.to_dict(validate=False)
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
