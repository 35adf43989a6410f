"""The map that stays put: England's outline, named and reachable, from this server alone."""

from collections.abc import Collection, Iterator
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.data import Shapes
from dashboard.palette import Palette

Bounds = tuple[tuple[float, float], tuple[float, float]]

ENGLAND: Bounds = ((49.95, -5.75), (55.85, 1.8))
# Pixels kept free: at the left and right for names, at the bottom for the legend.
_ROOM_LEFT, _ROOM = (24, 0), (44, 56)
# Pixels of a frame that leave little room for names.
_NARROW = 380


def base(
    england: Shapes,
    *,
    title: str,
    colours: Palette,
    leaflet: str,
    bounds: Bounds = ENGLAND,
    phone: Bounds | None = None,
) -> folium.Map:
    """Return England's outline with a title for its frame, zoomed to bounds, or the whole.

    On a phone it is zoomed to ``phone`` where that is given: closer, so that marks lie apart.
    ``leaflet`` is the address of the folder that holds Leaflet, from the map's own frame.
    """
    drawn = _LocalMap(
        leaflet,
        zoom_control=False,
        scrollWheelZoom=False,
        zoomSnap=0.25,
        zoomAnimation=False,
        inertia=False,
        minZoom=5,
        maxZoom=11,
    )
    drawn.add_child(_Manners(title, colours))
    land = {"fillColor": colours.land, "fillOpacity": 1, "color": colours.line, "weight": 0.75}
    folium.GeoJson(england, style_function=lambda _: land, interactive=False).add_to(drawn)
    drawn.add_child(_Fit(bounds, phone or bounds))
    return drawn


def bounds(shapes: Shapes, codes: Collection[str]) -> Bounds:
    """Return the south-west and north-east corners, (lat, lon), that hold some districts."""
    points = [
        point
        for shape in shapes["features"]
        if shape["properties"]["lad_code"] in codes
        for point in _points(shape["geometry"]["coordinates"])
    ]
    lons, lats = zip(*points, strict=True)
    return (min(lats), min(lons)), (max(lats), max(lons))


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Yield the (lon, lat) points of a polygon's or a multipolygon's coordinates."""
    if isinstance(coordinates[0], float | int):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


class _LocalMap(folium.Map):
    """A folium map whose one script and one style come from this server."""

    def __init__(self, leaflet: str, **options: Any) -> None:
        self.default_js = [("leaflet", f"{leaflet}leaflet.js")]
        self.default_css = [("leaflet_css", f"{leaflet}leaflet.css")]
        super().__init__(tiles=None, **options)


class _Fit(MacroElement):
    """Zooms the map to bounds, with room for names; on a phone to others, closer."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            if (window.innerWidth > {{ this.narrow }}) {
                {{ this._parent.get_name() }}.fitBounds({{ this.wide|tojson }}, {
                    paddingTopLeft: {{ this.left|tojson }},
                    paddingBottomRight: {{ this.right|tojson }},
                });
            } else {
                {{ this._parent.get_name() }}.fitBounds({{ this.phone|tojson }}, {
                    paddingTopLeft: [34, 20], paddingBottomRight: [20, 20],
                });
            }
        {% endmacro %}
    """)

    def __init__(self, wide: Bounds, phone: Bounds) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Fit"
        self.wide, self.phone = wide, phone
        self.left, self.right, self.narrow = _ROOM_LEFT, _ROOM, _NARROW


class _Manners(MacroElement):
    """Names the frame and its buttons, allows zooming by touch, lets keys press markers.

    One finger scrolls the page, as everywhere else; two zoom the map.
    Also: a press does not scroll the page around the map (Leaflet focuses the map, and the press
    would end beside what it began on), clicks are counted from None as streamlit-folium expects,
    and the marker that has the focus is remembered for :class:`_Focus`.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.frameElement.title = {{ this.title|tojson }};
            document.documentElement.lang = "en-GB";
            document.querySelectorAll("meta[name=viewport]").forEach(
                (meta) => { meta.content = "width=device-width, initial-scale=1"; });
            document.head.insertAdjacentHTML("beforeend", {{ this.style|tojson }});
            L.control.zoom({
                zoomInTitle: "Zoom in on the map", zoomOutTitle: "Zoom out of the map",
            }).addTo({{ this._parent.get_name() }});
            {{ this._parent.get_name() }}.attributionControl.remove();
            if (matchMedia("(pointer: coarse)").matches) {
                {{ this._parent.get_name() }}.dragging.disable();
            }
            document.addEventListener("keydown", (event) => {
                const marker = event.target.closest(".leaflet-marker-icon");
                if (marker && (event.key === "Enter" || event.key === " ")) {
                    event.preventDefault();
                    marker.click();
                }
            });
            {{ this._parent.get_name() }}.getContainer().focus = function () {
                HTMLElement.prototype.focus.call(this, {preventScroll: true});
            };
            window.__GLOBAL_DATA__.last_object_clicked_count = null;
            document.addEventListener("focusin", (event) => {
                const marker = event.target.closest(".leaflet-marker-icon");
                window.focused = marker && marker.querySelector("span").textContent;
            });
        {% endmacro %}
    """)

    def __init__(self, title: str, colours: Palette) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Manners"
        self.title = title
        self.style = f"""<style>
            .leaflet-container {{ background: {colours.page}; font: 13px/1.3 sans-serif; }}
            .area {{ display: flex; align-items: center; width: 24px; height: 24px; }}
            .area svg {{ flex: none; width: 24px; height: 24px; overflow: visible; }}
            .area span {{ position: absolute; white-space: nowrap; font-weight: 600;
                color: {colours.text}; text-shadow: 0 0 3px {colours.page}, 0 0 3px {colours.page},
                0 0 3px {colours.page}; }}
            .area .heard {{ clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }}
            .area .right {{ left: 26px; }} .area .left {{ right: 26px; }}
            .legend {{ display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 4px 10px;
                margin-right: 10px; background: {colours.page}; color: {colours.text};
                border: 1px solid {colours.line}; border-radius: 4px; }}
            .legend div {{ display: flex; align-items: center; gap: 4px; }}
            .legend svg {{ width: 18px; height: 18px; }}
            .leaflet-bar {{ border-color: {colours.line} !important; }}
            .leaflet-bar a, .leaflet-bar a:hover {{ background: {colours.page};
                color: {colours.text}; border-color: {colours.line}; }}
            .leaflet-bar a.leaflet-disabled {{ background: {colours.land};
                color: {colours.line}; }}
            .leaflet-marker-icon:focus-visible {{ outline: 3px solid {colours.text};
                outline-offset: 2px; border-radius: 50%; }}
            @media (max-width: {_NARROW}px) {{ .area span {{ font-size: 11px; }}
                .area .phone-right {{ left: 24px; right: auto; }}
                .area .phone-left {{ right: 24px; left: auto; }} }}
            @media print {{ html {{ print-color-adjust: exact; }}
                .leaflet-control-zoom {{ display: none; }} }}
            @media (forced-colors: active) {{ body {{ forced-color-adjust: none; }} }}
        </style>"""
