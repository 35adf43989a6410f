"""A data package as it is downloaded, turned back into the form that the dashboard reads.

A download has columns of standard name in place of some of ours, and an apostrophe before text
that a spreadsheet would run. Its descriptor says which of our fields each column holds.
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
from typing import Any

from dashboard.data.validation import declared, reading
from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.issues import Fault
from dashboard.formulas import unsafe

Descriptor = dict[str, Any]
Check = Callable[[Path], list[Fault]]

# What a downloaded package says of itself, and of a column: the field it holds, or null for a
# column that was added.
MARK, OWN = "download", "own_field"

_PERIOD = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_CODE = "opportunity_area_code"


def find_refusal(package: Descriptor) -> Fault | None:
    """Return why a downloaded package cannot be read back; None where it can, or is no download."""
    mark = package.get(MARK)
    if isinstance(mark, dict) and mark.get("is_whole") is not True:
        rule = (
            f"is a download of a part of the figures ({mark.get('holds')}), and the dashboard "
            "needs them all: download the data package without filters"
        )
        return Fault(DESCRIPTOR, None, None, rule)
    if mark is None and _has_standard_names(package):
        rule = (
            "is a download from a dashboard whose data package could not be read back: download "
            "it again from this one"
        )
        return Fault(DESCRIPTOR, None, None, rule)
    return None


def is_download(package: Descriptor) -> bool:
    """Tell whether a package is as it was downloaded."""
    return isinstance(package.get(MARK), dict)


def after_restoring(check: Check) -> Check:
    """Have a check of a folder read a download in our form, and name columns as it has them."""

    @wraps(check)
    def checking(place: Path) -> list[Fault]:
        package = _read_descriptor(place)
        if package is None:
            return check(place)
        if refusal := find_refusal(package):
            return [refusal]
        if not is_download(package):
            return check(place)
        if obstacles := list(_find_obstacles(place, package)):
            return obstacles
        with restored(place, package) as own:
            return [rename_fault(package, fault) for fault in check(own)]

    return checking


@contextmanager
def opened(place: Path) -> Iterator[Path]:
    """Have a folder in the form that the dashboard reads: itself, or a download restored."""
    package = _read_descriptor(place)
    if package is None or not is_download(package):
        yield place
        return
    with restored(place, package) as own:
        yield own


def _find_obstacles(place: Path, package: Descriptor) -> Iterator[Fault]:
    """Yield files that are there and must not be copied: pipes, devices, what is too large."""
    for name in dict.fromkeys(resource["path"] for resource in package["resources"]):
        obstacle = reading.find_obstacle(place / name)
        if obstacle and os.path.lexists(place / name):
            yield obstacle


def _read_descriptor(place: Path) -> Descriptor | None:
    """Return a folder's descriptor; None where it has faults."""
    content, faults = reading.json_of(place / DESCRIPTOR)
    return None if faults or list(declared.package(content)) else content


@contextmanager
def restored(place: Path, package: Descriptor) -> Iterator[Path]:
    """Have a folder with a downloaded package in the form that the dashboard reads.

    What cannot be read as a table is copied as it is, for the checks to say so.
    """
    with TemporaryDirectory(prefix="figures-") as folder:
        own = Path(folder)
        for resource in package["resources"]:
            source, target = place / resource["path"], own / resource["path"]
            if is_table(resource):
                _restore_table(source, target, resource["schema"]["fields"])
            elif source.is_file():
                target.write_bytes(reading.read_bytes(source))
        described = json.dumps(_restore_descriptor(package), ensure_ascii=False)
        (own / DESCRIPTOR).write_text(described, "utf-8")
        yield own


def rename_fault(package: Descriptor, fault: Fault) -> Fault:
    """Return a fault with its columns named as the downloaded file has them."""
    for resource in package["resources"]:
        if resource["path"] == fault.file and is_table(resource) and fault.column:
            names = {own: name for name, own in _map_names(resource).items()}
            parts = [names.get(one, one) for one in fault.column.split(", ")]
            return replace(fault, column=", ".join(parts))
    return fault


def _has_standard_names(package: Descriptor) -> bool:
    return any(
        field["name"] == _CODE
        for resource in package["resources"]
        if is_table(resource)
        for field in resource["schema"]["fields"]
    )


def _map_names(resource: Descriptor) -> dict[str, str]:
    """Return our names of a table's columns by those in the file; added columns have none."""
    names = {}
    for field in resource["schema"]["fields"]:
        own = field.get(OWN, field)
        if isinstance(own, dict):
            names[str(field["name"])] = str(own.get("name"))
    return names


def _restore_descriptor(package: Descriptor) -> Descriptor:
    tables = {one["name"]: _map_names(one) for one in package["resources"] if is_table(one)}
    resources = [
        {**one, "schema": _restore_schema(one["name"], one["schema"], tables)}
        if is_table(one)
        else one
        for one in package["resources"]
    ]
    kept = {key: one for key, one in package.items() if key != MARK}
    description = package[MARK].get("own_description", package["description"])
    return {**kept, "description": description, "resources": resources}


def _restore_schema(name: str, schema: Any, tables: Mapping[str, Mapping[str, str]]) -> Descriptor:
    def own(columns: list[str], table: str) -> list[str]:
        known = tables.get(table or name, {})
        return [known.get(one, one) for one in columns]

    made = {**schema, "fields": [one.get(OWN, one) for one in schema["fields"]]}
    made["fields"] = [one for one in made["fields"] if one is not None]
    if "primaryKey" in schema:
        made["primaryKey"] = own(schema["primaryKey"], name)
    if "foreignKeys" in schema:
        made["foreignKeys"] = [
            {
                **key,
                "fields": own(key["fields"], name),
                "reference": {
                    **key["reference"],
                    "fields": own(key["reference"]["fields"], key["reference"]["resource"]),
                },
            }
            for key in schema["foreignKeys"]
        ]
    return made


def _restore_table(source: Path, target: Path, fields: list[Descriptor]) -> None:
    text, faults = reading.text(source)
    try:
        rows = [] if faults else list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    if not rows:
        if source.is_file():
            target.write_bytes(reading.read_bytes(source))
        return
    header, *others = rows
    added = {one["name"] for one in fields if OWN in one and one[OWN] is None}
    own = {one["name"]: one[OWN].get("name") for one in fields if isinstance(one.get(OWN), dict)}
    kept = [at for at, name in enumerate(header) if name not in added]
    made = [[own.get(header[at], header[at]) for at in kept]]
    for row in others:
        # Cells too many or too few stay so, for the checks to say.
        cells = [_restore_cell(header[at], row[at]) for at in kept if at < len(row)]
        made.append([*cells, *row[len(header) :]])
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(made)


def _restore_cell(column: str, cell: str) -> str:
    if column == "time_period" and (years := _PERIOD.fullmatch(cell)):
        return f"{years[1]}/{years[2]}"
    return unsafe(cell)
