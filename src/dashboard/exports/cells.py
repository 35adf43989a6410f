"""Cells as files hold them: dates in ISO form, and no text that a spreadsheet would run."""

import re
import unicodedata
from typing import Any

import pandas as pd

# A cell that begins so is a formula to a spreadsheet, whatever its quotes. Full-width and small
# forms of the signs count too: a spreadsheet set to Chinese or Japanese reads them as the signs.
_SIGNS = frozenset("=+-@")
# Spreadsheets pass over some of these on import, and begin a cell anew at others.
_BREAKS = ("\t", "\r", "\n")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


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


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame for a CSV file, missing as None.

    Dates are ISO text, yes and no are "true" and "false", and text is safe.
    """
    columns = {}
    for name in frame.columns:
        values = frame[name]
        if values.dtype.kind == "M":
            values = values.dt.strftime("%Y-%m-%d")
        elif values.dtype.kind == "b":
            values = values.map({True: "true", False: "false"})
        columns[safe(str(name))] = [None if pd.isna(one) else safe(one) for one in values.tolist()]
    return pd.DataFrame(columns, dtype="object")


def list_rows(frame: pd.DataFrame) -> list[list[Any]]:
    """Return the rows of a frame for a spreadsheet, missing as None.

    Days are dates, numbers are numbers, yes and no are "true" and "false", and text is safe and
    can be written as XML.
    """
    columns = [map(_typed, frame[name].tolist()) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _typed(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, bool):
        return "true" if value else "false"
    return printable(safe(value)) if isinstance(value, str) else value


def printable(text: str) -> str:
    """Return text with what XML cannot hold, or no screen shows, as the sign for it."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
