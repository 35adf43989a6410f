"""Escapes text that a spreadsheet would run as a formula, with an apostrophe in front."""

import unicodedata
from typing import TypeVar

T = TypeVar("T")

# A spreadsheet takes a cell that begins with one of these for a formula, even a quoted one. One
# set to Chinese or Japanese accepts their full-width and small forms too, so text is normalised.
_FORMULA_SIGNS = frozenset("=+-@")
# Spreadsheets skip some of these on import, and begin a new cell at others.
_CELL_BREAKS = ("\t", "\r", "\n")


def escape_formula(value: T) -> T | str:
    """Escape text that a spreadsheet would run; return any other value unchanged."""
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def unescape_formula(text: str) -> str:
    """Reverse :func:`safe`: remove the apostrophe that it put in front."""
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    # An apostrophe before a formula gets a second one, so that escaping can be reversed.
    text = text.lstrip("'")
    if text.startswith(_CELL_BREAKS):
        return True
    start = next((character for character in text if not _is_invisible(character)), "")
    return bool(_FORMULA_SIGNS & set(unicodedata.normalize("NFKC", start)))


def _is_invisible(character: str) -> bool:
    """Tell whether a character is invisible: a space of any width, a control, a joiner."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
