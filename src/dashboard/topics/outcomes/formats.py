"""Values, changes and years of outcomes as people say them."""

from collections.abc import Sequence

import pandas as pd

from dashboard import formatting
from dashboard.data.frames import to_rows
from dashboard.data.rows import Measure, Outcome
from dashboard.topics.outcomes.series import Change


def format_signed(value: float) -> str:
    """Return a change with its sign: "+3.4", "−0.2", "0"."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"


def format_change(change: float) -> str:
    """Return a change in points with one decimal and its sign: "+3.4", "−0.2", "0.0"."""
    written = f"{change:+.1f}".replace("-", "−")
    return "0.0" if written in ("+0.0", "−0.0") else written


def format_id(measure: Measure) -> str:
    """Return a measure's id as it stands in addresses and the names of files."""
    return measure.measure_id.replace("_", "-")


def format_points(unit: str) -> str:
    """Return what a change of a measure is counted in."""
    return "percentage points" if unit == "%" else "points"


def describe_change(changes: pd.DataFrame, cuts: pd.DataFrame | None = None) -> str:
    """Return the first of a line's changes, beside England's.

    With ``cuts``, the measure's years that cannot be joined to those before them, it says why
    the change stops where it does.
    """
    if changes.empty:
        return "Not computed: no two years can be compared"
    row = to_rows(changes, Change)[0]
    return (
        f"{format_signed(row.change)} from {row.first_period} to {row.last_period}; "
        f"England {format_signed(row.england_change)}{_describe_stop(row, cuts)}"
    )


def _describe_stop(row: Change, cuts: pd.DataFrame | None) -> str:
    if cuts is None:
        return ""
    later = sorted(period for period in cuts["period"] if period > row.last_period)
    return (
        f". It stops at {row.last_period}, as {later[0]} cannot be compared with it"
        if later
        else ""
    )


def format_dated(row: Outcome, unit: str) -> str:
    """Return a row of outcomes as figure and year, and whether provisional or computed."""
    return format_marked(row.value, unit, [row.period, *list_marks(row)])


def format_marked(value: float, unit: str, marks: Sequence[str]) -> str:
    """Return a value as published, with what is to be said of it in brackets."""
    shown = formatting.format_value(value, unit)
    return f"{shown} ({', '.join(marks)})" if marks else shown


def list_marks(row: Outcome) -> list[str]:
    """Return what is to be said of a row of outcomes: provisional, computed."""
    provisional = ["provisional"] if row.status == "provisional" else []
    return [*provisional, "computed"] if row.computed else provisional
