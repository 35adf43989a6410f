"""The places of a page with a map: above it, its row, and below.

A browser builds anew what each page draws, and a map in its frame takes it as long as the rest of
a page. What the same place of another page has drawn for all pages it keeps. So the row of the map
stands at the same place on each page of a map, and is drawn for all.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

# The pages that have a map of all areas shown.
_PAGES = ("", "map", "research_schools", "selection", "profile")


@dataclass(frozen=True)
class Places:
    """The places of a page beside its beginning: the row of its map, what comes after the map.

    In the map's own column ``over_map`` is the place before it; where it is empty it takes no room.
    """

    row: DeltaGenerator
    below: DeltaGenerator
    over_map: DeltaGenerator | None = None


_current: ContextVar[Places] = ContextVar("places")


@contextmanager
def begin_page(page: str) -> Iterator[None]:
    """Draw the places of a page that has a map, and begin the page in the first of them."""
    if page not in _PAGES:
        yield
        return
    # Its key tells the style how high the page's map is.
    above = st.container(key=f"above-{page or 'overview'}")
    _current.set(Places(st.container(), st.container()))
    with above:
        yield


def split_row(widths: int | Sequence[float]) -> list[DeltaGenerator]:
    """Split the row of the map into columns, the first of which is the map's."""
    places = _current.get()
    with draw_for_all_pages():
        columns = places.row.columns(widths, gap="medium")
        _current.set(replace(places, over_map=columns[0].container()))
        return columns


def get_over_map() -> DeltaGenerator:
    """Get the place before the map in its column, once the row is split."""
    place = _current.get().over_map
    if place is None:
        raise LookupError("the row of the map is not split yet")
    return place


def get_below() -> DeltaGenerator:
    """Get the place of what comes after the map."""
    return _current.get().below


@contextmanager
def draw_for_all_pages() -> Iterator[None]:
    """Draw what is kept when the reader goes to a page that draws it at the same place too."""
    context = get_script_run_ctx()
    if context is None:
        yield
        return
    with context.run_with_active_hash(context.pages_manager.main_script_hash):
        yield
