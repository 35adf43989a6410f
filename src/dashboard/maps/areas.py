"""What a filter or a click changes: the painted areas, their markers and the legend."""

from collections.abc import Mapping
from html import escape
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.maps.styles import Paint, mark

# On a phone's map of England these marks would lie over a neighbour's: they stand so many pixels
# lower, and a finger finds both.
_LOWER = {"Oldham": 7}


def build_feature_group(
    area_of: Mapping[str, str], paints: Mapping[str, Paint], legend: str
) -> folium.FeatureGroup:
    """Return a feature group of the painted areas: districts, a marker for each, the legend.

    ``area_of`` leads from a district's GSS code to its area, ``paints`` from an area to how it
    is drawn; an area without paint is left out. The first line of a tooltip is the area's label.
    ``legend`` is HTML of :func:`legend`. The shapes are in the reader's browser already.
    """
    named = len(paints) > 1
    group = folium.FeatureGroup(name="Areas")
    group.add_child(
        _Painted([_build_painted(one, area_of, named) for one in paints.items()], legend)
    )
    return group


def _build_painted(
    entry: tuple[str, Paint], area_of: Mapping[str, str], named: bool
) -> dict[str, Any]:
    """Return how an area is drawn, for the map's script; words in it are safe HTML."""
    area_id, paint = entry
    label, says = _escape(paint.label), _escape(paint.says)
    return {
        "codes": [code for code, area in area_of.items() if area == area_id],
        "label": label,
        "place": (paint.lat, paint.lon),
        "lower": _LOWER.get(paint.name, 0),
        "mark": _mark(paint, label, says, _escape(paint.name) if named else ""),
        "tooltip": f"<b>{label}</b>\n<br>{says}",
        "style": {
            "fillColor": paint.colour,
            "fillOpacity": 0.85,
            "color": paint.colours.text,
            "weight": 3 if paint.chosen else 1,
        },
    }


def _mark(paint: Paint, label: str, says: str, name: str) -> str:
    """Return the mark of an area, which keyboards reach, with a name by it, or none.

    Where the name stands is for the map's script: it depends on the room there is.
    """
    shape = mark(paint.cohort, paint.colour, paint.colours, 3 if paint.chosen else 1)
    return (
        f'<div class="area">{shape}'
        f'<span aria-hidden="true">{name}</span>'
        f'<span class="heard">{label}, {says}</span></div>'
    )


def _escape(words: str) -> str:
    """Return words safe in HTML, in a JavaScript template literal and in a Jinja template.

    folium writes tooltips as such literals, and renders every script a second time.
    """
    return escape(words).translate({ord(one): f"&#{ord(one)};" for one in "`$\\{}"})


class _Painted(MacroElement):
    """Hands areas and legend to the map's script."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            opportunityAreas.paint(
                {{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }},
                {{ this.areas|tojson }}, {{ this.legend|tojson }}
            );
        {% endmacro %}
    """)

    def __init__(self, areas: list[dict[str, Any]], legend: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Painted"
        self.areas = areas
        self.legend = legend
