"""Conversions of frames to rows of plain values."""

from collections import namedtuple
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from dashboard.cache import memoize

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
_R = TypeVar("_R")
_K = TypeVar("_K", bound=Hashable)


def to_rows(frame: pd.DataFrame, kind: type[T]) -> tuple[T, ...]:
    """Build a frame's rows as a dataclass of :mod:`dashboard.data.rows`, a missing value as None.

    Columns that the class does not have are left out.

    Raises:
        KeyError: the class has a column that the frame does not have.
    """
    names = [field.name for field in fields(kind)]
    if missing := [name for name in names if name not in frame]:
        raise KeyError(f"{kind.__name__} needs columns that are missing: {', '.join(missing)}")
    columns = (map(_convert_missing, frame[name].tolist()) for name in names)
    return tuple(map(kind, *columns))


def to_records(frame: pd.DataFrame) -> list[Any]:
    """Convert a frame's rows to named tuples, a missing value to None."""
    columns = (map(_convert_missing, frame[name].tolist()) for name in frame.columns)
    return list(map(_build_row_type(tuple(frame.columns))._make, zip(*columns, strict=True)))


def to_dicts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Convert a frame's rows to plain values by column, a missing value to None."""
    columns = (map(_convert_missing, frame[name].tolist()) for name in frame.columns)
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def group_rows(rows: Iterable[_R], get_key: Callable[[_R], _K]) -> dict[_K, list[_R]]:
    """Return the rows of each key together, in the order in which keys and rows come."""
    groups: dict[_K, list[_R]] = {}
    for row in rows:
        groups.setdefault(get_key(row), []).append(row)
    return groups


@memoize
def filter_by_area(frame: pd.DataFrame, area_id: str) -> pd.DataFrame:
    """Select the rows of an area, by the column ``area_id``."""
    return frame[frame["area_id"] == area_id]


@cache
def _build_row_type(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def _convert_missing(value: Any) -> Any:
    # A missing value is None, pandas' NA, or unequal to itself (NaN, NaT).
    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124
