"""Checks that dates exist in the calendar: their pattern alone allows 31 February."""

from collections.abc import Iterator
from datetime import date

from dashboard.data.validation import required
from dashboard.data.validation.declared import is_table
from dashboard.data.validation.issues import ValidationIssue

# How patterns of our schema begin for a year, a month, a day or an interval of these.
_PATTERN_START = r"^\d{4}(-\d{2}"


def check_dates(content: object) -> Iterator[ValidationIssue]:
    """Yield dates that do not exist, and intervals that end before they begin.

    ``content`` has an attribute for each table, a frame.
    """
    for resource in filter(is_table, required.load_schema()["resources"]):
        for field in resource["schema"]["fields"]:
            pattern = field.get("constraints", {}).get("pattern", "")
            if pattern.startswith(_PATTERN_START):
                column = getattr(content, resource["name"])[field["name"]]
                for row, text in column.dropna().items():
                    if rule := _find_broken_rule(text):
                        yield ValidationIssue(resource["path"], row + 2, field["name"], rule, text)


def _find_broken_rule(text: str) -> str | None:
    try:
        days = [date.fromisoformat(f"{part}-01-01"[:10]) for part in text.split("/")]
    except ValueError:
        return "is no date of the calendar"
    return "ends before it begins" if days != sorted(days) else None
