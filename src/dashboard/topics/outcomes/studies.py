"""What each study says, with its kind and limits."""

from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Finding
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.outcomes.formats import format_signed

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
    provenance: Provenance


@memoize
def list_studies(data: Data) -> tuple[Study, ...]:
    """Return the studies, newest first, each with its kind in the heading."""
    ordered = data.evaluations.sort_values(["date", "finding_id"], ascending=[False, True])
    groups = ordered.groupby(["study_id", "kind"], sort=False)
    return tuple(_build_study(rows) for _, rows in groups)


def _build_study(frame: pd.DataFrame) -> Study:
    rows = to_rows(frame, Finding)
    first = rows[0]
    return Study(
        heading=f"{formatting.escape_markdown(first.author)}, "
        f"{formatting.format_day_markdown(first.date)} "
        f"({_format_kind(first.kind)})",
        findings=tuple(
            f"{formatting.escape_markdown(row.geography or row.covers)}: {_format_finding(row)}"
            for row in rows
        ),
        limits=tuple(
            dict.fromkeys(formatting.escape_markdown(row.limits) for row in rows if row.limits)
        ),
        provenance=Provenance(
            name=f"study-{first.finding_id.lower()}",
            title=f"Study: {first.title}",
            method="What the study says, in our words, with its kind and its limits.",
            source_ids=list_distinct(frame["source_id"]),
            frame=frame,
        ),
    )


def _format_kind(kind: str) -> str:
    return formatting.escape_markdown(_STUDIES.get(kind, kind).lower())


def _format_finding(row: Finding) -> str:
    finding = formatting.escape_markdown(row.finding)
    if row.value is None or row.unit is None:
        return finding
    value = format_signed(row.value) if row.is_change else f"{row.value:g}".replace("-", "−")
    return f"{finding} ({value} {formatting.escape_markdown(row.unit)})"
