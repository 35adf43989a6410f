"""Expanders whose content is built and sent when they are opened, as most never are."""

from collections.abc import Callable

import streamlit as st

from dashboard.filters import Filters
from dashboard.ui import inputs


def draw_lazily(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw an expander; opening it calls ``draw`` and runs nothing else of the page.

    ``words`` must not change with the filters: Streamlit would take it for another expander and
    close it.
    """
    _draw_lazily(words, draw, inputs.get_filters(), key=key)


@st.fragment
def _draw_lazily(
    words: str, draw: Callable[[], object], chosen: Filters | None, *, key: str
) -> None:
    # Opening it runs only this, in a thread that has not drawn the filters.
    inputs.set_filters(chosen)
    expander = st.expander(words, key=f"folded-{key}", on_change="rerun")
    if expander.open:
        with expander:
            draw()
