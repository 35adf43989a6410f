"""Research schools: who served each area, and who hosted them."""

import streamlit as st

from dashboard.data import store
from dashboard.topics import research_schools
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, mapview, places, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head(
    "Research schools",
    filters,
    areas,
    data,
    "Each opportunity area was given a research school. That is a school or a group of schools "
    "that helped others to use evidence in teaching. Eleven were named in July 2017. The twelfth, "
    "for Ipswich, was named in January 2018. Hosts and roles may have changed since.",
)
if not areas.empty:
    exhibits.draw_header("The schools", "schools")
    st.markdown(research_schools.describe_outside(data, areas))
    layout.draw_research_schools(data, areas)
    exhibits.draw_header("Where the hosts were", "research-school-hosts")
    st.markdown(research_schools.describe_map(data, areas))
    (column,) = places.split_row(1)
    with column:
        mapview.draw_hosts(data, areas)
with places.get_below():
    with exhibits.frame(data, research_schools.build_network_provenance(data), kind="text"):
        st.markdown(research_schools.NETWORK)
    exhibits.draw_gaps(data, "research_schools", areas)
