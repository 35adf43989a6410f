"""Outcomes as tables: every figure, changes over each run of years, breaks and gaps."""

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Break, Measure, Outcome
from dashboard.exhibits import Number, build_table
from dashboard.topics.outcomes import intervals, series
from dashboard.topics.outcomes.formats import format_dated, format_marked, format_signed, list_marks
from dashboard.topics.outcomes.intervals import Count
from dashboard.topics.outcomes.series import Change, LineValue
from dashboard.topics.outcomes.wording import list_notes

_BREAKS = {
    "break": "Break",
    "year apart": "A year apart",
    "gap": "No figure",
    "comparable": "Still comparable",
    "context": "Context",
    "note": "Note",
    "district figures": "Published by district too",
}


def tabulate_changes(
    data: Data, measure: Measure, shown: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Return first year, last year and change of each line and run, against England's."""
    first_and_last = {
        (row.geography_code, row.period): format_dated(row, measure.unit)
        for row in to_rows(shown, LineValue)
    }
    marked, cuts = (
        find(data, measure.measure_id) for find in (series.select_breaks, series.select_cuts)
    )
    rows = [
        {
            "Place": row.line,
            "Change": Number(format_signed(row.change)),
            "Against England": Number(format_signed(row.against_england)),
            "England": Number(format_signed(row.england_change)),
            "Chance alone": None if row.margin_95 is None else Number(f"±{row.margin_95:.1f}"),
            "First year": first_and_last[row.geography_code, row.first_period],
            "Last year": first_and_last[row.geography_code, row.last_period],
            "Note": _describe_run(marked, cuts, row),
        }
        for row in to_rows(changes, Change)
    ]
    lone = shown[~shown["geography_code"].isin(changes["geography_code"])]
    rows += [
        {
            "Place": row.line,
            "Change": "Not computed",
            "First year": format_dated(row, measure.unit),
            "Note": "There is no second year that can be compared.",
        }
        for row in to_rows(lone.drop_duplicates("geography_code"), LineValue)
    ]
    return build_table(rows)


def _describe_run(marked: pd.DataFrame, cuts: pd.DataFrame, row: Change) -> str:
    """Say which break ends the row's years, and what lies between them."""
    later = to_rows(cuts[cuts["period"] > row.last_period], Break)
    notes = [f"Stops before {later[0].period}: {later[0].reason}"] if later else []
    between = marked[marked["period"].between(row.first_period, row.last_period)]
    words = {
        "year apart": "{} is left out: it cannot be compared.",
        "comparable": "{} can be compared.",
    }
    notes += [
        words[marked_year.kind].format(marked_year.period)
        for marked_year in to_rows(between, Break)
        if marked_year.kind in words
    ]
    return " ".join(notes)


@memoize
def tabulate_values(
    data: Data, measure: Measure, shown: pd.DataFrame, others: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return each line's value in each academic year, England's last; breaks are in the heads.

    A value has its 95 per cent interval where counts are held. ``others`` has the line of a
    group, with ``line``, ``period`` and ``value``, which we computed for some of the years.
    """
    counts = intervals.map_counts(data, measure.measure_id)
    both = pd.concat([shown, series.select_england(data, measure.measure_id)])
    rows = []
    for name, line in both.groupby("line", sort=False):
        values = {
            row.period: _format_cell(
                row, measure.unit, counts.get((row.geography_code, row.period))
            )
            for row in to_rows(line, LineValue)
        }
        rows.append((name, values))
    for name, line in () if others is None else others.groupby("line", sort=False):
        computed = dict.fromkeys(both["period"], "not computed") | {
            period: Number(f"{formatting.format_value(value, measure.unit)} (computed)")
            for period, value in zip(line["period"], line["value"], strict=True)
        }
        rows.append((name, computed))
    cut = set(series.select_cuts(data, measure.measure_id)["period"])
    heads = {
        period: f"{period} (break)" if period in cut else period
        for period in series.list_periods(data, measure.measure_id)
    }
    return build_table(
        {"Place": name, **{head: cells.get(period, "no figure") for period, head in heads.items()}}
        for name, cells in rows
    )


def _format_cell(row: Outcome, unit: str, count: Count | None) -> str:
    marks = list_marks(row)
    if count:
        marks = [intervals.format_interval(intervals.compute_interval(count)), *marks]
    return Number(format_marked(row.value, unit, marks))


@memoize
def describe_breaks(data: Data, measure_id: str) -> list[str]:
    """Return each break within the years drawn, with its reason and source, as Markdown."""
    return [
        f"{row.period}, {_BREAKS[row.kind].lower()}: {formatting.escape_markdown(row.reason)} "
        f"({citations.format_short_markdown(data, row.source_id)})"
        for row in to_rows(
            _select_drawn(data, measure_id, series.select_cuts(data, measure_id)), Break
        )
    ]


def tabulate_breaks(data: Data, measure_id: str) -> pd.DataFrame:
    """Return where the series breaks, has gaps or stays comparable, and why.

    What lies before the first year shown is left out.
    """
    marked = series.select_breaks(data, measure_id)
    return build_table(
        {
            "Academic year": row.period,
            "What": _BREAKS[row.kind],
            "Why": row.reason,
            "Source": citations.format_short(data, row.source_id),
        }
        for row in to_rows(_select_drawn(data, measure_id, marked), Break)
    )


def _select_drawn(data: Data, measure_id: str, marked: pd.DataFrame) -> pd.DataFrame:
    """Return what is marked after the first year drawn: nothing is joined to that one."""
    return marked[marked["period"] > series.list_periods(data, measure_id)[0]]


@memoize
def list_remarks(data: Data, measure: Measure, areas: pd.DataFrame) -> list[str]:
    """Return what a reader of lines has to know of some of their places, as Markdown.

    First values of successors of abolished districts, which are joined to no line; then notes on
    some of a line's years.
    """
    successors = series.select_successors(data, measure.measure_id)
    apart = [
        f"Not joined to any line: {formatting.escape_markdown(row.geography_name)}, "
        f"{formatting.format_value(row.value, measure.unit)} in {row.period}. "
        f"{formatting.escape_markdown(row.note)} "
        f"Source: {citations.format_short_markdown(data, row.source_id)}."
        for row in to_rows(successors[successors["area_id"].isin(areas["area_id"])], Outcome)
    ]
    lines = series.select_lines(data, measure.measure_id, areas)
    return apart + [formatting.escape_markdown(note) for note in list_notes(lines)]
