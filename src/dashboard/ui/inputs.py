"""Widgets that set filters, areas and measures, and keep them in the page's address."""

from contextvars import ContextVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.filters import COHORTS, PLACE_TYPES, Filters
from dashboard.parameters import HELD, NO_AREA
from dashboard.topics import glossary
from dashboard.topics.areas.map_measures import MapMeasure
from dashboard.topics.outcomes.colouring import list_map_measures
from dashboard.topics.outcomes.exhibits import describe_option, list_measures
from dashboard.ui import choices

ALL = "All twelve"
_MIN, _MAX = 2, 4
_AREA_KEY = "focus"
_DEFAULTS: dict[str, str | list[str]] = {"cohort": ALL, "region": [], "place": []}
_current: ContextVar[Filters | None] = ContextVar("filters", default=None)


def get_filters() -> Filters | None:
    """Get the filters of this run, or None if they have not been drawn."""
    return _current.get()


def draw_filters(areas: pd.DataFrame) -> Filters:
    """Draw the filters that all pages share, and return what is chosen.

    Values that are not on offer are left out, because a browser can send any.
    """
    regions = _list_regions(areas)
    cohort = st.radio(
        "Cohort",
        [ALL, *COHORTS],
        key="cohort",
        horizontal=True,
        bind="query-params",
        on_change=choices.record_press,
        help=glossary.get_meaning("Cohort"),
    )
    region = st.pills(
        "Region",
        regions,
        selection_mode="multi",
        key="region",
        bind="query-params",
        on_change=choices.record_press,
    )
    place = st.pills(
        "Type of place",
        PLACE_TYPES,
        selection_mode="multi",
        key="place",
        bind="query-params",
        on_change=choices.record_press,
        help=glossary.get_meaning("Type of place"),
    )
    chosen = Filters(
        cohort=cohort if cohort in COHORTS else None,
        regions=tuple(name for name in regions if name in region),
        places=tuple(name for name in PLACE_TYPES if name in place),
    )
    draw_reset("Reset filters", key="reset", disabled=not chosen)
    _current.set(chosen)
    return chosen


@memoize
def _list_regions(areas: pd.DataFrame) -> list[str]:
    return sorted(areas["region"].unique())


def draw_reset(label: str, *, key: str, disabled: bool = False) -> None:
    """Draw a button that clears every filter."""
    st.button(label, key=key, on_click=_clear_filters, disabled=disabled)


def _clear_filters() -> None:
    choices.record_press()
    for key, default in _DEFAULTS.items():
        st.session_state[key] = default


def choose_map_measure(data: Data) -> MapMeasure | None:
    """Draw the choice of the measure that colours the map; None stands for the cohort."""
    by_name = {measure.name: measure for measure in list_map_measures(data)}
    with _reserve_room("colour"):
        name = choices.draw_list("Colour the areas by", ["Cohort", *by_name], key="colour")
    return by_name.get(name)


def choose_area_on_map(shown: pd.DataFrame) -> str | None:
    """Draw the choice of an area on the map, and return its area_id."""
    ids = dict(zip(shown["label"], shown["area_id"], strict=True))
    with _reserve_room():
        label = choices.draw_list("Area", [NO_AREA, *ids], key=_AREA_KEY)
    return ids.get(label)


def get_area_on_map() -> object:
    """Get the label of the area last chosen on a map, if any."""
    label = st.session_state.get(_AREA_KEY)
    return None if label == NO_AREA else label


def choose_profile_area(areas: pd.DataFrame) -> str | None:
    """Draw the choice of the area of the profile, and return its area_id.

    The address is written on every run, because Streamlit does not update the browser's when a
    link leads to the page it is on, as those to the previous and the next area do.
    """
    ids = dict(zip(areas["label"], areas["area_id"], strict=True))
    with _reserve_room():
        label = choices.draw_list("Area", [NO_AREA, *ids], key="area")
    if label not in ids:
        return None
    st.query_params["area"] = label
    return str(ids[label])


def choose_areas(offered: pd.DataFrame) -> pd.DataFrame:
    """Draw the choice of two to four areas, and return their rows in the order chosen.

    Before any is chosen two stand as an example, so that the first press chooses an area and takes
    none away. An address may have more or fewer; a note says so.
    """
    choices.sync_several("areas", list(offered["label"]), formatting.escape_label)
    chosen = st.pills(
        f"Areas, up to {_MAX} of them",
        list(offered["label"]),
        selection_mode="multi",
        format_func=formatting.escape_label,
        key="areas",
        on_change=choices.record_press,
    )
    if len(chosen) > _MAX:
        left = formatting.escape_markdown(formatting.join_names(chosen[_MAX:]))
        st.info(f"Up to {_MAX} areas fit side by side, so {left} is left out. Take one away first.")
    if not chosen:
        example = _list_examples(offered)
        names = formatting.escape_markdown(formatting.join_names(example))
        st.info(f"{names} are shown as an example. Choose two areas or more.")
        return _order_areas(offered, example)
    if len(chosen) < _MIN:
        st.info("Choose two areas or more to see them side by side.")
    return _order_areas(offered, tuple(chosen[:_MAX]))


@memoize
def _list_examples(areas: pd.DataFrame) -> tuple[str, ...]:
    """Return the first area of each cohort."""
    return tuple(areas[areas["cohort"] == cohort]["label"].iloc[0] for cohort in COHORTS)


@memoize
def _order_areas(areas: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    """Sort areas as chosen, into the same frame each time, as caches compare frames by identity."""
    return areas.set_index("label", drop=False).loc[list(labels)]


def _reserve_room(key: str = "list") -> DeltaGenerator:
    """Draw a container at least as high as a list with its label (page.css).

    What is below does not move when the list is drawn. Larger text makes it higher.
    """
    return st.container(key=f"room-{key}")


def choose_area(label: str) -> None:
    """Choose an area on the map; call it before the list is drawn, or in a callback."""
    choices.record_press()
    st.session_state[_AREA_KEY] = label


def choose_measure(data: Data) -> Measure:
    """Draw the choice of an outcome measure, and return it; the list is by age."""
    rows = {row.title: row for row in list_measures(data)}
    with _reserve_room():
        title = choices.draw_list(
            "Measure",
            list(rows),
            key="measure",
            describe=lambda title: describe_option(data, rows[title]),
        )
    return rows[title]


def choose_sort_by_change() -> bool:
    """Draw the choice of order, and return whether it is by change."""
    orders = ["Name", "Change"]
    choices.sync_one("sort", orders)
    chosen = st.radio(
        "Sort small charts by", orders, key="sort", horizontal=True, on_change=choices.record_press
    )
    return chosen == "Change"


def choose_whole_authorities() -> bool:
    """Draw the choice of measures, and return whether those of whole authorities are in it."""
    choices.sync_one("held", HELD)
    chosen = st.radio(
        "Measures held for", HELD, key="held", horizontal=True, on_change=choices.record_press
    )
    return chosen == HELD[1]
