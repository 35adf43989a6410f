"""Faults planted in a copy of data/: each is named with its file, row and column, once."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.data import loader
from dashboard.data.validation import required, shapes
from dashboard.data.validation.issues import DataError

Plant = Callable[[Path], object]
Json = dict[str, Any]

PACKAGE, SIMILAR = "datapackage.json", "similar_districts.csv"
SHAPES, INDEX = "districts.geojson", "index_boundaries.geojson"
FEATURE = "feature 1"


def on_bytes(file: str, change: Callable[[bytes], bytes]) -> Plant:
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_bytes()))


def on_text(file: str, change: Callable[[str], str]) -> Plant:
    return on_bytes(file, lambda raw: change(raw.decode("utf-8")).encode("utf-8"))


def on_lines(file: str, change: Callable[[list[str]], list[str]]) -> Plant:
    return on_text(file, lambda text: "\n".join(change(text.splitlines())) + "\n")


def every_row(rows: list[list[str]], change: Callable[[list[str]], list[str]]) -> None:
    rows[:] = [change(row) for row in rows]


def on_rows(file: str, change: Callable[[list[list[str]]], object]) -> Plant:
    def planted(text: str) -> str:
        rows = list(csv.reader(io.StringIO(text)))
        change(rows)
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        return written.getvalue()

    return on_text(file, planted)


def exchange(rows: list[list[str]], first: int, second: int, column: str) -> None:
    at = rows[0].index(column)
    rows[first][at], rows[second][at] = rows[second][at], rows[first][at]


def cell(file: str, row: int, column: str, value: str) -> Plant:
    def change(rows: list[list[str]]) -> None:
        rows[row - 1][rows[0].index(column)] = value

    return on_rows(file, change)


def on_json(file: str, change: Callable[[Json], object]) -> Plant:
    def planted(text: str) -> str:
        content = json.loads(text)
        change(content)
        return json.dumps(content)

    return on_text(file, planted)


def resource(content: Json, name: str) -> Json:
    return next(one for one in content["resources"] if one["name"] == name)


def on_gaps(change: Callable[[Json], object]) -> Plant:
    return on_json(PACKAGE, lambda content: change(resource(content, "gaps")))


def on_feature(change: Callable[[Json], object]) -> Plant:
    return on_json(SHAPES, lambda content: change(content["features"][0]))


def holding(file: str, raw: bytes) -> Plant:
    return on_bytes(file, lambda _: raw)


def without(file: str) -> Plant:
    return lambda folder: (folder / file).unlink()


def a_folder_in_place_of(file: str) -> Plant:
    def planted(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return planted


def said(folder: Path) -> list[str]:
    return [str(fault) for fault in loader.check(folder)]


def twice(lines: list[str]) -> list[str]:
    """Return lines with the first row of figures a second time, below itself."""
    return [*lines[:2], lines[1], *lines[2:]]


def cell_of(file: str, key: str, column: str, value: str) -> Plant:
    def change(rows: list[list[str]]) -> None:
        row = next(one for one in rows if one[0] == key)
        row[rows[0].index(column)] = value

    return on_rows(file, change)


def undeclared(name: str) -> Plant:
    return on_json(PACKAGE, lambda all_: all_["resources"].remove(resource(all_, name)))


def a_field(column: str, **declared: Any) -> Plant:
    def change(gaps: Json) -> None:
        field = next(one for one in gaps["schema"]["fields"] if one["name"] == column)
        field.update(declared)

    return on_gaps(change)


def a_key(**declared: Any) -> Plant:
    return on_gaps(lambda gaps: gaps["schema"]["foreignKeys"][0].update(declared))


KINDS = "string, boolean, date, integer, number"


def licensed(licences: Any) -> Plant:
    return on_json(PACKAGE, lambda all_: all_.update(licenses=licences))


KEY_RULE = (
    'has a foreign key that is not written as {"fields": [...], '
    '"reference": {"resource": ..., "fields": [...]}}'
)
NEEDS_WORDS = "needs a title and a description"
DAY_RULE = "must be a day between 1980 and 2107, like 2026-11-24 or 2026-11-24T00:00:00Z"
LICENCE_RULE = 'must be a list that begins with a "title" and a "path"'
NO_NUMBER = "holds NaN, Infinity or a number that is too long to be read"
TYPE_RULE = f"has a type that is none of {KINDS}"
PATTERN_RULE = (
    'has a pattern that is not the dashboard\'s, and no other is run: use "enum", "minimum" or '
    '"maxLength", or leave it out'
)
PATH_RULE = "has a path that is no file beside it"

# What is wrong in single cells can be planted together: none hides another.
CELLS = [
    ("districts.csv", 3, "area_id", "narnia", "is not in areas.csv"),
    ("districts.csv", 4, "population_mid2017", "many", "is not a whole number"),
    ("districts.csv", 5, "children_0_15_mid2017", "52,979", "is not a whole number"),
    ("districts.csv", 6, "neighbourhoods", "71.5", "is not a whole number"),
    ("districts.csv", 7, "population_mid2016", " 34306", "is not a whole number"),
    ("districts.csv", 8, "neighbourhoods", "9" * 30, "is not a whole number"),
    ("districts.csv", 9, "imd2019_most_deprived_tenth", "-1", "is under 0"),
    (
        "districts.csv",
        10,
        "abolished_on",
        "01/04/2019",
        "is not a day written year-month-day, like 2017-01-18",
    ),
    (
        "districts.csv",
        11,
        "abolished_on",
        "2019-02-30",
        "is not a day written year-month-day, like 2017-01-18",
    ),
    ("districts.csv", 12, "source_id", "NOBODY", "is not in sources.csv"),
    ("index_ranks.csv", 3, "rank", "325", "is over 324"),
    ("index_ranks.csv", 4, "preferred", "perhaps", "is not true or false"),
    ("index_ranks.csv", 5, "preferred", "TRUE", "is not true or false"),
    ("index_ranks.csv", 6, "index_year", "2018", "is not one of: 2016, 2017"),
    ("evaluations.csv", 2, "value", "NaN", "is not a number in plain figures"),
    ("evaluations.csv", 3, "value", "1e3", "is not a number in plain figures"),
    ("evaluations.csv", 4, "value", "inf", "is not a number in plain figures"),
    ("funding_programme.csv", 3, "part_of", "nowhere", "is not in funding_programme.csv"),
    (
        "gaps.csv",
        3,
        "gap_id",
        "Not An Id",
        "is not in the form that its column asks for, ^[a-z0-9]+(-[a-z0-9]+)*$",
    ),
]


def placed(file: str, row: int, column: str, value: str, rule: str) -> str:
    return f"{file}, row {row}, {column}: {rule}: {json.dumps(value)}"


@pytest.fixture(scope="module")
def planted_cells(shortened: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("cells") / "data"
    shutil.copytree(shortened, folder)
    for file, row, column, value, _ in CELLS:
        cell(file, row, column, value)(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(required, "SCHEMA_PATH", shortened / "datapackage.json")
        return said(folder)


@pytest.mark.parametrize("fault", [placed(*one) for one in CELLS])
def test_a_wrong_cell_is_named(planted_cells: list[str], fault: str) -> None:
    assert fault in planted_cells


def test_each_wrong_cell_is_named_once_and_no_other(planted_cells: list[str]) -> None:
    assert sorted(planted_cells) == sorted(placed(*one) for one in CELLS)


# fmt: off
ROWS: list[tuple[str, Plant, list[str]]] = [
    ("empty and required", cell("areas.csv", 3, "name", ""),
     ["areas.csv, row 3, name: is empty and must not be"]),
    ("a duplicate area", on_lines("areas.csv", twice),
     ['areas.csv, row 3, area_id: repeats a key that must be unique, as in row 2: "blackpool"']),
    ("a duplicate of a key of two", on_lines("disagreements.csv", twice),
     [("disagreements.csv, row 3, disagreement_id, number: repeats a key that must be unique, "
      'as in row 2: "blackpool-rank-2017, 1"')]),
    ("a name twice", cell("areas.csv", 3, "label", "Blackpool"),
     ['areas.csv, row 3, label: repeats a value that must be unique, as in row 2: "Blackpool"']),
    ("an area renamed has no echo", cell("areas.csv", 3, "area_id", "narnia"),
     [("areas.csv, row 3, area_id: is not one of: blackpool, derby, norwich, oldham, "
      "north-yorkshire-coast, west-somerset, bradford, doncaster, "
      "fenland-and-east-cambridgeshire, hastings, ipswich, stoke-on-trent: \"narnia\"")]),
    ("the same in many rows", on_text("areas.csv", lambda all_: all_.replace(",New six,", ",x,")),
     [('areas.csv, row 8, cohort: is not one of: Original six, New six (and so in 5 more rows): '
      '"x"')]),
    ("a blank row", on_lines("index_ranks.csv", lambda rows: [*rows[:3], "", *rows[3:]]),
     ["index_ranks.csv, row 4: is a blank row"]),
    ("a row of commas",
     on_lines("index_ranks.csv", lambda rows: [*rows[:3], "," * 10, *rows[3:]]),
     ["index_ranks.csv, row 4: is a blank row"]),
    ("a short row",
     on_lines("index_ranks.csv", lambda rows: [*rows[:3], rows[3].rsplit(",", 3)[0], *rows[4:]]),
     ["index_ranks.csv, row 4: has 8 cells where the header has 11"]),
    ("a row of one cell", on_lines("index_ranks.csv", lambda rows: [*rows[:3], "x", *rows[3:]]),
     ["index_ranks.csv, row 4: has 1 cell where the header has 11"]),
    ("a cell too many",
     on_lines("gaps.csv", lambda rows: [*rows[:2], rows[2] + ",x", *rows[3:]]),
     ["gaps.csv, row 3: has 6 cells where the header has 5"]),
    ("a long value is cut", cell("gaps.csv", 3, "area_id", "x" * 500),
     [f'gaps.csv, row 3, area_id: is not in areas.csv: "{"x" * 79}…"']),
    ("a value of two lines", cell("gaps.csv", 3, "area_id", "x\ny"),
     ['gaps.csv, row 3, area_id: is not in areas.csv: "x\\ny"']),
]
FILES: list[tuple[str, Plant, list[str]]] = [
    ("a missing column", on_lines("gaps.csv", lambda rows: [r.split(",", 1)[1] for r in rows]),
     ["gaps.csv, row 1, gap_id: is a missing column"]),
    ("an extra column", on_rows("gaps.csv", lambda rows: every_row(rows, lambda r: [*r, "more"])),
     ["gaps.csv, row 1, more: is a column the package does not know"]),
    ("a column twice", on_rows("gaps.csv", lambda rows: every_row(rows, lambda r: [*r, r[0]])),
     ["gaps.csv, row 1, gap_id: is a column that stands there twice"]),
    ("columns in another order",
     on_rows("gaps.csv", lambda rows: every_row(rows, lambda r: r[::-1])),
     ["gaps.csv, row 1: has its columns in another order than the package declares"]),
    ("semicolons", on_text("areas.csv", lambda text: text.replace(",", ";")),
     ['areas.csv, row 1: is separated by this, and not by commas: ";"']),
    ("tabs", on_text("areas.csv", lambda text: text.replace(",", "\t")),
     ['areas.csv, row 1: is separated by this, and not by commas: "\\t"']),
    ("a missing file", without("areas.csv"), ["areas.csv: is a missing file"]),
    ("a missing boundary file", without("england.geojson"), ["england.geojson: is a missing file"]),
    ("an empty file", holding("areas.csv", b""), ["areas.csv: is an empty file"]),
    ("a file of blank lines", holding("areas.csv", b"\n \n"), ["areas.csv: is an empty file"]),
    ("a header alone", on_lines("areas.csv", lambda rows: rows[:1]),
     ["areas.csv: holds a header and no rows"]),
    ("a folder in a file's place", a_folder_in_place_of("areas.csv"),
     ["areas.csv: cannot be read (Is a directory)"]),
    ("Latin-1", on_bytes("gaps.csv", lambda raw: raw.splitlines()[0] + b"\nx,caf\xe9,\n"),
     ['gaps.csv, row 2: is not UTF-8 text: "x,café,"']),
    ("UTF-16", on_bytes("areas.csv", lambda raw: raw.decode().encode("utf-16")),
     ["areas.csv, row 1: is not UTF-8 text: "
      + json.dumps("ÿþ" + "\0".join("area_id,name,l") + "\0", ensure_ascii=False)[:-1] + '"']),
    ("a NUL", on_text("areas.csv", lambda text: text.replace("Graham", "Gra\0ham")),
     ["areas.csv, row 2: is not text: it holds a NUL character"]),
    ("a byte order mark", on_bytes("areas.csv", lambda raw: b"\xef\xbb\xbf" + raw),
     ["areas.csv, row 1: starts with a byte order mark: save it as UTF-8 without one"]),
    ("a quotation mark never closed",
     on_lines("areas.csv", lambda rows: [*rows[:-1], rows[-1].replace(",", ',"', 1)]),
     ["areas.csv, row 13: has a quotation mark too many, or one that is not closed"]),
    ("a quotation mark open to the end",
     on_lines("areas.csv", lambda rows: [*rows, '"narnia,Narnia']),
     ["areas.csv, row 14: opens a quotation mark that is never closed"]),
]
DESCRIPTOR: list[tuple[str, Plant, list[str]]] = [
    ("missing", without(PACKAGE), [f"{PACKAGE}: is a missing file"]),
    ("empty", holding(PACKAGE, b""), [f"{PACKAGE}: is an empty file"]),
    ("a folder", a_folder_in_place_of(PACKAGE), [f"{PACKAGE}: cannot be read (Is a directory)"]),
    ("a list", holding(PACKAGE, b"[]"), [f'{PACKAGE}: must hold a list of "resources"']),
    ("null", holding(PACKAGE, b"null"), [f'{PACKAGE}: must hold a list of "resources"']),
    ("no resources", holding(PACKAGE, b"{}"), [f'{PACKAGE}: must hold a list of "resources"']),
    ("cut short", holding(PACKAGE, b'{\n  "resources": [\n'),
     [f"{PACKAGE}, row 3: is not JSON from character 1 on (Expecting value)"]),
    ("nested without end", holding(PACKAGE, b"[" * 100_000),
     [f"{PACKAGE}: is not JSON that can be read (too deep)"]),
    ("Latin-1", holding(PACKAGE, b'{\n"title": "\xe9"}'),
     [f'{PACKAGE}, row 2: is not UTF-8 text: "\\"title\\": \\"é\\"}}"']),
    ("a byte order mark", on_bytes(PACKAGE, lambda raw: b"\xef\xbb\xbf" + raw),
     [f"{PACKAGE}, row 1: starts with a byte order mark: save it as UTF-8 without one"]),
    ("a resource that is text", on_json(PACKAGE, lambda all_: all_.update(resources=["areas"])),
     [f"{PACKAGE}, resource 1: has no name"]),
    ("a path out of the folder", on_gaps(lambda gaps: gaps.update(path="../gaps.csv")),
     [f'{PACKAGE}, gaps: {PATH_RULE}: "../gaps.csv"']),
    ("a path from the root", on_gaps(lambda gaps: gaps.update(path="/etc/passwd")),
     [f'{PACKAGE}, gaps: {PATH_RULE}: "/etc/passwd"']),
    ("an address", on_gaps(lambda gaps: gaps.update(path="https://example.org/gaps.csv")),
     [f'{PACKAGE}, gaps: {PATH_RULE}: "https://example.org/gaps.csv"']),
    ("the folder above", on_gaps(lambda gaps: gaps.update(path="..")),
     [f'{PACKAGE}, gaps: {PATH_RULE}: ".."']),
    ("a path that is a list", on_gaps(lambda gaps: gaps.update(path=["gaps.csv"])),
     [f"{PACKAGE}, gaps: {PATH_RULE}: \"['gaps.csv']\""]),
    ("no path", on_gaps(lambda gaps: gaps.pop("path")), [f'{PACKAGE}, gaps: {PATH_RULE}: "None"']),
    ("a table without a schema", on_gaps(lambda gaps: gaps.pop("schema")),
     [f"{PACKAGE}, gaps: needs a schema if it is CSV, and none if it is not"]),
    ("a schema that is a list", on_gaps(lambda gaps: gaps.update(schema=[])),
     [f'{PACKAGE}, gaps: has a schema without a list of "fields"']),
    ("fields that are no list", on_gaps(lambda gaps: gaps["schema"].update(fields={})),
     [f'{PACKAGE}, gaps: has a schema without a list of "fields"']),
    ("a field without a name", on_gaps(lambda gaps: gaps["schema"].update(fields=[{}])),
     [f"{PACKAGE}, gaps: has a field without a name"]),
    ("an unknown type", a_field("subject", type="colour"),
     [f'{PACKAGE}, gaps.subject: {TYPE_RULE}: "colour"']),
    ("no type", a_field("subject", type=None), [f'{PACKAGE}, gaps.subject: {TYPE_RULE}: "None"']),
    ("constraints that are text", a_field("subject", constraints="x"),
     [f"{PACKAGE}: is not sound: 'x' is not of type 'object' at property 'constraints'"]),
    ("a key to text", a_key(reference="areas"), [f"{PACKAGE}, gaps: {KEY_RULE}"]),
    ("a key of text", a_key(fields="area_id"), [f"{PACKAGE}, gaps: {KEY_RULE}"]),
    ("a key that is empty", on_gaps(lambda gaps: gaps["schema"].update(foreignKeys=[{}])),
     [f"{PACKAGE}, gaps: {KEY_RULE}"]),
    ("keys that are text", on_gaps(lambda gaps: gaps["schema"].update(foreignKeys="x")),
     [f"{PACKAGE}, gaps: {KEY_RULE}"]),
    ("keys that are null", on_gaps(lambda gaps: gaps["schema"].update(foreignKeys=None)),
     [f"{PACKAGE}, gaps: {KEY_RULE}"]),
    ("a primary key that is text", on_gaps(lambda gaps: gaps["schema"].update(primaryKey="gap_id")),
     [f"{PACKAGE}, gaps: has a primary key that is not a list of columns"]),
    ("no version", on_json(PACKAGE, lambda all_: all_.pop("version")),
     [f"{PACKAGE}, version: is missing or no text"]),
    ("a version that is a number", on_json(PACKAGE, lambda all_: all_.update(version=2)),
     [f"{PACKAGE}, version: is missing or no text"]),
    ("no title and no description",
     on_json(PACKAGE, lambda all_: (all_.pop("title"), all_.update(description=" "))),
     [f"{PACKAGE}, {name}: is missing or no text" for name in ("title", "description")]),
    ("no day", on_json(PACKAGE, lambda all_: all_.pop("created")),
     [f'{PACKAGE}, created: {DAY_RULE}: "None"']),
    ("a day in words", on_json(PACKAGE, lambda all_: all_.update(created="2026-11-24Today")),
     [f'{PACKAGE}, created: {DAY_RULE}: "2026-11-24Today"']),
    ("a day before there were zip files",
     on_json(PACKAGE, lambda all_: all_.update(created="0001-01-01")),
     [f'{PACKAGE}, created: {DAY_RULE}: "0001-01-01"']),
    *((f"licences like {odd}", licensed(odd),
       [f"{PACKAGE}, licenses: {LICENCE_RULE}"])
      for odd in (None, "x", [], ["x"], [{"title": "x"}], [{"title": 1, "path": "x"}])),
    ("a table without a title", on_gaps(lambda gaps: gaps.pop("title")),
     [f"{PACKAGE}, gaps: {NEEDS_WORDS}"]),
    ("a column without a description", a_field("subject", description=None),
     [f"{PACKAGE}, gaps.subject: {NEEDS_WORDS}"]),
    ("a number that is none", holding(PACKAGE, b'{"resources": [NaN]}'),
     [f"{PACKAGE}: {NO_NUMBER}"]),
    ("half a character", holding(PACKAGE, b'{"title": "\\ud800"}'),
     [f"{PACKAGE}: holds half a character (\\ud800 to \\udfff)"]),
    ("a primary key of no column", on_gaps(lambda gaps: gaps["schema"].update(primaryKey=["x"])),
     [f'{PACKAGE}, gaps: must have the primary key gap_id: "x"']),
    ("names twice", on_json(PACKAGE, lambda all_: all_["resources"].append(all_["resources"][0])),
     [f"{PACKAGE}: is not sound: names of the resources are not unique"]),
]
DECLARED: list[tuple[str, Plant, list[str]]] = [
    ("a resource not declared", undeclared("gaps"),
     [f"{PACKAGE}, gaps: is a resource that is not declared"]),
    ("the areas not declared, without an echo", undeclared("areas"),
     [f"{PACKAGE}, areas: is a resource that is not declared"]),
    ("a boundary not declared", undeclared("england_boundaries"),
     [f"{PACKAGE}, england_boundaries: is a resource that is not declared"]),
    ("a field removed", on_gaps(lambda gaps: gaps["schema"]["fields"].pop(1)),
     [f"{PACKAGE}, gaps.subject: is a column that is not declared"]),
    ("another type", a_field("subject", type="integer"),
     [f'{PACKAGE}, gaps.subject: must be of the type string: "integer"']),
    ("another file", on_gaps(lambda gaps: gaps.update(path="areas.csv")),
     [f'{PACKAGE}, gaps: must be the file gaps.csv: "areas.csv"']),
    ("a key to no resource", a_key(reference={"resource": "narnia", "fields": ["area_id"]}),
     [f"{PACKAGE}, gaps: has a foreign key to no resource"]),
    ("a key to no column", a_key(reference={"resource": "areas", "fields": ["narnia"]}),
     [f'{PACKAGE}, gaps: has a foreign key to a column that areas does not have: "narnia"']),
    *((f"a pattern like {odd}", a_field("subject", constraints={"pattern": odd}),
       [f"{PACKAGE}, gaps.subject: {PATTERN_RULE}: {json.dumps(str(odd))}"])
      for odd in ("(", "(a+)+$", "^.*$", "(x|xx)*y", 3, ["a"])),
    ("a pattern in place of ours", a_field("gap_id", constraints={"pattern": ".*"}),
     [f'{PACKAGE}, gaps.gap_id: {PATTERN_RULE}: ".*"']),
    ("a rule that is not known", a_field("subject", constraints={"jsonSchema": {"$ref": "x"}}),
     [f'{PACKAGE}, gaps.subject: has a rule that is not checked here: "jsonSchema"']),
]
BOUNDARIES: list[tuple[str, Plant, list[str]]] = [
    ("broken JSON", holding(SHAPES, b'{"type": "FeatureCollection",\n features: []}'),
     [(f"{SHAPES}, row 2: is not JSON from character 2 on "
      "(Expecting property name enclosed in double quotes)")]),
    ("a list", holding(SHAPES, b"[]"), [f"{SHAPES}: is not a GeoJSON collection of features"]),
    ("no features", on_json(SHAPES, lambda all_: all_.update(features=[])),
     [f"{SHAPES}: is not a GeoJSON collection of features"]),
    ("a null feature", on_json(SHAPES, lambda all_: all_.update(features=[None])),
     [f"{SHAPES}, {FEATURE}: has no shape"]),
    ("a null geometry", on_feature(lambda one: one.update(geometry=None)),
     [f"{SHAPES}, {FEATURE}: has no shape"]),
    ("a point", on_feature(lambda one: one.update(geometry={"type": "Point"})),
     [f"{SHAPES}, {FEATURE}: has no shape"]),
    ("no coordinates", on_feature(lambda one: one["geometry"].update(coordinates="x")),
     [f"{SHAPES}, {FEATURE}: has a shape without coordinates"]),
    ("no attribution", on_json(SHAPES, lambda all_: all_.pop("attribution")),
     [f"{SHAPES}, attribution: is missing or no text, and its licence asks for it"]),
    ("a number of thousands of digits", holding(SHAPES, b'{"features":[%s]}' % (b"9" * 5000)),
     [f"{SHAPES}: {NO_NUMBER}"]),
    ("a number beyond all", holding(SHAPES, b'{"features":[1e999]}'), [f"{SHAPES}: {NO_NUMBER}"]),
    ("Infinity", holding(SHAPES, b'{"features":[-Infinity]}'), [f"{SHAPES}: {NO_NUMBER}"]),
    ("no properties", on_feature(lambda one: one.pop("properties")),
     [f"{SHAPES}, {FEATURE}: has no properties"]),
    ("null properties", on_feature(lambda one: one.update(properties=None)),
     [f"{SHAPES}, {FEATURE}: has no properties"]),
]
TOGETHER: list[tuple[str, Plant, list[str]]] = [
    ("a district missing", on_json(SHAPES, lambda all_: all_["features"].pop(0)),
     [f'{SHAPES}, lad_code: has no such district: "E06000009"']),
    ("a district too many",
     on_json(SHAPES, lambda all_: all_["features"].append(
         {**all_["features"][0], "properties": {"lad_code": "E99"}})),
     [f'{SHAPES}, feature 14, lad_code: is not in districts.csv: "E99"']),
    ("a district of the index missing", on_json(INDEX, lambda all_: all_["features"].pop(0)),
     [f'{INDEX}, lad_code: has no such district: "E06000001"']),
    ("a district too many on the index", on_json(INDEX, lambda all_: all_["features"].append(
        {**all_["features"][0], "properties": {"lad_code": "E06000048"}})),
     [f'{INDEX}, feature 325, lad_code: is not in index_2016.csv: "E06000048"']),
    ("a code that is a list", on_feature(lambda one: one["properties"].update(lad_code=[3])),
     [f'{SHAPES}, lad_code: has no such district: "E06000009"',
      f'{SHAPES}, feature 1, lad_code: is not in districts.csv: "[3]"']),
    ("an area without a district", cell("districts.csv", 2, "area_id", "derby"),
     ['areas.csv, row 2, area_id: has no district: "blackpool"',
      'areas.csv, row 3, population: is not the sum of its districts (396904): "257034"']),
    ("a population that is not the sum", cell("areas.csv", 3, "population", "257035"),
     ['areas.csv, row 3, population: is not the sum of its districts (257034): "257035"']),
    ("an area without a research school", on_lines("research_schools.csv", lambda r: r[:-1]),
     ['areas.csv, row 13, area_id: has no research school: "stoke-on-trent"']),
    ("two amounts for a fourth year",
     cell("funding_areas.csv", 2, "scope", "fourth year"),
     ['funding_areas.csv, row 3, role: is a second main amount for the fourth year: "blackpool"']),
    ("another programme's money as a main amount",
     cell_of("funding_areas.csv", "blackpool-local-needs-fund", "role", "main"),
     [("funding_areas.csv, row 9, role: must be “other programme” for the local needs fund, and "
       'for nothing else: "main"')]),
    ("an allocation as another programme's money",
     cell_of("funding_areas.csv", "blackpool-fourth-year", "role", "other programme"),
     [("funding_areas.csv, row 3, role: must be “other programme” for the local needs fund, and "
       'for nothing else: "other programme"')]),
    ("an end of what came next that is not there",
     cell_of("funding_programme.csv", "local-needs-fund-ends", "event_id", "x"),
     ['funding_programme.csv, event_id: has no such announcement: "local-needs-fund-ends"']),
    ("an announcement renamed", cell_of("funding_programme.csv", "fifth-year", "event_id", "x"),
     ['funding_programme.csv, event_id: has no such announcement with an amount: "fifth-year"']),
    ("an announcement quoted for its day alone",
     cell_of("funding_programme.csv", "funded-activity-ends", "event_id", "x"),
     ['funding_programme.csv, event_id: has no such announcement: "funded-activity-ends"']),
    ("an announcement without its amount",
     cell_of("funding_programme.csv", "fourth-year", "amount_gbp", ""),
     [("funding_programme.csv, event_id: has no such announcement with an amount: "
      '"fourth-year"')]),
    ("a rank that the index contradicts", cell("index_ranks.csv", 5, "rank", "317"),
     ['index_ranks.csv, row 5, rank: is not the rank in index_2016.csv (316): "317"']),
    ("a rank not shown that the index contradicts",
     on_rows("index_ranks.csv", lambda rows: every_row(
         rows, lambda row: [*row[:4], "300", *row[5:7], "false", *row[8:]]
         if row[0] == "norwich-2016" else row)),
     ['index_ranks.csv, row 3, rank: is not the rank in index_2016.csv (323): "300"']),
    ("a place of the index that no district has",
     on_lines("index_2016.csv", lambda rows: [*rows[:59], *rows[60:]]),
     [f'{INDEX}, feature 167, lad_code: is not in index_2016.csv: "E07000139"',
      'index_2016.csv, rank: has no district at this place: "59"']),
    ("an index cut short", on_lines("index_2016.csv", lambda rows: rows[:-1]),
     [f'{INDEX}, feature 208, lad_code: is not in index_2016.csv: "E07000191"',
      'index_2016.csv, rank: has no district at this place: "324"',
      'index_ranks.csv, row 2, lad_code: is not in index_2016.csv: "E07000191"']),
    ("two places of the index exchanged", on_rows("index_2016.csv", lambda rows: exchange(
        rows, 316, 317, "rank")),
     ['index_ranks.csv, row 5, rank: is not the rank in index_2016.csv (317): "316"']),
    ("two districts at one place", cell("index_2016.csv", 3, "rank", "1"),
     ['index_2016.csv, row 3, rank: repeats a value that must be unique, as in row 2: "1"']),
    ("a place under the last", cell("index_2016.csv", 3, "rank", "325"),
     ['index_2016.csv, row 3, rank: is over 324: "325"']),
    ("a code that two districts have", cell("index_2016.csv", 3, "lad_code", "E09000033"),
     [('index_2016.csv, row 3, lad_code: repeats a key that must be unique, as in row 2: '
      '"E09000033"')]),
    ("a district's value that the areas' table contradicts",
     on_rows("district_outcomes.csv", lambda rows: rows.__setitem__(
         1, ["eyfsp_gld", "E06000009", "Blackpool", "2013/14", "54", *rows[1][5:]])),
     ['district_outcomes.csv, row 2, value: is not the value in outcomes.csv (55): "54"']),
    ("a district's year that England has not",
     cell("district_outcomes.csv", 2, "period", "2012/13"),
     [('district_outcomes.csv, row 2, period: is a year for which outcomes.csv has no figure of '
       'England: "2012/13"')]),
    ("more pupils than there are", cell("district_outcomes.csv", 2, "reached", "9999"),
     ['district_outcomes.csv, row 2, reached: is over the number of pupils (1182): "9999"']),
    ("pupils of whom none is counted", cell("district_outcomes.csv", 2, "reached", ""),
     ["district_outcomes.csv, row 2, reached: stands without pupils, or they without it"]),
    ("a value that is withheld and given",
     cell("district_outcomes.csv", 2, "status", "suppressed"),
     [('district_outcomes.csv, row 2, value: is empty where it is not suppressed, or the other '
       'way round: "60"')]),
    ("a value that is missing", cell("district_outcomes.csv", 2, "value", ""),
     [("district_outcomes.csv, row 2, value: is empty where it is not suppressed, or the other "
       "way round")]),
    ("a district that is like itself", cell(SIMILAR, 2, "similar_code", "E06000009"),
     [f'{SIMILAR}, row 2, similar_code: is the district itself: "E06000009"']),
    ("a similar district that is there twice", cell(SIMILAR, 3, "similar_code", "E06000001"),
     [f'{SIMILAR}, row 3, similar_code: is there twice for E06000009: "E06000001"']),
    ("a place that is passed over", on_lines(SIMILAR, lambda rows: [*rows[:2], *rows[3:]]),
     [f'{SIMILAR}, row 3, place: is not the next place (2) of E06000009: "3"']),
    ("a similar district without outcomes", cell(SIMILAR, 2, "outcomes_code", "E06000099"),
     [f'{SIMILAR}, row 2, outcomes_code: is not in district_outcomes.csv: "E06000099"']),
    ("a similar district of England that no outcome is known of",
     cell(SIMILAR, 2, "outcomes_code", ""),
     [f"{SIMILAR}, row 2, outcomes_code: is not in district_outcomes.csv"]),
    ("an amount without its qualifier", cell("funding_programme.csv", 3, "qualifier", ""),
     ["funding_programme.csv, row 3, qualifier: is empty beside an amount"]),
]
# fmt: on
ALONE = ROWS + FILES + DESCRIPTOR + DECLARED + BOUNDARIES


@pytest.mark.slow
@pytest.mark.parametrize(("plant", "faults"), [x[1:] for x in ALONE], ids=[x[0] for x in ALONE])
def test_a_fault_in_one_file_is_named(part: Path, plant: Plant, faults: list[str]) -> None:
    plant(part)
    assert said(part) == faults


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plant", "faults"), [x[1:] for x in TOGETHER], ids=[x[0] for x in TOGETHER]
)
def test_a_fault_between_files_is_named(copy: Path, plant: Plant, faults: list[str]) -> None:
    plant(copy)
    assert said(copy) == faults


# What a district's polygon may not have for coordinates, and what its multipolygon may not.
RING = [[0, 50], [1, 50], [1, 51], [0, 50]]
NO_POLYGON: list[Any] = [
    ["x"], [[]], [[[]]], RING, [RING[:2]], [[*RING[:3], [0, 52]]], [[RING]], [RING, None],
    [[[None, None]] * 4], [[["0", "50"]] * 4], [[[True, 50]] * 4], [[[0, 50, 1]] * 4],
    [[[400000, 300000]] * 4], [[[0, 10**400]] * 4], [{"0": RING}],
]  # fmt: skip
NO_MULTIPOLYGON: list[Any] = [["x"], [RING], [[]], [[[]]], [[RING], None], [{"0": [RING]}]]


def drawn_as(kind: str, coordinates: Any) -> Plant:
    return on_feature(lambda one: one.update(geometry={"type": kind, "coordinates": coordinates}))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [("Polygon", one) for one in NO_POLYGON] + [("MultiPolygon", one) for one in NO_MULTIPOLYGON],
)
def test_coordinates_that_cannot_be_drawn(part: Path, kind: str, coordinates: Any) -> None:
    drawn_as(kind, coordinates)(part)
    (fault,) = said(part)
    assert fault.startswith(f"{SHAPES}, {FEATURE}: has coordinates that are not those of a {kind}:")


@pytest.mark.parametrize(
    ("kind", "coordinates"), [("Polygon", [RING]), ("MultiPolygon", [[RING], [RING, RING]])]
)
def test_coordinates_that_can_be_drawn(kind: str, coordinates: Any) -> None:
    one = {"geometry": {"type": kind, "coordinates": coordinates}, "properties": {}}
    assert list(shapes.check_features(SHAPES, {"attribution": "Ours", "features": [one]})) == []


# What once brought the whole site down, though it had good figures to show.
FATAL: dict[str, Plant] = {
    "no version": on_json(PACKAGE, lambda all_: all_.pop("version")),
    "no licence": on_json(PACKAGE, lambda all_: all_.pop("licenses")),
    "no title": on_json(PACKAGE, lambda all_: all_.pop("title")),
    "an empty key": on_gaps(lambda gaps: gaps["schema"].update(foreignKeys=[{}])),
    "a number of thousands of digits": holding(SHAPES, b'{"features":[%s]}' % (b"9" * 5000)),
    "coordinates that are a word": drawn_as("Polygon", ["x"]),
    "a folder in a file's place": a_folder_in_place_of("areas.csv"),
}

MORE = {"name": "more", "path": "england.geojson", "title": "More", "description": "More shapes."}
HARMLESS: list[Plant] = [
    lambda folder: (folder / "notes.txt").write_text("x"),
    on_json(
        PACKAGE,
        lambda all_: all_["resources"].append(MORE),
    ),
    on_json(PACKAGE, lambda all_: all_.update(profile="https://example.invalid/profile.json")),
    on_gaps(lambda gaps: gaps.update(dialect="https://example.invalid/dialect.json")),
    on_gaps(lambda gaps: gaps["schema"].update(missingValues=["", "-"])),
    cell("gaps.csv", 2, "subject", "-"),
]


def test_what_does_no_harm_is_let_through(copy: Path) -> None:
    for plant in HARMLESS:
        plant(copy)
    assert said(copy) == []


def test_line_ends_of_windows_are_let_through(copy: Path) -> None:
    for one in copy.iterdir():
        one.write_bytes(one.read_bytes().replace(b"\n", b"\r\n"))
    assert said(copy) == []


def test_line_ends_of_windows_load_the_same(copy: Path) -> None:
    before = loader.load(copy).areas
    areas = copy / "areas.csv"
    areas.write_bytes(areas.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(loader.load(copy).areas, before)


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("nowhere", f"{PACKAGE}: is a missing file"),
        ("data/areas.csv", f"{PACKAGE}: cannot be read (Not a directory)"),
    ],
)
def test_a_place_that_is_no_folder(copy: Path, place: str, fault: str) -> None:
    assert said(copy.parent / place) == [fault]


@pytest.mark.parametrize(
    "plant", [without(PACKAGE), without("areas.csv"), cell("areas.csv", 3, "population", "many")]
)
def test_load_raises_what_check_returns(copy: Path, plant: Plant) -> None:
    plant(copy)
    with pytest.raises(DataError) as error:
        loader.load(copy)
    assert error.value.issues == tuple(loader.check(copy))


@pytest.mark.parametrize(
    ("plant", "out", "err"),
    [
        (without("areas.csv"), "areas.csv: is a missing file\n", "1 fault in {}\n"),
        (
            cell("districts.csv", 2, "area_id", "derby"),
            (
                'areas.csv, row 2, area_id: has no district: "blackpool"\n'
                'areas.csv, row 3, population: is not the sum of its districts (396904): "257034"\n'
            ),
            "2 faults in {}\n",
        ),
    ],
)
def test_the_command_prints_faults(
    copy: Path, capsys: pytest.CaptureFixture[str], plant: Plant, out: str, err: str
) -> None:
    plant(copy)
    assert main(["check", str(copy)]) == 1
    assert capsys.readouterr() == (out, err.format(copy))
