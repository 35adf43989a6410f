"""What cells of tables are made of: words for figures, links, and a word for what is missing."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard import text
from dashboard.filters import Filters

NOT_FOUND = "Not found"


def table(rows: Iterable[dict[str, str]]) -> pd.DataFrame:
    """Return rows as a frame of text, empty where a row lacks a column."""
    return pd.DataFrame(list(rows)).fillna("").astype("str")


def area_link(label: str, filters: Filters) -> str:
    """Return a link to the area's profile that keeps the filters; relative, for any base path."""
    query = urlencode({**filters.address(), "area": label}, doseq=True)
    return f"[{text.plain(label)}](profile?{query})"


def money(pounds: Any, qualifier: Any = "exactly") -> str:
    """Return an amount with its qualifier, or that it was not found."""
    return NOT_FOUND if pd.isna(pounds) else text.money(pounds, qualifier)


def amount(value: Any, unit: str) -> str:
    """Return a map measure's value in its unit, or that it was not found."""
    return NOT_FOUND if pd.isna(value) else text.amount(value, unit)
