"""Outcomes as tables: every figure, changes over each run of years, breaks and gaps."""

from typing import Any

import pandas as pd

from dashboard import citations, formatting, outcomes
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.outcome_words.figures import dated, figure, signed, standing
from dashboard.outcome_words.sentences import list_notes

_BREAKS = {
    "break": "Break",
    "year apart": "A year apart",
    "gap": "No figure",
    "comparable": "Still comparable",
    "context": "Context",
    "note": "Note",
    "district figures": "Published by district too",
}


@remembered
def changes_table(
    data: Data, measure: Any, shown: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Return first year, last year and change of each line and run, against England's."""
    said = {(row.geography_code, row.period): dated(row, measure.unit) for row in records(shown)}
    marked, cuts = (find(data, measure.measure_id) for find in (outcomes.breaks, outcomes.cuts))
    found = [
        {
            "Place": formatting.plain(row.line),
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
            "Place": formatting.plain(row.line),
            "Change": "Not computed",
            "First year": dated(row, measure.unit),
            "Note": "There is no second year that can be compared.",
        }
        for row in records(lone.drop_duplicates("geography_code"))
    ]
    return pd.DataFrame(found).fillna("")


def _note(marked: pd.DataFrame, cuts: pd.DataFrame, row: Any) -> str:
    """Say which break ends the row's years, and what lies between them."""
    later = records(cuts[cuts["period"] > row.last_period])
    notes = (
        [f"Stops before {later[0].period}: {formatting.plain(later[0].reason)}"] if later else []
    )
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
        row = {"Place": formatting.plain(name)}
        for period in periods:
            head = f"{period} (break)" if period in cut else period
            row[head] = values.get(period, "no figure")
        rows.append(row)
    return pd.DataFrame(rows)


def _in_cell(row: Any, unit: str) -> str:
    marks = standing(row)
    return f"{figure(row.value, unit)} ({', '.join(marks)})" if marks else figure(row.value, unit)


@remembered
def cut_sentences(data: Data, measure_id: str) -> list[str]:
    """Return each break within the years drawn, with its reason and source, as Markdown."""
    return [
        f"{row.period}, {_BREAKS[row.kind].lower()}: {formatting.plain(row.reason)} "
        f"({citations.format_short(data, row.source_id)})"
        for row in records(_within(data, measure_id, outcomes.cuts(data, measure_id)))
    ]


@remembered
def break_table(data: Data, measure_id: str) -> pd.DataFrame:
    """Return where the series breaks, has gaps or stays comparable, and why.

    What lies before the first year shown is left out.
    """
    marked = outcomes.breaks(data, measure_id)
    return pd.DataFrame(
        [
            {
                "Academic year": row.period,
                "What": _BREAKS[row.kind],
                "Why": formatting.plain(row.reason),
                "Source": citations.format_short(data, row.source_id),
            }
            for row in records(_within(data, measure_id, marked))
        ]
    )


def _within(data: Data, measure_id: str, marked: pd.DataFrame) -> pd.DataFrame:
    """Return what is marked after the first year drawn: nothing is joined to that one."""
    return marked[marked["period"] > outcomes.periods(data, measure_id)[0]]


@remembered
def list_remarks(data: Data, measure: Any, areas: pd.DataFrame) -> list[str]:
    """Return what a reader of lines has to know of some of their places, as Markdown.

    First values of successors of abolished districts, which are joined to no line; then notes on
    some of a line's years.
    """
    found = outcomes.successors(data, measure.measure_id)
    apart = [
        f"Not joined to any line: {formatting.plain(row.geography_name)}, "
        f"{figure(row.value, measure.unit)} in {row.period}. {formatting.plain(row.note)} "
        f"Source: {citations.format_short(data, row.source_id)}."
        for row in records(found[found["area_id"].isin(areas["area_id"])])
    ]
    lines = outcomes.lines(data, measure.measure_id, areas)
    return apart + [formatting.plain(note) for note in list_notes(lines)]
