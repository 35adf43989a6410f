"""About: what the figures are, words, accessibility, privacy, licence."""

import streamlit as st

from dashboard.ui import about_blocks, cached, exhibits, shell

filters = shell.filters()
data = cached.load()

exhibits.opening("About", filters, filters.apply(cached.facts()), data)
st.markdown("The filters do not narrow this page.")
about_blocks.status(data)
about_blocks.words()
about_blocks.accessibility()
about_blocks.privacy()
about_blocks.licence(data)
