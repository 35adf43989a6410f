"""Validates a data package: its description, its files, then every row of its tables."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package

from dashboard.data.validation import declared, reading, required, shapes
from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.issues import (
    TYPES,
    Descriptor,
    Fault,
    counted,
    is_a,
    of_error,
    telling,
    unreadable,
    without_echoes,
)
from dashboard.data.validation.ranks import RANKED_DISTRICTS

# Imported from here by other parts.
__all__ = ["RANKED_DISTRICTS"]

_SEPARATORS = ";\t|"
# What frictionless raises for a descriptor that is valid JSON but no valid description.
_MALFORMED = (AttributeError, LookupError, TypeError, ValueError, re.error)


def descriptor(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Read the package's descriptor and find its issues; it is empty if there are any."""
    content, issues = reading.json_of(folder / DESCRIPTOR)
    issues = issues or list(declared.package(content))
    return ({}, issues) if issues else (content, [])


def files(
    folder: Path, package: Descriptor, passing: Collection[str] = ()
) -> dict[str, list[Fault]]:
    """Find the issues of each resource's file as a whole, by name, except the ones passed over."""
    return {
        resource["name"]: _file(folder / resource["path"], resource)
        for resource in package["resources"]
        if resource["name"] not in passing
    }


def rows(folder: Path, package: Descriptor, broken: Collection[str]) -> list[Fault]:
    """Find the issues in the rows of the tables that can be read.

    A table that refers to a broken file is left out: each of its rows would be reported.
    """
    try:
        checked = Package.from_descriptor(_bare(package), basepath=str(folder))
    except FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [Fault(DESCRIPTOR, None, None, f"is not sound: {reason.note}") for reason in reasons]
    except _MALFORMED as error:
        return [Fault(DESCRIPTOR, None, None, f"is not sound: {error}")]
    tables = {table["name"]: table for table in package["resources"] if is_table(table)}
    issues = {
        name: _row_faults(folder, checked, table, tables)
        for name, table in tables.items()
        if not {name, *_references(table)} & set(broken)
    }
    return counted(without_echoes(issues, tables))


def _references(table: Descriptor) -> set[str]:
    """List the names of the resources that a table's foreign keys refer to."""
    keys = table["schema"].get("foreignKeys", [])
    return {key["reference"]["resource"] or table["name"] for key in keys}


def _row_faults(
    folder: Path, checked: Package, table: Descriptor, tables: Mapping[str, Descriptor]
) -> list[Fault]:
    """Find a table's issues: cells that cannot be read, then the rules that rows break."""
    cell_issues = list(_cells(folder / table["path"], table))
    places = {(issue.row, issue.column) for issue in cell_issues}
    try:
        errors = [e for t in checked.get_resource(table["name"]).validate().tasks for e in t.errors]
    except _MALFORMED as cause:
        return [Fault(DESCRIPTOR, None, table["name"], f"has a schema that is not sound: {cause}")]
    by_row: dict[int | None, list[Any]] = {}
    for error in errors:
        row = getattr(error, "row_number", None)
        if (row, getattr(error, "field_name", None)) not in places:
            by_row.setdefault(row, []).append(error)
    kept = [error for same_row in by_row.values() for error in telling(same_row)]
    issues = cell_issues + [of_error(table, tables, error) for error in kept]
    return sorted(issues, key=lambda issue: issue.row or 0)


def _cells(path: Path, table: Descriptor) -> Iterator[Fault]:
    """Yield cells that are not written in the form of their column's type: 1e3, NaN, TRUE."""
    column_types = types(table)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if number == 1 or len(row) != len(column_types):
                continue
            for cell, (column, kind) in zip(row, column_types.items(), strict=True):
                if cell and not is_a(kind, cell):
                    yield Fault(path.name, number, column, TYPES[kind], cell)


def _file(path: Path, resource: Descriptor) -> list[Fault]:
    if not is_table(resource):
        content, issues = reading.json_of(path)
        return issues or list(shapes.features(path.name, content))
    text, issues = reading.text(path)
    if issues:
        return issues
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if number == 1:
                issues = list(_header(path.name, row, list(types(resource))))
    except csv.Error as error:
        return [Fault(path.name, number + 1, None, unreadable(str(error)))]
    if not issues and number == 1:
        issues = [Fault(path.name, None, None, "holds a header and no rows")]
    return issues


def _header(file: str, columns: list[str], expected: list[str]) -> Iterator[Fault]:
    for separator in _SEPARATORS if len(columns) == 1 else "":
        if separator in columns[0]:
            yield Fault(file, 1, None, "is separated by this, and not by commas", separator)
            return
    for column in expected:
        if column not in columns:
            yield Fault(file, 1, column, "is a missing column")
    for column in dict.fromkeys(columns):
        if column not in expected:
            yield Fault(file, 1, column, "is a column the package does not know")
        elif columns.count(column) > 1:
            yield Fault(file, 1, column, "is a column that stands there twice")
    if sorted(columns) == sorted(expected) and columns != expected:
        yield Fault(file, 1, None, "has its columns in another order than the package declares")


def _bare(package: Descriptor) -> Descriptor:
    """Reduce a package to its tables' rules, so that frictionless fetches no remote profile."""
    tables = []
    for table in filter(is_table, package["resources"]):
        schema = required.reduce_schema(table["schema"])
        schema |= {"fields": list(map(_bounded, schema["fields"])), "missingValues": [""]}
        names = {"name": table["name"], "path": table["path"]}
        tables.append({**names, "encoding": "utf-8", "schema": schema})
    return {"name": "checked", "resources": tables}


def _bounded(field: Descriptor) -> Descriptor:
    """Anchor a field's pattern at the end of the text, as ``$`` allows a line break after it."""
    rules = field.get("constraints")
    if not isinstance(rules, dict) or not isinstance(rules.get("pattern"), str):
        return field
    return {**field, "constraints": {**rules, "pattern": rf"(?:{rules['pattern']})\Z"}}


def types(resource: Descriptor) -> dict[str, str]:
    """Get the types of a table's columns, by name and in order."""
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}
