"""Outcomes: what happened next to the children there, against England."""

import streamlit as st

from dashboard.ui import cached, exhibits, inputs, outcomes, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Outcomes", filters, areas, data)
outcomes.draw_caution(data)
left, right = st.columns([3, 1])
with left:
    measure = inputs.measure(data)
with right:
    by_change = inputs.by_change()
if not areas.empty:
    outcomes.draw_measure(data, areas, measure, by_change=by_change)
exhibits.gaps(data, "outcomes", areas)
outcomes.draw_studies(data)
