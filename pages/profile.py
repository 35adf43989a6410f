"""Area profile: everything about one area."""

import streamlit as st

from dashboard.data.frames import of_area, record, to_rows
from dashboard.data.rows import Area
from dashboard.ui import cached, exhibits, inputs, links, outcomes, profile_blocks, shell

filters = shell.filters()
data = cached.load()
facts = cached.facts()

exhibits.opening("Area profile", filters, filters.apply(facts), data)
st.markdown("Any of the twelve can be chosen here: the filters do not narrow this page.")
area_id = inputs.profile_area(facts)
if area_id is None:
    links.to_areas(facts)
    st.stop()
area = record(facts, "area_id", area_id)
profile_blocks.heading(data, area)
profile_blocks.facts_and_map(data, facts, area)
profile_blocks.priorities(data, area)
profile_blocks.ranks(data, area)
profile_blocks.money(data, area)
profile_blocks.research_school(data, area)
outcomes.draw_area(data, to_rows(of_area(data.areas, area_id), Area)[0])
profile_blocks.unknown_and_sources(data, area)
links.to_neighbours(data, area_id)
