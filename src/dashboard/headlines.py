"""The figures that a page opens with, each with its basis."""

from dataclasses import dataclass

import pandas as pd

from dashboard import basis, formatting, measures
from dashboard.basis import Basis
from dashboard.cache import remembered
from dashboard.data.loader import Data


@dataclass(frozen=True)
class Headline:
    """A figure as shown, what it covers, and what it rests on."""

    label: str
    value: str
    covers: str
    basis: Basis


@remembered
def of_areas(data: Data, shown: pd.DataFrame) -> list[Headline]:
    """Return the front page's figures for the areas shown."""
    return [_areas(data, shown), _people(data, shown)]


@remembered
def of_programme(data: Data) -> list[Headline]:
    """Return the front page's figures for the whole programme, whatever is filtered."""
    return [
        _announced(data, "twelve-areas-total", "Announced for twelve areas"),
        _announced(data, "five-year-total", "Announced over five years"),
        _announced(data, "research-schools-total", "For research schools"),
    ]


def _announced(data: Data, event_id: str, label: str) -> Headline:
    event = measures.event(data, event_id)
    period = f", for {event['period'][0].lower()}{event['period'][1:]}" if event["period"] else ""
    return Headline(
        label=label,
        value=formatting.money(event["amount_gbp"], event["qualifier"]),
        covers=f"Dated {formatting.day(event['date'])}{period}",
        basis=basis.money.event(data, event_id),
    )


def _areas(data: Data, shown: pd.DataFrame) -> Headline:
    return Headline(
        label="Areas shown",
        value=f"{len(shown)} of {len(data.areas)}",
        covers=f"{data.districts['area_id'].isin(shown['area_id']).sum()} districts",
        basis=basis.areas.counted(data, shown),
    )


def _people(data: Data, shown: pd.DataFrame) -> Headline:
    return Headline(
        label="People living there",
        value=formatting.number(shown["population"].sum()),
        covers="Mid-2017, the areas shown added up",
        basis=basis.areas.people(data, shown),
    )
