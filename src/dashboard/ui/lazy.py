"""What opens at a press is built and sent when it is opened, as most never is."""

from collections.abc import Callable

import streamlit as st

from dashboard.filters import Filters
from dashboard.ui import inputs


def draw_expander(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw an expander; opening it calls ``draw`` and runs nothing else of the page.

    ``words`` must not change with the filters: Streamlit would take it for another expander and
    close it.
    """
    _draw_expander(words, draw, inputs.get_filters(), key=f"folded-{key}")


def draw_popover(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw a small button that opens a popover; opening it calls ``draw`` and nothing else."""
    _draw_popover(words, draw, inputs.get_filters(), key=f"opened-{key}")


# Opening one runs only this, in a thread that has not drawn the filters.
@st.fragment
def _draw_expander(
    words: str, draw: Callable[[], object], chosen: Filters | None, *, key: str
) -> None:
    inputs.set_filters(chosen)
    expander = st.expander(words, key=key, on_change="rerun")
    if expander.open:
        with expander:
            draw()


@st.fragment
def _draw_popover(
    words: str, draw: Callable[[], object], chosen: Filters | None, *, key: str
) -> None:
    inputs.set_filters(chosen)
    popover = st.popover(words, key=key, on_change="rerun", type="tertiary")
    if popover.open:
        with popover:
            draw()
