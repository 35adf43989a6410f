"""Loads a folder's data package into validated, typed frames."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.data import validation
from dashboard.data.frames import to_records, to_rows
from dashboard.data.rows import Area
from dashboard.data.validation import required, restoring
from dashboard.data.validation.dates import check_dates
from dashboard.data.validation.districts import check_district_outcomes, check_similar_districts
from dashboard.data.validation.funding import check_amounts, check_announcements
from dashboard.data.validation.issues import Descriptor, ValidationIssue, raise_if_any
from dashboard.data.validation.ranks import compare_ranks
from dashboard.data.validation.series import check_series
from dashboard.data.validation.shapes import compare_codes

# Frames are short: Arrow's strings take longer to set up than to compare.
pd.options.mode.string_storage = "python"

DEFAULT_FOLDER = Path(__file__).resolve().parents[3] / "data"

GeoJson = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Data:
    """The package's resources; for columns, types and units see ``descriptor`` or data/README.md.

    Frames have text, ``Int64``, ``Float64``, ``boolean`` and ``datetime64`` columns, with
    ``<NA>`` where a value is not known. All readers share them, so they must not be changed.
    ``districts_boundaries``, ``england_boundaries`` and ``index_boundaries`` are GeoJSON
    collections in WGS84.
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
    district_outcomes: pd.DataFrame
    similar_districts: pd.DataFrame
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
    districts_boundaries: GeoJson
    england_boundaries: GeoJson
    index_boundaries: GeoJson
    descriptor: Descriptor
    # Cells that hold a whole number written with a point, as 72.0: resource, column, row, number.
    decimal_cells: frozenset[tuple[str, str, int, float]]

    def __getstate__(self) -> dict[str, Any]:
        """Return the resources alone: what is cached may be added meanwhile, by another thread."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def source_by_id(self) -> dict[str, dict[str, Any]]:
        """The sources' rows by source_id."""
        return {row.source_id: row._asdict() for row in to_records(self.sources)}

    @cached_property
    def label_by_id(self) -> dict[str, str]:
        """The areas' labels by area_id."""
        return dict(zip(self.areas["area_id"], self.areas["label"], strict=True))


def get_folder() -> Path:
    """Get the folder to read: ``DASHBOARD_DATA``, or the project's own ``data/``."""
    configured = os.environ.get("DASHBOARD_DATA")
    # Not resolved: a network disk that does not answer would block the reader here.
    return Path(configured).absolute() if configured else DEFAULT_FOLDER


def list_file_stats(place: Path) -> tuple[tuple[str, int, int], ...]:
    """List the name, size and modification time of each file, to tell whether any has changed."""
    try:
        with os.scandir(place) as files:
            stats = {file.name: _read_stats(file) for file in files}
    except OSError:
        return ()
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in sorted(stats.items()))


def _read_stats(file: "os.DirEntry[str]") -> os.stat_result:
    """Return a file's stats; editors leave links to nothing beside a file, which have their own."""
    try:
        return file.stat()
    except OSError:
        return file.stat(follow_symlinks=False)


@restoring.restore_first
def check(place: Path) -> list[ValidationIssue]:
    """Find every issue of the package in a folder; none if it can be used."""
    package, issues = validation.read_descriptor(place)
    if issues:
        return issues
    issues = list(required.find_omissions(package))
    incomplete = {str(issue.column).split(".")[0] for issue in issues}
    issues += required.find_foreign_rules(package)
    package = required.merge_package(package)
    by_file = validation.check_files(place, package, passing=incomplete)
    issues += [issue for in_file in by_file.values() for issue in in_file]
    broken = [*incomplete, *(name for name, in_file in by_file.items() if in_file)]
    issues += validation.check_rows(place, package, broken)
    return issues or _find_contradictions(_read(place, package))


def load(place: Path | None = None) -> Data:
    """Load the package of a folder, by default :func:`get_folder`'s.

    Raises:
        DataError: the package has issues; nothing is loaded in part.
    """
    place = place or get_folder()
    raise_if_any(check(place))
    with restoring.open_package(place) as own:
        return _read(own, validation.read_descriptor(own)[0])


def _read(place: Path, package: Descriptor) -> Data:
    package = required.drop_added_columns(required.merge_package(package))
    resources = {resource["name"]: resource for resource in package["resources"]}
    held = [field for field in fields(Data) if field.name in resources]
    cells = (cell for field in held for cell in _find_decimal_cells(place, resources[field.name]))
    content: dict[str, Any] = {"descriptor": package, "decimal_cells": frozenset(cells)}
    for field in held:
        read = _read_table if field.type is pd.DataFrame else _read_geojson
        content[field.name] = read(place, resources[field.name])
    return Data(**content)


_DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def _read_table(place: Path, resource: Descriptor) -> pd.DataFrame:
    types = validation.get_column_types(resource)
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


def _find_decimal_cells(place: Path, resource: Descriptor) -> Iterator[tuple[str, str, int, float]]:
    fields = resource.get("schema", {}).get("fields", [])
    if not (names := [field["name"] for field in fields if field["type"] == "number"]):
        return
    texts = pd.read_csv(place / resource["path"], usecols=names, dtype="str", na_filter=False)
    for name in names:
        for row, text in enumerate(texts[name]):
            if "." in text and float(text).is_integer():
                yield resource["name"], name, row, float(text)


def _read_geojson(place: Path, resource: Descriptor) -> GeoJson:
    shapes: GeoJson = json.loads((place / resource["path"]).read_text(encoding="utf-8"))
    return shapes


def _find_contradictions(data: Data) -> list[ValidationIssue]:
    """Find where resources, each valid alone, contradict one another."""
    issues = [
        *compare_codes("districts", data.districts_boundaries, data.districts["lad_code"]),
        *compare_codes("index_2016", data.index_boundaries, data.index_2016["lad_code"]),
        *_check_populations(data),
        *_find_areas_without_school(data),
        *check_amounts(data.funding_areas),
        *check_announcements(data.funding_programme, data.funding_areas),
        *check_dates(data),
        *compare_ranks(data.index_2016, data.index_ranks),
        *check_series(data),
        *check_district_outcomes(data),
        *check_similar_districts(data),
    ]
    return issues or list(_find_unknown_figures(data))


def _find_unknown_figures(data: Data) -> Iterator[ValidationIssue]:
    """Yield disagreements about figures that do not exist."""
    file, rule = "disagreement_figures.csv", "is not in"
    for row, figure in enumerate(to_records(data.disagreement_figures), start=2):
        frame = getattr(data, figure.resource)
        for column in ("column", "key_column"):
            if (name := getattr(figure, column)) not in frame:
                yield ValidationIssue(file, row, column, f"{rule} {figure.resource}", name)
        if figure.key_column in frame and figure.key_value not in set(frame[figure.key_column]):
            yield ValidationIssue(
                file, row, "key_value", f"{rule} {figure.resource}", figure.key_value
            )


def _check_populations(data: Data) -> Iterator[ValidationIssue]:
    """Yield areas without a district, or whose population is not the sum of their districts'."""
    sums = data.districts.groupby("area_id")["population_mid2017"].sum()
    for row, area in enumerate(to_rows(data.areas, Area), start=2):
        if area.area_id not in sums.index:
            yield ValidationIssue("areas.csv", row, "area_id", "has no district", area.area_id)
        elif area.population != sums[area.area_id]:
            rule = f"is not the sum of its districts ({sums[area.area_id]})"
            yield ValidationIssue("areas.csv", row, "population", rule, str(area.population))


def _find_areas_without_school(data: Data) -> Iterator[ValidationIssue]:
    """Yield areas without a research school."""
    schools = set(data.research_schools["area_id"])
    for row, area_id in enumerate(data.areas["area_id"], start=2):
        if area_id not in schools:
            yield ValidationIssue("areas.csv", row, "area_id", "has no research school", area_id)
