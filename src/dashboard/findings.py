"""What a chart or a map shows, in a sentence: its title and its alternative text."""

import pandas as pd

from dashboard import formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.filters import COHORTS
from dashboard.measures import MapMeasure


@remembered
def extremes(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return where a column is highest and lowest: "highest in A (2), lowest in B (1)"."""
    known = frame.dropna(subset=[column]).sort_values(column)
    if known.empty:
        return "no figure was found"
    low, high = known.iloc[0], known.iloc[-1]
    highest = f"{high['label']} ({formatting.amount(high[column], unit)})"
    if len(known) == 1:
        return highest
    return (
        f"highest in {highest}, lowest in {low['label']} ({formatting.amount(low[column], unit)})"
    )


@remembered
def deprivation_2025(districts: pd.DataFrame) -> str:
    """Return the share of 2025 of one district or each of several, and that it is no trend.

    Takes :func:`measures.deprivation_2025`.
    """
    rows = records(districts)
    if all(row.share is None for row in rows):
        gone = all(row.abolished_on is not None for row in rows)
        return "Not given: the district was abolished" if gone else "Not found"
    shares = [
        f"{row.name if len(rows) > 1 else ''} "
        f"{'not found' if row.share is None else formatting.per_cent(row.share)}".strip()
        for row in rows
    ]
    return (
        f"{formatting.joined(shares)}. Cannot be compared with 2019 as a trend: the boundaries of "
        "neighbourhoods changed"
    )


@remembered
def on_map(shown: pd.DataFrame, measure: MapMeasure | None) -> str:
    """Return what the map shows, as the sentence that stands in for it."""
    if shown.empty:
        return "No area is shown on the map."
    if measure:
        return f"{measure.name}: {extremes(shown, measure.column, measure.unit)}."
    groups = [(cohort, shown[shown["cohort"] == cohort]["label"]) for cohort in COHORTS]
    return " ".join(
        f"{name}: {formatting.joined(labels)}." for name, labels in groups if len(labels)
    )
