"""Compare: two to four areas side by side."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas import comparison as facts_comparison
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding import comparison as funding_comparison
from dashboard.ui import exhibits, inputs, outcomes, shell

shell.get_filters()
data = store.current()
facts = compute_area_facts(data)

st.title("Compare", anchor=False)
areas = inputs.choose_areas(facts)
if not areas.empty:
    exhibits.show(data, facts_comparison.build_side_by_side(data, areas))
    exhibits.show(data, funding_comparison.build_side_by_side(data, areas))
    outcomes.draw_caution(data)
    outcomes.draw_overlaid(data, areas, inputs.choose_measure(data))
