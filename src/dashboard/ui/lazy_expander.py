"""What stands folded. The browser is given it once it is opened: most of it nobody opens."""

from collections.abc import Callable

import streamlit as st

from dashboard.filters import Filters
from dashboard.ui import inputs


def draw_lazily(words: str, draw: Callable[[], object], *, key: str) -> None:
    """Draw a line to open; ``draw`` is called once it is open, and nothing else drawn anew.

    Words that change with the filters would fold it again: Streamlit takes it for another line.
    """
    _draw_lazily(words, draw, inputs.get_filters(), key=key)


@st.fragment
def _draw_lazily(
    words: str, draw: Callable[[], object], chosen: Filters | None, *, key: str
) -> None:
    # Opening it runs this alone, in a thread that has not drawn the filters.
    inputs.recall(chosen)
    line = st.expander(words, key=f"folded-{key}", on_change="rerun")
    if line.open:
        with line:
            draw()
