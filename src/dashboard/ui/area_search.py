"""A box that finds areas by name, postcode or address; what is typed is not stored."""

import streamlit as st

from dashboard import formatting
from dashboard.data.loader import Data
from dashboard.search import finder
from dashboard.search.place_names import build_places
from dashboard.ui import choices, links


def draw_search_of_page(data: Data) -> None:
    """Draw the box under a page's title, where the window is too narrow for the one in the menu."""
    with st.container(key="page_search"):
        draw_search(data, "Find an area, town or postcode", key="find_here")


def draw_search(data: Data, label: str = "Find my area", *, key: str = "find") -> None:
    """Draw the box and, once something is typed, the answer with links to its areas."""
    # No max_chars: a browser would drop a longer address that is pasted, as a whole.
    typed = st.text_input(
        label,
        key=key,
        placeholder="Area, town or postcode",
        on_change=choices.record_press,
    )
    if not typed.strip():
        return
    answer = finder.find(typed, build_places(data))
    st.markdown(formatting.escape_markdown(answer.message))
    labels = data.label_by_id
    for area_id in answer.area_ids:
        links.draw_profile_link(labels[area_id], words=f"Open {labels[area_id]}")
