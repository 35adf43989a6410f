"""Checks the shapes of a GeoJSON file: that each can be drawn, and joined with others."""

from collections.abc import Iterator
from typing import Any

from dashboard.data.validation.issues import Fault

_SHAPES = ("Polygon", "MultiPolygon")
# A ring comes back to where it began.
_LEAST = 4
_PAIR = 2
_EAST, _NORTH = 180, 90


def features(file: str, content: Any) -> Iterator[Fault]:
    """Yield what is wrong with a collection of features, one fault a feature."""
    listed = content.get("features") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        yield Fault(file, None, None, "is not a GeoJSON collection of features")
        return
    if not isinstance(content.get("attribution"), str):
        yield Fault(file, None, "attribution", "is missing or no text, and its licence asks for it")
    for number, feature in enumerate(listed, start=1):
        one = feature if isinstance(feature, dict) else {}
        shape = one.get("geometry")
        if not isinstance(shape, dict) or shape.get("type") not in _SHAPES:
            yield Fault(file, None, f"feature {number}", "has no shape")
        elif not isinstance(shape.get("coordinates"), list) or not shape["coordinates"]:
            yield Fault(file, None, f"feature {number}", "has a shape without coordinates")
        elif not _drawable(shape):
            rule = f"has coordinates that are not those of a {shape['type']}: rings that end where "
            rule += "they begin, of longitudes and latitudes in degrees"
            yield Fault(file, None, f"feature {number}", rule)
        elif not isinstance(one.get("properties"), dict):
            yield Fault(file, None, f"feature {number}", "has no properties")


def compare_codes(collection: dict[str, Any], districts: list[str]) -> Iterator[Fault]:
    """Yield districts without a shape, and shapes without a district, by their codes."""
    drawn = [str(one["properties"].get("lad_code")) for one in collection["features"]]
    for code in sorted(set(districts) - set(drawn)):
        yield Fault("districts.geojson", None, "lad_code", "has no such district", code)
    for number, code in enumerate(drawn, start=1):
        if code not in districts:
            rule = "is not in districts.csv"
            yield Fault("districts.geojson", None, f"feature {number}, lad_code", rule, code)


def _drawable(shape: dict[str, Any]) -> bool:
    """Tell whether lists are nested as deep as the shape's type asks for, down to its points."""
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return all(
        isinstance(rings, list) and rings and all(_is_a_ring(ring) for ring in rings)
        for rings in parts
    )


def _is_a_ring(ring: Any) -> bool:
    return (
        isinstance(ring, list)
        and len(ring) >= _LEAST
        and all(_is_a_point(point) for point in ring)
        and ring[0] == ring[-1]
    )


def _is_a_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == _PAIR
        and _is_within(point[0], _EAST)
        and _is_within(point[1], _NORTH)
    )


def _is_within(number: Any, most: int) -> bool:
    return type(number) in (int, float) and -most <= number <= most
