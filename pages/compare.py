"""Compare: two to four areas side by side."""

import streamlit as st

from dashboard import profile
from dashboard.ui import blocks, cached, outcome_blocks, pickers, shell

filters = shell.filters()
data = cached.load()
facts = cached.facts()

blocks.opening("Compare", filters, filters.apply(facts), data)
areas = pickers.several_areas(facts)
if not areas.empty:
    st.header("Facts side by side")
    blocks.table(
        data,
        profile.compared(data, areas),
        alt="Facts of the areas chosen",
        source_ids=profile.fact_sources(data, areas),
    )
    st.header("Money side by side")
    st.markdown("Amounts overlap in places and cover different years: they are never added up.")
    blocks.table(
        data,
        profile.compared_money(data, areas),
        alt="Money of the areas chosen",
        source_ids=profile.money_sources(data, areas),
    )
    outcome_blocks.overlaid(data, areas, pickers.measure(data.measures))
