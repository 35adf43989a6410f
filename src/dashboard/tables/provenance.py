"""Tables of where figures come from: sources, disagreements, gaps, files."""

import pandas as pd

from dashboard import citations, text
from dashboard.data import Data, records
from dashboard.tables import cells


def disagreements(data: Data) -> pd.DataFrame:
    """Return where sources differ, each source's word, and which one is shown and why."""
    return cells.table(
        {
            "On": text.plain(row.subject),
            "Source": citations.short(data, row.source_id),
            "Says": text.plain(row.says),
            "Shown here": f"Yes. {text.plain(row.reason)}" if row.shown else "No",
        }
        for row in records(data.disagreements)
    )


def gaps(data: Data, listed: pd.DataFrame) -> pd.DataFrame:
    """Return rows of ``gaps``, what was looked for and not found, in words."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    return cells.table(
        {
            "Missing": text.plain(row.subject),
            "Area": text.plain(labels.get(row.area_id, "Not one area alone")),
            "What is not known": text.plain(row.detail),
        }
        for row in records(listed)
    )


def sources(listed: pd.DataFrame) -> pd.DataFrame:
    """Return sources with their reference, tier and how each was read."""
    return cells.table(
        {
            "Reference": text.plain(row.source_id),
            "Title": text.link(row.title, row.url),
            "Publisher": text.plain(row.publisher),
            "Date": text.day(row.date),
            "Tier": row.tier,
            "How it was read": text.plain(row.note),
        }
        for row in records(listed)
    )


def resources(data: Data) -> pd.DataFrame:
    """Return the package's files, what one row of each is, and how many there are."""
    return cells.table(
        {
            "File": text.plain(one["path"]),
            "What it holds": text.plain(one["title"]),
            "Description": text.plain(one["description"]),
            "Columns": str(len(one.get("schema", {}).get("fields", [])) or ""),
        }
        for one in data.descriptor["resources"]
    )
