"""The base map: England's outline, with a title for its frame and reachable by keyboard."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from dashboard.cache import memoize
from dashboard.data.loader import Data, GeoJson
from dashboard.palette import Palette

Bounds = tuple[tuple[float, float], tuple[float, float]]

ENGLAND: Bounds = ((49.95, -5.75), (55.85, 1.8))
# The width in pixels up to which a frame has little space for names.
_NARROW_PX = 450
# Pixels kept free around England: at the sides for names, at the bottom for the legend.
_PADDING_PX = {
    "wide": {"paddingTopLeft": (24, 0), "paddingBottomRight": (44, 84)},
    "narrow": {"paddingTopLeft": (4, 4), "paddingBottomRight": (4, 96)},
}


def build_map(
    *,
    title: str,
    colours: Palette,
    scripts: Sequence[str],
    styles: Sequence[str],
    bounds: Bounds = ENGLAND,
) -> folium.Map:
    """Build a map of England's outline, zoomed to bounds, with a title for its frame.

    ``scripts`` and ``styles`` are addresses relative to the map's frame: Leaflet, then what
    :func:`build_shapes` and :func:`read_behaviour` return.
    """
    outline = _LocalMap(
        scripts,
        styles,
        zoom_control=False,
        scrollWheelZoom=False,
        zoomSnap=0.1,
        zoomAnimation=False,
        inertia=False,
        minZoom=5,
        maxZoom=11,
    )
    land = {"fillColor": colours.land, "fillOpacity": 1, "color": colours.line, "weight": 0.75}
    settings = {
        "title": title,
        "style": _build_style(colours),
        "land": land,
        "bounds": bounds,
        "narrow": _NARROW_PX,
        "room": _PADDING_PX,
    }
    outline.add_child(_MapOptions(settings))
    return outline


@memoize
def read_behaviour() -> str:
    """Read the scripts that run the map in a browser."""
    return _read_script("map.js") + "\n" + _read_script("names.js")


def read_frame_guard() -> str:
    """Read the script by which the map's frame accepts messages only from the page around it."""
    return _read_script("frame_guard.js")


def _read_script(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@memoize
def build_shapes(data: Data) -> str:
    """Build the script with the shapes of England and, by GSS code, of the districts."""
    districts = {
        district["properties"]["lad_code"]: district["geometry"]
        for district in data.districts_boundaries["features"]
    }
    shapes = {"england": data.england_boundaries, "districts": districts}
    return f"window.shapes = {json.dumps(shapes, separators=(',', ':'))};\n"


def compute_bounds(shapes: GeoJson, codes: tuple[str, ...]) -> Bounds:
    """Compute the south-west and north-east corners, (lat, lon), of districts by GSS code."""
    points = [
        point
        for shape in shapes["features"]
        if shape["properties"]["lad_code"] in codes
        for point in _list_points(shape["geometry"]["coordinates"])
    ]
    lons, lats = zip(*points, strict=True)
    return (min(lats), min(lons)), (max(lats), max(lons))


def _list_points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Yield the (lon, lat) points of a polygon's or a multipolygon's coordinates."""
    if isinstance(coordinates[0], float | int):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _list_points(part)


class _Head(Element):
    """What stands in the head of the map's frame before the map is made."""

    def render(self, **_: object) -> str:
        return (
            "<style>html, body, #map_div { width: 100%; height: 100%; margin: 0; } "
            "#map_div { position: relative; }</style>"
        )


class _LocalMap(folium.Map):
    """A folium map with scripts and styles of this server.

    streamlit-folium reads its scripts and its head. folium would render a document of its own
    besides and compile each part of it as a template, which takes half of the time.
    """

    def __init__(self, scripts: Sequence[str], styles: Sequence[str], **options: Any) -> None:
        self.default_js = [(address, address) for address in scripts]
        self.default_css = [(address, address) for address in styles]
        super().__init__(tiles=None, **options)

    def render(self, **_: object) -> str:
        """Put the head into the map's figure."""
        figure: Any = self.get_root()
        figure.header.add_child(_Head(), name="head")
        return ""


class _MapOptions(MacroElement):
    """Passes the map and its options to the map's script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            opportunityAreas.init({{ this._parent.get_name() }}, {{ this.settings|tojson }});
        {% endmacro %}
    """)

    def __init__(self, settings: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapOptions"
        self.settings = settings


def _build_halo(colour: str) -> str:
    """Build shadows around letters, close ones on all sides: names may lie on dark districts."""
    close = [f"{x}px {y}px 0 {colour}" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
    return ", ".join([*close, *[f"0 0 3px {colour}"] * 3])


def _build_style(colours: Palette) -> str:
    return f"""<style>
        .leaflet-container {{ background: {colours.page}; font: 13px/1.3 sans-serif; }}
        .area {{ display: flex; align-items: center; width: 24px; height: 24px; }}
        .area svg {{ flex: none; width: 24px; height: 24px; overflow: visible; }}
        #map_div {{ height: 100vh !important; }}
        .area span {{ position: absolute; width: max-content; min-width: min-content;
            font-weight: 600;
            color: {colours.text}; text-shadow: {_build_halo(colours.page)}; }}
        .area .heard {{ clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }}
        .legend {{ display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 4px 10px;
            margin-right: 10px; background: {colours.page}; color: {colours.text};
            border: 1px solid {colours.line}; border-radius: 4px; }}
        .legend ol {{ display: flex; flex-wrap: wrap; gap: 2px 14px; width: 100%; margin: 0;
            padding: 0; list-style: none; }}
        .probe {{ position: absolute; top: 0; left: 0; width: max-content; visibility: hidden; }}
        .leaflet-tooltip {{ width: max-content; max-width: calc(50vw - 24px);
            white-space: normal; overflow-wrap: anywhere; }}
        .legend div {{ display: flex; align-items: center; gap: 4px; }}
        .legend svg {{ width: 18px; height: 18px; }}
        .leaflet-bar {{ border-color: {colours.line} !important; }}
        .leaflet-touch .leaflet-bar a, .leaflet-bar a {{ display: flex; align-items: center;
            justify-content: center; width: auto; min-width: 30px; height: auto;
            min-height: 30px; line-height: normal; }}
        .leaflet-bar a, .leaflet-bar a:hover {{ background: {colours.page};
            color: {colours.text}; border-color: {colours.line}; }}
        .leaflet-bar a.leaflet-disabled {{ background: {colours.land};
            color: {colours.line}; }}
        .leaflet-marker-icon:focus-visible {{ outline: 3px solid {colours.text};
            outline-offset: 2px; border-radius: 50%; }}
        .leaflet-districts-pane canvas {{ cursor: inherit; }}
        .leaflet-container:focus-visible, .leaflet-bar a:focus-visible {{
            outline: 3px solid {colours.text}; outline-offset: -3px; }}
        @media (max-width: {_NARROW_PX}px) {{
            .area span, .legend {{ font-size: 11px; line-height: 1.15; }} }}
        @media print {{ html {{ print-color-adjust: exact; }}
            .leaflet-control-zoom {{ display: none; }} }}
        @media (forced-colors: active) {{ body {{ forced-color-adjust: none; }} }}
    </style>"""
