"""What opens at a press is built and sent when it is opened, as most never is.

Opening it runs the page: a fragment of its own would spare that, and cost every reader of the page
an element more for each.
"""

from collections.abc import Callable

import streamlit as st

from dashboard.ui import choices


def draw_expander(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw an expander; what ``draw`` draws is in it once it is open.

    ``words`` must not change with the filters: Streamlit would take it for another expander and
    close it.
    """
    expander = st.expander(words, key=f"folded-{key}", on_change=choices.record_press)
    if expander.open:
        with expander:
            draw()


def draw_popover(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw a small button that opens a popover; what ``draw`` draws is in it once it is open."""
    popover = st.popover(
        words, key=f"opened-{key}", on_change=choices.record_press, type="tertiary"
    )
    if popover.open:
        with popover:
            draw()
