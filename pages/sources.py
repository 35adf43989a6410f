"""Data and sources: every table, every source, what disagrees and what is missing."""

import streamlit as st

from dashboard import tables
from dashboard.ui import blocks, cached, pickers, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

blocks.opening("Data and sources", filters, areas, data)
st.markdown(
    "This is an independent compilation and not official statistics. Every figure has a source. "
    "Addresses were not opened live, and many pages were read at their opening only. The filters "
    "do not narrow what is on this page."
)
st.header("Where sources disagree")
blocks.listing(tables.provenance.disagreements(data), alt="Figures on which sources disagree")
st.header("Looked for and not found")
blocks.listing(
    tables.provenance.gaps(data, data.gaps), alt="Figures that were looked for and not found"
)
st.header("Sources")
found = pickers.sources(data.sources)
blocks.listing(tables.provenance.sources(found), alt="The sources of the figures")
st.header("Files")
blocks.listing(tables.provenance.resources(data), alt="The files of the data package")
