"""About: what the figures are, words, accessibility, privacy, licence."""

import streamlit as st

from dashboard.data import store
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.ui import about, exhibits, shell

filters = shell.get_filters()
data = store.current()

exhibits.draw_page_head("About", filters, filters.apply(compute_area_facts(data)), data)
st.markdown("The filters do not narrow this page.")
about.draw_method(data)
about.draw_glossary()
about.draw_accessibility_statement()
about.draw_privacy()
about.draw_licence(data)
