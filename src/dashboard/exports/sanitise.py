"""Cells as files hold them: dates in ISO form, and no text that a spreadsheet would run."""

import re
from typing import Any

import pandas as pd

from dashboard.formulas import escape_formula, unescape_formula

__all__ = [
    "escape_formula",
    "list_rows",
    "remove_control_characters",
    "unescape_formula",
    "write_cell",
]

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


def write_cell(frame: pd.DataFrame) -> pd.DataFrame:
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
        columns[escape_formula(str(name))] = [
            None if pd.isna(one) else escape_formula(one) for one in values.tolist()
        ]
    return pd.DataFrame(columns, dtype="object")


def list_rows(frame: pd.DataFrame) -> list[list[Any]]:
    """Return the rows of a frame for a spreadsheet, missing as None.

    Days are dates, numbers are numbers, yes and no are "true" and "false", and text is safe and
    can be written as XML.
    """
    columns = [map(_type_cell, frame[name].tolist()) for name in frame.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _type_cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, bool):
        return "true" if value else "false"
    return remove_control_characters(escape_formula(value)) if isinstance(value, str) else value


def remove_control_characters(text: str) -> str:
    """Return text with what XML cannot hold, or no screen shows, as the sign for it."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))
