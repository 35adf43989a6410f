"""What studies say, with their kind and limits."""

from collections.abc import Sequence

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.citations import format_short
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Finding
from dashboard.exhibits import Exhibit, build_table, make_link
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.outcomes.formats import format_signed

# From here on a number is written with its thousands apart.
_LARGE = 1_000
_STUDIES = {
    "baseline": "Before the programme",
    "process": "Process: how it was run",
    "inquiry": "Parliamentary inquiry",
    "plan": "Plan for an evaluation",
    "project": "Single projects",
    "local": "Local evaluation",
    "descriptive": "No comparison",
    "compared with similar places": "Compared with similar places",
    "interviews": "Interviews",
    "planned": "Planned: no result found",
}
# Kinds of study that are about what became of children; then those about how it was run. The
# others are planned, or their results were not read.
_OF_RESULTS = ("compared with similar places", "descriptive", "baseline")
_OF_THE_PROGRAMME = ("process", "inquiry")
NO_EFFECT_SHOWN = "No study found shows whether the programme raised results."


@memoize
def build_studies(data: Data) -> Exhibit:
    """Return what each study of children's results found, in a row each, newest first."""
    every = _group_findings(data)
    studies = [rows for rows in every if rows[0].kind in _OF_RESULTS]
    of_running = [rows for rows in every if rows[0].kind in _OF_THE_PROGRAMME]
    return Exhibit(
        title="What studies say",
        lead=(
            (
                f"{NO_EFFECT_SHOWN} One compares the areas with similar places: it is about what "
                "young people expect, not about attainment. The others describe results without a "
                "comparison. The list of every finding has "
                f"{formatting.format_count(len(of_running))} more of how the programme was run, "
                f"and {formatting.format_count(len(every) - len(studies) - len(of_running))} "
                "that are planned or whose results were not read."
            ),
        ),
        provenance=_build_provenance(data, "studies", "What studies say"),
        table=build_table(
            {
                "What it says": _describe_main(rows),
                "Study": make_link(
                    f"{rows[0].author}, {formatting.format_day(rows[0].date)}",
                    data.source_by_id[rows[0].source_id]["url"],
                ),
                "Kind": _format_kind(rows[0].kind),
            }
            for rows in studies
        ),
        alt=f"What {len(studies)} studies of the programme found, newest first",
    )


@memoize
def build_findings(data: Data) -> Exhibit:
    """Return every finding of every study, with the study's limits."""
    return Exhibit(
        title="Every finding, with its limits",
        provenance=_build_provenance(data, "study-findings", "Findings of studies"),
        table=build_table(
            {
                "What it says": _format_finding(row),
                "Of": row.geography or row.covers,
                "Limits": row.limits or "None stated",
                "Source": format_short(data, row.source_id),
            }
            for rows in _group_findings(data)
            for row in rows
        ),
        folded="Every finding, with its limits",
        alt="Findings of studies, with what they are of and their limits",
    )


@memoize
def build_findings_of_area(data: Data, area: Area) -> Exhibit | None:
    """Return what studies say of one area by name, if any does."""
    rows = data.evaluations[data.evaluations["area_id"] == area.area_id]
    if rows.empty:
        return None
    return Exhibit(
        title=f"What studies say of {area.label}",
        lead=("None of it shows what the programme caused. Each study has limits of its own.",),
        provenance=_build_provenance(
            data, f"studies-{area.area_id}", f"What studies say of {area.label}", rows
        ),
        table=build_table(
            {
                "What it says": _format_finding(row),
                "Source": format_short(data, row.source_id),
            }
            for row in to_rows(rows, Finding)
        ),
        alt=f"What studies say of {area.label}",
    )


def _group_findings(data: Data) -> list[tuple[Finding, ...]]:
    """Return the findings of each study, newest study first."""
    ordered = data.evaluations.sort_values(["date", "finding_id"], ascending=[False, True])
    groups = ordered.groupby(["study_id", "kind"], sort=False)
    return [to_rows(rows, Finding) for _, rows in groups]


def _build_provenance(
    data: Data, name: str, title: str, rows: pd.DataFrame | None = None
) -> Provenance:
    frame = data.evaluations if rows is None else rows
    limits = " ".join(dict.fromkeys(row.limits for row in to_rows(frame, Finding) if row.limits))
    return Provenance(
        name=name,
        title=title,
        method="What each study says, in our words, with its kind. None of it was worked out by "
        f"us. Limits: {limits or 'none stated.'}",
        source_ids=list_distinct(frame["source_id"]),
        frame=frame,
    )


def _describe_main(rows: Sequence[Finding]) -> str:
    """Return what a study says of the programme as a whole, and how many more findings it has.

    Where it says nothing of the whole, that is its first finding.
    """
    whole = [row for row in rows if not row.area_id and row.geography != "England"] or rows[:1]
    said = " ".join(_format_finding(row) for row in whole)
    more = f" And {len(rows) - len(whole)} more." if len(rows) > len(whole) else ""
    return f"{whole[0].geography or whole[0].covers}: {said}{more}"


def _format_kind(kind: str) -> str:
    return _STUDIES.get(kind, kind)


def _format_finding(row: Finding) -> str:
    if row.value is None or row.unit is None:
        return row.finding
    plain = formatting.format_number if abs(row.value) >= _LARGE else "{:g}".format
    value = format_signed(row.value) if row.is_change else plain(row.value).replace("-", "−")
    return f"{row.finding.rstrip('.')} ({value} {row.unit})."
