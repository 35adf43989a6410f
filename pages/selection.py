"""Why these areas: how they were chosen, where they stood, whether the claims hold."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.index_ranks import cold_spots
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import exhibits, mapview, places, shell

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
exhibits.show(data, index_ranks.build_claims(data))
left, right = places.split_row(2)
with places.get_over_map():
    exhibits.draw_head(cold_spots.build_cold_spots_map(data))
with left:
    mapview.draw_cold_spots(data)
    exhibits.show_body(data, cold_spots.build_regions(data))
if not areas.empty:
    ranks = index_ranks.build_ranks(data, areas)
    with right:
        exhibits.show(data, ranks, folds_table=False)
    with places.get_below():
        exhibits.fold_table(data, ranks)
with places.get_below():
    for disagreement in index_ranks.build_disagreements(data, areas):
        exhibits.show(data, disagreement)
    exhibits.draw_gaps(data, "selection", areas)
