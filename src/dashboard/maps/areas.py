"""The part of the map that a filter or a click changes: areas, their markers and the legend."""

from collections.abc import Mapping
from dataclasses import asdict
from html import escape

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.maps.districts import DistrictLayer
from dashboard.maps.styles import Paint, build_mark

# Pixels that a marker is moved down, as on a phone's map of England it would cover another's.
_SHIFTS_PX = {"Oldham": 7}
# The names of more would find no place, and a browser would look for one for seconds.
_MOST_NAMES = 30
# What an outline shows of its line is half, around its district.
_OUTLINE_PX = 5


def build_feature_group(
    area_of: Mapping[str, str],
    paints: Mapping[str, Paint],
    legend: str,
    districts: DistrictLayer | None = None,
) -> folium.FeatureGroup:
    """Build a feature group of districts, a marker for each area and the legend.

    ``area_of`` maps a district's GSS code to an area_id, ``paints`` an area_id to how the area is
    drawn; areas that are not in ``paints`` are left out. The first line of a tooltip is the area's
    label. ``legend`` is HTML of :mod:`.styles` or :mod:`.districts`. The browser already has the
    shapes of the areas, and fetches those of all ``districts``, which lie under them, if there
    are any.
    """
    has_names = 1 < len(paints) <= _MOST_NAMES
    areas = []
    for area_id, paint in paints.items():
        codes = [code for code, area in area_of.items() if area == area_id]
        areas.append(_build_area(codes, paint, has_names))
    group = _FeatureGroup(name="Areas")
    group.add_child(_Areas(areas, legend, districts))
    return group


def _build_area(codes: list[str], paint: Paint, has_name: bool) -> dict[str, object]:
    """Build the description of an area for the map's script; its texts are safe HTML."""
    label, says = _escape(paint.label), _escape(paint.says)
    return {
        "codes": codes,
        "label": label,
        "place": (paint.lat, paint.lon),
        "joinedTo": paint.joined_to,
        "lower": _SHIFTS_PX.get(paint.name, 0),
        "mark": _build_marker(paint, label, says, _escape(paint.name) if has_name else ""),
        "tooltip": f"<b>{label}</b>\n<br>{says}",
        "fills": dict(paint.fills),
        "style": {
            "fillColor": paint.colour,
            "fillOpacity": 0.85,
            # A line of the page's colour parts an outline from a district as dark as it is.
            "color": paint.colours.page if paint.outlined else paint.colours.text,
            "weight": 3 if paint.chosen else 1,
        },
        "outline": _build_outline(paint) if paint.outlined else None,
    }


def _build_outline(paint: Paint) -> dict[str, object]:
    return {"color": paint.colours.text, "weight": _OUTLINE_PX, "fill": False}


def _build_marker(paint: Paint, label: str, says: str, name: str) -> str:
    """Build the HTML of an area's marker, with its name, which may be empty.

    The map's script places the name, because that depends on the space there is.
    """
    shape = build_mark(paint.cohort, paint.colour, paint.colours, 3 if paint.chosen else 1)
    return (
        f'<div class="area">{shape}'
        f'<span aria-hidden="true">{name}</span>'
        f'<span class="heard">{label}, {says}</span></div>'
    )


def _escape(words: str) -> str:
    """Escape text for HTML, and for the template or the literal that folium may put it in."""
    return escape(words).translate({ord(char): f"&#{ord(char)};" for char in "`$\\{}"})


class _FeatureGroup(folium.FeatureGroup):
    """A feature group that streamlit-folium reads the script of."""

    def render(self, **_: object) -> str:
        """Do nothing: a whole document would be compiled as a template, then thrown away."""
        return ""


class _Areas(MacroElement):
    """Passes areas, legend and what lies under the areas to the map's script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            opportunityAreas.paint(
                {{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }},
                {{ this.areas|tojson }}, {{ this.legend|tojson }}, {{ this.districts|tojson }}
            );
        {% endmacro %}
    """)

    def __init__(
        self, areas: list[dict[str, object]], legend: str, districts: DistrictLayer | None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Painted"
        self.areas = areas
        self.legend = legend
        self.districts = asdict(districts) if districts else None
