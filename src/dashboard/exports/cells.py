"""Cells as files hold them: dates in ISO form, and no text that a spreadsheet would run."""

from typing import Any

import pandas as pd

# A cell that begins so is a formula to a spreadsheet, whatever its quotes.
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> Any:
    """Return text that no spreadsheet takes for a formula; what is no text stays as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame for a spreadsheet, missing as None.

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
