"""Links to profiles, which keep the filters.

Streamlit adds the filters in the address to a link to another page, but not to a link to the page
itself; those have to name the filters.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import District
from dashboard.exhibits import Link, Links
from dashboard.filters import Filters
from dashboard.topics.areas.facts import list_neighbours
from dashboard.topics.overview import Answer
from dashboard.ui import inputs

_PROFILE = "pages/profile.py"
# Parameters of an address.
Query = dict[str, str | list[str]]
_NAME_COLUMNS = {"Area", "Place", "District", "Opportunity areas"}


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


def draw_answer(answer: Answer) -> None:
    """Draw a question and its answer, which leads to the page that says more."""
    st.page_link(
        f"pages/{answer.page}.py",
        label=f"**{formatting.escape_label(answer.question)}** "
        f"{formatting.escape_label(answer.sentence)}",
        icon=":material/arrow_forward:",
    )


def draw_neighbour_links(data: Data, area_id: str) -> None:
    """Draw links to the profiles of the previous and the next area, on a profile."""
    before, after = list_neighbours(data, area_id)
    left, right = st.columns(2)
    with left:
        draw_profile_link(before, words=f"Previous area: {before}", stays=True, arrow="arrow_back")
    with right:
        draw_profile_link(after, words=f"Next area: {after}", stays=True)


def link_tables(names: Sequence[str]) -> list[str]:
    """Return links to where each table can be looked at, by its title, as cells."""
    query = {**_get_filters(), "part": "Tables"}
    return [
        Link(name, f"sources?{urlencode({**query, 'table': name}, doseq=True)}") for name in names
    ]


def build_page_address() -> str:
    """Build the address of this page as the reader sees it, with its filters and choices."""
    page = (st.context.url or "").split("?")[0].split("#")[0]
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    return f"{page}?{urlencode(query, doseq=True)}" if query else page


def link_areas(data: Data, shown: pd.DataFrame, chosen: Filters | None) -> pd.DataFrame:
    """Link the names of areas and districts in a table's cells and heads to profiles.

    The links keep the filters chosen, which they have to name.
    """
    link = partial(_link_cell, _label_names(data), _get_query(chosen))
    heads = pd.Index([link(head) for head in shown.columns], dtype="object")
    linked = shown.set_axis(heads, axis="columns")
    for name in _NAME_COLUMNS & {*shown}:
        linked[name] = pd.Series(
            [link(cell) for cell in shown[name]], index=shown.index, dtype="object"
        )
    return linked


def link_area(data: Data, name: str, *, words: str = "") -> str:
    """Link the name of an area or a district, or other words, to its profile, as a cell."""
    link = _link_cell(_label_names(data), _get_filters(), name)
    return Link(words, link.address) if words and isinstance(link, Link) else link


@memoize
def _label_names(data: Data) -> dict[str, str]:
    """Map each name that a table can have to its area's label."""
    labels = data.label_by_id
    by_name = {label: label for label in labels.values()}
    for row in to_rows(data.districts, District):
        label = labels[row.area_id]
        by_name |= {row.name: label, f"{row.name}, in {label}": label}
    return by_name


def _link_cell(labels: Mapping[str, str], query: Query, cell: str) -> str:
    if isinstance(cell, Links):
        return Links(_link_cell(labels, query, name) for name in cell.links)
    if cell not in labels:
        return cell
    return Link(cell, f"profile?{urlencode({**query, 'area': labels[cell]}, doseq=True)}")


def _get_filters() -> Query:
    return _get_query(inputs.get_filters())


def _get_query(chosen: Filters | None) -> Query:
    return chosen.address() if chosen else {}
