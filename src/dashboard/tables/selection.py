"""The tables of the page on why these areas, claims checked and ranks as printed."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.tables import cells

_UNITS = {1: "st", 2: "nd", 3: "rd"}


@remembered
def ranks(data: Data, found: pd.DataFrame) -> pd.DataFrame:
    """Return ranks of :func:`selection.ranks`, one a row, as shown, as printed and from where."""
    return pd.DataFrame(
        [
            {
                "District": _district(row),
                "Index": f"{row.index_year}{'' if row.stage == 'overall' else ', school stage'}",
                "Rank": _rank(row),
                "As printed": _as_printed(row),
                "Sources": _sources(data, [row.source_id, row.cross_check_source_id]),
                "Note": formatting.plain(row.note),
            }
            for row in records(found)
        ]
    )


@remembered
def claims(data: Data) -> pd.DataFrame:
    """Return the announcement's claims with the verdict, what was found and its sources.

    Raises:
        KeyError: a claim has no row in ``claim_sources``.
    """
    rests_on = data.claim_sources.groupby("claim_id")["source_id"].agg(list)
    return pd.DataFrame(
        [
            {
                "Claim": formatting.plain(row.claim),
                "Verdict": formatting.plain(row.verdict.capitalize()),
                "What we found": f"{_found(row)} ({_sources(data, rests_on[row.claim_id])})",
            }
            for row in records(data.claims.sort_values("number"))
        ]
    )


@remembered
def said(data: Data, disagreeing: pd.DataFrame) -> pd.DataFrame:
    """Return what each source says on one subject, and which one is shown and why."""
    return pd.DataFrame(
        [
            {
                "Says": formatting.plain(row.says),
                "Shown as the rank": f"Yes. {formatting.plain(row.reason)}" if row.shown else "No",
                "Source": citations.format_short(data, row.source_id),
            }
            for row in records(disagreeing)
        ]
    )


def ordinal(number: int) -> str:
    """Return a place in words and figures: 1st, 12th, 23rd."""
    teen = number % 100 in range(11, 14)
    return f"{number}{'th' if teen else _UNITS.get(number % 10, 'th')}"


def _district(row: Any) -> str:
    """Return a district's name, with its area's where that is another."""
    name = formatting.plain(row.name)
    return name if row.area == row.name else f"{name}, in {formatting.plain(row.area)}"


def _rank(row: Any) -> str:
    if row.rank is None:
        return cells.NOT_FOUND
    shown = str(row.rank) if row.preferred else f"{row.rank}, not preferred"
    return f"{shown} (worked out)" if row.as_printed == "nth from worst" else shown


def _as_printed(row: Any) -> str:
    if row.as_printed == "nth from worst":
        return f"{ordinal(row.rank_from_worst)} from the worst"
    return (
        f"Rank {row.rank}"
        if row.as_printed == "rank"
        else formatting.plain(str(row.as_printed).capitalize())
    )


def _found(row: Any) -> str:
    return " ".join(formatting.plain(said) for said in (row.finding, row.note) if said)


def _sources(data: Data, source_ids: Iterable[str | None]) -> str:
    return "; ".join(citations.format_short(data, one) for one in source_ids if one)
