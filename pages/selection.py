"""Why these areas: how they were chosen, where they stood, whether the claims hold."""

import streamlit as st

from dashboard.ui import cached, exhibits, selection_blocks, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Why these areas", filters, areas, data)
st.markdown(
    "How the twelve were chosen, and what was claimed of them, is about **all twelve**. It stays "
    "the same whatever is filtered. The ranks are about the **areas shown**."
)
selection_blocks.how_chosen(data)
if not areas.empty:
    selection_blocks.standing(data, areas)
    selection_blocks.disagreements(data, areas)
selection_blocks.claims(data)
exhibits.gaps(data, "selection", areas)
