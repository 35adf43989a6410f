"""The command line: check a folder of figures, export them, write an area's brief."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard import commands as making
from dashboard import data
from dashboard.faults import DataError
from dashboard.filters import COHORTS, PLACES, Filters

_DONE, _FAULTY, _REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults found, 2 refused."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name each fault of a data package")
    check.add_argument("folder", nargs="?", type=Path, help="default: DASHBOARD_DATA, or data/")
    _add_export(commands)
    brief = commands.add_parser("brief", help="write an area's brief as a PDF")
    brief.add_argument("area", help="an area's name, or all for the twelve in a zip")
    brief.add_argument("-o", "--output", type=Path, help="default: a name that says what it is")
    chosen = parser.parse_args(arguments)
    if chosen.command == "check":
        return _check((chosen.folder or data.folder()).resolve())
    return _make(chosen)


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser("export", help="write the figures as a file")
    export.add_argument("form", choices=making.FORMS, help="csv is for one table: --table")
    export.add_argument("-o", "--output", type=Path, help="default: a name that says what it is")
    export.add_argument("--table", help="the table to write as csv")
    export.add_argument("--cohort", choices=COHORTS)
    export.add_argument("--region", action="append", default=[])
    export.add_argument("--place", action="append", default=[], choices=PLACES)


def _make(chosen: argparse.Namespace) -> int:
    try:
        figures = data.load()
        if chosen.command == "brief":
            made = making.write_brief(figures, chosen.area, chosen.output)
        else:
            filters = Filters(chosen.cohort, tuple(chosen.region), tuple(chosen.place))
            made = making.export(figures, chosen.form, chosen.table, filters, chosen.output)
    except DataError:
        return _check(data.folder())
    except making.Refusal as refusal:
        print(refusal, file=sys.stderr)
        return _REFUSED
    print(made)
    return _DONE


def _check(folder: Path) -> int:
    faults = data.check(folder)
    for fault in faults:
        print(fault)
    if faults:
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{found} in {folder}", file=sys.stderr)
        return _FAULTY
    content = data.load(folder)
    tables = len(content.descriptor["resources"])
    print(
        f"Sound: {tables} resources in {folder}, with {len(content.areas)} areas, "
        f"{len(content.districts)} districts, {len(content.outcomes)} outcome values "
        f"and {len(content.sources)} sources."
    )
    return _DONE


if __name__ == "__main__":
    sys.exit(main())
