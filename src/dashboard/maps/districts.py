"""The index of 2016 on the map: every district by its sixth, and the areas outlined in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.maps.styles import Paint, build_class_legend, build_paints, choose_mark_fill
from dashboard.palette import Palette
from dashboard.topics.index_ranks import cold_spots
from dashboard.topics.index_ranks.cold_spots import RankedPlace


@dataclass(frozen=True)
class DistrictLayer:
    """Districts under the areas: the file that has them, relative to the map's frame.

    ``fills`` are the colours of their groups by number, ``line`` that of their edges.
    """

    address: str
    fills: tuple[str, ...]
    line: str


@memoize
def build_districts(data: Data) -> str:
    """Build the file, in JSON, of each district of the index, the worst first.

    Each has its ``geometry`` (GeoJSON; the areas' districts have that of other maps), its ``group``
    (the sixth, 0 the best) and ``says``, what its tooltip says, as safe HTML.

    Raises:
        KeyError: a district has no shape.
    """
    # The finer ones come last, so that they are taken.
    every = (*data.index_boundaries["features"], *data.districts_boundaries["features"])
    geometry_of = {shape["properties"]["lad_code"]: shape["geometry"] for shape in every}
    districts = [
        {
            "group": place.sixth - 1,
            "says": f"<b>{escape(place.district)}</b><br>{escape(_describe(place))}",
            "geometry": geometry_of[place.lad_code],
        }
        for place in cold_spots.list_places(data)
    ]
    return json.dumps(districts, separators=(",", ":"))


@memoize
def build_rank_paints(data: Data, colours: Palette) -> dict[str, Paint]:
    """Build how each area is drawn among all districts of the index, by area_id."""
    places: dict[str, list[RankedPlace]] = {}
    for place in cold_spots.list_places(data):
        if place.chosen_area:
            places.setdefault(place.chosen_area, []).append(place)
    return {
        area_id: _outline(paint, places[paint.label])
        for area_id, paint in build_paints(data.areas, colours, None, None).items()
    }


def _outline(paint: Paint, places: Sequence[RankedPlace]) -> Paint:
    fills = {place.lad_code: paint.colours.grades[place.sixth - 1] for place in places}
    return replace(
        paint,
        colour=choose_mark_fill(list(fills.values()), paint.colours.land),
        says=_describe_area(places),
        fills=fills,
        outlined=True,
    )


def build_rank_legend(colours: Palette) -> str:
    """Build the legend as HTML: the marks of the cohorts, and the sixths, the worst first."""
    names = [f"Ranks {name}" for name in cold_spots.list_sixths()]
    return build_class_legend(colours, [*zip(colours.grades, names, strict=True)][::-1])


def _describe_area(places: Sequence[RankedPlace]) -> str:
    """Return the ranks of an area's districts, with their names where there are several."""
    if len(places) == 1:
        return _describe(places[0])
    named = formatting.join_names(f"{place.district} {place.rank}" for place in places)
    return f"{places[0].region}. Ranks: {named} of {RANKED_DISTRICTS}. Chosen"


def _describe(place: RankedPlace) -> str:
    chosen = "Chosen" if place.chosen_area else "Not chosen"
    return f"{place.region}. Rank {place.rank} of {RANKED_DISTRICTS}. {chosen}"
