"""What the command line does beside checking: exports and briefs, without a browser."""

from collections.abc import Iterable

from dashboard import brief, cli_output, exports
from dashboard.data.loader import Data
from dashboard.filters import Filters

FORMS = (*exports.FORMATS, "csv")
_ALL = "all"


class Refusal(Exception):  # noqa: N818 - a word for the reader, not an error of ours
    """What was asked for cannot be done; the message says why and what can."""


def export(
    data: Data, form: str, table: str | None, filters: Filters, to: str | None
) -> str | None:
    """Write the figures in a form, or one table as CSV, and return the file's path.

    ``to`` is a path, or "-" for standard output, which has no path to return.

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
    return _write(made, name if to is None else to)


def write_brief(data: Data, area: str, to: str | None) -> str | None:
    """Write an area's brief as PDF, or all twelve as a zip, and return the file's path.

    ``area`` is an area's id, name or label, in any case, or "all"; ``to`` as for :func:`export`.

    Raises:
        Refusal: there is no such area, or the file cannot be made or written.
    """
    try:
        made, name = _make_brief(data, area)
    except RuntimeError as error:
        raise Refusal(f"The brief could not be made: {error}") from error
    return _write(made, name if to is None else to)


def _make_brief(data: Data, area: str) -> tuple[bytes, str]:
    if area.casefold() == _ALL:
        return brief.all_of(data), "opportunity-area-briefs.zip"
    areas = data.areas
    named = areas[["area_id", "name", "label"]].map(str.casefold) == area.casefold()
    found = areas[named.any(axis="columns")]["area_id"]
    if found.empty:
        raise Refusal(f"No area is called “{area}”. There are {_list(areas['label'])}.")
    return brief.pdf(data, found.iloc[0]), brief.file_name(found.iloc[0])


def _write(content: bytes, to: str) -> str | None:
    """Write a file, and return its path; None where it went to standard output.

    Raises:
        Refusal: it cannot be written; a file that was there before is as it was.
        BrokenPipeError: nobody reads standard output any more.
    """
    is_standard = cli_output.is_standard_output(to)
    try:
        cli_output.write_to(content, to)
    except OSError as error:
        if is_standard and isinstance(error, BrokenPipeError):
            raise
        names = {cli_output.STANDARD_OUTPUT: "Standard output", "": "A file without a name"}
        name = names.get(to, to)
        raise Refusal(f"{name} could not be written: {error.strerror or error}.") from error
    return None if is_standard else to


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
