"""A brief's small map: where in England its area lies, among the twelve."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from dashboard.cache import memoize
from dashboard.data.loader import Data, GeoJson

Point = tuple[float, float]

# Smaller parts of England, in shares of its height, cannot be seen on a map of 3 cm.
_SMALLEST = 0.01
# How wide a degree of longitude is in the middle of England, in degrees of latitude.
_NARROW = math.cos(math.radians(52.9))


@dataclass(frozen=True)
class Locator:
    """Lines and marks in shares of England's height, from its north-west corner."""

    width: float
    england: list[list[Point]]
    area: list[list[Point]]
    mark: Point
    others: list[Point]
    alt: str


@dataclass(frozen=True)
class _Grid:
    """A corner and a height, both in degrees of latitude, that places are measured by."""

    west: float
    north: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        across, down = lon * _NARROW - self.west, self.north - lat
        return round(across / self.height, 4), round(down / self.height, 4)

    def draw(self, rings: list[list[Point]]) -> list[list[Point]]:
        return [[self.place(*point) for point in ring] for ring in rings]


def build_locator(data: Data, area_id: str) -> dict[str, Any]:
    """Return the map of an area as the template reads it.

    Raises:
        KeyError: there is no such area.
    """
    grid, england = _draw_england(data)
    areas = data.areas.set_index("area_id")
    marks = {key: grid.place(row["lon"], row["lat"]) for key, row in areas.iterrows()}
    codes = set(data.districts[data.districts["area_id"] == area_id]["lad_code"])
    label, region = areas.loc[area_id, ["label", "region"]]
    return asdict(
        Locator(
            width=max(across for ring in england for across, _ in ring),
            england=england,
            area=grid.draw(_list_rings(data.districts_boundaries, codes)),
            mark=marks.pop(area_id),
            others=list(marks.values()),
            alt=f"Map of England with the twelve areas; the filled one is {label}, {region}.",
        )
    )


@memoize
def _draw_england(data: Data) -> tuple[_Grid, list[list[Point]]]:
    """Return England's outline, and the grid that it is drawn on."""
    rings = _list_rings(data.england_boundaries)
    lons, lats = zip(*(point for ring in rings for point in ring), strict=True)
    grid = _Grid(min(lons) * _NARROW, max(lats), max(lats) - min(lats))
    return grid, [ring for ring in grid.draw(rings) if _measure_height(ring) >= _SMALLEST]


def _measure_height(ring: list[Point]) -> float:
    downs = [down for _, down in ring]
    return max(downs) - min(downs)


def _list_rings(shapes: GeoJson, codes: set[str] | None = None) -> list[list[Point]]:
    """Return the rings of shapes, of those with a GSS code in ``codes`` if it is given."""
    return [
        ring
        for shape in shapes["features"]
        if codes is None or shape["properties"]["lad_code"] in codes
        for ring in _find_rings(shape["geometry"]["coordinates"])
    ]


def _find_rings(coordinates: Any) -> Iterator[list[Point]]:
    """Yield the rings of a polygon's or a multipolygon's coordinates."""
    if isinstance(coordinates[0][0], int | float):
        yield [(lon, lat) for lon, lat, *_ in coordinates]
        return
    for part in coordinates:
        yield from _find_rings(part)
