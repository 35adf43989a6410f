"""Text that a spreadsheet would take for a formula, and the apostrophe that keeps it text."""

import unicodedata
from typing import Any

# A cell that begins so is a formula to a spreadsheet, whatever its quotes. Full-width and small
# forms of the signs count too: a spreadsheet set to Chinese or Japanese reads them as the signs.
_SIGNS = frozenset("=+-@")
# Spreadsheets pass over some of these on import, and begin a cell anew at others.
_BREAKS = ("\t", "\r", "\n")


def safe(value: Any) -> Any:
    """Return text that no spreadsheet takes for a formula; what is no text stays as it is."""
    return f"'{value}" if isinstance(value, str) and _would_run(value) else value


def unsafe(text: str) -> str:
    """Return what :func:`safe` was given: text without the apostrophe that it put in front."""
    return text[1:] if text.startswith("'") and _would_run(text[1:]) else text


def _would_run(text: str) -> bool:
    # An apostrophe before a formula gets a second one, so that each can be taken away again.
    text = text.lstrip("'")
    if text.startswith(_BREAKS):
        return True
    start = next((character for character in text if not _is_passed_over(character)), "")
    return bool(_SIGNS & set(unicodedata.normalize("NFKC", start)))


def _is_passed_over(character: str) -> bool:
    """Tell whether a character leaves no mark: a space of any width, a control, a joiner."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
