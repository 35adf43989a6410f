"""Why these areas: how they were chosen, where they stood, whether the claims hold."""

import streamlit as st

from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import cached, exhibits, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("Why these areas", filters, areas, data)
st.markdown(
    "How the twelve were chosen, and what was claimed of them, is about **all twelve**. It stays "
    "the same whatever is filtered. The ranks are about the **areas shown**."
)
st.header("How the areas were chosen")
with exhibits.framed(data, index_ranks.build_steps_provenance(data), "text"):
    st.markdown(index_ranks.describe_steps(data))
if not areas.empty:
    exhibits.show(data, index_ranks.build_ranks(data, areas))
    for disagreement in index_ranks.build_disagreements(data, areas):
        exhibits.show(data, disagreement)
exhibits.show(data, index_ranks.build_claims(data))
exhibits.gaps(data, "selection", areas)
