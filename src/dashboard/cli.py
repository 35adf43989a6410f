"""The command line: check a folder of figures, export them, write an area's brief."""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from dashboard import brief, cli_output, exports
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError
from dashboard.filters import COHORTS, PLACE_TYPES, Filters

_EXIT_DONE, _EXIT_INVALID_DATA, _EXIT_REFUSED = 0, 1, 2
# As a shell reports a program that was ended by a signal: 128 and the signal's number.
_EXIT_INTERRUPTED, _EXIT_BROKEN_PIPE = 130, 141
_FORMATS = (*exports.FORMATS, "csv")
_ALL_AREAS = "all"


class CommandError(Exception):
    """A command cannot be run; the message tells the user why and what is possible."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults found, 2 refused."""
    for stream in (sys.stdout, sys.stderr):
        # Write ``\u0142`` where the encoding has no ł, instead of raising an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(arguments)
    except BrokenPipeError:
        _discard_output(sys.stdout)
        return _EXIT_BROKEN_PIPE
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except OSError as error:
        _discard_output(sys.stdout)
        _print_error(f"That could not be done: {error.strerror or error}.")
        return _EXIT_REFUSED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parse_arguments(arguments)
    except SystemExit:
        # Write argparse's help now, so that a failure to write it can still be reported.
        _print("")
        raise
    if options.command == "check":
        return _check((options.folder or loader.get_folder()).resolve())
    try:
        data = loader.load()
        path = _write_brief(data, options) if options.command == "brief" else _export(data, options)
    except DataError:
        return _check(loader.get_folder())
    except CommandError as error:
        _print_error(str(error))
        return _EXIT_REFUSED
    if path is not None:
        _print(f"{path}\n")
    return _EXIT_DONE


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name each fault of a data package")
    check.add_argument("folder", nargs="?", type=Path, help="default: DASHBOARD_DATA, or data/")
    export = commands.add_parser("export", help="write the figures as a file")
    export.add_argument("form", choices=_FORMATS, help="csv is for one table: --table")
    _add_output(export)
    export.add_argument("--table", help="the table to write as csv")
    export.add_argument("--cohort", choices=COHORTS)
    export.add_argument("--region", action="append", default=[])
    export.add_argument("--place", action="append", default=[], choices=PLACE_TYPES)
    brief_of = commands.add_parser("brief", help="write an area's brief as a PDF")
    brief_of.add_argument("area", help="an area's name, or all for the twelve in a zip")
    _add_output(brief_of)
    try:
        return parser.parse_args(arguments)
    except AttributeError:
        # Before Python 3.12, argparse does not check whether a stream is closed.
        if sys.stdout is None or sys.stderr is None:
            raise SystemExit(_EXIT_REFUSED) from None
        raise


def _add_output(parser: argparse.ArgumentParser) -> None:
    what = "a file, or - for standard output; default: a name that says what it is"
    parser.add_argument("-o", "--output", metavar="FILE", help=what)


def _check(folder: Path) -> int:
    """Print each issue of a folder's data package, or what it holds if there is none."""
    issues = loader.check(folder)
    for issue in issues:
        _print(f"{issue}\n")
    if issues:
        count = "1 fault" if len(issues) == 1 else f"{len(issues)} faults"
        _print_error(f"{count} in {folder}")
        return _EXIT_INVALID_DATA
    data = loader.load(folder)
    tables = len(data.descriptor["resources"])
    _print(
        f"Sound: {tables} resources in {folder}, with {len(data.areas)} areas, "
        f"{len(data.districts)} districts, {len(data.outcomes)} outcome values "
        f"and {len(data.sources)} sources.\n"
    )
    return _EXIT_DONE


def _export(data: Data, options: argparse.Namespace) -> str | None:
    """Write the data in a format, or one table as CSV, and return the path as :func:`_write`.

    Raises:
        CommandError: there is no such table or region, or the file cannot be written.
    """
    filters = Filters(options.cohort, tuple(options.region), tuple(options.place))
    regions = set(data.areas["region"])
    if unknown := set(filters.regions) - regions:
        raise CommandError(f"No region is called “{min(unknown)}”. There are {_join(regions)}.")
    if options.form == "csv":
        tables = exports.narrow_tables(data, filters)
        if options.table not in tables:
            raise CommandError(
                f"csv is for one table: name it with --table. There are {_join(tables)}."
            )
        content = exports.write_csv(tables[options.table])
        name = exports.build_table_file_name(data, options.table, filters)
    else:
        try:
            content = exports.build(data, options.form, filters)
        except RuntimeError as error:
            raise CommandError(f"The file could not be made: {error}") from error
        name = exports.build_file_name("opportunity-areas", filters, options.form)
    return _write(content, name if options.output is None else options.output)


def _write_brief(data: Data, options: argparse.Namespace) -> str | None:
    """Write an area's brief as PDF, or all as a zip, and return the path as :func:`_write`.

    The area is named by its id, name or label, in any case.

    Raises:
        CommandError: there is no such area, or the file cannot be made or written.
    """
    try:
        content, name = _build_brief(data, options.area)
    except RuntimeError as error:
        raise CommandError(f"The brief could not be made: {error}") from error
    return _write(content, name if options.output is None else options.output)


def _build_brief(data: Data, area: str) -> tuple[bytes, str]:
    if area.casefold() == _ALL_AREAS:
        return brief.render_all_briefs(data), "opportunity-area-briefs.zip"
    areas = data.areas
    is_match = areas[["area_id", "name", "label"]].map(str.casefold) == area.casefold()
    area_ids = areas["area_id"][is_match.any(axis="columns")]
    if area_ids.empty:
        raise CommandError(f"No area is called “{area}”. There are {_join(areas['label'])}.")
    return brief.render_brief(data, area_ids.iloc[0]), brief.build_file_name(area_ids.iloc[0])


def _write(content: bytes, to: str) -> str | None:
    """Write a file, and return its path; None where it went to standard output, named "-".

    Raises:
        CommandError: it cannot be written; a file that was there before is unchanged.
        BrokenPipeError: the reader of standard output has closed it.
    """
    is_standard = cli_output.is_standard_output(to)
    try:
        cli_output.write_to(content, to)
    except OSError as error:
        if is_standard and isinstance(error, BrokenPipeError):
            raise
        names = {cli_output.STANDARD_OUTPUT: "Standard output", "": "A file without a name"}
        name = names.get(to, to)
        raise CommandError(f"{name} could not be written: {error.strerror or error}.") from error
    return None if is_standard else to


def _join(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _print(text: str) -> None:
    """Write to standard output and flush, so that a failure is raised here.

    Raises:
        OSError: it cannot be written. A stream that was closed at the start is ignored.
    """
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _print_error(text: str) -> None:
    """Write a line to standard error, and ignore a failure, which could be reported nowhere."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        _discard_output(sys.stderr)


def _discard_output(stream: TextIO | None) -> None:
    """Redirect a stream to nowhere: Python would retry and fail to write its buffer at exit."""
    if stream is None:
        return
    with suppress(OSError):
        null_device = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null_device, stream.fileno())
        os.close(null_device)
