"""Widgets of the page on data and sources, and the values they give."""

import pandas as pd
import streamlit as st

from dashboard import citations, formatting
from dashboard.filters import Filters
from dashboard.ui import choices

_FIRST = 20
_LONGEST_SEARCH = 100
_ORDERS = {
    "Title": ("title", True),
    "Publisher": ("publisher", True),
    "Newest": ("date", False),
    "Tier": ("tier", True),
}


def sources(listed: pd.DataFrame) -> pd.DataFrame:
    """Draw a search box, a choice of tier and of order; return the sources that match, in order."""
    left, middle, right = st.columns([2, 2, 1])
    with left:
        choices.adopt_text("source", _LONGEST_SEARCH)
        words = st.text_input(
            "Search title, publisher or reference",
            key="source",
            max_chars=_LONGEST_SEARCH,
            on_change=choices.note_press,
        )
    with middle:
        choices.adopt_several("tier", citations.TIERS)
        tiers = st.pills(
            "Tier",
            citations.TIERS,
            selection_mode="multi",
            key="tier",
            on_change=choices.note_press,
        )
    with right:
        by = choices.draw_list("Sort by", list(_ORDERS), key="order")
    searched = listed["title"] + " " + listed["publisher"] + " " + listed["source_id"]
    found = listed[searched.str.contains(words.strip(), case=False, regex=False)]
    found = found[found["tier"].isin(tiers)] if tiers else found
    column, ascending = _ORDERS.get(by, ("title", True))
    found = found.sort_values(column, ascending=ascending, kind="stable")
    st.markdown(f"{len(found)} of {len(listed)} sources")
    if len(found) <= _FIRST:
        return found
    choices.adopt_switch("all")
    if st.toggle("Show all of them", key="all", on_change=choices.note_press):
        return found
    return found.head(_FIRST)


def table(named: dict[str, str]) -> str:
    """Draw the choice of a table of the package, by title, and return its name."""
    names = {title: name for name, title in named.items()}
    return names[choices.draw_list("Table", list(names), key="table")]


def extent(filters: Filters, shown: int, of: int) -> Filters | None:
    """Draw the choice of taking what is filtered or everything; None is everything."""
    if not filters:
        st.markdown(f"These files hold all {of} areas. Filters narrow them.")
        return None
    labels = {
        "filtered": f"What is filtered ({formatting.showing(filters, shown, of)})",
        "everything": f"Everything (all {of} areas)",
    }
    # The words of the first change with the filters; what is chosen must not.
    chosen = st.radio(
        "What to take",
        list(labels),
        format_func=labels.get,
        key="extent",
        on_change=choices.note_press,
    )
    return None if chosen == "everything" else filters
