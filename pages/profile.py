"""Area profile: everything about one area."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import compute_area_facts, get_area_facts
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding.answer import build_money_answer
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import area_results, exhibits, inputs, links, shell
from dashboard.ui import areas as layout

shell.get_filters()
data = store.current()
facts = compute_area_facts(data)

heading = st.empty()
area_id = inputs.choose_profile_area(facts)
if area_id is None:
    heading.title("Area profile", anchor=False)
    layout.draw_all_areas(data, facts)
    st.stop()
area = get_area_facts(data, area_id)
layout.draw_profile_head(data, area, heading)
area_results.draw_results(data, area)
exhibits.show(data, build_money_answer(data, area))
exhibits.show_body(data, funding.build_amounts_of_area(data, area))
left, right = st.columns([3, 2])
with left:
    exhibits.show(data, areas.build_priorities(data, area))
with right:
    layout.draw_research_school(data, area)
exhibits.show(data, index_ranks.build_ranks_of_area(data, area))
area_results.draw_studies_of(data, area)
layout.draw_more(data, area)
links.draw_neighbour_links(data, area_id)
