"""A map of districts as a chart: filled by group, some outlined and named."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts.theme import build_layers, fill_chart
from dashboard.data.frames import to_dicts
from dashboard.exhibits import Spec
from dashboard.palette import Palette

_HEIGHT_PX = 470
_FONT_SIZE_PX = 12
# Longest lines of names: to the west there is less room before the chart's edge.
_LINE_CHARS = {"west": 12, "east": 18}
_NAME_DISTANCE_PX = 7
# Names stand to the left of places west of this longitude: between it and the sea is little else.
_MIDDLE_LON_DEG = -2.0
# What a name takes up: about its width, and half the height of two lines.
_NAME_DEG, _LINE_DEG = 1.5, 0.3
# The outline lies outside its district, which would have no room for it: half of the line, less
# the gap that parts it from the district's own colour.
_OUTLINE_PX, _GAP_PX = 5.0, 1.0

_ALL, _OUTLINED = (alt.Chart(alt.NamedData(name)) for name in ("all", "outlined"))

Rings = list[list[list[float]]]


def build_district_map(
    shapes: dict[str, Any],
    districts: pd.DataFrame,
    names: pd.DataFrame,
    groups: Sequence[str],
    colours: Palette,
) -> Spec:
    """Build a map of the districts of a frame, each in the colour of its group.

    ``shapes`` is a GeoJSON collection with a ``lad_code`` for each feature. ``districts`` has
    ``lad_code``, ``group`` (one of ``groups``, which run from quiet to strong) and ``outlined``
    (a word for the legend, or ""). ``names`` has ``name``, ``lat`` and ``lon``, in degrees.

    Raises:
        KeyError: a district has no shape.
    """
    features = _build_features(shapes, districts)
    outlined = [feature for feature in features if feature["outlined"]]
    hue = _build_hue(groups, colours)
    layers = [
        _ALL.mark_geoshape(stroke=colours.line, strokeWidth=0.25).encode(color=hue),
        _OUTLINED.mark_geoshape(filled=False, strokeWidth=_OUTLINE_PX, strokeJoin="round").encode(
            stroke=_build_outline(outlined, colours)
        ),
        _OUTLINED.mark_geoshape(stroke=colours.page, strokeWidth=_GAP_PX).encode(color=hue),
        *_build_names(colours),
    ]
    return fill_chart(
        build_layers([layer.project(type="mercator") for layer in layers]),
        _HEIGHT_PX,
        {"all": features, "outlined": outlined, "names": _place_names(names)},
    )


def _build_features(shapes: dict[str, Any], districts: pd.DataFrame) -> list[dict[str, Any]]:
    """Build a feature for each district, its rings turned as d3 needs them: clockwise."""
    geometry_of = {
        feature["properties"]["lad_code"]: _turn_rings(feature["geometry"])
        for feature in shapes["features"]
    }
    return [
        {"type": "Feature", "geometry": geometry_of[row["lad_code"]]}
        | {str(name): value for name, value in row.items()}
        for row in districts.to_dict("records")
    ]


def _turn_rings(geometry: dict[str, Any]) -> dict[str, Any]:
    """Reverse the rings: d3 takes one in the order of RFC 7946 for all the world but its inside."""
    kind, parts = geometry["type"], geometry["coordinates"]
    turned = [_reverse(parts)] if kind == "Polygon" else [_reverse(rings) for rings in parts]
    return {"type": kind, "coordinates": turned[0] if kind == "Polygon" else turned}


def _reverse(rings: Rings) -> Rings:
    return [ring[::-1] for ring in rings]


def _build_hue(groups: Sequence[str], colours: Palette) -> alt.Color:
    """Build the colours of groups, the strongest first in the legend."""
    key = alt.Legend(
        orient="top-left",
        title=None,
        values=list(reversed(groups)),
        symbolType="square",
        symbolStrokeColor=colours.line,
        symbolStrokeWidth=1,
        symbolOpacity=1,
        labelFontSize=_FONT_SIZE_PX,
        labelColor=colours.text,
        labelLimit=0,
    )
    scale = alt.Scale(domain=list(groups), range=list(colours.grades))
    return alt.Color("group:N", scale=scale, legend=key)


def _build_outline(outlined: list[dict[str, Any]], colours: Palette) -> alt.Stroke:
    words = list(dict.fromkeys(feature["outlined"] for feature in outlined))
    key = alt.Legend(
        orient="bottom-right",
        title=None,
        symbolType="square",
        symbolFillColor="transparent",
        symbolStrokeWidth=_OUTLINE_PX / 2,
        labelFontSize=_FONT_SIZE_PX,
        labelColor=colours.text,
        labelLimit=0,
    )
    return alt.Stroke("outlined:N", scale=alt.Scale(domain=words, range=[colours.text]), legend=key)


def _place_names(names: pd.DataFrame) -> list[dict[str, Any]]:
    """Place each name on the side that has more room."""
    sides = [_choose_side(lat, lon, names) for lat, lon in names[["lat", "lon"]].to_numpy()]
    wrapped = [_wrap(name, side) for name, side in zip(names["name"], sides, strict=True)]
    return to_dicts(names[["lat", "lon"]].assign(name=wrapped, side=sides))


def _build_names(colours: Palette) -> list[alt.Chart]:
    """Build the names, the first time as a halo."""
    words = alt.Chart(alt.NamedData("names")).encode(
        longitude=alt.Longitude("lon:Q"),
        latitude=alt.Latitude("lat:Q"),
        text=alt.Text("name:N"),
    )
    look: dict[str, Any] = {
        "baseline": "middle",
        "lineBreak": "\n",
        "fontSize": _FONT_SIZE_PX,
        "fontWeight": "bold",
        "color": colours.text,
    }
    halo: dict[str, Any] = {"stroke": colours.page, "strokeWidth": 3, "strokeJoin": "round"}
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("west", {"align": "right", "dx": -_NAME_DISTANCE_PX}),
        ("east", {"align": "left", "dx": _NAME_DISTANCE_PX}),
    )
    return [
        words.transform_filter(f"datum.side === '{side}'").mark_text(**look, **place, **behind)
        for behind in (halo, {})
        for side, place in looks
    ]


def _wrap(name: str, side: str) -> str:
    """Set a name on lines for its side, its words whole."""
    return fill(name, _LINE_CHARS[side], break_on_hyphens=False, break_long_words=False)


def _choose_side(lat: float, lon: float, names: pd.DataFrame) -> str:
    """Choose the side of a place, in degrees, on which its name runs over no other place."""
    is_above = (names["lat"] - lat).abs() < _LINE_DEG
    is_near = (names["lon"] > lon) & (names["lon"] - lon < _NAME_DEG)
    return "west" if lon < _MIDDLE_LON_DEG or (is_above & is_near).any() else "east"
