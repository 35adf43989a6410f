"""Data and sources: every table, every source, what disagrees and what is missing."""

import streamlit as st

from dashboard.ui import cached, choices, exhibits, shell, source_blocks

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Data and sources", filters, areas, data)
st.markdown(
    "This is an independent compilation and not official statistics. Every figure has a source. "
    "The filters narrow the downloads and nothing else on this page."
)
source_blocks.newer_files()
choices.adopt_one("part", source_blocks.PARTS)
parts = st.tabs(source_blocks.PARTS, key="part", on_change=choices.note_press)
take, sources, disagreements, gaps, columns, versions = parts
if take.open:
    with take:
        source_blocks.take_away(data, filters, areas)
if sources.open:
    with sources:
        source_blocks.sources(data)
if disagreements.open:
    with disagreements:
        source_blocks.disagreements(data)
if gaps.open:
    with gaps:
        source_blocks.gaps(data)
if columns.open:
    with columns:
        source_blocks.columns(data)
if versions.open:
    with versions:
        source_blocks.versions(data)
