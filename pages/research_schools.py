"""Research schools: who served each area, and who hosted them."""

import streamlit as st

from dashboard.ui import cached, cards, exhibits, school_blocks, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Research schools", filters, areas, data)
st.markdown(
    "Each opportunity area was given a research school. That is a school or a group of schools "
    "that helped others to use evidence in teaching. Eleven were named in July 2017. The twelfth, "
    "for Ipswich, was named in January 2018. Hosts and roles may have changed since."
)
school_blocks.network(data)
if not areas.empty:
    st.header("The schools")
with st.grid("auto", min_column_width=300, border=True) as grid:
    for area_id in areas["area_id"]:
        with grid.cell():
            cards.research_school(data, area_id)
exhibits.gaps(data, "research_schools", areas)
