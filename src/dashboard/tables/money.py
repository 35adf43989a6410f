"""Tables of money: for the programme, by area, and row by row with what overlaps."""

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.tables import cells

_ROLES = {
    "main": "Main figure",
    "cross-check": "Another report of the same money",
    "part": "Part of another amount",
    "in addition": "In addition to the main figure",
    "running total": "Running total, contains others",
    "other programme": "Another programme's money",
}


@remembered
def programme(data: Data, events: pd.DataFrame) -> pd.DataFrame:
    """Return announcements for the whole programme, in date order."""
    return cells.table(
        {
            "Announced": formatting.plain_day(row.date),
            "What": formatting.plain(row.title),
            "Amount": cells.money(row.amount_gbp, row.qualifier),
            "For": formatting.plain(row.period),
            "From": formatting.plain(row.funder),
            "Note": formatting.plain(row.note),
            "Source": citations.short(data, row.source_id),
        }
        for row in records(events.sort_values("date"))
    )


@remembered
def area_money(data: Data, shown: pd.DataFrame, column: str, unit: str, head: str) -> pd.DataFrame:
    """Return one money column of ``area_facts`` as a table, largest first."""
    return cells.table(
        {
            "Area": formatting.plain(row.label),
            "Cohort": formatting.plain(row.cohort),
            head: cells.amount(getattr(row, column), unit),
            "Source": citations.short(data, row.fourth_year_source_id),
        }
        for row in records(shown.sort_values(column, ascending=False))
    )


@remembered
def fifth_year(data: Data, shown: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of the fifth year: each amount, and each area without one."""
    listed = []
    for area in records(shown):
        found = amounts[amounts["area_id"] == area.area_id]
        if found.empty:
            listed.append({"Area": formatting.plain(area.label), "Amount": cells.NOT_FOUND})
        listed += [
            {
                "Area": formatting.plain(area.label),
                "Amount": cells.money(row.amount_gbp, row.qualifier),
                "For": formatting.plain(row.what),
                "Note": " ".join(
                    filter(None, [formatting.plain(row.overlaps), formatting.plain(row.note)])
                ),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(found)
        ]
    return cells.table(listed)


@remembered
def local_needs_fund(data: Data, shown: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return what areas were to have of the local needs fund, in the order of the areas."""
    labels = dict(zip(shown["area_id"], shown["label"], strict=True))
    return cells.table(
        {
            "Area": formatting.plain(labels[row.area_id]),
            "Amount": cells.money(row.amount_gbp, row.qualifier),
            "Note": formatting.plain(row.note),
            "Source": citations.short(data, row.source_id),
        }
        for row in records(amounts)
    )


@remembered
def amounts(data: Data, shown: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return amounts row by row with what each overlaps, in the order of the areas shown."""
    labels = dict(zip(shown["area_id"], shown["label"], strict=True))
    kept = chosen[chosen["area_id"].isin(list(labels))]
    return cells.table(
        {
            "Area": formatting.plain(labels[row.area_id]),
            "What": formatting.plain(row.what),
            "Amount": cells.money(row.amount_gbp, row.qualifier),
            "Standing": formatting.plain(_ROLES.get(row.role, row.role)),
            "Overlaps": formatting.plain(row.overlaps),
            "Note": formatting.plain(row.note),
            "Source": citations.short(data, row.source_id),
        }
        for row in records(kept)
    )
