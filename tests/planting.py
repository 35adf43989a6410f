"""A copy of data/ in which every text that is free would like to be markup or a script."""

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dashboard.data import loader

# What only markup that was acted on leaves by itself in an element, or in a text.
WORDS = ("press", "picture", "bold", "slope", "code", "struck", "red", "sum", "head", "item")
OUTCOMES = ("made49", "made2")
# Of a text that was not acted on, all of this can be read.
LITERAL = "<script>window.planted=1</script>"
SCRIPT = (
    f"{LITERAL}<img src=x onerror=window.planted=2></style> [mkpress](javascript:window.planted=3)"
)
_MARKUP = (
    " ![mkpicture](https://planted.example/p.png) <https://planted.example/a> **mkbold** _mkslope_ "
    "`mkcode` ~~mkstruck~~ :red[mkred] $mksum$ :material/bolt: :streamlit: #mkhash(1) $$note1$$ "
    "made{{7*7}} made${1+1} `+(window.planted=4)+`"
)
_LINES = "\n\n# mkhead\n\n- mkitem\n\n"
_ADDRESS = (
    'https://links.example/"><script>window.planted=5</script>[mkpress](javascript:1)**mkbold**'
)
_WEB = r"^https?://\S+$"

# A short one, for columns of few words: what Markdown would make bold or red.
SHORT = "**mkbold** :red[mkred] `mkcode`"
# Columns of few words by which pages sort, choose and count: with another word in them, a row is
# another row. Those of few words beside them are only shown.
CHOSEN_BY = {
    ("areas", "cohort"),
    ("disagreement_figures", "resource"),
    ("funding_areas", "role"),
    ("funding_areas", "scope"),
    ("funding_programme", "kind"),
    ("gaps", "page"),
    ("index_ranks", "stage"),
    ("measures", "better"),
    ("measures", "geography"),
    ("measures", "unit"),
    ("outcomes", "geography_level"),
    ("series_breaks", "kind"),
    ("sources", "tier"),
}
_YEARS = "^20"
_CODES = ("_code", "_id", "sector", "sectors", "units", "outcode")

Column = tuple[str, str]
# Keys lead to another table's rows, pointers to any table's cells.
Kind = Literal["keys", "pointers", "others"]


@dataclass(frozen=True)
class Planted:
    """A folder, and the mark that stands in each column of each table: ``mk7x``."""

    folder: Path
    marks: Mapping[Column, str]

    def column(self, table: str, name: str) -> list[str]:
        """Return the cells of a column as they are planted, in order."""
        header, rows = _read(self.folder / f"{table}.csv")
        return [row[header.index(name)] for row in rows]

    def label(self, area_id: str) -> str:
        """Return what an area is called now."""
        ids, labels = self.column("areas", "area_id"), self.column("areas", "label")
        return labels[ids.index(area_id)]


def plant(folder: Path) -> Planted:
    """Copy data/ and plant a text in every cell of every column that takes one."""
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    marks: dict[Column, str] = {}
    for resource in _tables(package):
        columns = free(resource, package)
        marks |= {
            (resource["name"], one): f"mk{len(marks) + at}x" for at, one in enumerate(columns)
        }
        path = folder / resource["path"]
        header, rows = _read(path)
        for row in rows:
            for at, column in enumerate(header):
                if column in columns and row[at]:
                    row[at] = _text(row[at], marks[resource["name"], column], columns[column])
        _write(path, header, rows)
    _describe(package)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return Planted(folder, marks)


def plant_few_words(folder: Path) -> set[Column]:
    """Copy data/, leave every rule out of its description, and plant a text in every cell of the
    columns that hold one of a few words, or words of a form; return the columns."""
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    planted: set[Column] = set()
    for resource in _tables(package):
        columns = {
            one["name"]
            for one in resource["schema"]["fields"]
            if one["type"] == "string"
            and one.get("constraints", {}).keys() & {"enum", "pattern"}
            and not one["name"].endswith(_CODES)
            and not one["constraints"].get("pattern", "").startswith(_YEARS)
            and one["constraints"].get("pattern") != _WEB
            and (resource["name"], one["name"]) not in CHOSEN_BY
        } - _keys(resource)
        path = folder / resource["path"]
        header, rows = _read(path)
        for row in rows:
            for at, column in enumerate(header):
                if column in columns and row[at]:
                    row[at] = f"{row[at]} {SHORT}"
        _write(path, header, rows)
        planted |= {(resource["name"], column) for column in columns}
        for one in resource["schema"]["fields"]:
            one.pop("constraints", None)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return planted


def strip_rules(package: dict[str, Any]) -> None:
    """Leave out of a descriptor every rule of a column, and every key."""
    for resource in package["resources"]:
        schema = resource.get("schema", {"fields": []})
        for field in schema["fields"]:
            field.pop("constraints", None)
        for key in ("primaryKey", "foreignKeys"):
            schema.pop(key, None)


def spoil(folder: Path, kind: Kind) -> set[Column]:
    """Copy data/ and plant a text in one row of each column of a kind that refuses one; return
    the columns. A fault of one kind may hide those of the others."""
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    spoilt: set[Column] = set()
    for resource in _tables(package):
        every = {one["name"] for one in resource["schema"]["fields"]}
        kinds = {"keys": _keys(resource), "pointers": _pointers(resource)}
        taken = set().union(*kinds.values(), free(resource, package))
        refused = kinds.get(kind, every - taken)
        path = folder / resource["path"]
        header, rows = _read(path)
        # A row each: of a row with several faults not all are told.
        for at, column in enumerate(one for one in header if one in refused):
            rows[at % len(rows)][header.index(column)] = SCRIPT
            spoilt.add((resource["name"], column))
        _write(path, header, rows)
    return spoilt


def free(resource: Mapping[str, Any], package: Mapping[str, Any]) -> dict[str, bool]:
    """Return the columns of a table that take any text, and whether it has to be an address.

    Those that name a row or a column, here or elsewhere, or are one of a few words, do not.
    """
    named = _keys(resource) | _pointers(resource)
    named |= {
        one
        for other in _tables(package)
        for key in other["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] == resource["name"]
        for one in _list(key["reference"]["fields"])
    }
    columns = {}
    for one in resource["schema"]["fields"]:
        constraints = one.get("constraints", {})
        pattern = constraints.get("pattern")
        is_free = one["type"] == "string" and "enum" not in constraints
        if is_free and one["name"] not in named and pattern in (None, _WEB):
            columns[one["name"]] = pattern == _WEB
    return columns


def _keys(resource: Mapping[str, Any]) -> set[str]:
    """Return the columns whose cells have to be found in another table."""
    keys = resource["schema"].get("foreignKeys", [])
    return {one for key in keys for one in _list(key["fields"])}


def _pointers(resource: Mapping[str, Any]) -> set[str]:
    """Return the columns whose cells point at a cell of any table."""
    pointing = resource["name"] == "disagreement_figures"
    return {"column", "key_column", "key_value"} if pointing else set()


def _text(value: str, mark: str, is_address: bool) -> str:
    if is_address:
        return f"{_ADDRESS}{mark}"
    return f"{value} {mark} {SCRIPT}{_MARKUP}{_LINES}"


def _describe(package: dict[str, Any]) -> None:
    """Plant texts in what the package says of itself, its tables and their columns."""
    package["title"] += f" {SCRIPT}{_MARKUP}"
    for licence in package["licenses"]:
        licence["title"] += f" {SCRIPT}"
    for resource in package["resources"]:
        resource["title"] += f" {SCRIPT}{_MARKUP}"
        for one in resource.get("schema", {}).get("fields", []):
            one["description"] = f"{one.get('description', '')} {SCRIPT}{_MARKUP}"


def _tables(package: Mapping[str, Any]) -> list[Any]:
    return [one for one in package["resources"] if one["path"].endswith(".csv")]


def _list(one: str | list[str]) -> list[str]:
    return [one] if isinstance(one, str) else one


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
