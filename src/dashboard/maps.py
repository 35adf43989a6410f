"""The areas on a map, as folium objects that ask nothing of any other server.

The base map stays the same while a reader looks; what a filter or a click changes is one
feature group laid over it, so that the map is never rebuilt under the reader's hands.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import folium
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from dashboard import text
from dashboard.data import Shapes, records
from dashboard.filters import COHORTS
from dashboard.measures import MapMeasure
from dashboard.palette import Palette

Bounds = tuple[tuple[float, float], tuple[float, float]]

ENGLAND: Bounds = ((49.95, -5.75), (55.85, 1.8))
_WEST, _EAST = -1.9, 1.0
_LONG_NAME = 20
_LEGEND_ROOM = 56


@dataclass(frozen=True)
class Paint:
    """How one area is drawn: the name beside its mark, what its tooltip says under the label."""

    label: str
    name: str
    colour: str
    says: str
    cohort: str
    lat: float
    lon: float
    chosen: bool = False


class _LocalMap(folium.Map):
    """A folium map whose one script and one style come from this server."""

    def __init__(self, leaflet: str, **options: Any) -> None:
        self.default_js = [("leaflet", f"{leaflet}leaflet.js")]
        self.default_css = [("leaflet_css", f"{leaflet}leaflet.css")]
        super().__init__(tiles=None, **options)


class _Manners(MacroElement):
    """Names the frame and its buttons, allows zooming by touch, lets keys press markers.

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
            .leaflet-marker-icon:focus-visible {{ outline: 3px solid {colours.text};
                outline-offset: 2px; border-radius: 50%; }}
            @media (max-width: 380px) {{ .area .left, .area .right {{ display: none; }} }}
        </style>"""


def base(
    england: Shapes, *, title: str, colours: Palette, leaflet: str, bounds: Bounds = ENGLAND
) -> folium.Map:
    """Return England's outline with a title for its frame, zoomed to bounds, or the whole.

    ``leaflet`` is the address of the folder that holds Leaflet, from the map's own frame.
    """
    drawn = _LocalMap(
        leaflet,
        zoom_control=False,
        scrollWheelZoom=False,
        zoomSnap=0.25,
        minZoom=5,
        maxZoom=11,
    )
    drawn.add_child(_Manners(title, colours))
    land = {"fillColor": colours.land, "fillOpacity": 1, "color": colours.line, "weight": 0.75}
    folium.GeoJson(england, style_function=lambda _: land, interactive=False).add_to(drawn)
    drawn.fit_bounds(bounds, padding_bottom_right=(0, _LEGEND_ROOM))
    return drawn


class _Legend(MacroElement):
    """A box in the map's corner that takes the place of the one before."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            if (window.legend) { window.legend.remove(); }
            window.legend = L.control({position: "bottomleft"});
            window.legend.onAdd = () => {
                const box = L.DomUtil.create("div", "legend");
                box.innerHTML = {{ this.html|tojson }};
                return box;
            };
            window.legend.addTo({{ this._parent._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, html: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Legend"
        self.html = html


class _Focus(MacroElement):
    """Gives the focus back to the marker that lost it when the areas were painted anew."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            queueMicrotask(() => {
                if (!document.hasFocus() || document.activeElement !== document.body) { return; }
                document.querySelectorAll(".leaflet-marker-icon").forEach((marker) => {
                    if (marker.querySelector("span").textContent === window.focused) {
                        marker.focus({preventScroll: true});
                    }
                });
            });
        {% endmacro %}
    """)


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


def areas(
    shapes: Shapes, area_of: Mapping[str, str], paints: Mapping[str, Paint], legend: str
) -> folium.FeatureGroup:
    """Return a feature group of the painted areas: districts, a marker for each, the legend.

    ``area_of`` leads from a district's GSS code to its area, ``paints`` from an area to how it
    is drawn; an area without paint is left out. The first line of a tooltip is the area's label.
    ``legend`` is HTML of :func:`legend`.
    """
    group = folium.FeatureGroup(name="Areas")
    features = [
        _feature(shape, paints[area])
        for shape in shapes["features"]
        if (area := area_of[shape["properties"]["lad_code"]]) in paints
    ]
    if features:
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            style_function=lambda feature: feature["properties"]["style"],
            tooltip=folium.GeoJsonTooltip(["label", "says"], labels=False),
        ).add_to(group)
    for paint in paints.values():
        _marker(paint).add_to(group)
    group.add_child(_Legend(legend))
    group.add_child(_Focus())  # type: ignore[no-untyped-call]
    return group


def paints(
    shown: pd.DataFrame, colours: Palette, measure: MapMeasure | None, chosen: str | None
) -> dict[str, Paint]:
    """Return how each area of ``shown`` (``area_facts``) is drawn, by area_id.

    Without a measure the fill is the cohort's. ``chosen`` is the area_id to stand out.
    """
    return {
        row.area_id: Paint(
            label=row.label,
            name=row.name,
            colour=_fill(row, colours, measure),
            says=_says(row, measure),
            cohort=row.cohort,
            lat=row.lat,
            lon=row.lon,
            chosen=row.area_id == chosen,
        )
        for row in records(shown)
    }


def legend(colours: Palette, measure: MapMeasure | None) -> str:
    """Return the legend as HTML: the cohorts' shapes, and a measure's four classes."""
    entries = [
        (_mark(cohort, colours.muted if measure else colours.cohort(cohort), 1), cohort)
        for cohort in COHORTS
    ]
    if measure:
        names = text.classes(measure.bounds, measure.unit)
        entries += [(_swatch(fill), name) for fill, name in zip(colours.steps, names, strict=True)]
    return "".join(f"<div>{mark}{escape(name)}</div>" for mark, name in entries)


def _fill(row: Any, colours: Palette, measure: MapMeasure | None) -> str:
    if measure is None:
        return colours.cohort(row.cohort)
    value = getattr(row, measure.column)
    return colours.land if pd.isna(value) else colours.steps[measure.class_of(value)]


def _says(row: Any, measure: MapMeasure | None) -> str:
    if measure is None:
        return f"{row.cohort}, {row.region}"
    value = getattr(row, measure.column)
    said = "not known" if pd.isna(value) else text.amount(value, measure.unit)
    return f"{measure.name}: {said}"


def _feature(shape: Shapes, paint: Paint) -> Shapes:
    style = {
        "fillColor": paint.colour,
        "fillOpacity": 0.85,
        "color": "#000000",
        "weight": 3 if paint.chosen else 1,
    }
    words = {"label": _safe(paint.label), "says": _safe(paint.says)}
    return {
        "type": "Feature",
        "geometry": shape["geometry"],
        "properties": {**words, "style": style},
    }


def _safe(words: str) -> str:
    """Return words safe in HTML inside a JavaScript template literal, as folium writes tooltips."""
    return escape(words).translate({ord(one): f"&#{ord(one)};" for one in "`$\\"})


def _marker(paint: Paint) -> folium.Marker:
    """Return a marker that keyboards reach, with the area's name beside it."""
    label, says = _safe(paint.label), _safe(paint.says)
    html = (
        f'<div class="area">{_mark(paint.cohort, paint.colour, 3 if paint.chosen else 1)}'
        f'<span class="{_side(paint)}" aria-hidden="true">{_safe(paint.name)}</span>'
        f'<span class="heard">{label}, {says}</span></div>'
    )
    return folium.Marker(
        (paint.lat, paint.lon),
        tooltip=folium.Tooltip(f"<b>{label}</b>\n<br>{says}"),
        icon=folium.DivIcon(html=html, icon_size=(24, 24), icon_anchor=(12, 12), class_name=""),
    )


def _side(paint: Paint) -> str:
    """Return on which side of its mark a name has room: away from its neighbours and the edge."""
    inland = _WEST < paint.lon < _EAST and len(paint.name) <= _LONG_NAME
    return "right" if inland else "left"


def _mark(cohort: str, fill: str, line: int) -> str:
    """Return a disc for the original six, a diamond for the new: a shape beside the colour."""
    shape = _DISC if cohort == "Original six" else _DIAMOND
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        f'{shape} fill="none" stroke="#fff" stroke-width="{line + 3}"/>'
        f'{shape} fill="{fill}" stroke="#000" stroke-width="{line}"/></svg>'
    )


def _swatch(fill: str) -> str:
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3" y="5" width="18" height="14" '
        f'fill="{fill}" stroke="#000"/></svg>'
    )


_DISC = '<circle cx="12" cy="12" r="8"'
_DIAMOND = '<path d="M12 2 22 12 12 22 2 12Z"'
