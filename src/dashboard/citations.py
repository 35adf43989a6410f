"""From a source_id to words: the source of each figure."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.exhibits import make_link

Row = dict[str, Any]

TIERS = ("primary", "secondary", "inferred")


def list_sources(data: Data, source_ids: Iterable[str]) -> list[Row]:
    """Return the sources named, each once, in the order first named; missing ids are left out.

    Raises:
        KeyError: a source_id that the data does not hold.
    """
    named = dict.fromkeys(str(one) for one in source_ids if pd.notna(one))
    return [data.source_by_id[one] for one in named]


def format_short(data: Data, source_id: str) -> str:
    """Return a source for a table's cell, as a link: publisher and date; a missing id is empty."""
    if pd.isna(source_id):
        return ""
    source = data.source_by_id[source_id]
    return make_link(_name_source(source), source["url"])


def format_short_markdown(data: Data, source_id: str) -> str:
    """Return a source for a sentence, as a Markdown link: publisher and date."""
    source = data.source_by_id[source_id]
    return formatting.format_link(_name_source(source), source["url"])


def _name_source(source: Row) -> str:
    return f"{source['publisher']}, {formatting.format_day(source['date'])}"


@memoize
def format_citation(data: Data, title: str, source_ids: Sequence[str]) -> str:
    """Return how to cite a figure of this dashboard, as plain text, with whose figures it is."""
    publishers = dict.fromkeys(str(row["publisher"]) for row in list_sources(data, source_ids))
    return (
        f"Opportunity areas dashboard, “{title}”, {format_edition(data)}, from "
        f"{formatting.join_names(publishers)}."
    )


def format_citation_of_all(data: Data) -> str:
    """Return how to cite the dashboard and its figures as a whole, as plain text."""
    return (
        f"Opportunity areas dashboard: {data.descriptor['title']}, {format_edition(data)}. "
        f"An independent compilation from {len(data.sources)} sources, under the "
        f"{data.descriptor['licenses'][0]['title']}."
    )


def format_edition(data: Data) -> str:
    """Return which figures these are: day and version."""
    package = data.descriptor
    return (
        f"figures of {formatting.format_day(package['created'][:10])} (version "
        f"{package['version']})"
    )
