"""Sources and licence in words, for files that hold one table and no more."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.exports import data_dictionary

_SEPARATOR = " | "


def list_source_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold the id of a source."""
    return [str(name) for name in frame.columns if str(name).endswith("source_id")]


def list_source_ids(frames: Iterable[pd.DataFrame]) -> list[str]:
    """Return the source ids in all columns of frames, each once, in order of appearance."""
    columns = (frame[name].dropna() for frame in frames for name in list_source_columns(frame))
    return list(dict.fromkeys(str(source_id) for column in columns for source_id in column))


@memoize
def format_citations(data: Data) -> Mapping[str, str]:
    """Return each source as a citation, by its id: publisher, title, date and address."""
    return {source_id: _format_citation(source) for source_id, source in data.source_by_id.items()}


def format_licence(owner: Mapping[str, Any]) -> str:
    """Return the licences of a package, or of one of its resources, with their addresses."""
    return _SEPARATOR.join(f"{terms['title']}, {terms['path']}" for terms in owner["licenses"])


def build_attribution_columns(
    frame: pd.DataFrame,
    fields: Iterable[data_dictionary.Field],
    citations_by_id: Mapping[str, str],
    terms: str,
) -> pd.DataFrame:
    """Return the last columns of a file of one table: computed columns, sources, licence.

    A table without sources or without computed columns gets no column for them.
    """
    columns: dict[str, str | list[str]] = {}
    if computed := data_dictionary.list_computed(fields):
        words = (f"{field['name']}: {field['description']}" for field in computed)
        columns["computed_columns"] = _SEPARATOR.join(words)
    # The table of sources holds the same in its own columns.
    if (names := list_source_columns(frame)) and "publisher" not in frame:
        rows = frame[names].itertuples(index=False)
        columns["source"] = [_format_sources(row, citations_by_id) for row in rows]
    columns["licence"] = terms
    return pd.DataFrame(columns, index=frame.index, dtype="string")


def _format_sources(row: Iterable[str | None], citations_by_id: Mapping[str, str]) -> str:
    """Return the sources of a row in words; one without a citation by its id alone."""
    source_ids = dict.fromkeys(str(source_id) for source_id in row if pd.notna(source_id))
    known = {key: f"{key}: {citations_by_id[key]}" for key in source_ids if key in citations_by_id}
    return _SEPARATOR.join(known.get(source_id, source_id) for source_id in source_ids)


def _format_citation(source: Mapping[str, Any]) -> str:
    parts = (source[name] for name in ("publisher", "title", "date", "url"))
    return ", ".join(str(part) for part in parts if pd.notna(part))
