"""Outcomes in words and tables: figures, changes, breaks, and what each study says."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import citations, outcomes, text
from dashboard.data import Data, records

_BREAKS = {
    "break": "Break",
    "year apart": "A year apart",
    "gap": "No figure",
    "comparable": "Still comparable",
    "context": "Context",
    "note": "Note",
}
_MOSTLY = 0.8
_STUDIES = {
    "baseline": "Before the programme",
    "process": "Process: how it was run",
    "inquiry": "Parliamentary inquiry",
    "plan": "Plan for an evaluation",
    "project": "Single projects",
    "local": "Local evaluation",
    "descriptive": "Descriptive: no comparison group",
    "compared with similar places": "Compared with similar places",
    "interviews": "Interviews",
    "planned": "Planned: no result found",
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


def finding(measure: Any, changes: pd.DataFrame) -> str:
    """Return in how many places the change was better than England's, over which years."""
    longest = changes[changes["main"].astype(bool)]
    if longest.empty:
        return f"{measure.short_title}: no two years can be compared"
    sign = 1 if measure.better == "higher" else -1
    better = int((sign * longest["against_england"] > 0).sum())
    first, last = longest["first_period"].min(), longest["last_period"].max()
    places = f"{better} of {len(longest)} places" if len(longest) > 1 else _one(better)
    return f"{measure.short_title}: a better change than England's in {places}, {first} to {last}"


def _one(better: int) -> str:
    return "the place shown" if better else "none of the places shown"


def rounding(shown: pd.DataFrame, nation: pd.DataFrame) -> str:
    """Warn where places are published as whole per cents and England is not; else say nothing."""
    whole = (shown["value"] % 1 == 0).mean() > _MOSTLY
    if not whole or (nation["value"] % 1 == 0).all():
        return ""
    return "Places are published as whole per cents, so a difference under 1 may be rounding."


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


def changes_table(
    data: Data, measure: Any, shown: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Return first year, last year and change of each line and run, against England's."""
    unit, counted = measure.unit, points(measure.unit)
    found = [
        {
            "Place": text.plain(row.line),
            "First year": f"{figure(row.first, unit)} ({row.first_period})",
            "Last year": f"{figure(row.last, unit)} ({row.last_period})",
            f"Change ({counted})": signed(row.change),
            "England's change, same years": signed(row.england_change),
            "Change against England": signed(row.against_england),
            "Note": _note(data, measure.measure_id, row),
        }
        for row in records(changes)
    ]
    lone = shown[~shown["geography_code"].isin(changes["geography_code"])]
    found += [
        {
            "Place": text.plain(row.line),
            "First year": f"{figure(row.value, unit)} ({row.period})",
            "Note": "Not computed: no second year that can be compared.",
        }
        for row in records(lone.drop_duplicates("geography_code"))
    ]
    return pd.DataFrame(found).fillna("")


def _note(data: Data, measure_id: str, row: Any) -> str:
    """Say what the row's years leave out: values before or after a break of the series."""
    marked = outcomes.breaks(data, measure_id)
    cut = marked[marked["kind"].isin(["break", "year apart"])]
    later = [one for one in cut["period"] if one > row.last_period]
    between = marked[
        (marked["kind"] == "comparable")
        & marked["period"].between(row.first_period, row.last_period)
    ]
    inside = marked[
        (marked["kind"] == "year apart")
        & marked["period"].between(row.first_period, row.last_period)
    ]
    notes = [f"Stops before the break in {later[0]}."] if later else []
    notes += [f"{one} is left out: it cannot be compared." for one in inside["period"]]
    notes += [f"Comparable after the gap before {one}." for one in between["period"]]
    return " ".join(notes)


def every_figure(data: Data, measure: Any, shown: pd.DataFrame) -> pd.DataFrame:
    """Return each line's value in each academic year, England's last; breaks are in the heads."""
    marked = outcomes.breaks(data, measure.measure_id)
    cut = set(marked[marked["kind"].isin(["break", "year apart"])]["period"])
    both = pd.concat([shown, outcomes.england(data, measure.measure_id)])
    rows = []
    for name, line in both.groupby("line", sort=False):
        values = dict(zip(line["period"], line["value"], strict=True))
        row = {"Place": text.plain(name)}
        for period in outcomes.periods(data, measure.measure_id):
            head = f"{period} (break)" if period in cut else period
            row[head] = figure(values[period], measure.unit) if period in values else "no figure"
        rows.append(row)
    return pd.DataFrame(rows)


def break_table(data: Data, measure_id: str) -> pd.DataFrame:
    """Return where the series breaks, has gaps or stays comparable, and why."""
    return pd.DataFrame(
        [
            {
                "Academic year": row.period,
                "What": _BREAKS[row.kind],
                "Why": text.plain(row.reason),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(outcomes.breaks(data, measure_id))
        ]
    )


@dataclass(frozen=True)
class Study:
    """What a study says: a heading with its kind, findings and limits as Markdown, sources."""

    heading: str
    findings: tuple[str, ...]
    limits: tuple[str, ...]
    source_ids: tuple[str, ...]


def studies(data: Data) -> list[Study]:
    """Return the studies, newest first, each with its kind in the heading."""
    ordered = data.evaluations.sort_values(["date", "finding_id"], ascending=[False, True])
    return [_study(records(rows)) for _, rows in ordered.groupby(["study_id", "kind"], sort=False)]


def _study(rows: list[Any]) -> Study:
    one = rows[0]
    said = f"{text.plain(one.author)}, {text.day(one.date)}: {_STUDIES[one.kind].lower()}"
    return Study(
        heading=said,
        findings=tuple(f"{text.plain(row.geography or row.covers)}: {_found(row)}" for row in rows),
        limits=tuple(dict.fromkeys(text.plain(row.limits) for row in rows if row.limits)),
        source_ids=tuple(dict.fromkeys(row.source_id for row in rows)),
    )


def _found(row: Any) -> str:
    said = text.plain(row.finding)
    if row.value is None or row.unit is None:
        return said
    value = signed(row.value) if row.is_change else f"{row.value:g}".replace("-", "−")
    return f"{said} ({value} {text.plain(row.unit)})"
