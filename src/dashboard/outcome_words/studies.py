"""What each study says, with its kind and limits."""

from dataclasses import dataclass
from typing import Any

from dashboard import formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.outcome_words.figures import signed

_STUDIES = {
    "baseline": "Before the programme",
    "process": "process, or how it was run",
    "inquiry": "Parliamentary inquiry",
    "plan": "Plan for an evaluation",
    "project": "Single projects",
    "local": "Local evaluation",
    "descriptive": "descriptive, without a comparison group",
    "compared with similar places": "Compared with similar places",
    "interviews": "Interviews",
    "planned": "planned, no result found",
}


@dataclass(frozen=True)
class Study:
    """What a study says: a heading with its kind, findings and limits as Markdown."""

    heading: str
    findings: tuple[str, ...]
    limits: tuple[str, ...]
    finding_ids: tuple[str, ...]


@remembered
def studies(data: Data) -> list[Study]:
    """Return the studies, newest first, each with its kind in the heading."""
    ordered = data.evaluations.sort_values(["date", "finding_id"], ascending=[False, True])
    return [_study(records(rows)) for _, rows in ordered.groupby(["study_id", "kind"], sort=False)]


def _study(rows: list[Any]) -> Study:
    one = rows[0]
    return Study(
        heading=f"{formatting.plain(one.author)}, {formatting.plain_day(one.date)} "
        f"({_kind(one.kind)})",
        findings=tuple(
            f"{formatting.plain(row.geography or row.covers)}: {_found(row)}" for row in rows
        ),
        limits=tuple(dict.fromkeys(formatting.plain(row.limits) for row in rows if row.limits)),
        finding_ids=tuple(row.finding_id for row in rows),
    )


def _kind(kind: str) -> str:
    return formatting.plain(_STUDIES.get(kind, kind).lower())


def _found(row: Any) -> str:
    said = formatting.plain(row.finding)
    if row.value is None or row.unit is None:
        return said
    value = signed(row.value) if row.is_change else f"{row.value:g}".replace("-", "−")
    return f"{said} ({value} {formatting.plain(row.unit)})"
