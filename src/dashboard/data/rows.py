"""Rows of the tables as typed values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """An opportunity area."""

    area_id: str
    label: str
    cohort: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement for the whole programme."""

    event_id: str
    date: str
    title: str
    amount_gbp: int | None
    qualifier: str | None
    kind: str
    part_of: str | None
    period: str | None
    funder: str
    note: str | None
    source_id: str
    cross_check_source_id: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount for an area."""

    amount_id: str
    area_id: str
    amount_gbp: int | None
    qualifier: str
    kind: str
    scope: str
    role: str
    what: str
    part_of: str | None
    overlaps: str | None
    note: str | None
    source_id: str
