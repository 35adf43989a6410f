"""The numbers by which a brief refers to its sources."""

from typing import Any

from dashboard import formatting
from dashboard.data.loader import Data


class References:
    """Sources in the order in which they are first referred to, numbered from 1."""

    def __init__(self, data: Data) -> None:
        self._sources = data.source_by_id
        self._numbers: dict[str, int] = {}

    def of(self, *source_ids: str | None) -> list[int]:
        """Return the numbers of sources, each once, those that are missing left out."""
        distinct = dict.fromkeys(source_id for source_id in source_ids if source_id)
        return [
            self._numbers.setdefault(source_id, len(self._numbers) + 1) for source_id in distinct
        ]

    def listed(self) -> list[dict[str, Any]]:
        """Return the sources referred to so far, in order: number, title, the rest, address."""
        rows = [(number, self._sources[source_id]) for source_id, number in self._numbers.items()]
        return [
            {
                "number": number,
                "title": row["title"],
                "rest": f"{row['publisher']}, {formatting.format_day(row['date'])} ({row['tier']})",
                "url": row["url"] or "",
            }
            for number, row in rows
        ]
