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
    TYPE_RULES,
    Descriptor,
    ValidationIssue,
    convert_error,
    describe_csv_error,
    drop_cascading,
    drop_redundant,
    group_repeats,
    is_of_type,
)
from dashboard.data.validation.ranks import RANKED_DISTRICTS

# Imported from here by other parts.
__all__ = ["RANKED_DISTRICTS"]

_SEPARATORS = ";\t|"
# What frictionless raises for a descriptor that is valid JSON but no valid description.
_MALFORMED_ERRORS = (AttributeError, LookupError, TypeError, ValueError, re.error)


def read_descriptor(folder: Path) -> tuple[Descriptor, list[ValidationIssue]]:
    """Read the package's descriptor and find its issues; it is empty if there are any."""
    content, issues = reading.read_json(folder / DESCRIPTOR)
    issues = issues or list(declared.check_descriptor(content))
    return ({}, issues) if issues else (content, [])


def check_files(
    folder: Path, package: Descriptor, passing: Collection[str] = ()
) -> dict[str, list[ValidationIssue]]:
    """Find the issues of each resource's file as a whole, by name, except the ones passed over."""
    return {
        resource["name"]: _check_file(folder / resource["path"], resource)
        for resource in package["resources"]
        if resource["name"] not in passing
    }


def check_rows(folder: Path, package: Descriptor, broken: Collection[str]) -> list[ValidationIssue]:
    """Find the issues in the rows of the tables that can be read.

    A table that refers to a broken file is left out: each of its rows would be reported.
    """
    try:
        checked = Package.from_descriptor(_reduce_for_frictionless(package), basepath=str(folder))
    except FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [
            ValidationIssue(DESCRIPTOR, None, None, f"is not sound: {reason.note}")
            for reason in reasons
        ]
    except _MALFORMED_ERRORS as error:
        return [ValidationIssue(DESCRIPTOR, None, None, f"is not sound: {error}")]
    tables = {table["name"]: table for table in package["resources"] if is_table(table)}
    issues = {
        name: _check_table(folder, checked, table, tables)
        for name, table in tables.items()
        if not {name, *_list_references(table)} & set(broken)
    }
    return group_repeats(drop_cascading(issues, tables))


def _list_references(table: Descriptor) -> set[str]:
    """List the names of the resources that a table's foreign keys refer to."""
    keys = table["schema"].get("foreignKeys", [])
    return {key["reference"]["resource"] or table["name"] for key in keys}


def _check_table(
    folder: Path, checked: Package, table: Descriptor, tables: Mapping[str, Descriptor]
) -> list[ValidationIssue]:
    """Find a table's issues: cells that cannot be read, then the rules that rows break."""
    cell_issues = list(_check_cells(folder / table["path"], table))
    places = {(issue.row, issue.column) for issue in cell_issues}
    try:
        errors = [e for t in checked.get_resource(table["name"]).validate().tasks for e in t.errors]
    except _MALFORMED_ERRORS as cause:
        return [
            ValidationIssue(
                DESCRIPTOR, None, table["name"], f"has a schema that is not sound: {cause}"
            )
        ]
    by_row: dict[int | None, list[Any]] = {}
    for error in errors:
        row = getattr(error, "row_number", None)
        if (row, getattr(error, "field_name", None)) not in places:
            by_row.setdefault(row, []).append(error)
    kept = [error for same_row in by_row.values() for error in drop_redundant(same_row)]
    issues = cell_issues + [convert_error(table, tables, error) for error in kept]
    return sorted(issues, key=lambda issue: issue.row or 0)


def _check_cells(path: Path, table: Descriptor) -> Iterator[ValidationIssue]:
    """Yield cells that are not written in the form of their column's type: 1e3, NaN, TRUE."""
    column_types = get_column_types(table)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if number == 1 or len(row) != len(column_types):
                continue
            for cell, (column, kind) in zip(row, column_types.items(), strict=True):
                if cell and not is_of_type(kind, cell):
                    yield ValidationIssue(path.name, number, column, TYPE_RULES[kind], cell)


def _check_file(path: Path, resource: Descriptor) -> list[ValidationIssue]:
    if not is_table(resource):
        content, issues = reading.read_json(path)
        return issues or list(shapes.check_features(path.name, content))
    text, issues = reading.read_text(path)
    if issues:
        return issues
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if number == 1:
                issues = list(_check_header(path.name, row, list(get_column_types(resource))))
    except csv.Error as error:
        return [ValidationIssue(path.name, number + 1, None, describe_csv_error(str(error)))]
    if not issues and number == 1:
        issues = [ValidationIssue(path.name, None, None, "holds a header and no rows")]
    return issues


def _check_header(file: str, columns: list[str], expected: list[str]) -> Iterator[ValidationIssue]:
    for separator in _SEPARATORS if len(columns) == 1 else "":
        if separator in columns[0]:
            yield ValidationIssue(
                file, 1, None, "is separated by this, and not by commas", separator
            )
            return
    for column in expected:
        if column not in columns:
            yield ValidationIssue(file, 1, column, "is a missing column")
    for column in dict.fromkeys(columns):
        if column not in expected:
            yield ValidationIssue(file, 1, column, "is a column the package does not know")
        elif columns.count(column) > 1:
            yield ValidationIssue(file, 1, column, "is a column that stands there twice")
    if sorted(columns) == sorted(expected) and columns != expected:
        yield ValidationIssue(
            file, 1, None, "has its columns in another order than the package declares"
        )


def _reduce_for_frictionless(package: Descriptor) -> Descriptor:
    """Reduce a package to its tables' rules, so that frictionless fetches no remote profile."""
    tables = []
    for table in filter(is_table, package["resources"]):
        schema = required.reduce_schema(table["schema"])
        schema |= {"fields": list(map(_anchor_pattern, schema["fields"])), "missingValues": [""]}
        names = {"name": table["name"], "path": table["path"]}
        tables.append({**names, "encoding": "utf-8", "schema": schema})
    return {"name": "checked", "resources": tables}


def _anchor_pattern(field: Descriptor) -> Descriptor:
    """Anchor a field's pattern at the end of the text, as ``$`` allows a line break after it."""
    rules = field.get("constraints")
    if not isinstance(rules, dict) or not isinstance(rules.get("pattern"), str):
        return field
    return {**field, "constraints": {**rules, "pattern": rf"(?:{rules['pattern']})\Z"}}


def get_column_types(resource: Descriptor) -> dict[str, str]:
    """Get the types of a table's columns, by name and in order."""
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}
