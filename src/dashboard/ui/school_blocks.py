"""The sections of the page on research schools."""

import streamlit as st

from dashboard.data.loader import Data
from dashboard.topics.funding import programme
from dashboard.ui import exhibits


def network(data: Data) -> None:
    """Draw what became of the network, as far as it is known."""
    with exhibits.framed(data, programme.build_network_provenance(data), "text"):
        st.markdown(
            "The network of research schools was to have 33 schools in England from September "
            "2023, with money until at least 2026. What each school here is after July 2026 was "
            "not found."
        )
