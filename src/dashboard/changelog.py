"""Reads the project's CHANGELOG.md."""

import re
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def read_section(part: str) -> str:
    """Read the entries of a part, "Figures" or "Program", newest first, as Markdown.

    Raises:
        KeyError: there is no such part.
    """
    parts = re.split(r"^## (.+)$", _FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[part].strip()


def read_latest_version(part: str) -> tuple[str, str]:
    """Read the latest version of a part and its day, as written: ("0.2.0", "23 November 2026")."""
    version, _, day = read_section(part).splitlines()[0].removeprefix("### ").partition(", ")
    return version, day
