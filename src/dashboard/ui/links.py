"""Links between pages; each carries the filters along."""

import pandas as pd
import streamlit as st

from dashboard import profile
from dashboard.data import Data
from dashboard.filters import Filters

_PROFILE = "pages/profile.py"


def to_profile(label: str, filters: Filters, *, words: str | None = None) -> None:
    """Draw a link to an area's profile."""
    query = {**filters.address(), "area": label}
    st.page_link(_PROFILE, label=words or label, query_params=query)


def to_areas(areas: pd.DataFrame, filters: Filters) -> None:
    """Draw a link to each area's profile."""
    with st.grid("auto", min_column_width=220):
        for label in areas["label"]:
            to_profile(label, filters)


def to_chosen(shown: pd.DataFrame, filters: Filters) -> None:
    """Draw a link to the profile of the area last clicked on a map, where it is shown."""
    label = st.session_state.get("area")
    if isinstance(label, str) and label in set(shown["label"]):
        to_profile(label, filters, words=f"Everything about {label}")


def to_neighbours(data: Data, area_id: str, filters: Filters) -> None:
    """Draw links to the profiles of the area before and the area after."""
    before, after = profile.neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        to_profile(before, filters, words=f"Previous area: {before}")
    with right:
        to_profile(after, filters, words=f"Next area: {after}")
