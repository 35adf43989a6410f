"""Checks that a package's descriptor has all that the dashboard reads of it, of the right types.

Frictionless checks the relations between tables, and the rules of columns.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dashboard.data.validation.issues import COLUMN_TYPES, Descriptor, ValidationIssue

DESCRIPTOR = "datapackage.json"

_FILE_NAME = re.compile(r"\w[\w.-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?", re.ASCII)
# The years that an entry of a zip file can have.
_ZIP_YEARS = range(1980, 2108)
_KEY_FORM = '{"fields": [...], "reference": {"resource": ..., "fields": [...]}}'


def check_descriptor(content: Any) -> Iterator[ValidationIssue]:
    """Yield what is missing from a descriptor, or is of the wrong type."""
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not resources:
        yield _build_issue(None, 'must hold a list of "resources"')
        return
    for name in ("title", "description", "version"):
        if not _is_text(content.get(name)):
            yield _build_issue(name, "is missing or no text")
    if not _is_day(content.get("created")):
        rule = "must be a day between 1980 and 2107, like 2026-11-24 or 2026-11-24T00:00:00Z"
        yield _build_issue("created", rule, str(content.get("created")))
    if not _has_license(content.get("licenses")):
        yield _build_issue("licenses", 'must be a list that begins with a "title" and a "path"')
    for number, resource in enumerate(resources, start=1):
        yield from _check_resource(number, resource)


def is_table(resource: Descriptor) -> bool:
    """Tell whether a resource is a table, by its file's name."""
    return str(resource["path"]).endswith(".csv")


def _build_issue(what: str | None, rule: str, value: str | None = None) -> ValidationIssue:
    return ValidationIssue(DESCRIPTOR, None, what, rule, value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value).year in _ZIP_YEARS
    except ValueError:
        return False


def _has_license(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and _is_text(first.get("title")) and _is_text(first.get("path"))


def _check_resource(number: int, resource: Any) -> Iterator[ValidationIssue]:
    """Yield what keeps a resource from being read or described: name, file, columns."""
    name = resource.get("name") if isinstance(resource, dict) else None
    if not isinstance(name, str) or not name:
        yield _build_issue(f"resource {number}", "has no name")
        return
    path = resource.get("path")
    if not isinstance(path, str) or not _FILE_NAME.fullmatch(path):
        yield _build_issue(name, "has a path that is no file beside it", str(path))
    elif is_table(resource) != ("schema" in resource):
        yield _build_issue(name, "needs a schema if it is CSV, and none if it is not")
    elif not _is_described(resource):
        yield _build_issue(name, "needs a title and a description")
    elif "schema" in resource:
        yield from _check_schema(name, resource["schema"])


def _is_described(part: Descriptor) -> bool:
    return _is_text(part.get("title")) and _is_text(part.get("description"))


def _check_schema(name: str, schema: Any) -> Iterator[ValidationIssue]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields:
        yield _build_issue(name, 'has a schema without a list of "fields"')
        return
    for field in fields:
        column = field.get("name") if isinstance(field, dict) else None
        if not isinstance(column, str) or not column:
            yield _build_issue(name, "has a field without a name")
        elif (kind := field.get("type")) not in COLUMN_TYPES:
            rule = f"has a type that is none of {', '.join(COLUMN_TYPES)}"
            yield _build_issue(f"{name}.{column}", rule, str(kind))
        elif not _is_described(field):
            yield _build_issue(f"{name}.{column}", "needs a title and a description")
    if "primaryKey" in schema and not _is_text_list(schema["primaryKey"]):
        yield _build_issue(name, "has a primary key that is not a list of columns")
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list) or not all(map(_is_foreign_key, keys)):
        yield _build_issue(name, f"has a foreign key that is not written as {_KEY_FORM}")


def _is_foreign_key(value: Any) -> bool:
    target = value.get("reference") if isinstance(value, dict) else None
    return (
        isinstance(target, dict)
        and isinstance(target.get("resource"), str)
        and _is_text_list(value.get("fields"))
        and _is_text_list(target.get("fields"))
    )
