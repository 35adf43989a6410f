"""Sources and licence in words, for files that hold one table and no more."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.exports import data_dictionary

_BETWEEN = " | "


def list_named_sources(frame: pd.DataFrame) -> list[str]:
    """Return the columns that name a source."""
    return [str(name) for name in frame.columns if str(name).endswith("source_id")]


def list_source_ids(frames: Iterable[pd.DataFrame]) -> list[str]:
    """Return the source ids that rows name in any column, each once, in the order first named."""
    found = [
        one
        for frame in frames
        for name in list_named_sources(frame)
        for one in frame[name].dropna()
    ]
    return list(dict.fromkeys(map(str, found)))


@memoize
def format_citations(data: Data) -> Mapping[str, str]:
    """Return each source as a citation, by its id: publisher, title, date and address."""
    return {source_id: _format_citation(row) for source_id, row in data.source_by_id.items()}


def format_licence(owner: Mapping[str, Any]) -> str:
    """Return the licences of a package, or of one of its resources, with their addresses."""
    return _BETWEEN.join(f"{one['title']}, {one['path']}" for one in owner["licenses"])


def add_attribution(
    frame: pd.DataFrame, fields: list[data_dictionary.Field], said: Mapping[str, str], terms: str
) -> pd.DataFrame:
    """Return the columns that a file of one table ends with: what is computed, sources, licence.

    A table without sources or without computed columns gets no column for them.
    """
    worked_out = data_dictionary.computed(fields)
    made: dict[str, Any] = {}
    if worked_out:
        words = (f"{one['name']}: {one['description']}" for one in worked_out)
        made[data_dictionary.COMPUTED["name"]] = _BETWEEN.join(words)
    # The table of sources says of itself what this column would.
    if (names := list_named_sources(frame)) and "publisher" not in frame:
        made[data_dictionary.SOURCE["name"]] = [
            _name_source(row, said) for row in frame[names].itertuples(index=False)
        ]
    made[data_dictionary.LICENCE["name"]] = terms
    return pd.DataFrame(made, index=frame.index, dtype="string")


def _name_source(row: Iterable[Any], said: Mapping[str, str]) -> str:
    found = dict.fromkeys(str(one) for one in row if pd.notna(one))
    return _BETWEEN.join(f"{one}: {said[one]}" if one in said else one for one in found)


def _format_citation(row: Mapping[str, Any]) -> str:
    parts = [row["publisher"], row["title"], row["date"], row["url"]]
    return ", ".join(str(one) for one in parts if pd.notna(one))
