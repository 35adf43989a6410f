"""About: what the figures are, words, accessibility, privacy, licence."""

import streamlit as st

from dashboard.data import store
from dashboard.ui import about, shell

shell.get_filters()
data = store.current()

st.title("About", anchor=False)
about.draw_method(data)
about.draw_glossary()
about.draw_accessibility_statement()
about.draw_privacy()
about.draw_licence(data)
