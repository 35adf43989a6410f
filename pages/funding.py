"""Funding: how much money, from whom, for what and when."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import programme, successor
from dashboard.ui import exhibits, shell

filters = shell.get_filters()
data = store.current()
shown = filters.apply(compute_area_facts(data))

exhibits.draw_page_head("Funding", filters, shown, data)
st.markdown(
    "The first three sections are about the **whole programme** and stay the same whatever is "
    "filtered. Those after them are about the **areas shown**. Amounts are as announced or "
    "allocated, not what was spent. Some amounts are part of others, so do not add them."
)
left, right = st.columns(2, gap="medium")
with left:
    exhibits.show(data, programme.build_totals(data))
with right:
    exhibits.show(data, programme.build_research_school_money(data))
exhibits.show(data, programme.build_other_announcements(data))
if not shown.empty:
    left, right = st.columns(2, gap="medium")
    with left:
        exhibits.show(data, funding.build_fourth_year(data, shown))
    with right:
        exhibits.show(data, funding.build_fourth_year_per_child(data, shown))
    exhibits.show(data, funding.build_fifth_year(data, shown))
    exhibits.show(data, successor.build_local_needs_fund(data, shown))
    exhibits.show(data, funding.build_every_amount(data, shown))
exhibits.draw_gaps(data, "funding", shown)
