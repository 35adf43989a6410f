"""Overview: where, how much and who, at a glance."""

import streamlit as st

from dashboard import formatting
from dashboard.data import store
from dashboard.topics.areas import exhibits as area_exhibits
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding import programme
from dashboard.ui import exhibits, links, mapview, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("England's twelve opportunity areas", filters, areas, data)
st.markdown(
    "From 2017 to 2022 the Department for Education put extra money into education in twelve "
    "places in England. Social mobility was low there. See where they are, how much was "
    "announced and set aside, and which research school served each. Every figure has a source."
)
left, right = st.columns([2, 3], gap="medium")
with left:
    st.header("The whole programme")
    exhibits.show_figures(data, programme.list_headlines(data))
with right:
    st.header("Where they are")
    st.markdown(formatting.escape_markdown(map_measures.describe_map(areas, None)))
    mapview.draw_map(data, areas, key="overview_map")
    links.draw_chosen_link(areas)

st.header("The areas shown")
exhibits.show_figures(data, area_exhibits.list_figures(data, areas))
if not areas.empty:
    exhibits.show_body(data, area_exhibits.build_at_a_glance(data, areas))

shell.draw_links()
