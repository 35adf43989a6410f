"""Compare: two to four areas side by side."""

import streamlit as st

from dashboard import basis, tables
from dashboard.topics.funding import comparison
from dashboard.topics.index_ranks.ranks import select_2016, select_ranks
from dashboard.ui import cached, exhibits, inputs, outcomes, shell

filters = shell.filters()
data = cached.load()
facts = cached.facts()

exhibits.opening("Compare", filters, filters.apply(facts), data)
st.markdown("Any of the twelve can be chosen here: the filters do not narrow this page.")
areas = inputs.several_areas(facts)
if not areas.empty:
    st.header("Facts side by side")
    exhibits.table(
        data,
        basis.areas.side_by_side(data, areas, select_2016(select_ranks(data, areas))),
        tables.compare.facts(data, areas),
        alt="Facts of the areas chosen",
    )
    exhibits.show(data, comparison.build_side_by_side(data, areas))
    outcomes.draw_caution(data)
    outcomes.draw_overlaid(data, areas, inputs.measure(data))
