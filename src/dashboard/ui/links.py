"""Links between pages; the filters go along.

Streamlit adds what is bound to the address to a link that leads to another page, and not to one
that stays on its page: there the filters must be named.
"""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.topics.areas.facts import list_neighbours
from dashboard.ui import inputs

_PROFILE = "pages/profile.py"
_NAMED = {"Area", "Place", "District"}


def to_profile(
    label: str, *, words: str | None = None, stays: bool = False, arrow: str = "arrow_forward"
) -> None:
    """Draw a link to an area's profile; ``stays`` where it is drawn on a profile itself."""
    query = {**(_filters() if stays else {}), "area": label}
    st.page_link(
        _PROFILE,
        label=formatting.label(words or label),
        icon=f":material/{arrow}:",
        query_params=query,
    )


def to_areas(areas: pd.DataFrame) -> None:
    """Draw, on the profile page, a link to each area's profile."""
    with st.grid("auto", min_column_width=220):
        for label in areas["label"]:
            to_profile(label, stays=True)


def to_chosen(shown: pd.DataFrame) -> None:
    """Draw a link to the profile of the area last clicked on a map, where it is shown."""
    label = inputs.chosen_on_map()
    if isinstance(label, str) and label in set(shown["label"]):
        to_profile(label, words=f"Everything about {label}")


def to_neighbours(data: Data, area_id: str) -> None:
    """Draw, on a profile, links to those of the area before and the area after."""
    before, after = list_neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        to_profile(before, words=f"Previous area: {before}", stays=True, arrow="arrow_back")
    with right:
        to_profile(after, words=f"Next area: {after}", stays=True)


def in_table(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which the names of areas and districts lead to profiles.

    Such a link opens in a new tab, as Streamlit's links in text do; it names the filters.
    """
    named = _NAMED & {*shown}
    if not named:
        return shown
    lead = _lead(data)
    return shown.assign(**{name: [_linked(cell, lead) for cell in shown[name]] for name in named})


@remembered
def _lead(data: Data) -> dict[str, str]:
    """Return the label of the area that each name in a table leads to."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    lead = {formatting.plain(label): label for label in labels.values()}
    for row in records(data.districts):
        name, label = formatting.plain(row.name), labels[row.area_id]
        lead |= {name: label, f"{name}, in {formatting.plain(label)}": label}
    return lead


def _linked(cell: str, lead: dict[str, str]) -> str:
    if cell not in lead:
        return cell
    return f"[{cell}](profile?{urlencode({**_filters(), 'area': lead[cell]}, doseq=True)})"


def _filters() -> dict[str, str | list[str]]:
    chosen = inputs.current()
    return chosen.address() if chosen else {}
