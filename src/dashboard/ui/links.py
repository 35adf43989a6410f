"""Links to profiles, which keep the filters.

Streamlit adds the filters in the address to a link to another page, but not to a link to the page
itself; those have to name the filters.
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
_NAME_COLUMNS = {"Area", "Place", "District"}


def draw_profile_link(
    label: str, *, words: str | None = None, stays: bool = False, arrow: str = "arrow_forward"
) -> None:
    """Draw a link to an area's profile; ``stays`` says that it is drawn on the profile page."""
    query = {**(_get_filters() if stays else {}), "area": label}
    st.page_link(
        _PROFILE,
        label=formatting.escape_label(words or label),
        icon=f":material/{arrow}:",
        query_params=query,
    )


def draw_area_links(areas: pd.DataFrame) -> None:
    """Draw links to the profiles of all areas, on the profile page."""
    with st.grid("auto", min_column_width=220):
        for label in areas["label"]:
            draw_profile_link(label, stays=True)


def draw_chosen_link(shown: pd.DataFrame) -> None:
    """Draw a link to the profile of the area last chosen on a map, if it is shown."""
    label = inputs.get_area_on_map()
    if isinstance(label, str) and label in set(shown["label"]):
        draw_profile_link(label, words=f"Everything about {label}")


def draw_neighbour_links(data: Data, area_id: str) -> None:
    """Draw links to the profiles of the previous and the next area, on a profile."""
    before, after = list_neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        draw_profile_link(before, words=f"Previous area: {before}", stays=True, arrow="arrow_back")
    with right:
        draw_profile_link(after, words=f"Next area: {after}", stays=True)


def link_areas(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Link the names of areas and districts in a table to profiles.

    The links open in a new tab, as all of Streamlit's links in text do, so they name the filters.
    """
    labels = _label_names(data)
    columns = _NAME_COLUMNS & {*shown}
    return shown.assign(
        **{name: [_link_cell(cell, labels) for cell in shown[name]] for name in columns}
    )


@memoize
def _label_names(data: Data) -> dict[str, str]:
    """Map each name that a table can have, as Markdown, to its area's label."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    by_name = {formatting.escape_markdown(label): label for label in labels.values()}
    for row in to_rows(data.districts, District):
        name, label = formatting.escape_markdown(row.name), labels[row.area_id]
        by_name |= {name: label, f"{name}, in {formatting.escape_markdown(label)}": label}
    return by_name


def _link_cell(cell: str, labels: dict[str, str]) -> str:
    if cell not in labels:
        return cell
    return f"[{cell}](profile?{urlencode({**_get_filters(), 'area': labels[cell]}, doseq=True)})"


def _get_filters() -> dict[str, str | list[str]]:
    chosen = inputs.get_filters()
    return chosen.address() if chosen else {}
