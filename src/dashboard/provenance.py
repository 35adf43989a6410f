"""The basis of a figure, and what follows from its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_records
from dashboard.data.loader import Data

PUBLISHED = "As published."

_QUALIFIERS = {
    "headline": "a round figure, the same for every area",
    "computed": "added up or divided by us",
}


@dataclass(frozen=True)
class Provenance:
    """What a figure, chart, table or card rests on.

    ``name`` names files and widgets (lower case, hyphens), ``title`` says what it is of, and
    ``method`` how it came about, in a sentence. ``status`` tells whether it is published or
    computed. ``frame`` holds the rows shown, as they can be taken away: columns of the package,
    and those that are computed. ``rows`` are the rows of resources it rests on, by resource,
    with the columns shown. ``narrowed`` tells whether the reader's filters narrow it.
    """

    name: str
    title: str
    method: str
    source_ids: tuple[str, ...]
    frame: pd.DataFrame
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    status: str = PUBLISHED
    narrowed: bool = False

    def __post_init__(self) -> None:
        """Refuse what names no source or no method."""
        if not self.source_ids:
            raise ValueError(f"{self.title!r} has no source")
        if not self.method:
            raise ValueError(f"{self.title!r} has no method")


def list_qualifiers(basis: Provenance) -> list[str]:
    """Return how the amounts are qualified, with how many: "about (2 amounts)"."""
    counts: dict[str, int] = {}
    for frame in basis.rows.values():
        if "qualifier" in frame:
            for one in frame["qualifier"].dropna():
                counts[str(one)] = counts.get(str(one), 0) + 1
    return [
        f"{_explain_qualifier(one)} ({number} {'amount' if number == 1 else 'amounts'})"
        for one, number in counts.items()
        if one != "exactly"
    ]


def list_overlaps(basis: Provenance) -> list[str]:
    """Return what the amounts contain or lie inside, each once, as the package says it."""
    frames = [frame for frame in basis.rows.values() if "overlaps" in frame]
    return list(list_distinct(*(frame["overlaps"] for frame in frames)))


@memoize
def find_disagreements(data: Data, basis: Provenance) -> pd.DataFrame:
    """Return the rows of ``disagreements`` on which the figure's sources differ with others."""
    touched = {
        row.disagreement_id
        for row in to_records(data.disagreement_figures)
        if row.resource in basis.rows and _is_touched(data, row, basis.rows[row.resource])
    }
    return data.disagreements[data.disagreements["disagreement_id"].isin(touched)]


def _is_touched(data: Data, row: Any, frame: pd.DataFrame) -> bool:
    if row.column not in frame or row.key_column not in frame:
        return False
    met = frame[row.key_column] == row.key_value
    named = _list_areas_by_disagreement(data).get(row.disagreement_id)
    if "area_id" in frame and named:
        met &= frame["area_id"].isin(named)
    return bool(met.any())


@memoize
def _list_areas_by_disagreement(data: Data) -> dict[str, list[str]]:
    """Return the areas that each disagreement names; one that names none is left out."""
    named: dict[str, list[str]] = {}
    for row in to_records(data.disagreements.dropna(subset=["area_id"])):
        named.setdefault(row.disagreement_id, []).append(row.area_id)
    return named


def list_distinct(*groups: Iterable[object]) -> tuple[str, ...]:
    """Return the words of several groups, each once, in the order first named; no missing one."""
    return tuple(dict.fromkeys(one for group in groups for one in group if isinstance(one, str)))


def _explain_qualifier(one: str) -> str:
    return _QUALIFIERS.get(one, f"“{one}”")


@memoize
def to_markdown(data: Data, basis: Provenance) -> str:
    """Return all that opens under a figure, as Markdown."""
    parts = [
        (
            f"**How it came about.** {formatting.escape_markdown(basis.method)} "
            f"{formatting.escape_markdown(basis.status)}"
        )
    ]
    if found := list_qualifiers(basis):
        parts.append(
            "**Qualified by the source.** "
            f"{formatting.escape_markdown(formatting.join_names(found))}."
        )
    if found := list_overlaps(basis):
        parts.append("**Overlaps.** " + " ".join(formatting.escape_markdown(one) for one in found))
    for _, rows in find_disagreements(data, basis).groupby("disagreement_id", sort=False):
        parts.append(_describe_disagreement(data, rows))
    listed = [data.source_by_id[one] for one in basis.source_ids]
    named = [
        f"- {formatting.format_source(row)}, reference "
        f"{formatting.escape_markdown(row['source_id'])}"
        for row in listed
    ]
    parts.append("**Sources.**\n" + "\n".join(named))
    return "\n\n".join(parts)


def _describe_disagreement(data: Data, rows: pd.DataFrame) -> str:
    """Return what each source says, the one shown first marked, as Markdown."""
    said = [
        f"- {formatting.escape_markdown(row.says)}{' This is what is shown.' if row.shown else ''} "
        f"({formatting.escape_markdown(data.source_by_id[row.source_id]['publisher'])})"
        for row in to_records(rows)
    ]
    subject = formatting.escape_markdown(rows["subject"].iloc[0])
    return f"**Sources disagree.** {subject}:\n" + "\n".join(said)
