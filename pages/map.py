"""Map: where the areas are, coloured by cohort or by a measure."""

import streamlit as st

from dashboard import basis, findings, formatting, tables
from dashboard.ui import cached, cards, exhibits, inputs, mapview, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Map", filters, areas, data)
left, right = st.columns(2, gap="medium")
with left:
    measure = inputs.map_measure()
with right:
    chosen = inputs.area_on_map(areas)
st.markdown(formatting.plain(findings.on_map(areas, measure)))
left, right = st.columns(2, gap="medium")
with left:
    mapview.show(data, areas, key="areas_map", measure=measure, chosen=chosen)
with right:
    cards.chosen_area(data, areas, chosen)

if not areas.empty:
    st.header("The same as a table")
    if measure:
        st.markdown(measure.note)
    exhibits.table(
        data,
        basis.areas.on_map(data, areas, measure),
        tables.areas.on_map(areas, measure),
        alt=findings.on_map(areas, measure),
    )
