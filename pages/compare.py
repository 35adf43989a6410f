"""Compare: two to four areas side by side."""

import streamlit as st

from dashboard import basis, selection, tables
from dashboard.ui import blocks, cached, inputs, outcome_blocks, shell

filters = shell.filters()
data = cached.load()
facts = cached.facts()

blocks.opening("Compare", filters, filters.apply(facts), data)
st.markdown("Any of the twelve can be chosen here: the filters do not narrow this page.")
areas = inputs.several_areas(facts)
if not areas.empty:
    st.header("Facts side by side")
    blocks.table(
        data,
        basis.areas.side_by_side(data, areas, selection.chosen_by(selection.ranks(data, areas))),
        tables.compare.facts(data, areas),
        alt="Facts of the areas chosen",
    )
    st.header("Money side by side")
    st.markdown("Amounts overlap in places and cover different years: they are never added up.")
    blocks.table(
        data,
        basis.money.side_by_side(areas, tables.compare.amounts(data, areas)),
        tables.compare.money(data, areas),
        alt="Money of the areas chosen",
    )
    outcome_blocks.caution(data)
    outcome_blocks.overlaid(data, areas, inputs.measure(data.measures))
