"""Draws exhibits, and what else pages are made of: nothing without what it rests on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import citations, formatting
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError
from dashboard.exhibits import Exhibit, Figure
from dashboard.filters import Filters
from dashboard.palette import Palette, get_palette
from dashboard.provenance import Provenance, to_markdown
from dashboard.topics import glossary
from dashboard.topics import sources as source_topic
from dashboard.ui import downloads, inputs, lazy_expander, links

if TYPE_CHECKING:
    import altair as alt


# The level of an exhibit's heading; the page's title is the first.
_TOP_LEVEL = 2


def choose_palette() -> Palette:
    """Return the palette of the theme that the reader's browser shows."""
    return get_palette(dark=st.context.theme.type == "dark")


def draw_page_head(title: str, filters: Filters, shown: pd.DataFrame, data: Data) -> None:
    """Draw the page's title and the line that says what is filtered."""
    st.title(title)
    words = formatting.describe_filters(filters, len(shown), len(data.areas))
    st.markdown(f"**{formatting.escape_markdown(words)}**")
    if shown.empty:
        st.info("No opportunity area fits these choices together.", icon=":material/filter_alt:")
        inputs.draw_reset("Show all twelve areas", key="reset_empty")


def draw_header(words: str) -> None:
    """Draw plain words as a heading of the second level; the field's are explained at a press."""
    st.header(formatting.escape_markdown(words), help=glossary.explain_terms(words))


def show(data: Data, exhibit: Exhibit, *, level: int = 2) -> None:
    """Draw an exhibit: heading, what leads to it, chart or table, and what it rests on."""
    draw = draw_header if level == _TOP_LEVEL else draw_subheader
    draw(exhibit.title)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)
    show_body(data, exhibit)


def show_body(data: Data, exhibit: Exhibit) -> None:
    """Draw an exhibit without its heading and lead; one with nothing to show draws nothing."""
    if exhibit.table.empty:
        return
    if exhibit.folded:
        lazy_expander.draw_lazily(
            exhibit.folded, partial(_draw_table, data, exhibit), key=exhibit.id
        )
    elif exhibit.chart:
        _draw_chart(data, exhibit, exhibit.chart)
    else:
        _draw_table(data, exhibit)


def show_figures(data: Data, shown: Sequence[Figure]) -> None:
    """Draw figures side by side where there is room, each with what it covers and its source."""
    with st.grid("auto", min_column_width=280, border=True) as grid:
        for figure in shown:
            with grid.cell(), frame(data, figure.provenance, "figure"):
                st.metric(
                    formatting.escape_label(figure.label), formatting.escape_label(figure.value)
                )
                st.markdown(f":small[{formatting.escape_markdown(figure.note)}]")


def _draw_chart(data: Data, exhibit: Exhibit, build: Callable[[Palette], "alt.LayerChart"]) -> None:
    """Draw the chart, then the same figures as a table, folded."""
    from dashboard import charts

    spec = charts.build_specification(build(choose_palette()))
    with frame(data, exhibit.provenance, "chart", pictured=lambda: {exhibit.alt: spec}):
        # A height keeps the chart's room free while it loads.
        st.vega_lite_chart(spec, alt=exhibit.alt, theme=None, height=spec["height"])
        lazy_expander.draw_lazily(
            "The same figures as a table",
            lambda: st.table(
                links.link_areas(data, exhibit.table), hide_index=True, alt=exhibit.alt
            ),
            key=exhibit.id,
        )


def _draw_table(data: Data, exhibit: Exhibit) -> None:
    """Draw the table and what it rests on; its cells are Markdown."""
    with frame(data, exhibit.provenance, "table"):
        table = _link_headings(data, links.link_areas(data, exhibit.table))
        st.table(table, hide_index=True, alt=exhibit.alt)


def _link_headings(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which the columns that are areas lead to them.

    A table too wide for a phone is scrolled by keyboard where it holds a link.
    """
    names = links.link_areas(data, pd.DataFrame({"Area": list(shown.columns)}))["Area"]
    return shown.set_axis(list(names), axis="columns")


def draw_subheader(words: str) -> None:
    """Draw plain words as a heading of the third level; the field's are explained at a press."""
    st.subheader(formatting.escape_markdown(words), help=glossary.explain_terms(words))


def draw_listing(shown: pd.DataFrame, *, alt: str) -> None:
    """Draw a table that holds no figure of its own: sources, gaps, files."""
    if shown.empty:
        st.markdown("None was found.")
        return
    st.table(shown, hide_index=True, alt=alt)


@contextmanager
def frame(
    data: Data, provenance: Provenance, kind: str, *, pictured: downloads.SpecBuilder | None = None
) -> Iterator[None]:
    """Put what is drawn inside a frame that ends with its provenance.

    That is the line of its sources, all that is to be said of them, the figures as a file, and
    the charts as pictures where ``pictured`` gives their specifications by name.
    ``kind`` tells apart what is drawn of the same provenance on a page: figure, chart, table,
    map, card.
    """
    # A map that changed its measure must stay the map it was, where the reader left it.
    key = f"{kind}-{'shown' if kind == 'map' else provenance.name}"
    with st.container(key=key):
        yield
        in_full = 1 if kind == "figure" else 2
        st.markdown(f":small[{citations.format_source_line(data, provenance.source_ids, in_full)}]")
        with st.container(horizontal=True, gap="small"):
            with st.popover("About this", icon=":material/info:", type="tertiary"):
                st.markdown(to_markdown(data, provenance))
                st.markdown("**How to cite it.**")
                st.code(
                    citations.format_citation(data, provenance.title, provenance.source_ids),
                    language=None,
                    wrap_lines=True,
                )
            downloads.draw_table_button(data, provenance, key=f"csv-{key}")
            if pictured:
                downloads.draw_picture_buttons(data, provenance, pictured, key=key)


def draw_gaps(data: Data, page: str, areas: pd.DataFrame) -> None:
    """Draw what was looked for on a page's subject and not found."""
    st.header("What was not found")
    listed = source_topic.tabulate_gaps(data, source_topic.select_gaps(data, page, areas))
    draw_listing(
        links.link_areas(data, listed),
        alt="Figures that were not found",
    )


def draw_faults(error: DataError) -> None:
    """Draw the page that stands in for all others while the data cannot be used."""
    st.title("The figures cannot be shown")
    st.markdown(
        "The files that hold them did not pass the checks, and no figure is shown until they do. "
        "Whoever looks after this dashboard can fix what is listed here."
    )
    listed = pd.DataFrame(
        [
            {
                "File": formatting.escape_markdown(fault.file),
                "Row": "" if fault.row is None else str(fault.row),
                "Column": formatting.escape_markdown(fault.column),
                "What is wrong": formatting.escape_markdown(fault.rule),
                "Value": formatting.escape_markdown(fault.value),
            }
            for fault in error.issues
        ]
    )
    st.table(listed, hide_index=True, alt=f"{len(listed)} faults in the data files")
