"""Outcomes: what happened next to the children there, against England."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import exhibits, inputs, outcomes, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Outcomes", filters, areas, data)
outcomes.draw_caution(data)
left, right = st.columns([3, 1])
with left:
    measure = inputs.choose_measure(data)
with right:
    by_change = inputs.choose_sort_by_change()
if not areas.empty:
    outcomes.draw_measure(data, areas, measure, by_change=by_change)
exhibits.draw_gaps(data, "outcomes", areas)
outcomes.draw_studies(data)
