"""What pages are made of. No figure, chart, table, map or card is drawn without its basis."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import citations, formatting, glossary, measures, tables
from dashboard.basis import Basis, spoken
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError
from dashboard.filters import Filters
from dashboard.headlines import Headline
from dashboard.palette import Palette, palette
from dashboard.ui import downloads, inputs, lazy_expander, links

if TYPE_CHECKING:
    import altair as alt


def colours() -> Palette:
    """Return the palette of the theme that the reader's browser shows."""
    return palette(dark=st.context.theme.type == "dark")


def opening(title: str, filters: Filters, shown: pd.DataFrame, data: Data) -> None:
    """Draw the page's title and the line that says what is filtered."""
    st.title(title)
    st.markdown(f"**{formatting.plain(formatting.showing(filters, len(shown), len(data.areas)))}**")
    if shown.empty:
        st.info("No opportunity area fits these choices together.", icon=":material/filter_alt:")
        inputs.reset("Show all twelve areas", key="reset_empty")


def header(words: str) -> None:
    """Draw plain words as a heading of the second level; the field's are explained at a press."""
    st.header(formatting.plain(words), help=glossary.of(words))


def subheader(words: str) -> None:
    """Draw plain words as a heading of the third level; the field's are explained at a press."""
    st.subheader(formatting.plain(words), help=glossary.of(words))


def headlines(data: Data, figures: Sequence[Headline]) -> None:
    """Draw figures side by side where there is room, each with what it covers and its basis."""
    with st.grid("auto", min_column_width=280, border=True) as grid:
        for figure in figures:
            with grid.cell(), framed(data, figure.basis, "figure"):
                st.metric(formatting.label(figure.label), formatting.label(figure.value))
                st.markdown(f":small[{formatting.plain(figure.covers)}]")


def chart(
    data: Data, basis: Basis, drawn: "alt.LayerChart", *, alt: str, table: pd.DataFrame
) -> None:
    """Draw a chart, then the same figures as a table, then their basis."""
    from dashboard import charts

    spec = charts.specification(drawn)
    with framed(data, basis, "chart", pictured=lambda: {alt: spec}):
        # The height is said, so that its room is kept free while the chart loads.
        st.vega_lite_chart(spec, alt=alt, theme=None, height=spec["height"])
        lazy_expander.part(
            "The same figures as a table",
            lambda: st.table(links.in_table(data, table), hide_index=True, alt=alt),
            key=basis.name,
        )


def table(data: Data, basis: Basis, shown: pd.DataFrame, *, alt: str) -> None:
    """Draw a table and its basis; cells are Markdown made by :mod:`dashboard.tables`."""
    with framed(data, basis, "table"):
        st.table(_headed(data, links.in_table(data, shown)), hide_index=True, alt=alt)


def _headed(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which the columns that are areas lead to them.

    A table too wide for a phone is scrolled by keyboard where it holds a link.
    """
    names = links.in_table(data, pd.DataFrame({"Area": list(shown.columns)}))["Area"]
    return shown.set_axis(list(names), axis="columns")


def listing(shown: pd.DataFrame, *, alt: str) -> None:
    """Draw a table that holds no figure of its own: sources, gaps, files."""
    if shown.empty:
        st.markdown("None was found.")
        return
    st.table(shown, hide_index=True, alt=alt)


@contextmanager
def framed(
    data: Data, basis: Basis, kind: str, *, pictured: downloads.Pictured | None = None
) -> Iterator[None]:
    """Put what is drawn inside a frame that ends with its basis.

    That is the line of its sources, all that is to be said of them, the figures as a file, and
    the charts as pictures where ``pictured`` gives their specifications by name.
    ``kind`` tells apart what is drawn of the same basis on a page: figure, chart, table, map, card.
    """
    # A map that changed its measure must stay the map it was, where the reader left it.
    key = f"{kind}-{'shown' if kind == 'map' else basis.name}"
    with st.container(key=key):
        yield
        in_full = 1 if kind == "figure" else 2
        st.markdown(f":small[{citations.line(data, basis.source_ids, in_full)}]")
        with st.container(horizontal=True, gap="small"):
            with st.popover("About this", icon=":material/info:", type="tertiary"):
                st.markdown(spoken(data, basis))
                st.markdown("**How to cite it.**")
                st.code(
                    citations.cite(data, basis.title, basis.source_ids),
                    language=None,
                    wrap_lines=True,
                )
            downloads.table(data, basis, key=f"csv-{key}")
            if pictured:
                downloads.pictures(data, basis, pictured, key=key)


def gaps(data: Data, page: str, areas: pd.DataFrame) -> None:
    """Draw what was looked for on a page's subject and not found."""
    st.header("Looked for and not found")
    listed = tables.provenance.gaps(data, measures.gaps(data, page, areas))
    listing(
        links.in_table(data, listed),
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
                "File": formatting.plain(fault.file),
                "Row": "" if fault.row is None else str(fault.row),
                "Column": formatting.plain(fault.column),
                "What is wrong": formatting.plain(fault.rule),
                "Value": formatting.plain(fault.value),
            }
            for fault in error.faults
        ]
    )
    st.table(listed, hide_index=True, alt=f"{len(listed)} faults in the data files")
