"""What a chart or a map shows, in a sentence: its title and its alternative text."""

from typing import Any

import pandas as pd

from dashboard import text
from dashboard.data import rows
from dashboard.measures import MapMeasure


def extremes(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return which area has the most and which the least: "A: £2 million; B: £1 million"."""
    known = frame.dropna(subset=[column]).sort_values(column)
    low, high = known.iloc[0], known.iloc[-1]
    most = f"{high['label']} has the most, {text.amount(high[column], unit)}"
    if len(known) == 1:
        return f"{high['label']}: {text.amount(high[column], unit)}"
    return f"{most}; {low['label']} the least, {text.amount(low[column], unit)}"


def programme_totals(totals: pd.DataFrame) -> str:
    """Return how the announced total grew, from the first to the last."""
    first, last = totals.iloc[0], totals.iloc[-1]
    return (
        f"The announced total grew from {text.money(first['amount_gbp'])} to "
        f"{text.money(last['amount_gbp'])} in {_count(len(totals))} steps"
    )


def research_school_money(total: Any, parts: pd.DataFrame) -> str:
    """Return who paid how much of the money for research schools."""
    shares = [f"{text.money(row.amount_gbp)} from the {row.funder}" for row in rows(parts)]
    return f"{text.money(total['amount_gbp'])} for research schools: {text.joined(shares)}"


def on_map(shown: pd.DataFrame, measure: MapMeasure | None) -> str:
    """Return what the map shows, as the sentence that stands in for it."""
    if shown.empty:
        return "No area is shown on the map."
    if measure:
        return f"{measure.name}: {extremes(shown, measure.column, measure.unit)}."
    cohorts = shown["cohort"].value_counts()
    counts = [
        f"{cohorts[name]} of the {name.lower()}" for name in sorted(cohorts.index, reverse=True)
    ]
    return f"The map shows {text.joined(counts)}: {text.joined(shown['label'])}."


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six")
    return words[number] if number < len(words) else str(number)
