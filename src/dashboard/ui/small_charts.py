"""Small charts side by side: their lines, their words and what their marks mean."""

from collections.abc import Callable, Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import charts, formatting
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.filters import COHORTS
from dashboard.provenance import Provenance
from dashboard.topics.comparators import quiet_line
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series, wording
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, links

Lines = Mapping[str, pd.DataFrame]
Specs = Mapping[str, charts.Spec]
Describe = Callable[[pd.DataFrame, str], str]


def draw_grid(
    data: Data,
    lines: Lines,
    specs: Specs,
    provenance: Provenance,
    *,
    title: str,
    describe: Describe,
    linked: bool,
) -> None:
    """Draw the small charts of lines side by side, with one line of what they rest on."""
    pictured = name_specs(lines, specs)
    with exhibits.frame(data, provenance, kind="charts", title=title, pictured=lambda: pictured):
        grid = st.grid("auto", min_column_width=200)
        for code, line in lines.items():
            with grid.cell():
                if linked or len(lines) > 1:
                    _draw_name(line, linked=linked)
                draw_chart(line, specs[code], describe)


def draw_stack(lines: Lines, specs: Specs, describe: Describe) -> None:
    """Draw the small charts of lines one under the other, named where there are several."""
    for code, line in lines.items():
        if len(lines) > 1:
            _draw_name(line, linked=False)
        draw_chart(line, specs[code], describe)


def draw_chart(line: pd.DataFrame, spec: charts.Spec, describe: Describe) -> None:
    """Draw the small chart of a line."""
    st.vega_lite_chart(
        spec, alt=describe(line, _name_with_cohort(line)), theme=None, height=spec["height"]
    )


def name_specs(lines: Lines, specs: Specs) -> dict[str, charts.Spec]:
    """Return the charts of lines by the names that pictures have for them."""
    return {_name_with_cohort(line): specs[code] for code, line in lines.items()}


def build_specs(lines: pd.DataFrame, context: charts.ChartContext) -> dict[str, charts.Spec]:
    """Return the small chart of each line, by its code."""
    specs = charts.build_small_multiples(lines, context)
    return dict(zip(series.split_lines(lines), specs, strict=True))


def build_context(data: Data, measure: Measure, lines: pd.DataFrame) -> charts.ChartContext:
    """Return what the small charts of a measure share, with the other cold spots' line."""
    others = quiet_line.build_quiet_line(data, measure)
    return outcomes.build_context(data, measure, lines, exhibits.choose_palette(), others)


def describe_marks(contexts: Sequence[charts.ChartContext], cohorts: Collection[str] = ()) -> str:
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


def draw_labelled_years(context: charts.ChartContext) -> None:
    """Say of which years the figures on the lines are, where lines go on after them."""
    if labelled := wording.describe_labelled_years(context.run, context.years[1]):
        st.markdown(f":small[{labelled}]")


def _name_with_cohort(line: pd.DataFrame) -> str:
    return f"{line['line'].iloc[0]} ({line['cohort'].iloc[0].lower()})"


def _draw_name(line: pd.DataFrame, *, linked: bool) -> None:
    """Draw the name of a small chart's place."""
    name = str(line["line"].iloc[0])
    if linked:
        links.draw_profile_link(str(line["label"].iloc[0]), words=name)
    else:
        st.markdown(f"**{formatting.escape_markdown(name)}**")
