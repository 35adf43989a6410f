"""The sections of the page on research schools."""

import streamlit as st

from dashboard import basis, measures
from dashboard.data.loader import Data
from dashboard.ui import blocks


def network(data: Data) -> None:
    """Draw what became of the network, as far as it is known."""
    announced = measures.network(data)
    with blocks.framed(data, basis.money.network(announced), "text"):
        st.markdown(
            "The network of research schools was to have 33 schools in England from September "
            "2023, with money until at least 2026. What each school here is after July 2026 was "
            "not found."
        )
