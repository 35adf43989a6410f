"""The parts of the page on data and sources."""

import pandas as pd
import streamlit as st

from dashboard import changelog, citations, exports, formatting, tables
from dashboard.data import store
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.ui import downloads, exhibits, source_pickers

_FAULTS = 3
PARTS = ("Downloads", "Sources", "Disagreements", "Gaps", "Columns", "Versions and citing")


def newer_files() -> None:
    """Draw, where the files have changed and have faults, that older figures are shown, and why."""
    if found := store.faults():
        st.warning(
            "The files that hold the figures have changed and did not pass the checks. The last "
            "figures that did are shown. What is wrong with the new ones: "
            f"{formatting.plain(formatting.joined(str(one) for one in found[:_FAULTS]))}."
        )


def take_away(data: Data, filters: Filters, areas: pd.DataFrame) -> None:
    """Draw the files of the whole, of each area, and of each table."""
    st.header("Take it away")
    chosen = source_pickers.extent(filters, len(areas), len(data.areas))
    st.subheader("Everything in one file")
    downloads.whole(data, chosen)
    st.subheader("Briefs of all twelve areas")
    downloads.briefs(data)
    st.subheader("One table at a time")
    downloads.each_table(data, chosen)


def sources(data: Data) -> None:
    """Draw the sources, what rests on each, and how much is primary."""
    st.header("Sources")
    st.markdown(
        "Addresses were not opened live, and many pages were read at their opening only. "
        f"{formatting.plain(tables.provenance.primary_share(data))}"
    )
    with st.expander("How much rests on each tier"):
        exhibits.listing(tables.provenance.by_tier(data), alt="Rows of figures by tier of source")
        st.markdown(
            "Primary: the body that made or announced the figure. Secondary: the press and "
            "studies. Inferred: worked out by us. A row counts by the weakest of its sources."
        )
    found = source_pickers.sources(data.sources)
    exhibits.listing(tables.provenance.sources(data, found), alt="The sources of the figures")


def disagreements(data: Data) -> None:
    """Draw where sources disagree, and what is shown."""
    st.header("Where sources disagree")
    exhibits.listing(tables.provenance.disagreements(data), alt="Figures on which sources disagree")


def gaps(data: Data) -> None:
    """Draw what was looked for and not found."""
    st.header("Looked for and not found")
    exhibits.listing(
        tables.provenance.gaps(data, data.gaps), alt="Figures that were looked for and not found"
    )


def columns(data: Data) -> None:
    """Draw the data dictionary of one table, with its file."""
    st.header("What each column means")
    name = source_pickers.table(exports.titles(data))
    found = exports.dfe_standard.table(data, name)
    st.markdown(
        f"{formatting.plain(found.description)} {formatting.number(len(found.frame))} rows."
    )
    downloads.one_table(data, name, None)
    exhibits.listing(tables.provenance.columns(found.schema), alt=f"Columns: {found.title}")


def versions(data: Data) -> None:
    """Draw how to cite the whole, the licence, and what changed."""
    package = data.descriptor
    st.header("How to cite this")
    st.code(citations.format_citation_of_all(data), language=None, wrap_lines=True)
    st.markdown("Each figure has words of its own to cite it, under “About this”.")
    licence = package["licenses"][0]
    st.markdown(f"Licence: {formatting.link(licence['title'], licence['path'])}.")
    st.header("What changed")
    left, right = st.columns(2, gap="large")
    for place, part in ((left, "Figures"), (right, "Program")):
        with place:
            version, day = changelog.latest(part)
            st.subheader(f"{part}: version {version}, {day}")
            st.markdown(changelog.of(part).replace("### ", "#### "))
