"""The frame around every page: menu, title, shared filters, and a message if data is invalid."""

import sys
from copy import copy
from functools import cache
from itertools import accumulate
from pathlib import Path

import streamlit as st

from dashboard import page_scripts
from dashboard.data import store
from dashboard.data.validation.issues import DataError
from dashboard.filters import Filters
from dashboard.page_lock import PAGE_LOCK
from dashboard.palette import DARK
from dashboard.ui import (
    address_notes,
    area_search,
    choices,
    exhibits,
    file_lifetime,
    inputs,
    places,
    tcp_nodelay,
)

NAME = "Opportunity areas"
_OPEN, _SEARCHED = "menu_open", "menu_sought"
_HERE = Path(__file__).parent
# A local file, because an icon of st.Page makes the browser load it from another server.
_ICON = str(_HERE / "icon.png")

# Script and title, in the groups and the order of the menu; the first is the front page.
_MENU = {
    "The programme": (
        ("overview", "Overview"),
        ("map", "Map"),
        ("funding", "Funding"),
        ("research_schools", "Research schools"),
        ("selection", "Why these areas"),
    ),
    "What happened": (
        ("outcomes", "Outcomes"),
        ("all_measures", "All measures"),
        ("compare", "Compare"),
    ),
    "Look up": (
        ("profile", "Area profile"),
        ("sources", "Data and sources"),
        ("about", "About"),
    ),
}

# A tenth of Python's own. A page is drawn in one thread and sent by another, which would wait that
# long for the interpreter at each of a hundred messages.
_SWITCH_INTERVAL_S = 0.0005

# Pages on which a reader picks areas, or there are none: filters would do nothing there.
_UNFILTERED = ("compare", "profile", "about")

# Runs in the page, before a browser translates it; the style hides its empty element.
_PAGE_SCRIPT = (
    "<style>[data-testid=stElementContainer]:has(> .stHtml > script) { display: none }</style>"
    f"<script>{page_scripts.load_script()}</script>"
)


def run_page() -> None:
    """Run the page of the address, inside the frame."""
    tcp_nodelay.set_tcp_nodelay()
    file_lifetime.set_lifetime()
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    page = st.navigation(_list_pages())
    choices.start_run(page.url_path)
    st.set_page_config(
        page_title=f"{page.title} | {NAME}",
        page_icon=_ICON,
        layout="wide",
    )
    with st.sidebar:
        st.html(_PAGE_SCRIPT + _style_groups(), unsafe_allow_javascript=True)
        is_open = _draw_menu(page.url_path)
    _load_styles(is_open, page.url_path in _UNFILTERED)
    try:
        data = store.current()
    except DataError as error:
        exhibits.draw_faults(error)
        return
    reading = address_notes.correct_address(data, page.url_path)
    with st.sidebar:
        box = st.container()
        # Filters are drawn everywhere, or they would be forgotten; a style hides idle ones. Under
        # another key a browser would build them anew.
        with st.container(key="filters"):
            inputs.draw_filters(data.areas)
        with box:
            area_search.draw_search(data)
    with PAGE_LOCK.hold(), places.begin_page(page.url_path):
        address_notes.draw_notes(reading)
        page.run()


def get_filters() -> Filters:
    """Get the reader's filters; the first line of every page calls this.

    A server that has just started runs the page of a deep link without ``app.py``, because the
    folder is called ``pages``. There are no filters then, so the list of pages is registered and
    the run starts again, with ``app.py``.
    """
    chosen = inputs.get_filters()
    if chosen is None:
        st.navigation(_list_pages())
        st.rerun()
    return chosen


def _draw_menu(page: str) -> bool:
    """Draw the menu button of narrow windows, and return whether the sidebar is open there.

    It is open for one run, so that choosing a page or a filter shows the page. A search keeps it
    open, because it is answered there.
    """
    query = st.session_state.get("find", "")
    is_search = query != st.session_state.get(_SEARCHED, "")
    st.session_state[_SEARCHED] = query
    is_open = bool(st.session_state.pop(_OPEN, False)) or is_search
    shut = "Menu" if page in _UNFILTERED else "Menu and filters"
    st.button(
        "Back to the page" if is_open else shut,
        key="menu",
        on_click=_toggle_menu,
        args=(is_open,),
    )
    return is_open


def _toggle_menu(is_open: bool) -> None:
    choices.record_press()
    st.session_state[_OPEN] = not is_open


def _load_styles(menu_is_open: bool, filters_are_idle: bool) -> None:
    """Load styles that the theme has no setting for: print, forced colours, visible focus."""
    st.html(_HERE / "page.css")
    st.html(_HERE / ("menu-open.css" if menu_is_open else "menu-shut.css"))
    if filters_are_idle:
        st.html(_HERE / "filters-idle.css")
    if exhibits.choose_palette() is DARK:
        st.html(_HERE / "print-dark.css")


def _list_pages() -> list[st.Page]:
    # Copies, because the framework marks the one that may be run.
    return [copy(page) for page in _find_pages()]


@cache
def _find_pages() -> tuple[st.Page, ...]:
    """Find the pages' scripts: for that each part of each path is looked up on the disk."""
    return tuple(
        st.Page(f"pages/{script}.py", title=title, default=script == "overview")
        for pages in _MENU.values()
        for script, title in pages
    )


def _style_groups() -> str:
    """Return the names of the menu's groups as styles, each above the first link of its group.

    Streamlit's own groups put headings among the items of a list, which HTML does not allow.
    """
    firsts = accumulate((len(pages) for pages in _MENU.values()), initial=1)
    rules = (
        f'[data-testid=stSidebarNavItems] > li:nth-child({first})::before {{ content: "{group}" }}'
        for group, first in zip(_MENU, firsts, strict=False)
    )
    return f"<style>{' '.join(rules)}</style>"
