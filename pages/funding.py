"""Funding: how much money, from whom, for what and when."""

import streamlit as st

from dashboard.ui import blocks, cached, money, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

blocks.opening("Funding", filters, areas, data)
st.markdown(
    "The first three sections are about the **whole programme** and stay the same whatever is "
    "filtered. Those after them are about the **areas shown**. Amounts are as announced or "
    "allocated, not what was spent. An amount that is inside another is never added to it."
)
money.programme(data)
money.research_schools(data)
money.other_announcements(data)
if not areas.empty:
    money.fourth_year(data, areas)
    money.fourth_year_per_child(data, areas)
    money.fifth_year(data, areas)
    money.local_needs_fund(data, areas)
    money.every_amount(data, areas)
blocks.gaps(data, "funding", areas)
