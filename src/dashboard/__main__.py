"""The command line: ``python -m dashboard check [FOLDER]``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard import data


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 faults found."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="name each fault of a data package")
    check.add_argument("folder", nargs="?", type=Path, help="default: DASHBOARD_DATA, or data/")
    chosen = parser.parse_args(arguments)
    return _check((chosen.folder or data.folder()).resolve())


def _check(folder: Path) -> int:
    faults = data.check(folder)
    for fault in faults:
        print(fault)
    if faults:
        found = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{found} in {folder}", file=sys.stderr)
        return 1
    content = data.load(folder)
    tables = len(content.descriptor["resources"])
    print(
        f"Sound: {tables} resources in {folder}, with {len(content.areas)} areas, "
        f"{len(content.districts)} districts, {len(content.outcomes)} outcome values "
        f"and {len(content.sources)} sources."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
