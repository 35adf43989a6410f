"""The frame around every page: menu, title, shared filters, and what to do without data."""

from contextvars import ContextVar
from pathlib import Path

import streamlit as st

from dashboard.faults import DataError
from dashboard.filters import Filters
from dashboard.ui import blocks, cached, finder_box, pickers

NAME = "Opportunity areas"
# A file of our own: the icon of a st.Page would make the browser ask another server for one.
_ICON = str(Path(__file__).with_name("icon.png"))

_filters: ContextVar[Filters | None] = ContextVar("filters", default=None)


def run() -> None:
    """Run the page that the address names, inside the frame."""
    page = st.navigation(_pages())
    st.set_page_config(page_title=f"{page.title} | {NAME}", page_icon=_ICON, layout="wide")
    try:
        data = cached.load()
    except DataError as error:
        blocks.faults(error)
        return
    with st.sidebar:
        box = st.container()
        chosen = pickers.filters(data.areas)
        with box:
            finder_box.draw(data, chosen)
    _filters.set(chosen)
    page.run()


def filters() -> Filters:
    """Return the reader's filters: the first line of every page.

    A server that has just started runs a deep link's page without ``app.py``, because the
    folder is called ``pages``. Then there are no filters yet: the page list is made known and
    the run starts over, through ``app.py``.
    """
    chosen = _filters.get()
    if chosen is None:
        st.navigation(_pages())
        st.rerun()
    return chosen


def links() -> None:
    """Draw links to the other pages, each with what it answers; the filters go along."""
    grid = st.grid(2, border=True)
    for page in _pages()[1:]:
        with grid.cell():
            st.page_link(page)
            st.markdown(f":small[{page.help}]")


def _pages() -> list[st.Page]:
    """Return the pages in the menu's order; the first is the front page."""
    return [
        st.Page(
            "pages/overview.py",
            title="Overview",
            default=True,
            help="The twelve areas at a glance: where, how much, who.",
        ),
        st.Page(
            "pages/map.py",
            title="Map",
            help="Where the areas are, coloured by a measure you choose.",
        ),
        st.Page(
            "pages/funding.py",
            title="Funding",
            help="How much money, from whom, for what and when.",
        ),
        st.Page(
            "pages/research_schools.py",
            title="Research schools",
            help="The research school that served each area, and who hosted it.",
        ),
        st.Page(
            "pages/selection.py",
            title="Why these areas",
            help="Where each stood on the Social Mobility Index, and whether the claims hold.",
        ),
        st.Page(
            "pages/outcomes.py",
            title="Outcomes",
            help="What happened next to the children there, against England.",
        ),
        st.Page(
            "pages/profile.py",
            title="Area profile",
            help="Everything about one area.",
        ),
        st.Page(
            "pages/compare.py",
            title="Compare",
            help="Two to four areas side by side.",
        ),
        st.Page(
            "pages/sources.py",
            title="Data and sources",
            help="Every table, every source, what disagrees and what is missing.",
        ),
    ]
