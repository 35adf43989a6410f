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


def of_areas(data: Data, shown: pd.DataFrame) -> list[Headline]:
    """Return the front page's figures for the areas shown."""
    return [_areas(data, shown), _people(data, shown)]


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
        value=text.money(event["amount_gbp"], event["qualifier"]),
        covers=f"Dated {text.day(event['date'])}{period}",
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
        covers="Mid-2017, the areas shown added up",
        source_ids=tuple(citations.column(named, "population_source_id")),
    )
