"""How outcomes are laid out: a measure in full, areas laid over one another, studies."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.topics.comparators import exhibits as comparators
from dashboard.topics.comparators import quiet_line, similar
from dashboard.topics.outcomes import (
    chart_words,
    gap,
    programme_years,
    series,
    studies,
    tables,
    wording,
)
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.ui import exhibits, lazy, small_charts


def draw_caution(data: Data) -> None:
    """Say that outcomes are no proof of effect, and when the programme ran."""
    words, provenance = programme_years.build_programme_years(data)
    with exhibits.frame(data, provenance, kind="text"):
        st.markdown(words)


def draw_measure(data: Data, areas: pd.DataFrame, measure: Measure, *, by_change: bool) -> None:
    """Draw a measure for areas: finding, small charts, changes, every figure, breaks."""
    view = outcomes.build_view(data, measure, areas)
    if view.lines.empty:
        _draw_left_out(data, areas, measure)
        return
    exhibits.draw_header(view.finding, outcomes.name_lines(measure))
    words = formatting.escape_markdown(view.other_findings)
    st.markdown(f"{_describe_measure(measure)} {words}".rstrip())
    _draw_left_out(data, areas, measure)
    exhibits.show(data, outcomes.build_changes(data, view, narrowed=True), level=3)
    _draw_comparison(data, measure)
    _draw_gap(data, areas, measure)
    exhibits.draw_subheader("Year by year", "year-by-year")
    _draw_small_charts(data, view.lines, measure, _sort_codes(view, by_change=by_change))
    # A key that names no measure: the table stays open when another is chosen.
    lazy.draw_expander(
        "Every figure, year by year",
        lambda: draw_values(data, view, narrowed=True),
        key="every-figure",
    )
    _fold_notes(data, areas, measure)


def _draw_comparison(data: Data, measure: Measure) -> None:
    """Draw the areas beside the other cold spots, and how much hangs on how that is done."""
    comparison = comparators.build_comparison(data, measure)
    choices = comparators.build_choices(data, measure)
    if comparison is None or choices is None:
        return
    exhibits.show(data, comparison, level=3, beside=choices)


def _draw_gap(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Draw how far disadvantaged pupils are behind all pupils, where both are measured."""
    found = gap.compute_gap(data, measure, areas)
    if found is None:
        return
    exhibit = gap.build_gap(data, found)
    exhibits.draw_subheader(exhibit.title, exhibit.id)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    # The same scales whatever areas are shown.
    whole = gap.compute_gap(data, measure, data.areas) or found
    context = gap.build_chart_context(data, whole, exhibits.choose_palette())
    st.markdown(small_charts.describe_marks([context], found.lines["cohort"]))
    small_charts.draw_grid(
        data,
        series.split_lines(found.lines),
        small_charts.pair_charts(whole.lines, context),
        exhibit.provenance,
        title=exhibit.provenance.title,
        describe=partial(gap.describe_chart, found, context),
        linked=False,
    )
    exhibits.fold_table(data, exhibit)


def draw_overlaid(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Draw areas laid over one another on a measure, against England."""
    view = outcomes.build_view(data, measure, areas)
    _draw_left_out(data, areas, measure)
    if view.lines.empty:
        return
    st.markdown(_describe_measure(measure))
    exhibit = outcomes.build_overlaid(data, view)
    exhibits.draw_header(exhibit.title, exhibit.id)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    context = outcomes.build_context(data, measure, view.lines, exhibits.choose_palette())
    st.markdown(small_charts.describe_marks([context]))
    exhibits.show_body(data, exhibit)
    beside = similar.build_areas_not_chosen(data, measure, areas)
    exhibits.show(data, outcomes.build_changes(data, view), level=3, beside=beside)
    _fold_notes(data, areas, measure)


def _fold_notes(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Draw, folded, what a measure covers, what to know of its places, and where it breaks."""

    def draw() -> None:
        st.markdown(formatting.escape_markdown(measure.coverage))
        draw_remarks(data, areas, measure)
        exhibits.show(data, outcomes.build_breaks(data, measure), level=3)

    lazy.draw_expander("What these figures cover, and where the series breaks", draw, key="notes")


def draw_studies(data: Data) -> None:
    """Draw what studies say in a row each and, folded, every finding with its limits."""
    exhibits.show(data, studies.build_studies(data))
    exhibits.show_body(data, studies.build_findings(data))


def _draw_small_charts(
    data: Data, lines: pd.DataFrame, measure: Measure, codes: Sequence[str]
) -> None:
    """Draw a small chart for each line, in the order of the codes, on the same axes."""
    context = small_charts.build_context(data, measure)
    st.markdown(small_charts.describe_marks([context], lines["cohort"]))
    small_charts.draw_labelled_years(context)
    by_code = series.split_lines(lines)
    small_charts.draw_grid(
        data,
        {code: by_code[code] for code in codes},
        small_charts.build_charts(data, measure),
        quiet_line.build_lines_provenance(data, measure, codes, narrowed=True),
        title=measure.short_title,
        describe=partial(chart_words.describe_chart, data, measure, context),
        linked=True,
    )


def draw_values(data: Data, view: outcomes.MeasureView, *, narrowed: bool) -> None:
    """Draw every value of a measure's lines, England's and the other cold spots', as a table."""
    exhibit = quiet_line.build_values(data, view, narrowed=narrowed)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    exhibits.show_body(data, exhibit)


def _describe_measure(measure: Measure) -> str:
    """Return the measure chosen in full, as a list cuts it on a phone, and what it counts."""
    return (
        f"Chosen: **{formatting.escape_markdown(measure.title)}**. "
        f"{formatting.escape_markdown(measure.description)}"
    )


def _draw_left_out(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Name the areas that a measure leaves out, and say why."""
    if sentences := wording.describe_left_out(data, measure.measure_id, areas):
        st.info(sentences)


def draw_remarks(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Say what a reader of the lines has to know of some of their places."""
    for remark in tables.list_remarks(data, measure, areas):
        st.markdown(remark)


@memoize
def _sort_codes(view: outcomes.MeasureView, *, by_change: bool) -> tuple[str, ...]:
    """Return the lines' codes by name, or by change with the largest rise first."""
    names = view.lines.drop_duplicates("geography_code").set_index("geography_code")["line"]
    by_name = tuple(names.sort_values().index)
    if not by_change:
        return by_name
    longest = view.changes[view.changes["run"] == 0].sort_values("change", ascending=False)
    ranked = tuple(longest["geography_code"])
    return ranked + tuple(code for code in by_name if code not in ranked)
