"""Outcomes in words and tables: figures, changes, breaks, and what each study says."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import citations, outcomes, text
from dashboard.data import Data
from dashboard.memory import remembered
from dashboard.rows import records

_BREAKS = {
    "break": "Break",
    "year apart": "A year apart",
    "gap": "No figure",
    "comparable": "Still comparable",
    "context": "Context",
    "note": "Note",
}
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


def figure(value: float, unit: str) -> str:
    """Return a value as published, with its unit: "67%", "−0.58"."""
    shown = f"{value:.4g}".replace("-", "−")
    return f"{shown}%" if unit == "%" else shown


def signed(value: float) -> str:
    """Return a change with its sign: "+3.4", "−0.2", "0"."""
    return f"{value:+.4g}".replace("-", "−") if value else "0"


def points(unit: str) -> str:
    """Return what a change of a measure is counted in."""
    return "percentage points" if unit == "%" else "points"


def finding(measure: Any, changes: pd.DataFrame, tolerance: int) -> str:
    """Return in how many places the change was better than England's over the longest run."""
    found = changes[changes["run"] == 0]
    if found.empty:
        return f"{measure.short_title}: no change can be compared with England's"
    return f"{measure.short_title}, {_counts(measure, found, tolerance)}"


def other_findings(measure: Any, changes: pd.DataFrame, tolerance: int) -> str:
    """Return the same of the shorter runs, and name the places that no count takes in."""
    runs = [changes[changes["run"] == number] for number in sorted(set(changes["run"]) - {0})]
    said = [f"{_counts(measure, found, tolerance)}." for found in runs]
    partial = changes[~changes["whole"].astype(bool)]["line"].drop_duplicates()
    if len(partial):
        said.append(f"Not counted, as their years are fewer: {text.joined(partial)}.")
    if tolerance:
        said.append(
            f"Figures are published as whole per cents, so a difference of {tolerance} or less "
            "counts as about the same."
        )
    return " ".join(said)


def _counts(measure: Any, found: pd.DataFrame, tolerance: int) -> str:
    """Count only places with the run's own first and last year."""
    whole = found[found["whole"].astype(bool)]
    if whole.empty:
        return "no place has all the years"
    gained = whole["against_england"] * (1 if measure.better == "higher" else -1)
    better, worse = int((gained > tolerance).sum()), int((gained < -tolerance).sum())
    years = f"{whole['first_period'].iloc[0]} to {whole['last_period'].iloc[0]}"
    groups = [("better", better), ("about the same", len(whole) - better - worse), ("worse", worse)]
    said = text.joined(f"{name} in {number}" for name, number in groups if number)
    return f"{years}: change against England's {said} of {len(whole)}"


def change(found: pd.DataFrame) -> str:
    """Return one line's change over one run, of :func:`outcomes.changes`, beside England's."""
    if found.empty:
        return "Not computed: no two years that compare"
    row = records(found)[0]
    return (
        f"{signed(row.change)} from {row.first_period} to {row.last_period}; "
        f"England {signed(row.england_change)}"
    )


@remembered
def line_sentence(line: pd.DataFrame, nation: pd.DataFrame, unit: str) -> str:
    """Return one place's first and last figure beside England's, for a chart's alternative text."""
    first, last = line.iloc[0], line.iloc[-1]
    national = nation.set_index("period")["value"]
    own = f"{last['line']}: {figure(first['value'], unit)} in {first['period']}"
    if len(line) == 1:
        return f"{own}; England {figure(national[first['period']], unit)}."
    return (
        f"{own}, {figure(last['value'], unit)} in {last['period']}; "
        f"England {figure(national[first['period']], unit)} and "
        f"{figure(national[last['period']], unit)}."
    )


@remembered
def changes_table(
    data: Data, measure: Any, shown: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Return first year, last year and change of each line and run, against England's."""
    said = {(row.geography_code, row.period): dated(row, measure.unit) for row in records(shown)}
    marked, cuts = (find(data, measure.measure_id) for find in (outcomes.breaks, outcomes.cuts))
    found = [
        {
            "Place": text.plain(row.line),
            "Change": signed(row.change),
            "Against England": signed(row.against_england),
            "England": signed(row.england_change),
            "First year": said[row.geography_code, row.first_period],
            "Last year": said[row.geography_code, row.last_period],
            "Note": _note(marked, cuts, row),
        }
        for row in records(changes)
    ]
    lone = shown[~shown["geography_code"].isin(changes["geography_code"])]
    found += [
        {
            "Place": text.plain(row.line),
            "Change": "Not computed",
            "First year": dated(row, measure.unit),
            "Note": "There is no second year that can be compared.",
        }
        for row in records(lone.drop_duplicates("geography_code"))
    ]
    return pd.DataFrame(found).fillna("")


def dated(row: Any, unit: str) -> str:
    """Return a row of outcomes as figure and year, and whether provisional or computed."""
    marks = [row.period, *_standing(row)]
    return f"{figure(row.value, unit)} ({', '.join(marks)})"


def _standing(row: Any) -> list[str]:
    provisional = ["provisional"] if row.status == "provisional" else []
    return [*provisional, "computed"] if row.computed else provisional


def _note(marked: pd.DataFrame, cuts: pd.DataFrame, row: Any) -> str:
    """Say which break ends the row's years, and what lies between them."""
    later = records(cuts[cuts["period"] > row.last_period])
    notes = [f"Stops before {later[0].period}: {text.plain(later[0].reason)}"] if later else []
    between = marked[marked["period"].between(row.first_period, row.last_period)]
    said = {"year apart": "{} is left out: it cannot be compared.", "comparable": "{} compares."}
    notes += [said[one.kind].format(one.period) for one in records(between) if one.kind in said]
    return " ".join(notes)


@remembered
def every_figure(data: Data, measure: Any, shown: pd.DataFrame) -> pd.DataFrame:
    """Return each line's value in each academic year, England's last; breaks are in the heads."""
    cut = set(outcomes.cuts(data, measure.measure_id)["period"])
    both = pd.concat([shown, outcomes.england(data, measure.measure_id)])
    periods = outcomes.periods(data, measure.measure_id)
    rows = []
    for name, line in both.groupby("line", sort=False):
        values = {one.period: _in_cell(one, measure.unit) for one in records(line)}
        row = {"Place": text.plain(name)}
        for period in periods:
            head = f"{period} (break)" if period in cut else period
            row[head] = values.get(period, "no figure")
        rows.append(row)
    return pd.DataFrame(rows)


def _in_cell(row: Any, unit: str) -> str:
    marks = _standing(row)
    return f"{figure(row.value, unit)} ({', '.join(marks)})" if marks else figure(row.value, unit)


def cut_sentences(data: Data, measure_id: str) -> list[str]:
    """Return each break of the series with its reason and source, as Markdown."""
    return [
        f"{row.period}, {_BREAKS[row.kind].lower()}: {text.plain(row.reason)} "
        f"({citations.short(data, row.source_id)})"
        for row in records(outcomes.cuts(data, measure_id))
    ]


@remembered
def break_table(data: Data, measure_id: str) -> pd.DataFrame:
    """Return where the series breaks, has gaps or stays comparable, and why.

    What lies before the first year shown is left out.
    """
    first = outcomes.periods(data, measure_id)[0]
    marked = outcomes.breaks(data, measure_id)
    return pd.DataFrame(
        [
            {
                "Academic year": row.period,
                "What": _BREAKS[row.kind],
                "Why": text.plain(row.reason),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(marked[marked["period"] > first])
        ]
    )


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
        heading=f"{text.plain(one.author)}, {text.day(one.date)} ({_STUDIES[one.kind].lower()})",
        findings=tuple(f"{text.plain(row.geography or row.covers)}: {_found(row)}" for row in rows),
        limits=tuple(dict.fromkeys(text.plain(row.limits) for row in rows if row.limits)),
        finding_ids=tuple(row.finding_id for row in rows),
    )


def _found(row: Any) -> str:
    said = text.plain(row.finding)
    if row.value is None or row.unit is None:
        return said
    value = signed(row.value) if row.is_change else f"{row.value:g}".replace("-", "−")
    return f"{said} ({value} {text.plain(row.unit)})"
