"""What the command line does beside checking: exports and briefs, without a browser."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from dashboard import brief, exports
from dashboard.data import Data
from dashboard.filters import Filters

FORMS = (*exports.FORMATS, "csv")
_ALL = "all"


class Refusal(Exception):  # noqa: N818 - a word for the reader, not an error of ours
    """What was asked for cannot be done; the message says why and what can."""


def export(data: Data, form: str, table: str | None, filters: Filters, to: Path | None) -> Path:
    """Write the figures in a form, or one table as CSV, and return the file's path.

    Raises:
        Refusal: there is no such table or region, or the file cannot be written.
    """
    regions = set(data.areas["region"])
    if unknown := set(filters.regions) - regions:
        raise Refusal(f"No region is called “{min(unknown)}”. There are {_list(regions)}.")
    if form == "csv":
        tables = exports.narrowed(data, filters)
        if table is None or table not in tables:
            raise Refusal(f"csv is for one table: name it with --table. There are {_list(tables)}.")
        made, name = exports.csv(tables[table]), exports.table_file_name(data, table, filters)
    else:
        made = exports.build(data, form, filters)
        name = exports.file_name("opportunity-areas", filters, form)
    return _write(made, to or Path(name))


def write_brief(data: Data, area: str, to: Path | None) -> Path:
    """Write an area's brief as PDF, or all twelve as a zip, and return the file's path.

    ``area`` is an area's id, name or label, in any case, or "all".

    Raises:
        Refusal: there is no such area, or the file cannot be written.
    """
    if area.casefold() == _ALL:
        return _write(brief.all_of(data), to or Path("opportunity-area-briefs.zip"))
    areas = data.areas
    named = areas[["area_id", "name", "label"]].map(str.casefold) == area.casefold()
    found = areas[named.any(axis="columns")]["area_id"]
    if found.empty:
        raise Refusal(f"No area is called “{area}”. There are {_list(areas['label'])}.")
    return _write(brief.pdf(data, found.iloc[0]), to or Path(brief.file_name(found.iloc[0])))


def _write(content: bytes, to: Path) -> Path:
    """Write a file whole or not at all: beside its place first, then put there.

    Raises:
        Refusal: it cannot be written; what was there before is as it was.
    """
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=to.parent, delete=False) as file:
            beside = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(to)
    except OSError as error:
        if beside:
            beside.unlink(missing_ok=True)
        raise Refusal(f"{to} could not be written: {error.strerror}.") from error
    return to


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
