"""Links between pages; the filters go along.

Streamlit adds what is bound to the address to a link that leads to another page, and not to one
that stays on its page: there the filters must be named.
"""

import pandas as pd
import streamlit as st

from dashboard import measures
from dashboard.data import Data
from dashboard.filters import Filters
from dashboard.ui import pickers

_PROFILE = "pages/profile.py"


def to_profile(label: str, *, words: str | None = None, filters: Filters | None = None) -> None:
    """Draw a link to an area's profile; on a profile itself, with the filters."""
    query = {**(filters or Filters()).address(), "area": label}
    st.page_link(
        _PROFILE, label=words or label, icon=":material/arrow_forward:", query_params=query
    )


def to_areas(areas: pd.DataFrame, filters: Filters) -> None:
    """Draw, on the profile page, a link to each area's profile."""
    with st.grid("auto", min_column_width=220):
        for label in areas["label"]:
            to_profile(label, filters=filters)


def to_chosen(shown: pd.DataFrame) -> None:
    """Draw a link to the profile of the area last clicked on a map, where it is shown."""
    label = pickers.chosen_on_map()
    if isinstance(label, str) and label in set(shown["label"]):
        to_profile(label, words=f"Everything about {label}")


def to_neighbours(data: Data, area_id: str, filters: Filters) -> None:
    """Draw, on a profile, links to those of the area before and the area after."""
    before, after = measures.neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        to_profile(before, words=f"Previous area: {before}", filters=filters)
    with right:
        to_profile(after, words=f"Next area: {after}", filters=filters)
