"""Checks a data package: its description, its files, then every row of its tables."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package

from dashboard.data.validation import declared, reading, required, restoring, shapes
from dashboard.data.validation import issues as words
from dashboard.data.validation.dates import check_dates
from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.funding import check_amounts, check_announcements
from dashboard.data.validation.issues import Fault
from dashboard.data.validation.ranks import RANKED_DISTRICTS, compare_ranks
from dashboard.data.validation.series import find_crossings
from dashboard.data.validation.shapes import compare_codes

__all__ = [
    "DESCRIPTOR",
    "RANKED_DISTRICTS",
    "Descriptor",
    "check_amounts",
    "check_announcements",
    "check_dates",
    "compare_codes",
    "compare_ranks",
    "descriptor",
    "files",
    "find_crossings",
    "required",
    "restoring",
    "rows",
    "types",
]

Descriptor = dict[str, Any]

_SEPARATORS = ";\t|"
# What frictionless makes of a descriptor that is sound JSON and no sound description.
_MALFORMED = (AttributeError, LookupError, TypeError, ValueError, re.error)


def descriptor(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Return the package's descriptor and what is wrong with it; an empty one when it is."""
    content, faults = reading.json_of(folder / DESCRIPTOR)
    faults = faults or list(declared.package(content))
    return ({}, faults) if faults else (content, [])


def files(
    folder: Path, package: Descriptor, passing: Collection[str] = ()
) -> dict[str, list[Fault]]:
    """Return the faults of each resource's file as a whole, by name, passing over some."""
    return {
        one["name"]: _file(folder / one["path"], one)
        for one in package["resources"]
        if one["name"] not in passing
    }


def rows(folder: Path, package: Descriptor, broken: Collection[str]) -> list[Fault]:
    """Return what is wrong in the rows of the tables that can be read.

    A table that refers to a broken file is left out: each of its rows would be reported.
    """
    try:
        checked = Package.from_descriptor(_bare(package), basepath=str(folder))
    except FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [Fault(DESCRIPTOR, None, None, f"is not sound: {one.note}") for one in reasons]
    except _MALFORMED as error:
        return [Fault(DESCRIPTOR, None, None, f"is not sound: {error}")]
    found: dict[str, list[Fault]] = {}
    tables = {one["name"]: one for one in package["resources"] if is_table(one)}
    for name, table in tables.items():
        if not {name, *_references(table)} & set(broken):
            found[name] = _row_faults(folder, checked, table, tables)
    return words.counted(words.without_echoes(found, tables))


def _references(resource: Descriptor) -> set[str]:
    """Return the names of the resources that a table's keys lead to."""
    keys = resource.get("schema", {}).get("foreignKeys", [])
    return {key["reference"]["resource"] or resource["name"] for key in keys}


def _row_faults(
    folder: Path, checked: Package, table: Descriptor, tables: dict[str, Descriptor]
) -> list[Fault]:
    """Return one table's faults: cells that cannot be read, then the rules that rows break."""
    odd = list(_cells(folder / table["path"], table))
    places = {(one.row, one.column) for one in odd}
    try:
        errors = [e for t in checked.get_resource(table["name"]).validate().tasks for e in t.errors]
    except _MALFORMED as error:
        return [Fault(DESCRIPTOR, None, table["name"], f"has a schema that is not sound: {error}")]
    by_row: dict[int | None, list[Any]] = {}
    for one in errors:
        row = getattr(one, "row_number", None)
        if (row, getattr(one, "field_name", None)) not in places:
            by_row.setdefault(row, []).append(one)
    told = [one for same_row in by_row.values() for one in words.telling(same_row)]
    faults = odd + [words.of_error(table, tables, one) for one in told]
    return sorted(faults, key=lambda one: one.row or 0)


def _cells(path: Path, table: Descriptor) -> Iterator[Fault]:
    """Return the cells that are not written as their column's type is: 1e3, NaN, TRUE."""
    kinds = types(table)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if number == 1 or len(row) != len(kinds):
                continue
            for cell, (column, kind) in zip(row, kinds.items(), strict=True):
                if cell and not words.is_a(kind, cell):
                    yield Fault(path.name, number, column, words.TYPES[kind], cell)


def _file(path: Path, resource: Descriptor) -> list[Fault]:
    if not is_table(resource):
        content, faults = reading.json_of(path)
        return faults or list(shapes.features(path.name, content))
    text, faults = reading.text(path)
    if faults:
        return faults
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = 0
    try:
        for rows, row in enumerate(table, start=1):
            if rows == 1:
                faults = list(_header(path.name, row, list(types(resource))))
    except csv.Error as error:
        return [Fault(path.name, rows + 1, None, words.unreadable(str(error)))]
    if not faults and rows == 1:
        faults = [Fault(path.name, None, None, "holds a header and no rows")]
    return faults


def _header(file: str, found: list[str], expected: list[str]) -> Iterator[Fault]:
    for separator in _SEPARATORS if len(found) == 1 else "":
        if separator in found[0]:
            yield Fault(file, 1, None, "is separated by this, and not by commas", separator)
            return
    for column in expected:
        if column not in found:
            yield Fault(file, 1, column, "is a missing column")
    for column in dict.fromkeys(found):
        if column not in expected:
            yield Fault(file, 1, column, "is a column the package does not know")
        elif found.count(column) > 1:
            yield Fault(file, 1, column, "is a column that stands there twice")
    if sorted(found) == sorted(expected) and found != expected:
        yield Fault(file, 1, None, "has its columns in another order than the package declares")


def _bare(package: Descriptor) -> Descriptor:
    """Return what of a package the figures rest on; a profile elsewhere is never fetched."""
    tables = []
    for one in filter(is_table, package["resources"]):
        schema = required.reduce_schema(one["schema"])
        schema |= {"fields": list(map(_bounded, schema["fields"])), "missingValues": [""]}
        named = {"name": one["name"], "path": one["path"]}
        tables.append({**named, "encoding": "utf-8", "schema": schema})
    return {"name": "checked", "resources": tables}


def _bounded(field: Descriptor) -> Descriptor:
    """Return a field whose pattern ends where its text does: ``$`` lets a line's end follow."""
    rules = field.get("constraints")
    if not isinstance(rules, dict) or not isinstance(rules.get("pattern"), str):
        return field
    return {**field, "constraints": {**rules, "pattern": rf"(?:{rules['pattern']})\Z"}}


def types(resource: Descriptor) -> dict[str, str]:
    """Return a table's columns and their types, in order."""
    return {one["name"]: one["type"] for one in resource.get("schema", {}).get("fields", [])}
