"""Restores a downloaded data package to the form that the dashboard reads.

A download has standard columns in place of some of ours, and an apostrophe before text that a
spreadsheet would run. Its descriptor names our field for each column.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.data.validation import declared, reading
from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.issues import Descriptor, ValidationIssue
from dashboard.formulas import unescape_formula

Check = Callable[[Path], list[ValidationIssue]]

# Keys of a download's descriptor: one of the package; one of a column, whose value is our field,
# or null for a column that we do not have; one of a table that was computed from the others.
DOWNLOAD_KEY, OWN_FIELD_KEY, COMPUTED_KEY = "download", "own_field", "computed"

_STANDARD_PERIOD = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_STANDARD_AREA_COLUMN = "opportunity_area_code"


def find_download_issue(package: Descriptor) -> ValidationIssue | None:
    """Find why a downloaded package cannot be restored; None if it can, or is no download."""
    mark = package.get(DOWNLOAD_KEY)
    if isinstance(mark, dict) and mark.get("is_whole") is not True:
        rule = (
            f"is a download of a part of the figures ({mark.get('holds')}), and the dashboard "
            "needs them all: download the data package without filters"
        )
        return ValidationIssue(DESCRIPTOR, None, None, rule)
    if mark is None and _has_standard_names(package):
        rule = (
            "is a download from a dashboard whose data package could not be read back: download "
            "it again from this one"
        )
        return ValidationIssue(DESCRIPTOR, None, None, rule)
    return None


def is_download(package: Descriptor) -> bool:
    """Tell whether a package is a download."""
    return isinstance(package.get(DOWNLOAD_KEY), dict)


def restore_first(check: Check) -> Check:
    """Make a check of a folder restore a download first, and name its columns in the issues."""

    @wraps(check)
    def wrapper(place: Path) -> list[ValidationIssue]:
        package = _read_descriptor(place)
        if package is None:
            return check(place)
        if refusal := find_download_issue(package):
            return [refusal]
        if not is_download(package):
            return check(place)
        if obstacles := list(_find_obstacles(place, package)):
            return obstacles
        with restore_package(place, package) as own:
            return [rename_columns(package, issue) for issue in check(own)]

    return wrapper


@contextmanager
def open_package(place: Path) -> Iterator[Path]:
    """Open a folder in the form that the dashboard reads: itself, or a restored download."""
    package = _read_descriptor(place)
    if package is None or not is_download(package):
        yield place
        return
    with restore_package(place, package) as own:
        yield own


def _find_obstacles(place: Path, package: Descriptor) -> Iterator[ValidationIssue]:
    """Yield files that must not be copied: pipes, devices, and files that are too large."""
    for name in dict.fromkeys(resource["path"] for resource in package["resources"]):
        obstacle = reading.find_obstacle(place / name)
        if obstacle and os.path.lexists(place / name):
            yield obstacle


def _read_descriptor(place: Path) -> Descriptor | None:
    """Read a folder's descriptor; None if it has issues."""
    content, issues = reading.read_json(place / DESCRIPTOR)
    if issues or list(declared.check_descriptor(content)):
        return None
    return _drop_computed(content) if is_download(content) else content


def _drop_computed(package: Descriptor) -> Descriptor:
    """Drop the tables that a download has beside ours: they are computed anew."""
    kept = [one for one in package["resources"] if one.get(COMPUTED_KEY) is not True]
    return {**package, "resources": kept}


@contextmanager
def restore_package(place: Path, package: Descriptor) -> Iterator[Path]:
    """Restore a downloaded package in a temporary folder.

    A file that cannot be read as a table is copied unchanged, so that the checks report it.
    """
    with TemporaryDirectory(prefix="figures-") as folder:
        own = Path(folder)
        for resource in package["resources"]:
            source, target = place / resource["path"], own / resource["path"]
            if is_table(resource):
                _restore_table(source, target, resource["schema"]["fields"])
            elif source.is_file():
                target.write_bytes(reading.read_bytes(source))
        descriptor = json.dumps(_restore_descriptor(package), ensure_ascii=False)
        (own / DESCRIPTOR).write_text(descriptor, "utf-8")
        yield own


def rename_columns(package: Descriptor, issue: ValidationIssue) -> ValidationIssue:
    """Rename the columns of an issue to those of the downloaded file."""
    for resource in package["resources"]:
        if resource["path"] == issue.file and is_table(resource) and issue.column:
            names = {own: name for name, own in _map_names(resource).items()}
            columns = [names.get(column, column) for column in issue.column.split(", ")]
            return replace(issue, column=", ".join(columns))
    return issue


def _has_standard_names(package: Descriptor) -> bool:
    return any(
        field["name"] == _STANDARD_AREA_COLUMN
        for resource in package["resources"]
        if is_table(resource)
        for field in resource["schema"]["fields"]
    )


def _map_names(resource: Descriptor) -> dict[str, str]:
    """Map a table's columns in the file to our names; a column that we do not have is left out."""
    names = {}
    for field in resource["schema"]["fields"]:
        own = field.get(OWN_FIELD_KEY, field)
        if isinstance(own, dict):
            names[str(field["name"])] = str(own.get("name"))
    return names


def _restore_descriptor(package: Descriptor) -> Descriptor:
    names = {table["name"]: _map_names(table) for table in filter(is_table, package["resources"])}
    resources = [
        {**resource, "schema": _restore_schema(resource["name"], resource["schema"], names)}
        if is_table(resource)
        else resource
        for resource in package["resources"]
    ]
    description = package[DOWNLOAD_KEY].get("own_description", package["description"])
    restored = {**package, "description": description, "resources": resources}
    del restored[DOWNLOAD_KEY]
    return restored


def _restore_schema(
    table: str, schema: Descriptor, names: Mapping[str, Mapping[str, str]]
) -> Descriptor:
    def rename(columns: list[str], resource: str) -> list[str]:
        own = names.get(resource or table, {})
        return [own.get(column, column) for column in columns]

    fields = [field.get(OWN_FIELD_KEY, field) for field in schema["fields"]]
    restored = {**schema, "fields": [field for field in fields if field is not None]}
    if "primaryKey" in schema:
        restored["primaryKey"] = rename(schema["primaryKey"], table)
    if "foreignKeys" in schema:
        restored["foreignKeys"] = []
        for key in schema["foreignKeys"]:
            reference = key["reference"]
            target = {**reference, "fields": rename(reference["fields"], reference["resource"])}
            own_key = {**key, "fields": rename(key["fields"], table), "reference": target}
            restored["foreignKeys"].append(own_key)
    return restored


def _restore_table(source: Path, target: Path, fields: list[Descriptor]) -> None:
    text, issues = reading.read_text(source)
    try:
        rows = [] if issues else list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    if not rows:
        if source.is_file():
            target.write_bytes(reading.read_bytes(source))
        return
    header = rows.pop(0)
    added = {field["name"] for field in fields if field.get(OWN_FIELD_KEY, field) is None}
    own_fields = {field["name"]: field.get(OWN_FIELD_KEY) for field in fields}
    names = {name: own.get("name") for name, own in own_fields.items() if isinstance(own, dict)}
    positions = [at for at, name in enumerate(header) if name not in added]
    restored = [[names.get(header[at], header[at]) for at in positions]]
    for row in rows:
        # A row with too many or too few cells keeps them, so that the checks report it.
        cells = [_restore_cell(header[at], row[at]) for at in positions if at < len(row)]
        restored.append([*cells, *row[len(header) :]])
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(restored)


def _restore_cell(column: str, cell: str) -> str:
    if column == "time_period" and (years := _STANDARD_PERIOD.fullmatch(cell)):
        return f"{years[1]}/{years[2]}"
    return unescape_formula(cell)
