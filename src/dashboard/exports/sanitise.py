"""Cells as files hold them: dates in ISO form, and no text that a spreadsheet would run."""

import re
from datetime import date

import pandas as pd

from dashboard.formulas import escape_formula, unescape_formula

Cell = str | int | float | date | None

__all__ = [
    "Cell",
    "escape_formula",
    "format_for_csv",
    "list_rows",
    "replace_unprintable",
    "unescape_formula",
]

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


def format_for_csv(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame for a CSV file, missing values as None.

    Dates are ISO text, booleans are "true" and "false", and no text can run as a formula.
    """
    columns = {}
    for name in frame.columns:
        values = frame[name]
        if values.dtype.kind == "M":
            values = values.dt.strftime("%Y-%m-%d")
        elif values.dtype.kind == "b":
            values = values.map({True: "true", False: "false"})
        columns[escape_formula(str(name))] = [
            None if pd.isna(value) else escape_formula(value) for value in values.tolist()
        ]
    return pd.DataFrame(columns, dtype="object")


def list_rows(frame: pd.DataFrame) -> list[list[Cell]]:
    """Return the rows of a frame for a spreadsheet, missing values as None.

    Days are dates, booleans are "true" and "false", and text can neither run as a formula nor
    break the XML that it is written in.
    """
    columns = [map(_convert_cell, frame[name].tolist()) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _convert_cell(value: Cell | pd.Timestamp) -> Cell:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, bool):
        return "true" if value else "false"
    return replace_unprintable(escape_formula(value)) if isinstance(value, str) else value


def replace_unprintable(text: str) -> str:
    """Return text in which a sign replaces what XML cannot hold or no screen shows."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
