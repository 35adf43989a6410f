"""Research schools: who served each area, and who hosted them."""

import streamlit as st

from dashboard.data import store
from dashboard.data.frames import to_rows
from dashboard.data.rows import Area
from dashboard.topics import research_schools
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Research schools", filters, areas, data)
st.markdown(
    "Each opportunity area was given a research school. That is a school or a group of schools "
    "that helped others to use evidence in teaching. Eleven were named in July 2017. The twelfth, "
    "for Ipswich, was named in January 2018. Hosts and roles may have changed since."
)
with exhibits.frame(data, research_schools.build_network_provenance(data), kind="text"):
    st.markdown(research_schools.NETWORK)
if not areas.empty:
    st.header("The schools")
with st.grid("auto", min_column_width=300, border=True) as grid:
    for area in to_rows(areas, Area):
        with grid.cell():
            layout.draw_research_school(data, area)
exhibits.draw_gaps(data, "research_schools", areas)
