"""How outcomes are laid out: small charts side by side, a measure in full, studies."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, formatting
from dashboard.data.frames import filter_by_area
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Measure
from dashboard.filters import COHORTS
from dashboard.provenance import Provenance
from dashboard.topics.comparators import exhibits as comparators
from dashboard.topics.comparators import quiet_line, similar
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import (
    formats,
    gap,
    intervals,
    programme_years,
    series,
    studies,
    tables,
    wording,
)
from dashboard.topics.outcomes.intervals import Counts
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, lazy, links


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
    exhibits.draw_header(view.finding, f"outcomes-{formats.format_id(measure)}")
    words = formatting.escape_markdown(view.other_findings)
    st.markdown(f"{_describe_measure(measure)} {words}".rstrip())
    _draw_left_out(data, areas, measure)
    exhibits.show(data, outcomes.build_changes(data, view, narrowed=True), level=3)
    _draw_comparison(data, measure)
    _draw_gap(data, areas, measure)
    exhibits.draw_subheader("Year by year", "year-by-year")
    _draw_small_charts(
        data, view.lines, measure, _sort_codes(view, by_change=by_change), narrowed=True
    )
    # A key that names no measure: the table stays open when another is chosen.
    lazy.draw_expander(
        "Every figure, year by year",
        lambda: _draw_values(data, view, narrowed=True),
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
    context = gap.build_chart_context(data, found, exhibits.choose_palette())
    st.markdown(_describe_marks([context], found.lines["cohort"]))
    _draw_grid(
        data,
        series.split_lines(found.lines),
        _build_specs(found.lines, context),
        exhibit.provenance,
        title=exhibit.provenance.title,
        describe=lambda line, name: gap.describe_chart(found, line, context, name),
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
    st.markdown(_describe_marks([context]))
    exhibits.show_body(data, exhibit)
    beside = similar.build_areas_not_chosen(data, measure, areas)
    exhibits.show(data, outcomes.build_changes(data, view), level=3, beside=beside)
    _fold_notes(data, areas, measure)


def _fold_notes(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Draw, folded, what a measure covers, what to know of its places, and where it breaks."""

    def draw() -> None:
        st.markdown(formatting.escape_markdown(measure.coverage))
        _draw_remarks(data, areas, measure)
        exhibits.show(data, outcomes.build_breaks(data, measure), level=3)

    lazy.draw_expander("What these figures cover, and where the series breaks", draw, key="notes")


def draw_area(data: Data, area: Area) -> None:
    """Draw each measure that tells what happened next side by side, then all as a table."""
    exhibits.draw_header("What happened next, against England", "results")
    draw_caution(data)
    # The caches know a frame by identity: a new one on each run would find nothing in them.
    areas = filter_by_area(data.areas, area.area_id)
    views = [outcomes.build_view(data, measure, areas) for measure in outcomes.list_measures(data)]
    told = outcomes.list_measures_by_district(data)
    drawn = [view for view in views if view.measure in told and not view.lines.empty]
    if drawn:
        contexts = [_build_context(data, view.measure, view.lines) for view in drawn]
        st.markdown(_describe_marks(contexts, [area.cohort]))
    grid = st.grid("auto", min_column_width=260)
    for view in drawn:
        with grid.cell():
            _draw_view_of_area(data, areas, view)
    exhibits.show(data, similar.build_places_not_chosen(data, area), level=3)
    exhibits.show_body(data, outcomes.build_outcomes_of_area(data, area))
    lazy.draw_expander(
        "Every figure, year by year", partial(_draw_every_value, data, views), key="every-figure"
    )
    left_out = [view.measure for view in views if view.lines.empty]
    st.markdown(formatting.escape_markdown(wording.describe_not_shown(data, left_out, areas)))
    _fold_breaks(data, [view.measure for view in drawn])


def _draw_view_of_area(data: Data, areas: pd.DataFrame, view: outcomes.MeasureView) -> None:
    """Draw a measure for one area: its finding, its lines, and what to know of them."""
    nation = series.select_england(data, view.measure.measure_id)
    finding = wording.describe_place(view.measure, view.lines, view.changes, nation)
    provenance = quiet_line.build_lines_provenance(data, view.measure, view.codes)
    exhibits.draw_subheader(finding, provenance.name)
    run = series.get_longest_run(data, view.measure.measure_id)
    if latest := wording.describe_latest(view.lines, nation, view.measure.unit, run):
        st.markdown(formatting.escape_markdown(latest))
    _draw_small_charts(data, view.lines, view.measure, view.codes)
    _draw_remarks(data, areas, view.measure)


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


def draw_studies(data: Data) -> None:
    """Draw what studies say in a row each and, folded, every finding with its limits."""
    exhibits.show(data, studies.build_studies(data))
    exhibits.show_body(data, studies.build_findings(data))


def draw_studies_of(data: Data, area: Area) -> None:
    """Draw what studies say of one area by name, if any does."""
    if exhibit := studies.build_findings_of_area(data, area):
        exhibits.show(data, exhibit)


def _draw_small_charts(
    data: Data,
    lines: pd.DataFrame,
    measure: Measure,
    codes: Sequence[str],
    *,
    narrowed: bool = False,
) -> None:
    """Draw a small chart for each line, in the order of the codes, on the same axes.

    Where the reader's filters narrow them, what their marks mean stands above, and each is linked
    to its profile.
    """
    context = _build_context(data, measure, lines)
    if narrowed:
        st.markdown(_describe_marks([context], lines["cohort"]))
    if labelled := wording.describe_labelled_years(context.run, context.years[1]):
        st.markdown(f":small[{labelled}]")
    counts = intervals.map_counts(data, measure.measure_id)
    by_code = series.split_lines(lines)
    _draw_grid(
        data,
        {code: by_code[code] for code in codes},
        _build_specs(lines, context),
        quiet_line.build_lines_provenance(data, measure, codes, narrowed=narrowed),
        title=measure.short_title,
        describe=lambda line, name: _describe_chart(line, context, name, counts),
        linked=narrowed,
    )


def _draw_grid(
    data: Data,
    lines: Mapping[str, pd.DataFrame],
    specs: Mapping[str, charts.Spec],
    provenance: Provenance,
    *,
    title: str,
    describe: Callable[[pd.DataFrame, str], str],
    linked: bool,
) -> None:
    """Draw the small charts of lines side by side, with one line of what they rest on."""
    names = {code: _name_with_cohort(line) for code, line in lines.items()}
    pictured = {names[code]: specs[code] for code in lines}
    frame = exhibits.frame(data, provenance, kind="charts", title=title, pictured=lambda: pictured)
    with frame:
        grid = st.grid("auto", min_column_width=200)
        for code, line in lines.items():
            with grid.cell():
                if linked or len(lines) > 1:
                    _draw_name(line, linked=linked)
                st.vega_lite_chart(
                    specs[code],
                    alt=describe(line, names[code]),
                    theme=None,
                    height=specs[code]["height"],
                )


def _build_specs(lines: pd.DataFrame, context: charts.ChartContext) -> dict[str, charts.Spec]:
    """Return the small chart of each line, by its code."""
    specs = charts.build_small_multiples(lines, context)
    return dict(zip(series.split_lines(lines), specs, strict=True))


def _draw_values(data: Data, view: outcomes.MeasureView, *, narrowed: bool) -> None:
    """Draw every value of a measure's lines, England's and the other cold spots', as a table."""
    exhibit = quiet_line.build_values(data, view, narrowed=narrowed)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    exhibits.show_body(data, exhibit)


def _draw_every_value(data: Data, views: Sequence[outcomes.MeasureView]) -> None:
    """Draw every value of the lines of some measures, and England's."""
    for view in views:
        if not view.lines.empty:
            st.markdown(f"**{formatting.escape_markdown(view.measure.title)}**")
            _draw_values(data, view, narrowed=False)


def _name_with_cohort(line: pd.DataFrame) -> str:
    return f"{line['line'].iloc[0]} ({line['cohort'].iloc[0].lower()})"


def _draw_name(line: pd.DataFrame, *, linked: bool) -> None:
    """Draw the name of a small chart's place."""
    name = str(line["line"].iloc[0])
    if linked:
        links.draw_profile_link(str(line["label"].iloc[0]), words=name)
    else:
        st.markdown(f"**{formatting.escape_markdown(name)}**")


def _describe_chart(
    line: pd.DataFrame, context: charts.ChartContext, name: str, counts: Counts
) -> str:
    """Return a small chart in sentences: figures, how far chance goes, where its series breaks."""
    sentences = (
        wording.describe_line(line, context.england, context.unit, context.run, name),
        wording.describe_intervals(line, counts, context.run),
        wording.describe_cuts(context.cuts),
    )
    return " ".join(filter(None, sentences))


def _describe_measure(measure: Measure) -> str:
    """Return the measure chosen in full, as a list cuts it on a phone, and what it counts."""
    return (
        f"Chosen: **{formatting.escape_markdown(measure.title)}**. "
        f"{formatting.escape_markdown(measure.description)}"
    )


def _describe_marks(contexts: Sequence[charts.ChartContext], cohorts: Collection[str] = ()) -> str:
    """Return what the marks of charts mean: those of cohorts, then the quiet ones."""
    badges = [layout.describe_cohort(cohort) for cohort in COHORTS if cohort in set(cohorts)]
    marks = {
        "Thin: other cold spots.": any(one.others is not None for one in contexts),
        f"Shaded: {wording.describe_programme_years(contexts[0].programme)}.": True,
        "Band: the middle 80% of districts.": any(not one.spread.empty for one in contexts),
        "Dotted upright: the series breaks.": any(len(one.cuts) for one in contexts),
        "Dotted under the years: no figure.": any(one.missing for one in contexts),
    }
    quiet = ["Dashed: England.", *(words for words, is_drawn in marks.items() if is_drawn)]
    return " ".join([*badges, f":small[{' '.join(quiet)}]"])


def _build_context(data: Data, measure: Measure, lines: pd.DataFrame) -> charts.ChartContext:
    """Return what the small charts of a measure share, with the other cold spots' line."""
    others = quiet_line.build_quiet_line(data, measure)
    return outcomes.build_context(data, measure, lines, exhibits.choose_palette(), others)


def _draw_left_out(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Name the areas that a measure leaves out, and say why."""
    if sentences := wording.describe_left_out(data, measure.measure_id, areas):
        st.info(sentences)


def _draw_remarks(data: Data, areas: pd.DataFrame, measure: Measure) -> None:
    """Say what a reader of the lines has to know of some of their places."""
    for remark in tables.list_remarks(data, measure, areas):
        st.markdown(remark)


def _sort_codes(view: outcomes.MeasureView, *, by_change: bool) -> tuple[str, ...]:
    """Return the lines' codes by name, or by change with the largest rise first."""
    names = view.lines.drop_duplicates("geography_code").set_index("geography_code")["line"]
    by_name = tuple(names.sort_values().index)
    if not by_change:
        return by_name
    longest = view.changes[view.changes["run"] == 0].sort_values("change", ascending=False)
    ranked = tuple(longest["geography_code"])
    return ranked + tuple(code for code in by_name if code not in ranked)
