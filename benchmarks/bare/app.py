"""What Streamlit costs by itself: a title, one list bound to the address, and a second page."""

import streamlit as st


def first() -> None:
    """Draw the page that loads and clicks are measured against."""
    st.title("First page")
    chosen = st.selectbox(
        "Cohort", ["All", "Original six", "New six"], key="c", bind="query-params"
    )
    st.write(chosen)


def second() -> None:
    """Draw the page that a switch of page is measured against."""
    st.title("Second page")


st.navigation([st.Page(first, title="First"), st.Page(second, title="Second")]).run()
