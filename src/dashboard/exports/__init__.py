"""Figures as files to download, each with its sources and its licence.

``csv`` is for one table, whose rows carry both. All tables, or what filters leave of them, come in
the forms of :data:`FORMATS`, which state their version too. Files are built as bytes, and the last
ones are cached.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slugify import slugify

from dashboard.data.loader import Data
from dashboard.exports import computed, dfe_standard, documents, metadata, workbooks
from dashboard.exports import package as packages
from dashboard.exports.dfe_standard import Table
from dashboard.exports.documents import list_json_records, write_csv
from dashboard.file_cache import cache_file
from dashboard.filters import Filters
from dashboard.render import worker

__all__ = [
    "FORMATS",
    "Format",
    "build",
    "build_file_name",
    "build_table",
    "build_table_csv",
    "build_table_file_name",
    "dfe_standard",
    "list_json_records",
    "list_titles",
    "narrow_tables",
    "workbooks",
    "write_csv",
]

Builder = Callable[[Data, Filters | None], bytes]

_ALL_AREAS = "all-twelve"


@dataclass(frozen=True)
class Format:
    """A form in which all tables can be downloaded: its label, its suffix, its media type."""

    label: str
    suffix: str
    mime: str
    build: Builder


def narrow_tables(data: Data, filters: Filters | None) -> Mapping[str, Table]:
    """Return every table in standard form, with the rows that filters leave; None is all.

    Those of comparisons, which are computed, follow those of the data.
    """
    area_ids = _list_area_ids(data, filters)
    return {**dfe_standard.build_tables(data, area_ids), **computed.build_tables(data, area_ids)}


def list_titles(data: Data) -> dict[str, str]:
    """Return the titles of all tables by name, those of the data first."""
    return {**dfe_standard.list_titles(data), **computed.list_titles()}


def build_table(data: Data, name: str, filters: Filters | None) -> Table:
    """Return one table in standard form, with the rows that filters leave; None is all.

    Raises:
        KeyError: there is no such table.
    """
    if name not in list_titles(data):
        raise KeyError(name)
    rows = dfe_standard.select_rows(data, name, _list_area_ids(data, filters))
    if name in computed.list_titles():
        return computed.build_table(data, name, rows)
    return dfe_standard.build_table(data, name, rows)


@cache_file
def build(data: Data, name: str, filters: Filters | None) -> bytes:
    """Return all tables, or what filters leave of them, in one of :data:`FORMATS`.

    Raises:
        KeyError: there is no such format.
        RuntimeError: the file could not be made.
        BusyError: too many files are being built already.
    """
    if name not in FORMATS:
        raise KeyError(name)
    return worker.FILES.run(_build, name, filters, data=data)


def _build(data: Data, name: str, filters: Filters | None) -> bytes:
    return FORMATS[name].build(data, filters)


@cache_file
def build_table_csv(data: Data, name: str, filters: Filters | None) -> bytes:
    """Return one table in standard form as CSV, with the rows that filters leave; None is all.

    Raises:
        KeyError: there is no such table.
        BusyError: too many files are being built already.
    """
    return write_csv(build_table(data, name, filters))


def build_file_name(stem: str, filters: Filters | None, suffix: str) -> str:
    """Return a file's name that says what is in it: ``outcomes_new-six_south-west.csv``.

    None means that filters do not matter to the content: the name does not mention them.
    """
    parts = [stem]
    if filters is not None:
        choices = [filters.cohort or "", *filters.regions, *filters.places]
        parts += [choice for choice in choices if choice] or [_ALL_AREAS]
    return f"{'_'.join(map(slugify, parts))}.{suffix}"


def build_table_file_name(data: Data, name: str, filters: Filters | None) -> str:
    """Return the name of a table's CSV file; filters that do not touch the table are left out.

    None is all areas: ``outcomes_all-twelve.csv``.
    """
    narrowing = (filters or Filters()) if dfe_standard.is_narrowed(data, name) else None
    return build_file_name(name, narrowing, "csv")


def _list_area_ids(data: Data, filters: Filters | None) -> list[str] | None:
    return list(filters.apply(data.areas)["area_id"]) if filters else None


def _bind_writer(write: Callable[[Mapping[str, Table], metadata.About], bytes]) -> Builder:
    return lambda data, filters: write(
        narrow_tables(data, filters), metadata.build_metadata(data, filters)
    )


def _build_geojson(data: Data, filters: Filters | None) -> bytes:
    return documents.write_geojson(
        data, _list_area_ids(data, filters), metadata.build_metadata(data, filters)
    )


def _build_package(data: Data, filters: Filters | None) -> bytes:
    return packages.build_package(
        data, narrow_tables(data, filters), metadata.build_metadata(data, filters)
    )


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        "Excel workbook: cover, notes, one table a sheet",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _bind_writer(workbooks.build_xlsx),
    ),
    "ods": Format(
        "OpenDocument spreadsheet: the same, for LibreOffice",
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        _bind_writer(workbooks.build_ods),
    ),
    "json": Format(
        "One JSON document, for programs",
        "json",
        "application/json",
        _bind_writer(documents.write_json),
    ),
    "geojson": Format(
        "GeoJSON: the areas' shapes with their facts",
        "geojson",
        "application/geo+json",
        _build_geojson,
    ),
    "zip": Format(
        "Data package: CSV files, what they mean, licence, sources",
        "zip",
        "application/zip",
        _build_package,
    ),
}
