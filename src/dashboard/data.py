"""The door to the data: a folder in, validated and typed frames out."""

import json
import os
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import checks
from dashboard.faults import DataError, Fault

HOME = Path(__file__).resolve().parents[2] / "data"

Shapes = dict[str, Any]


@dataclass(frozen=True)
class Data:
    """The package's resources. Columns, types and units: ``descriptor``, or data/README.md.

    Frames have text, ``Int64``, ``Float64``, ``boolean`` and ``datetime64`` columns, with
    ``<NA>`` where a value is not known. They are shared by every reader: never change one.
    ``districts_boundaries`` and ``england_boundaries`` are GeoJSON collections in WGS84.
    """

    areas: pd.DataFrame
    districts: pd.DataFrame
    index_ranks: pd.DataFrame
    funding_programme: pd.DataFrame
    funding_areas: pd.DataFrame
    research_schools: pd.DataFrame
    priorities: pd.DataFrame
    measures: pd.DataFrame
    outcomes: pd.DataFrame
    outcome_spread: pd.DataFrame
    series_breaks: pd.DataFrame
    evaluations: pd.DataFrame
    disagreements: pd.DataFrame
    gaps: pd.DataFrame
    sources: pd.DataFrame
    districts_boundaries: Shapes
    england_boundaries: Shapes
    descriptor: checks.Descriptor

    @cached_property
    def source_by_id(self) -> dict[str, dict[str, Any]]:
        """The sources' rows by source_id."""
        return {row.source_id: row._asdict() for row in records(self.sources)}


def records(frame: pd.DataFrame) -> list[Any]:
    """Return a frame's rows as named tuples, a missing value as None."""
    return list(_with_none(frame).itertuples(index=False, name="Row"))


def record(frame: pd.DataFrame, column: str, value: str) -> Any:
    """Return the one row whose key column holds a value, as a series, missing values as None.

    Raises:
        KeyError: there is none.
    """
    return _with_none(frame).set_index(column, drop=False).loc[value]


def _with_none(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype("object").where(frame.notna(), None)


def folder() -> Path:
    """Return the folder to read: ``DASHBOARD_DATA``, or the project's own ``data/``."""
    named = os.environ.get("DASHBOARD_DATA")
    return Path(named).resolve() if named else HOME


def fingerprint(place: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of change of each file, to tell whether any has changed."""
    try:
        stats = [(one.name, one.stat()) for one in sorted(place.iterdir())]
    except OSError:
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def check(place: Path) -> list[Fault]:
    """Return every fault of the package in a folder; none when it can be used."""
    package, faults = checks.descriptor(place)
    if faults:
        return faults
    if place != HOME:
        expected, _ = checks.descriptor(HOME)
        faults = checks.omissions(package, expected)
    by_file = checks.files(place, package)
    faults += [fault for found in by_file.values() for fault in found]
    faults += checks.rows(place, package, [name for name, found in by_file.items() if found])
    return faults or _disagreements(_read(place, package))


def load(place: Path | None = None) -> Data:
    """Return the package of a folder, :func:`folder`'s by default.

    Raises:
        DataError: the package has faults; nothing is half read.
    """
    place = place or folder()
    if faults := check(place):
        raise DataError(tuple(faults))
    package, _ = checks.descriptor(place)
    return _read(place, package)


def _read(place: Path, package: checks.Descriptor) -> Data:
    resources = {one["name"]: one for one in package["resources"]}
    content: dict[str, Any] = {"descriptor": package}
    for field in fields(Data):
        if field.type is pd.DataFrame:
            content[field.name] = _frame(place, resources[field.name])
    content["districts_boundaries"] = _shapes(place, resources["districts_boundaries"])
    content["england_boundaries"] = _shapes(place, resources["england_boundaries"])
    return Data(**content)


_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def _frame(place: Path, resource: checks.Descriptor) -> pd.DataFrame:
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    frame = pd.read_csv(
        place / resource["path"],
        dtype={name: _DTYPES.get(kind, "string") for name, kind in types.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    dates = [name for name, kind in types.items() if kind == "date"]
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})


def _shapes(place: Path, resource: checks.Descriptor) -> Shapes:
    shapes: Shapes = json.loads((place / resource["path"]).read_text(encoding="utf-8"))
    return shapes


def _disagreements(content: Data) -> list[Fault]:
    """Return where resources, each sound alone, do not agree with one another."""
    faults = []
    drawn = {one["properties"].get("lad_code") for one in content.districts_boundaries["features"]}
    for code in sorted(set(content.districts["lad_code"]) - drawn):
        faults.append(Fault("districts.geojson", None, "lad_code", "has no such district", code))
    summed = content.districts.groupby("area_id")["population_mid2017"].sum()
    for row, (area, said) in enumerate(
        zip(content.areas["area_id"], content.areas["population"], strict=True), start=2
    ):
        if area not in summed.index:
            faults.append(Fault("areas.csv", row, "area_id", "has no district", area))
        elif said != summed[area]:
            rule = f"is not the sum of its districts ({summed[area]})"
            faults.append(Fault("areas.csv", row, "population", rule, str(said)))
    return faults
