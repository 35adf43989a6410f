"""Checks that dates are days of the calendar: their form alone lets 31 February through."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from dashboard.data.validation import required
from dashboard.data.validation.declared import is_table
from dashboard.data.validation.issues import Fault

# How our schema says that a column holds a year, a month, a day or an interval of these.
_PATTERN_START = r"^\d{4}(-\d{2}"


def check_dates(content: Any) -> Iterator[Fault]:
    """Yield dates that no calendar has, and intervals that end before they begin.

    ``content`` has a frame a table, by its name.
    """
    for resource in filter(is_table, required.load_schema()["resources"]):
        for field in resource["schema"]["fields"]:
            pattern = field.get("constraints", {}).get("pattern", "")
            if pattern.startswith(_PATTERN_START):
                column = getattr(content, resource["name"])[field["name"]]
                for row, written in column.dropna().items():
                    if rule := _find_fault(written):
                        yield Fault(resource["path"], row + 2, field["name"], rule, written)


def _find_fault(written: str) -> str | None:
    try:
        days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in written.split("/")]
    except ValueError:
        return "is no date of the calendar"
    return "ends before it begins" if days != sorted(days) else None
