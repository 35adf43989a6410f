"""What pages are made of. No figure, chart or table is drawn without its sources."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import citations, measures, tables, text
from dashboard.data import Data
from dashboard.faults import DataError
from dashboard.filters import Filters
from dashboard.headlines import Headline
from dashboard.palette import Palette, palette
from dashboard.ui import links, pickers

if TYPE_CHECKING:
    import altair as alt

_INLINE_SOURCES = 2


def colours() -> Palette:
    """Return the palette of the theme that the reader's browser shows."""
    return palette(dark=st.context.theme.type == "dark")


def opening(title: str, filters: Filters, shown: pd.DataFrame, data: Data) -> None:
    """Draw the page's title and the line that says what is filtered."""
    st.title(title)
    st.markdown(f"**{text.plain(text.showing(filters, len(shown), len(data.areas)))}**")
    if shown.empty:
        st.info("No opportunity area fits these choices together.", icon=":material/filter_alt:")
        pickers.reset("Show all twelve areas", key="reset_empty")


def headlines(data: Data, figures: Sequence[Headline]) -> None:
    """Draw figures side by side, each with what it covers and its source."""
    grid = st.grid(len(figures), min_column_width=220, border=True)
    for figure in figures:
        with grid.cell():
            st.metric(figure.label, figure.value)
            st.markdown(f":small[{text.plain(figure.covers)}]")
            sources(data, figure.source_ids)


def chart(
    data: Data, drawn: "alt.LayerChart", *, alt: str, table: pd.DataFrame, source_ids: Iterable[str]
) -> None:
    """Draw a chart, then the same figures as a table, then their sources."""
    st.altair_chart(drawn, alt=alt, theme=None)
    with st.expander("The same figures as a table", icon=":material/table:"):
        st.table(links.in_table(data, table), hide_index=True, alt=alt)
    sources(data, source_ids)


def table(data: Data, shown: pd.DataFrame, *, alt: str, source_ids: Iterable[str]) -> None:
    """Draw a table and its sources; cells are Markdown made by :mod:`dashboard.tables`."""
    st.table(links.in_table(data, shown), hide_index=True, alt=alt)
    sources(data, source_ids)


def listing(shown: pd.DataFrame, *, alt: str) -> None:
    """Draw a table whose rows are sources, or carry them; an empty one says so."""
    if shown.empty:
        st.markdown("None was found.")
        return
    st.table(shown, hide_index=True, alt=alt)


def sources(data: Data, source_ids: Iterable[str]) -> None:
    """Draw the line of sources; a long one opens on demand."""
    lines = [text.source(row) for row in citations.rows(data, source_ids)]
    if len(lines) <= _INLINE_SOURCES:
        st.markdown(f":small[Source: {'; '.join(lines)}]")
        return
    with st.expander(f"Sources ({len(lines)})", icon=":material/format_quote:"):
        st.markdown("\n".join(f"- {line}" for line in lines))


def gaps(data: Data, page: str, areas: pd.DataFrame) -> None:
    """Draw what was looked for on a page's subject and not found."""
    st.header("Looked for and not found")
    listing(
        tables.provenance.gaps(data, measures.gaps(data, page, areas)),
        alt="Figures that were looked for and not found",
    )


def faults(error: DataError) -> None:
    """Draw the page that stands in for all others while the data cannot be used."""
    st.title("The figures cannot be shown")
    st.markdown(
        "The files that hold them did not pass the checks, and no figure is shown until they do. "
        "Whoever looks after this dashboard can mend what is listed here."
    )
    listed = pd.DataFrame(
        [
            {
                "File": text.plain(fault.file),
                "Row": "" if fault.row is None else str(fault.row),
                "Column": text.plain(fault.column),
                "What is wrong": text.plain(fault.rule),
                "Value": text.plain(fault.value),
            }
            for fault in error.faults
        ]
    )
    st.table(listed, hide_index=True, alt=f"{len(listed)} faults in the data files")
