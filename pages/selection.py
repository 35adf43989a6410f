"""Why these areas: how they were chosen, where they stood, whether the claims hold."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import exhibits, shell

filters = shell.get_filters()
data = store.current()
areas = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Why these areas", filters, areas, data)
st.markdown(
    "How the twelve were chosen, and what was claimed of them, is about **all twelve**. It stays "
    "the same whatever is filtered. The ranks are about the **areas shown**."
)
exhibits.draw_header("How the areas were chosen", "selection-steps")
with exhibits.frame(data, index_ranks.build_steps_provenance(data), kind="text"):
    st.markdown(index_ranks.describe_steps(data))
if not areas.empty:
    exhibits.show(data, index_ranks.build_ranks(data, areas))
    for disagreement in index_ranks.build_disagreements(data, areas):
        exhibits.show(data, disagreement)
exhibits.show(data, index_ranks.build_claims(data))
exhibits.draw_gaps(data, "selection", areas)
