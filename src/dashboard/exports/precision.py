"""Numbers in the form the files have them in: 55 stays 55, and 72.0 stays 72.0."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.cache import memoize
from dashboard.data import loader as package
from dashboard.data.loader import Data
from dashboard.data.validation import reading


def restore_decimals(data: Data, resource: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a resource with each whole number as an int, but where the file has a point.

    Rows are found by their label, and a text of the file counts only where it is the same number.
    """
    texts = _read_texts(data, resource)
    made = {
        name: _restore_column(frame[name], texts[name]) for name in frame.columns if name in texts
    }
    return frame.assign(**made)


def _restore_column(values: "pd.Series[Any]", texts: Mapping[Any, str]) -> "pd.Series[Any]":
    made = [_restore_number(value, texts.get(row, "")) for row, value in values.items()]
    return pd.Series(made, index=values.index, dtype="object")


def _restore_number(value: Any, text: str) -> int | float | None:
    if pd.isna(value):
        return None
    number = float(value)
    pointed = "." in text and _read(text) == number
    return number if pointed or not number.is_integer() else int(number)


def _read(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@memoize
def _read_texts(data: Data, resource: str) -> Mapping[str, Mapping[Any, str]]:
    """Return the texts of the columns of numbers, by row.

    They are read from the folder of figures once more: the frames hold numbers alone. Where that
    cannot be done, there are none.
    """
    found = next(one for one in data.descriptor["resources"] if one["name"] == resource)
    names = [one["name"] for one in found["schema"]["fields"] if one["type"] == "number"]
    return {name: _read_texts_of(str(found["path"]), name) for name in names}


def _read_texts_of(path: str, column: str) -> Mapping[Any, str]:
    written, faults = reading.read_text(package.get_folder() / path)
    if faults:
        return {}
    try:
        rows = csv.DictReader(io.StringIO(written, newline=""))
        return {row: one.get(column) or "" for row, one in enumerate(rows)}
    except (ValueError, csv.Error):
        return {}
