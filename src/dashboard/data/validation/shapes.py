"""Checks that the features of a GeoJSON file can be drawn, and joined with the districts."""

from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.data.validation.issues import ValidationIssue

_GEOMETRY_TYPES = ("Polygon", "MultiPolygon")
# The first point of a ring is also its last.
_MIN_RING_POINTS = 4
_POINT_LENGTH = 2
_MAX_LONGITUDE_DEG, _MAX_LATITUDE_DEG = 180, 90


def check_features(file: str, content: Any) -> Iterator[ValidationIssue]:
    """Yield the issues of a collection of features, at most one per feature."""
    collection = content.get("features") if isinstance(content, dict) else None
    if not isinstance(collection, list) or not collection:
        yield ValidationIssue(file, None, None, "is not a GeoJSON collection of features")
        return
    if not isinstance(content.get("attribution"), str):
        yield ValidationIssue(
            file, None, "attribution", "is missing or no text, and its licence asks for it"
        )
    for number, feature in enumerate(collection, start=1):
        if rule := _find_broken_rule(feature if isinstance(feature, dict) else {}):
            yield ValidationIssue(file, None, f"feature {number}", rule)


def _find_broken_rule(feature: dict[str, Any]) -> str | None:
    """Find the rule that a feature breaks, if any."""
    shape = feature.get("geometry")
    if not isinstance(shape, dict) or shape.get("type") not in _GEOMETRY_TYPES:
        return "has no shape"
    if not isinstance(shape.get("coordinates"), list) or not shape["coordinates"]:
        return "has a shape without coordinates"
    if not _has_rings(shape):
        return (
            f"has coordinates that are not those of a {shape['type']}: rings that end where "
            "they begin, of longitudes and latitudes in degrees"
        )
    return None if isinstance(feature.get("properties"), dict) else "has no properties"


_FILES = {"districts": "districts.geojson", "index_2016": "index_boundaries.geojson"}


def compare_codes(
    table: str, collection: dict[str, Any], lad_codes: Iterable[str]
) -> Iterator[ValidationIssue]:
    """Yield districts of a table without a feature, and features without one, by their codes."""
    file, districts = _FILES[table], set(lad_codes)
    codes = [str(feature["properties"].get("lad_code")) for feature in collection["features"]]
    for code in sorted(districts - set(codes)):
        yield ValidationIssue(file, None, "lad_code", "has no such district", code)
    for number, code in enumerate(codes, start=1):
        if code not in districts:
            column = f"feature {number}, lad_code"
            yield ValidationIssue(file, None, column, f"is not in {table}.csv", code)


def _has_rings(shape: dict[str, Any]) -> bool:
    """Tell whether the coordinates are rings of points, nested as the shape's type requires."""
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return all(isinstance(rings, list) and rings and all(map(_is_ring, rings)) for rings in parts)


def _is_ring(ring: Any) -> bool:
    return (
        isinstance(ring, list)
        and len(ring) >= _MIN_RING_POINTS
        and all(map(_is_point, ring))
        and ring[0] == ring[-1]
    )


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == _POINT_LENGTH
        and _is_within(point[0], _MAX_LONGITUDE_DEG)
        and _is_within(point[1], _MAX_LATITUDE_DEG)
    )


def _is_within(number: Any, most: int) -> bool:
    return type(number) in (int, float) and -most <= number <= most
