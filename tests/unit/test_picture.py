"""A picture names a font that every computer has one of."""

import re

from dashboard.charts import image_export

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "config": {},
    "data": {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "a", "type": "nominal"},
        "y": {"field": "b", "type": "quantitative"},
    },
}


def test_every_text_of_an_svg_ends_with_a_family_of_fonts() -> None:
    drawn = image_export.render_svg({"Title": SPEC}, "Title", "Source").decode()
    families = re.findall(r"""font-family=("[^"]*"|'[^']*')""", drawn)
    families += re.findall(r"font-family:\s*([^;\"]+)", drawn)
    assert families
    assert {one.strip("\"'").rpartition(",")[2].strip() for one in families} == {"sans-serif"}
    assert all("Liberation Sans" in one for one in families)
