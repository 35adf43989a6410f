"""Area profile: everything about one area."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import compute_area_facts, get_area_facts
from dashboard.topics.funding import areas as funding
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, inputs, links, outcomes, shell

filters = shell.get_filters()
data = store.current()
facts = compute_area_facts(data)

exhibits.draw_page_head("Area profile", filters, filters.apply(facts), data)
st.markdown("Choose any area.")
area_id = inputs.choose_profile_area(facts)
if area_id is None:
    links.draw_area_links(facts)
    st.stop()
area = get_area_facts(data, area_id)
layout.draw_profile_head(data, area)
layout.draw_facts_and_map(data, area)
exhibits.show(data, areas.build_priorities(data, area))
exhibits.show(data, index_ranks.build_ranks_of_area(data, area))
exhibits.show(data, funding.build_amounts_of_area(data, area))
exhibits.draw_header("Research school")
with st.container(border=True, key="school_card"):
    layout.draw_research_school(data, area, linked=False)
outcomes.draw_area(data, area)
layout.draw_unknown_and_sources(data, area)
links.draw_neighbour_links(data, area_id)
