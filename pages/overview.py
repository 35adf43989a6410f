"""Overview: where, how much and who, at a glance."""

import streamlit as st

from dashboard import citations, findings, headlines, tables
from dashboard.ui import blocks, cached, mapview, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

blocks.opening("England's twelve opportunity areas", filters, areas, data)
st.markdown(
    "Between 2016 and 2022 the Department for Education put money and people into twelve places "
    "where children from poorer families found it hardest to do well. This dashboard shows where "
    "they are, what was spent and which research school served each, with a source at every figure."
)
blocks.headlines(data, headlines.overview(data, areas))

st.header("Where they are")
st.markdown(findings.on_map(areas, None))
mapview.show(data, areas, blocks.colours(), key="overview_map")

if not areas.empty:
    st.header("The areas in a table")
    blocks.table(
        data,
        tables.at_a_glance(data, areas, filters),
        alt="The areas shown, with cohort, region, people, research school and fourth-year money",
        source_ids=citations.of(data, areas),
    )

st.header("Where to go next")
shell.links()
