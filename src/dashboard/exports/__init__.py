"""Figures as files to take away, each with its sources and its licence.

``csv`` is for one table, whose rows carry both. The whole, or what filters leave of it, comes in
the forms of :data:`FORMATS`, which say their version too. What is built is bytes; nothing is
written, and the last files are kept for who asks for the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.data.loader import Data
from dashboard.exports import dfe_standard, documents, metadata, workbooks
from dashboard.exports import package as packages
from dashboard.exports.dfe_standard import Table, list_titles
from dashboard.exports.documents import records, write_csv
from dashboard.file_cache import cache_file
from dashboard.filters import Filters

__all__ = [
    "FORMATS",
    "Format",
    "build",
    "build_file_name",
    "build_table_csv",
    "build_table_file_name",
    "list_titles",
    "narrow_tables",
    "records",
    "standard",
    "workbooks",
    "write_csv",
]

_ALL = "all-twelve"


@dataclass(frozen=True)
class Format:
    """A form in which the whole can be taken: in plain words, its suffix, its media type.

    One that is ``slow`` takes seconds to build, the others a fraction of one.
    """

    label: str
    suffix: str
    mime: str
    build: Callable[[Data, Filters | None], bytes]
    slow: bool = False


def narrow_tables(data: Data, filters: Filters | None) -> Mapping[str, Table]:
    """Return every table in standard form, narrowed to what filters leave; None is all."""
    return dfe_standard.build_tables(data, _list_area_ids(data, filters))


@cache_file
def build(data: Data, name: str, filters: Filters | None) -> bytes:
    """Return the whole, or what filters leave, in one of :data:`FORMATS`.

    Raises:
        KeyError: there is no such format.
        BusyError: too many files are being made already.
    """
    return FORMATS[name].build(data, filters)


@cache_file
def build_table_csv(data: Data, name: str, filters: Filters | None) -> bytes:
    """Return one table in standard form as CSV, narrowed to what filters leave; None is all.

    Raises:
        KeyError: there is no such table.
        BusyError: too many files are being made already.
    """
    return write_csv(narrow_tables(data, filters)[name])


def build_file_name(stem: str, filters: Filters | None, suffix: str) -> str:
    """Return a file's name that says what is in it: ``outcomes_new-six_south-west.csv``.

    Without filters at all (None), what is in it does not depend on them, and its name is bare.
    """
    if filters is None:
        return f"{_plain(stem)}.{suffix}"
    parts = [filters.cohort or "", *filters.regions, *filters.places]
    said = "_".join(_plain(one) for one in parts if one) or _ALL
    return f"{_plain(stem)}_{said}.{suffix}"


def build_table_file_name(data: Data, name: str, filters: Filters | None) -> str:
    """Return the name of a table's CSV file; filters that leave all its rows are not named.

    None is everything: ``outcomes_all-twelve.csv``.
    """
    narrowing = (filters or Filters()) if dfe_standard.is_narrowed(data, name) else None
    return build_file_name(name, narrowing, "csv")


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _list_area_ids(data: Data, filters: Filters | None) -> list[str] | None:
    return list(filters.apply(data.areas)["area_id"]) if filters else None


def _build_xlsx(data: Data, filters: Filters | None) -> bytes:
    return workbooks.build_xlsx(
        narrow_tables(data, filters), metadata.build_metadata(data, filters)
    )


def _build_ods(data: Data, filters: Filters | None) -> bytes:
    return workbooks.build_ods(narrow_tables(data, filters), metadata.build_metadata(data, filters))


def _build_json(data: Data, filters: Filters | None) -> bytes:
    return documents.write_json(
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
        _build_xlsx,
        slow=True,
    ),
    "ods": Format(
        "OpenDocument spreadsheet: the same, for LibreOffice",
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        _build_ods,
        slow=True,
    ),
    "json": Format("One JSON document, for programs", "json", "application/json", _build_json),
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
