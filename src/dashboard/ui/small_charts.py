"""Small charts side by side: their lines, their words and what their marks mean."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.charts import SmallChart
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.exhibits import Spec
from dashboard.filters import COHORTS
from dashboard.provenance import Provenance
from dashboard.topics.comparators import quiet_line
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series, wording
from dashboard.ui import areas as layout
from dashboard.ui import browser_files, exhibits, links, markup

_LOG = logging.getLogger(__name__)

Lines = Mapping[str, pd.DataFrame]
# By the code of a line's place.
SmallCharts = Mapping[str, SmallChart]
Describe = Callable[[pd.DataFrame, str], str]


def draw_grid(
    data: Data,
    lines: Lines,
    small: SmallCharts,
    provenance: Provenance,
    *,
    title: str,
    describe: Describe,
    linked: bool,
) -> None:
    """Draw the small charts of lines side by side, with one line of what they rest on."""
    pictured = name_specs(lines, small)
    with exhibits.frame(data, provenance, kind="charts", title=title, pictured=lambda: pictured):
        drawn = render(small[code] for code in lines)
        draw_charts(data, lines, small, drawn, describe, linked=linked)


def render(wanted: Iterable[SmallChart]) -> dict[SmallChart, str]:
    """Return the addresses of charts' drawings, or say that there are none, and return none."""
    small = list(wanted)
    try:
        addresses = map(browser_files.write_drawing, charts.draw_small_charts(small))
        return dict(zip(small, addresses, strict=True))
    except (OSError, RuntimeError) as error:
        _LOG.error("small charts could not be drawn: %s", error)
        st.warning(
            "The charts could not be drawn this time. Their figures are in the tables of this "
            "page. Loading the page again may help."
        )
        return {}


def draw_charts(
    data: Data,
    lines: Lines,
    small: SmallCharts,
    drawn: Mapping[SmallChart, str],
    describe: Describe,
    *,
    linked: bool,
) -> None:
    """Draw the drawings of lines that there are, named by their places where there are several."""
    drawings = []
    for code, line in lines.items():
        place = str(line["line"].iloc[0])
        unlinked = place if len(lines) > 1 else ""
        name = links.link_area(data, place) if linked else unlinked
        if address := drawn.get(small[code]):
            words = describe(line, _name_with_cohort(line))
            drawings.append(markup.Drawing(name, words, address))
    if drawings:
        markup.draw_drawings(drawings)


def name_specs(lines: Lines, small: SmallCharts) -> dict[str, Spec]:
    """Return the charts of lines by the names that pictures have for them."""
    return {_name_with_cohort(line): small[code].spec for code, line in lines.items()}


def build_charts(data: Data, measure: Measure) -> SmallCharts:
    """Build the small charts of a measure, on the same scales whatever areas are shown."""
    lines = series.select_lines(data, measure.measure_id, data.areas)
    return pair_charts(lines, build_context(data, measure))


def pair_charts(lines: pd.DataFrame, context: charts.ChartContext) -> SmallCharts:
    """Build the small chart of each line, by its code."""
    small = charts.build_small_multiples(lines, context)
    return dict(zip(series.split_lines(lines), small, strict=True))


def build_context(data: Data, measure: Measure) -> charts.ChartContext:
    """Return what all small charts of a measure share, with the other cold spots' line."""
    lines = series.select_lines(data, measure.measure_id, data.areas)
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
