"""Map: where the areas are, coloured by cohort or by a measure."""

import streamlit as st

from dashboard import formatting
from dashboard.data import store
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import areas as layout
from dashboard.ui import exhibits, inputs, mapview, places, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Map", filters, areas, data)
left, right = st.columns(2, gap="medium")
with left:
    measure = inputs.choose_map_measure(data)
with right:
    chosen = inputs.choose_area_on_map(areas)
words = formatting.escape_markdown(map_measures.describe_map(areas, measure))
st.markdown(words if chosen else f"{words} Choose an area to see its facts.")
left, right = places.split_row(2)
with left:
    mapview.draw_map(data, areas, measure=measure, chosen=chosen)
with right:
    if chosen:
        layout.draw_chosen(data, chosen)
    exhibits.show(data, map_measures.build_map(data, areas, measure))
