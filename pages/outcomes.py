"""Outcomes: what happened next to the children there, against England."""

import streamlit as st

from dashboard.ui import cached, exhibits, inputs, outcome_blocks, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Outcomes", filters, areas, data)
outcome_blocks.caution(data)
left, right = st.columns([3, 1])
with left:
    measure = inputs.measure(data.measures)
with right:
    by_change = inputs.by_change()
if not areas.empty:
    outcome_blocks.measure(data, areas, measure, by_change=by_change)
exhibits.gaps(data, "outcomes", areas)
outcome_blocks.studies(data)
