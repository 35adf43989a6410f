"""How an area's results are laid out on its page: charts, places not chosen, every figure."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formatting
from dashboard.data.frames import filter_by_area
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Measure
from dashboard.topics.comparators import quiet_line, similar
from dashboard.topics.outcomes import chart_words, series, studies, tables, wording
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes.exhibits import MeasureView
from dashboard.ui import exhibits, lazy, small_charts
from dashboard.ui.outcomes import draw_remarks, draw_values


def draw_results(data: Data, area: Area) -> None:
    """Draw each measure that tells what happened next side by side, then all as a table."""
    exhibits.draw_header("What happened next, against England", "results")
    st.markdown(wording.CAUTION)
    # The caches know a frame by identity: a new one on each run would find nothing in them.
    areas = filter_by_area(data.areas, area.area_id)
    views = [outcomes.build_view(data, measure, areas) for measure in outcomes.list_measures(data)]
    told = outcomes.list_measures_by_district(data)
    drawn = [view for view in views if view.measure in told and not view.lines.empty]
    if drawn:
        _draw_charts(data, area, areas, drawn)
    _draw_places_not_chosen(data, area)
    exhibits.show_body(data, outcomes.build_outcomes_of_area(data, area))
    lazy.draw_expander(
        "Every figure, year by year", partial(_draw_every_value, data, views), key="every-figure"
    )
    left_out = [view.measure for view in views if view.lines.empty]
    if words := wording.describe_not_shown(data, left_out, areas):
        st.markdown(f":small[{formatting.escape_markdown(words)}]")
    _fold_breaks(data, [view.measure for view in drawn])


def _draw_charts(data: Data, area: Area, areas: pd.DataFrame, views: Sequence[MeasureView]) -> None:
    """Draw the small charts of measures side by side, with one line of what they rest on."""
    contexts = [small_charts.build_context(data, view.measure) for view in views]
    st.markdown(small_charts.describe_marks(contexts, [area.cohort]))
    small = [small_charts.build_charts(data, view.measure) for view in views]
    lines = [series.split_lines(view.lines) for view in views]
    pictured = {
        f"{view.measure.short_title}, {name}": spec
        for view, own, charts in zip(views, lines, small, strict=True)
        for name, spec in small_charts.name_specs(own, charts).items()
    }
    provenance = quiet_line.build_area_provenance(data, area)
    with exhibits.frame(data, provenance, kind="charts", pictured=lambda: pictured):
        drawn = small_charts.render(
            charts[code] for own, charts in zip(lines, small, strict=True) for code in own
        )
        grid = st.grid("auto", min_column_width=260)
        for view, context, own, charts in zip(views, contexts, lines, small, strict=True):
            with grid.cell():
                _draw_head(data, view)
                describe = partial(chart_words.describe_chart, data, view.measure, context)
                small_charts.draw_charts(data, own, charts, drawn, describe, linked=False)
                draw_remarks(data, areas, view.measure)


def _draw_head(data: Data, view: MeasureView) -> None:
    """Draw a measure's finding for one area and, where it lies after the run, its last figure."""
    nation = series.select_england(data, view.measure.measure_id)
    finding = wording.describe_place(view.measure, view.lines, view.changes, nation)
    exhibits.draw_subheader(finding, outcomes.name_lines(view.measure))
    run = series.get_longest_run(data, view.measure.measure_id)
    if latest := wording.describe_latest(view.lines, nation, view.measure.unit, run):
        st.markdown(formatting.escape_markdown(latest))
    else:
        # The chart's ground would cover the heading's last line.
        st.space("xsmall")


def _draw_places_not_chosen(data: Data, area: Area) -> None:
    """Draw the area beside places that were not chosen; which are like it is behind a press."""
    exhibit = similar.build_places_not_chosen(data, area)
    if exhibit is None:
        return
    exhibits.draw_subheader(exhibit.title, exhibit.id)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f":small[{formatting.escape_markdown(similar.describe_who(data, area))}]")
        if names := similar.list_named(data, area):
            lazy.draw_popover(
                f"The ten most like {formatting.escape_label(area.label)}",
                lambda: st.markdown("\n\n".join(names)),
                key="most-like",
            )
    exhibits.show_body(data, exhibit)


def _draw_every_value(data: Data, views: Sequence[MeasureView]) -> None:
    """Draw every value of the lines of some measures, and England's."""
    for view in views:
        if not view.lines.empty:
            st.markdown(f"**{formatting.escape_markdown(view.measure.title)}**")
            draw_values(data, view, narrowed=False)


def _fold_breaks(data: Data, measures: Sequence[Measure]) -> None:
    """Draw, folded, where the series of measures break and why."""
    lines = [
        f"- {formatting.escape_markdown(measure.short_title)}, {sentence}"
        for measure in measures
        for sentence in tables.describe_breaks(data, measure.measure_id)
    ]
    if lines:
        lazy.draw_expander(
            "Where these series break, and why",
            lambda: st.markdown("\n".join(lines)),
            key="breaks",
        )


def draw_studies_of(data: Data, area: Area) -> None:
    """Draw what studies say of one area by name, if any does."""
    if exhibit := studies.build_findings_of_area(data, area):
        exhibits.show(data, exhibit)
