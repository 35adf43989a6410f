"""Data and sources: every table, every source, what disagrees and what is missing."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import choices, exhibits, shell, sources

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Data and sources", filters, areas, data)
st.markdown(
    "This is an independent compilation and not official statistics. Every figure has a source. "
    "The filters narrow the downloads and nothing else on this page."
)
sources.draw_faults_of_newer()
choices.sync_one("part", sources.PARTS)
tabs = st.tabs(sources.PARTS, key="part", on_change=choices.record_press)
downloads, listed, disagreements, gaps, table, versions = tabs
if downloads.open:
    with downloads:
        sources.draw_downloads(data, filters, areas)
if listed.open:
    with listed:
        sources.draw_sources(data)
if disagreements.open:
    with disagreements:
        sources.draw_disagreements(data)
if gaps.open:
    with gaps:
        sources.draw_gaps(data)
if table.open:
    with table:
        sources.draw_table(data, filters)
if versions.open:
    with versions:
        sources.draw_versions(data)
