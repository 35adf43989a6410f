"""The command line: check a folder of figures, export them, write an area's brief."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from dashboard import cli as making
from dashboard.data import loader
from dashboard.data.validation.issues import DataError
from dashboard.filters import COHORTS, PLACES, Filters

_DONE, _FAULTY, _REFUSED = 0, 1, 2
# What a shell shows of a program that was ended by the signal: 128 and the signal's number.
_INTERRUPTED, _NOBODY_READS = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults found, 2 refused."""
    for stream in (sys.stdout, sys.stderr):
        _accept_every_character(stream)
    try:
        return _run(arguments)
    except BrokenPipeError:
        _silence(sys.stdout)
        return _NOBODY_READS
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        _silence(sys.stdout)
        _complain(f"That could not be done: {error.strerror or error}.")
        return _REFUSED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        chosen = _understand(arguments)
    except SystemExit:
        # Help waits to be written until the program ends, when it is too late to say why not.
        _print("")
        raise
    if chosen.command == "check":
        return _check((chosen.folder or loader.folder()).resolve())
    return _make(chosen)


def _understand(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name each fault of a data package")
    check.add_argument("folder", nargs="?", type=Path, help="default: DASHBOARD_DATA, or data/")
    export = commands.add_parser("export", help="write the figures as a file")
    export.add_argument("form", choices=making.FORMS, help="csv is for one table: --table")
    _add_output(export)
    export.add_argument("--table", help="the table to write as csv")
    export.add_argument("--cohort", choices=COHORTS)
    export.add_argument("--region", action="append", default=[])
    export.add_argument("--place", action="append", default=[], choices=PLACES)
    brief = commands.add_parser("brief", help="write an area's brief as a PDF")
    brief.add_argument("area", help="an area's name, or all for the twelve in a zip")
    _add_output(brief)
    try:
        return parser.parse_args(arguments)
    except AttributeError:
        # Before Python 3.12, argparse writes to a stream that is closed without a look.
        if sys.stdout is None or sys.stderr is None:
            raise SystemExit(_REFUSED) from None
        raise


def _add_output(parser: argparse.ArgumentParser) -> None:
    what = "a file, or - for standard output; default: a name that says what it is"
    parser.add_argument("-o", "--output", metavar="FILE", help=what)


def _make(chosen: argparse.Namespace) -> int:
    try:
        figures = loader.load()
        if chosen.command == "brief":
            made = making.write_brief(figures, chosen.area, chosen.output)
        else:
            filters = Filters(chosen.cohort, tuple(chosen.region), tuple(chosen.place))
            made = making.export(figures, chosen.form, chosen.table, filters, chosen.output)
    except DataError:
        return _check(loader.folder())
    except making.Refusal as refusal:
        _complain(str(refusal))
        return _REFUSED
    if made is not None:
        _print(f"{made}\n")
    return _DONE


def _check(folder: Path) -> int:
    faults = loader.check(folder)
    for fault in faults:
        _print(f"{fault}\n")
    if faults:
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        _complain(f"{found} in {folder}")
        return _FAULTY
    content = loader.load(folder)
    tables = len(content.descriptor["resources"])
    _print(
        f"Sound: {tables} resources in {folder}, with {len(content.areas)} areas, "
        f"{len(content.districts)} districts, {len(content.outcomes)} outcome values "
        f"and {len(content.sources)} sources.\n"
    )
    return _DONE


def _accept_every_character(stream: TextIO | None) -> None:
    """Have a stream write ``\\u0142`` where its encoding has no ł, instead of raising an error."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _print(words: str) -> None:
    """Write to standard output at once, so that what keeps it from being written is known.

    Raises:
        OSError: it cannot be written. A stream that was closed from the start takes anything.
    """
    if sys.stdout is not None:
        sys.stdout.write(words)
        sys.stdout.flush()


def _complain(words: str) -> None:
    """Write a line to standard error; where that cannot be written, there is nowhere to say so."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere: Python would try again at its end, and complain."""
    if stream is None:
        return
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())
