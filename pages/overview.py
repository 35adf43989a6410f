"""Overview: where, how much and who, at a glance."""

import streamlit as st

from dashboard import basis, findings, formatting, headlines, tables
from dashboard.topics.funding import programme
from dashboard.ui import cached, exhibits, links, mapview, shell

filters = shell.filters()
data = cached.load()
areas = filters.apply(cached.facts())

exhibits.opening("England's twelve opportunity areas", filters, areas, data)
st.markdown(
    "From 2017 to 2022 the Department for Education put extra money into education in twelve "
    "places in England. Social mobility was low there. See where they are, how much was "
    "announced and set aside, and which research school served each. Every figure has a source."
)
left, right = st.columns([2, 3], gap="medium")
with left:
    st.header("The whole programme")
    exhibits.figures(data, programme.list_headlines(data))
with right:
    st.header("Where they are")
    st.markdown(formatting.plain(findings.on_map(areas, None)))
    mapview.show(data, areas, key="overview_map")
    links.to_chosen(areas)

st.header("The areas shown")
exhibits.figures(data, headlines.of_areas(data, areas))
if not areas.empty:
    exhibits.table(
        data,
        basis.areas.at_a_glance(data, areas),
        tables.areas.at_a_glance(data, areas),
        alt="The areas shown, with cohort, region, people, research school and fourth-year money",
    )

shell.links()
