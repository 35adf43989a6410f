"""Checks a data package: its files first, then every row, then what the rows say together."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package

from dashboard.faults import Fault, words

DESCRIPTOR = "datapackage.json"

Descriptor = dict[str, Any]


def descriptor(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Return the package's descriptor and what is wrong with it; an empty one when it is."""
    content, faults = _json(folder / DESCRIPTOR)
    if faults:
        return {}, faults
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not all(_is_resource(one) for one in resources):
        rule = 'must hold a list of "resources", each with a name and the path of a file beside it'
        return {}, [Fault(DESCRIPTOR, None, None, rule)]
    return content, []


def omissions(own: Descriptor, expected: Descriptor) -> list[Fault]:
    """Return the resources and columns that ``expected`` declares and ``own`` does not."""
    faults = []
    have = {one["name"]: _columns(one) for one in own["resources"]}
    for resource in expected["resources"]:
        name = resource["name"]
        if name not in have:
            faults.append(Fault(DESCRIPTOR, None, name, "is a resource that is not declared"))
            continue
        faults += [
            Fault(DESCRIPTOR, None, f"{name}.{column}", "is a column that is not declared")
            for column in _columns(resource)
            if column not in have[name]
        ]
    return faults


def files(folder: Path, package: Descriptor) -> dict[str, list[Fault]]:
    """Return the faults of each resource's file as a whole, by the resource's name."""
    return {one["name"]: _file(folder / one["path"], one) for one in package["resources"]}


def rows(folder: Path, package: Descriptor, broken: Sequence[str]) -> list[Fault]:
    """Return what frictionless finds in the tables that can be read.

    A table that refers to a broken file is left out: each of its rows would be reported.
    """
    try:
        checked = Package.from_descriptor(package, basepath=str(folder))
    except FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return [Fault(DESCRIPTOR, None, None, words(one.type, one.note)) for one in reasons]
    faults = []
    for resource in package["resources"]:
        name = resource["name"]
        if "schema" not in resource or {name, *_references(resource)} & set(broken):
            continue
        for task in checked.get_resource(name).validate().tasks:
            faults += [_row_fault(resource["path"], error) for error in task.errors]
    return faults


def _row_fault(file: str, error: Any) -> Fault:
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", ()))
    value = getattr(error, "cell", None)
    if value is None and error.type in {"foreign-key", "primary-key"}:
        value = ", ".join(getattr(error, "cells", ()))
    return Fault(
        file,
        getattr(error, "row_number", None),
        column or None,
        words(error.type, error.note),
        value,
    )


def _file(path: Path, resource: Descriptor) -> list[Fault]:
    if "schema" not in resource:
        content, faults = _json(path)
        return faults or list(_features(path.name, content))
    text, faults = _text(path)
    if faults:
        return faults
    table = csv.reader(io.StringIO(text))
    faults = list(_header(path.name, next(table, []), _columns(resource)))
    if not faults and not any(table):
        faults = [Fault(path.name, None, None, "holds a header and no rows")]
    return faults


def _header(file: str, found: list[str], expected: list[str]) -> Iterator[Fault]:
    for column in expected:
        if column not in found:
            yield Fault(file, 1, column, words("missing-label", ""))
    for column in found:
        if column not in expected:
            yield Fault(file, 1, column, words("extra-label", ""), column)
        elif found.count(column) > 1:
            yield Fault(file, 1, column, "is a column that stands there twice")
    if sorted(found) == sorted(expected) and found != expected:
        yield Fault(file, 1, None, "has its columns in another order than the package declares")


def _features(file: str, content: Any) -> Iterator[Fault]:
    listed = content.get("features") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        yield Fault(file, None, None, "is not a GeoJSON collection of features")
        return
    for number, feature in enumerate(listed, start=1):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(shape, dict) or not shape.get("coordinates"):
            yield Fault(file, None, f"feature {number}", "has no shape")


def _json(path: Path) -> tuple[Any, list[Fault]]:
    text, faults = _text(path)
    if faults:
        return None, faults
    try:
        return json.loads(text), []
    except json.JSONDecodeError as error:
        rule = f"is not JSON from character {error.colno} on ({error.msg})"
        return None, [Fault(path.name, error.lineno, None, rule)]


def _text(path: Path) -> tuple[str, list[Fault]]:
    """Return a file's text, or the one fault that keeps it from being read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [Fault(path.name, None, None, "is a missing file")]
    except OSError as error:
        return "", [Fault(path.name, None, None, f"cannot be read ({error.strerror})")]
    if not raw.strip():
        return "", [Fault(path.name, None, None, "is an empty file")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        line = raw.splitlines()[row - 1].decode("latin-1")
        return "", [Fault(path.name, row, None, "is not UTF-8 text", line)]


def _columns(resource: Descriptor) -> list[str]:
    return [field["name"] for field in resource.get("schema", {}).get("fields", [])]


def _references(resource: Descriptor) -> set[str]:
    keys = resource["schema"].get("foreignKeys", [])
    return {key["reference"]["resource"] or resource["name"] for key in keys}


def _is_resource(one: Any) -> bool:
    """Tell whether an entry can be read: a name, a path that stays in the folder, fields."""
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        return False
    path, schema = one.get("path"), one.get("schema", {"fields": []})
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return (
        isinstance(path, str)
        and Path(path).name == path
        and isinstance(fields, list)
        and all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields)
    )
