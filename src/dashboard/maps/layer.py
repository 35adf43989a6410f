"""What a filter or a click changes: the painted areas, their markers and the legend."""

from collections.abc import Mapping
from html import escape

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.data import Shapes
from dashboard.maps.paint import Paint, mark

_WEST = -1.9
_LONG_NAME = 20
# On a phone the names of the far west and of the middle have room at the right alone.
_FAR_WEST, _MIDDLE = -3.2, (-1.9, -0.9)
# On a phone's map of England these marks would lie over a neighbour's: they stand so many pixels
# lower, and a finger finds both.
_LOWER = {"Oldham": 7}


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
        _marker(paint, named=len(paints) > 1).add_to(group)
    group.add_child(_Legend(legend))
    group.add_child(_Focus())  # type: ignore[no-untyped-call]
    return group


def _feature(shape: Shapes, paint: Paint) -> Shapes:
    style = {
        "fillColor": paint.colour,
        "fillOpacity": 0.85,
        "color": paint.colours.text,
        "weight": 3 if paint.chosen else 1,
    }
    words = {"label": _safe(paint.label), "says": _safe(paint.says)}
    return {
        "type": "Feature",
        "geometry": shape["geometry"],
        "properties": {**words, "style": style},
    }


def _marker(paint: Paint, *, named: bool) -> folium.Marker:
    """Return a marker that keyboards reach, with the area's name beside it where there are more."""
    label, says = _safe(paint.label), _safe(paint.says)
    shape = mark(paint.cohort, paint.colour, paint.colours, 3 if paint.chosen else 1)
    sides = f"{_side(paint)} {_side_on_phone(paint)}"
    name = _safe(paint.name) if named else ""
    html = (
        f'<div class="area">{shape}<span class="{sides}" aria-hidden="true">{name}</span>'
        f'<span class="heard">{label}, {says}</span></div>'
    )
    return folium.Marker(
        (paint.lat, paint.lon),
        tooltip=folium.Tooltip(f"<b>{label}</b>\n<br>{says}"),
        icon=folium.DivIcon(
            html=html,
            icon_size=(24, 24),
            icon_anchor=(12, 12 - _LOWER.get(paint.name, 0)),
            class_name="",
        ),
    )


def _side(paint: Paint) -> str:
    """Return on which side of its mark a name has room: away from its neighbours."""
    room = paint.lon > _WEST and len(paint.name) <= _LONG_NAME
    return "right" if room else "left"


def _side_on_phone(paint: Paint) -> str:
    near, far = _MIDDLE
    room = paint.lon < _FAR_WEST or near < paint.lon < far
    return "phone-right" if room else "phone-left"


def _safe(words: str) -> str:
    """Return words safe in HTML, in a JavaScript template literal and in a Jinja template.

    folium writes tooltips as such literals, and renders every script a second time.
    """
    return escape(words).translate({ord(one): f"&#{ord(one)};" for one in "`$\\{}"})


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
