"""The figures that a page opens with, none of them without its source."""

from dataclasses import dataclass

import pandas as pd

from dashboard import citations, measures, text
from dashboard.data import Data


@dataclass(frozen=True)
class Headline:
    """A figure as shown, what it covers, and the sources it rests on."""

    label: str
    value: str
    covers: str
    source_ids: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a figure without a source."""
        if not self.source_ids:
            raise ValueError(f"{self.label!r} has no source")


def overview(data: Data, shown: pd.DataFrame) -> list[Headline]:
    """Return the front page's figures: two for the areas shown, three for the programme."""
    return [
        _areas(data, shown),
        _people(data, shown),
        programme(data, "twelve-areas-total", "Announced in January 2017"),
        programme(data, "five-year-total", "Announced over five years"),
        programme(data, "research-schools-total", "For research schools"),
    ]


def programme(data: Data, event_id: str, label: str) -> Headline:
    """Return an announced amount as a figure for the whole programme, whatever is filtered."""
    event = measures.event(data, event_id)
    return Headline(
        label=label,
        value=text.money(event["amount_gbp"], event["qualifier"]),
        covers=f"Whole programme, {event['period']}" if pd.notna(event["period"]) else "Programme",
        source_ids=(event["source_id"],),
    )


def _areas(data: Data, shown: pd.DataFrame) -> Headline:
    named = shown if len(shown) else data.areas
    return Headline(
        label="Areas shown",
        value=f"{len(shown)} of {len(data.areas)}",
        covers=f"{data.districts['area_id'].isin(shown['area_id']).sum()} districts",
        source_ids=tuple(citations.column(named, "announced_source_id")),
    )


def _people(data: Data, shown: pd.DataFrame) -> Headline:
    named = shown if len(shown) else data.areas
    return Headline(
        label="People living there",
        value=text.number(shown["population"].sum()),
        covers="Areas shown, mid-2017, added up",
        source_ids=tuple(citations.column(named, "population_source_id")),
    )
