"""Links between pages; the filters go along.

Streamlit adds what is bound to the address to a link that leads to another page, and not to one
that stays on its page: there the filters must be named.
"""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import District
from dashboard.topics.areas.facts import list_neighbours
from dashboard.ui import inputs

_PROFILE = "pages/profile.py"
_NAMED = {"Area", "Place", "District"}


def draw_profile_link(
    label: str, *, words: str | None = None, stays: bool = False, arrow: str = "arrow_forward"
) -> None:
    """Draw a link to an area's profile; ``stays`` where it is drawn on a profile itself."""
    query = {**(_get_filters() if stays else {}), "area": label}
    st.page_link(
        _PROFILE,
        label=formatting.escape_label(words or label),
        icon=f":material/{arrow}:",
        query_params=query,
    )


def draw_area_links(areas: pd.DataFrame) -> None:
    """Draw, on the profile page, a link to each area's profile."""
    with st.grid("auto", min_column_width=220):
        for label in areas["label"]:
            draw_profile_link(label, stays=True)


def draw_chosen_link(shown: pd.DataFrame) -> None:
    """Draw a link to the profile of the area last clicked on a map, where it is shown."""
    label = inputs.get_area_on_map()
    if isinstance(label, str) and label in set(shown["label"]):
        draw_profile_link(label, words=f"Everything about {label}")


def draw_neighbour_links(data: Data, area_id: str) -> None:
    """Draw, on a profile, links to those of the area before and the area after."""
    before, after = list_neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        draw_profile_link(before, words=f"Previous area: {before}", stays=True, arrow="arrow_back")
    with right:
        draw_profile_link(after, words=f"Next area: {after}", stays=True)


def link_areas(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which the names of areas and districts lead to profiles.

    Such a link opens in a new tab, as Streamlit's links in text do; it names the filters.
    """
    named = _NAMED & {*shown}
    if not named:
        return shown
    lead = _map_names(data)
    return shown.assign(
        **{name: [_link_cell(cell, lead) for cell in shown[name]] for name in named}
    )


@memoize
def _map_names(data: Data) -> dict[str, str]:
    """Return the label of the area that each name in a table leads to."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    lead = {formatting.escape_markdown(label): label for label in labels.values()}
    for row in to_rows(data.districts, District):
        name, label = formatting.escape_markdown(row.name), labels[row.area_id]
        lead |= {name: label, f"{name}, in {formatting.escape_markdown(label)}": label}
    return lead


def _link_cell(cell: str, lead: dict[str, str]) -> str:
    if cell not in lead:
        return cell
    return f"[{cell}](profile?{urlencode({**_get_filters(), 'area': lead[cell]}, doseq=True)})"


def _get_filters() -> dict[str, str | list[str]]:
    chosen = inputs.get_filters()
    return chosen.address() if chosen else {}
