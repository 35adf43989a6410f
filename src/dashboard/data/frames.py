"""Rows of frames, as plain values."""

from collections import namedtuple
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from dashboard.cache import remembered

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def to_rows(frame: pd.DataFrame, kind: type[T]) -> tuple[T, ...]:
    """Build a frame's rows as a dataclass of :mod:`dashboard.data.rows`, a missing value as None.

    Columns that the class does not have are left out.

    Raises:
        KeyError: the class has a column that the frame does not have.
    """
    names = [field.name for field in fields(kind)]
    if missing := [name for name in names if name not in frame]:
        raise KeyError(f"{kind.__name__} needs columns that are missing: {', '.join(missing)}")
    columns = (map(_or_none, frame[name].tolist()) for name in names)
    return tuple(map(kind, *columns))


def records(frame: pd.DataFrame) -> list[Any]:
    """Return a frame's rows as named tuples, a missing value as None."""
    columns = (map(_or_none, frame[name].tolist()) for name in frame.columns)
    return list(map(_row(tuple(frame.columns))._make, zip(*columns, strict=True)))


@remembered
def record(frame: pd.DataFrame, column: str, value: str) -> Any:
    """Return the one row whose key column holds a value, as a series, missing values as None.

    Raises:
        KeyError: there is none.
    """
    return _with_none(frame).set_index(column, drop=False).loc[value]


@remembered
def of_area(frame: pd.DataFrame, area_id: str) -> pd.DataFrame:
    """Return the rows of a frame that are an area's, by its column ``area_id``."""
    return frame[frame["area_id"] == area_id]


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def _or_none(value: Any) -> Any:
    # What is missing is None, pandas' NA, or unlike itself.
    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124


def _with_none(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype("object").where(frame.notna(), None)
