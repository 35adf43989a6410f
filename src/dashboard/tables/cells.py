"""What cells of tables are made of: words for figures, and a word for what is missing."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard import formatting

NOT_FOUND = "Not found"


def table(rows: Iterable[dict[str, str]]) -> pd.DataFrame:
    """Return rows as a frame of text, empty where a row lacks a column.

    A column that is empty in every row says nothing and is left out.
    """
    cells = pd.DataFrame(list(rows)).fillna("").astype("str")
    return cells.loc[:, (cells != "").any()]


def money(pounds: Any, qualifier: Any = "exactly") -> str:
    """Return an amount with its qualifier, or that it was not found."""
    return NOT_FOUND if pd.isna(pounds) else formatting.money(pounds, formatting.plain(qualifier))


def amount(value: Any, unit: str) -> str:
    """Return a map measure's value in its unit, or that it was not found."""
    return NOT_FOUND if pd.isna(value) else formatting.amount(value, unit)
