"""The door to the data: a folder in, validated and typed frames out."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.data import validation
from dashboard.data.frames import records
from dashboard.data.validation.issues import Fault, told

HOME = Path(__file__).resolve().parents[3] / "data"

Shapes = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Data:
    """The package's resources. Columns, types and units: ``descriptor``, or data/README.md.

    Frames have text, ``Int64``, ``Float64``, ``boolean`` and ``datetime64`` columns, with
    ``<NA>`` where a value is not known. They are shared by every reader: never change one.
    ``districts_boundaries`` and ``england_boundaries`` are GeoJSON collections in WGS84.
    The descriptor describes these resources alone, whatever else the package declares.
    """

    areas: pd.DataFrame
    districts: pd.DataFrame
    index_ranks: pd.DataFrame
    index_2016: pd.DataFrame
    selection_steps: pd.DataFrame
    claims: pd.DataFrame
    claim_sources: pd.DataFrame
    funding_programme: pd.DataFrame
    funding_areas: pd.DataFrame
    research_schools: pd.DataFrame
    priorities: pd.DataFrame
    measures: pd.DataFrame
    outcomes: pd.DataFrame
    outcome_spread: pd.DataFrame
    series_runs: pd.DataFrame
    series_breaks: pd.DataFrame
    evaluations: pd.DataFrame
    disagreements: pd.DataFrame
    disagreement_figures: pd.DataFrame
    gaps: pd.DataFrame
    sources: pd.DataFrame
    postcodes: pd.DataFrame
    outcodes: pd.DataFrame
    towns: pd.DataFrame
    other_towns: pd.DataFrame
    districts_boundaries: Shapes
    england_boundaries: Shapes
    descriptor: validation.Descriptor

    @cached_property
    def source_by_id(self) -> dict[str, dict[str, Any]]:
        """The sources' rows by source_id."""
        return {row.source_id: row._asdict() for row in records(self.sources)}


def folder() -> Path:
    """Return the folder to read: ``DASHBOARD_DATA``, or the project's own ``data/``."""
    named = os.environ.get("DASHBOARD_DATA")
    # Where it leads to is not looked up: a disk that does not answer must hold up no reader.
    return Path(named).absolute() if named else HOME


def fingerprint(place: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and time of change of each file, to tell whether any has changed."""
    try:
        files = sorted(place.iterdir())
        # A link to nothing, as editors leave beside a file, hides no other file's change.
        stats = [(one.name, one.stat() if one.exists() else one.lstat()) for one in files]
    except OSError:
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


@validation.restoring.after_restoring
def check(place: Path) -> list[Fault]:
    """Return every fault of the package in a folder; none when it can be used."""
    package, faults = validation.descriptor(place)
    if faults:
        return faults
    faults = list(validation.required.find_omissions(package))
    short = {str(fault.column).split(".")[0] for fault in faults}
    faults += validation.required.find_foreign_rules(package)
    package = validation.required.merge_package(package)
    by_file = validation.files(place, package, passing=short)
    faults += [fault for found in by_file.values() for fault in found]
    broken = [*short, *(name for name, found in by_file.items() if found)]
    faults += validation.rows(place, package, broken)
    return faults or _disagreements(_read(place, package))


def load(place: Path | None = None) -> Data:
    """Return the package of a folder, :func:`folder`'s by default.

    Raises:
        DataError: the package has faults; nothing is half read.
    """
    place = place or folder()
    if error := told(check(place)):
        raise error
    with validation.restoring.opened(place) as own:
        return _read(own, validation.descriptor(own)[0])


def _read(place: Path, package: validation.Descriptor) -> Data:
    package = validation.required.drop_added_columns(validation.required.merge_package(package))
    resources = {one["name"]: one for one in package["resources"]}
    read = {one.name: one.type for one in fields(Data) if one.name != "descriptor"}
    content: dict[str, Any] = {"descriptor": package}
    for name, kind in read.items():
        content[name] = (_frame if kind is pd.DataFrame else _shapes)(place, resources[name])
    return Data(**content)


_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def _frame(place: Path, resource: validation.Descriptor) -> pd.DataFrame:
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    frame = pd.read_csv(
        place / resource["path"],
        usecols=list(types),
        dtype={name: _DTYPES.get(kind, "string") for name, kind in types.items()},
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    dates = [name for name, kind in types.items() if kind == "date"]
    days = {name: pd.to_datetime(frame[name], format="%Y-%m-%d") for name in dates}
    return frame.assign(**days)


def _shapes(place: Path, resource: validation.Descriptor) -> Shapes:
    shapes: Shapes = json.loads((place / resource["path"]).read_text(encoding="utf-8"))
    return shapes


def _disagreements(content: Data) -> list[Fault]:
    """Return where resources, each sound alone, do not agree with one another."""
    found = [
        *validation.compare_codes(
            content.districts_boundaries, list(content.districts["lad_code"])
        ),
        *_population(content),
        *_unserved(content),
        *validation.check_amounts(content.funding_areas),
        *validation.check_announcements(content.funding_programme, content.funding_areas),
        *validation.check_dates(content),
        *validation.compare_ranks(content.index_2016, content.index_ranks),
        *validation.find_crossings(content),
    ]
    return found or list(_touched(content))


def _touched(content: Data) -> Iterator[Fault]:
    """Yield figures that sources are said to differ on, and that are not there."""
    file, rule = "disagreement_figures.csv", "is not in"
    for row, one in enumerate(records(content.disagreement_figures), start=2):
        frame = getattr(content, one.resource)
        for column in ("column", "key_column"):
            if getattr(one, column) not in frame:
                yield Fault(file, row, column, f"{rule} {one.resource}", getattr(one, column))
        if one.key_column in frame and one.key_value not in set(frame[one.key_column]):
            yield Fault(file, row, "key_value", f"{rule} {one.resource}", one.key_value)


def _population(content: Data) -> Iterator[Fault]:
    """Yield areas without a district, or whose people are not those of their districts."""
    summed = content.districts.groupby("area_id")["population_mid2017"].sum()
    for row, area in enumerate(records(content.areas), start=2):
        if area.area_id not in summed.index:
            yield Fault("areas.csv", row, "area_id", "has no district", area.area_id)
        elif area.population != summed[area.area_id]:
            rule = f"is not the sum of its districts ({summed[area.area_id]})"
            yield Fault("areas.csv", row, "population", rule, str(area.population))


def _unserved(content: Data) -> Iterator[Fault]:
    """Yield areas without a research school."""
    schools = set(content.research_schools["area_id"])
    for row, area in enumerate(content.areas["area_id"], start=2):
        if area not in schools:
            yield Fault("areas.csv", row, "area_id", "has no research school", area)
