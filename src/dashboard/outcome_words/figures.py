"""Values, changes and years of outcomes as people say them."""

from typing import Any

import pandas as pd

from dashboard.data.frames import records


def figure(value: float, unit: str) -> str:
    """Return a value as published, with its unit: "67%", "−0.58"."""
    shown = f"{value:.4g}".replace("-", "−")
    return f"{shown}%" if unit == "%" else shown


def signed(value: float) -> str:
    """Return a change with its sign: "+3.4", "−0.2", "0"."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"


def points(unit: str) -> str:
    """Return what a change of a measure is counted in."""
    return "percentage points" if unit == "%" else "points"


def change(found: pd.DataFrame) -> str:
    """Return one line's change over one run, of :func:`outcomes.changes`, beside England's."""
    if found.empty:
        return "Not computed: no two years that compare"
    row = records(found)[0]
    return (
        f"{signed(row.change)} from {row.first_period} to {row.last_period}; "
        f"England {signed(row.england_change)}"
    )


def dated(row: Any, unit: str) -> str:
    """Return a row of outcomes as figure and year, and whether provisional or computed."""
    marks = [row.period, *standing(row)]
    return f"{figure(row.value, unit)} ({', '.join(marks)})"


def standing(row: Any) -> list[str]:
    """Return what is to be said of a row of outcomes: provisional, computed."""
    provisional = ["provisional"] if row.status == "provisional" else []
    return [*provisional, "computed"] if row.computed else provisional
