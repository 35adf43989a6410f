"""Widgets bound to the address, and the values they give."""

from contextvars import ContextVar
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import citations, glossary, text
from dashboard.filters import COHORTS, PLACES, Filters
from dashboard.measures import MAP_MEASURES, MapMeasure
from dashboard.memory import remembered
from dashboard.rows import records

ALL = "All twelve"
_FIRST = 20
_LEAST, _MOST = 2, 4
_LIST_HEIGHT = 76
_ORDERS = {
    "Title": ("title", True),
    "Publisher": ("publisher", True),
    "Newest": ("date", False),
    "Tier": ("tier", True),
}
_ON_MAP = "focus"
_DEFAULTS: dict[str, str | list[str]] = {"cohort": ALL, "region": [], "place": []}


_current: ContextVar[Filters | None] = ContextVar("filters", default=None)


def current() -> Filters | None:
    """Return the filters of this run, or None where none have been drawn."""
    return _current.get()


def recall(chosen: Filters | None) -> None:
    """Take what an earlier run's filters chose for this run's: a fragment runs without them."""
    _current.set(chosen)


def filters(areas: pd.DataFrame) -> Filters:
    """Draw the filters that all pages share and return what is chosen.

    The browser's word is not taken for it: what is not on offer is left out.
    """
    regions = sorted(areas["region"].unique())
    cohort = st.radio(
        "Cohort",
        [ALL, *COHORTS],
        key="cohort",
        bind="query-params",
        help=glossary.meaning("Cohort"),
    )
    region = st.pills("Region", regions, selection_mode="multi", key="region", bind="query-params")
    place = st.pills(
        "Type of place",
        PLACES,
        selection_mode="multi",
        key="place",
        bind="query-params",
        help=glossary.meaning("Type of place"),
    )
    chosen = Filters(
        cohort=cohort if cohort in COHORTS else None,
        regions=tuple(one for one in regions if one in region),
        places=tuple(one for one in PLACES if one in place),
    )
    reset("Reset filters", key="reset", disabled=not chosen)
    _current.set(chosen)
    return chosen


def reset(label: str, *, key: str, disabled: bool = False) -> None:
    """Draw a button that clears every filter."""
    st.button(label, key=key, on_click=_clear, disabled=disabled)


def _clear() -> None:
    for key, default in _DEFAULTS.items():
        st.session_state[key] = default


def map_measure() -> MapMeasure | None:
    """Draw the choice of what colours the map; None stands for the cohort."""
    by_name = {measure.name: measure for measure in MAP_MEASURES}
    with _room():
        name = st.selectbox(
            "Colour the areas by", ["Cohort", *by_name], key="colour", bind="query-params"
        )
    return by_name.get(name or "")


def area_on_map(shown: pd.DataFrame) -> str | None:
    """Draw the choice of one of the areas on the map and return its area_id."""
    ids = dict(zip(shown["label"], shown["area_id"], strict=True))
    with _room():
        label = st.selectbox(
            "Area",
            list(ids),
            index=None,
            placeholder="Choose an area",
            key=_ON_MAP,
            bind="query-params",
        )
    return ids.get(label or "")


def chosen_on_map() -> object:
    """Return the label of the area last chosen on a map, if any."""
    return st.session_state.get(_ON_MAP)


def profile_area(areas: pd.DataFrame) -> str | None:
    """Draw the choice of the area to tell about and return its area_id.

    It is not bound to the address: links to the next area go to the same page, and a bound
    widget would keep its own value against theirs. The address is read here instead, and
    written on every run, as Streamlit leaves it behind when a link stays on its page.
    """
    labels = list(areas["label"])
    named = st.query_params.get("area")
    with _room():
        label = st.selectbox(
            "Area",
            labels,
            index=labels.index(named) if named in labels else None,
            placeholder="Choose an area",
            key=f"profile of {named}",
        )
    ids = dict(zip(areas["label"], areas["area_id"], strict=True))
    if label is None or label not in ids:
        return None
    st.query_params["area"] = label
    return str(ids[label])


def several_areas(offered: pd.DataFrame) -> pd.DataFrame:
    """Draw the choice of two to four areas and return their rows, in the order chosen.

    An address may name more or fewer; what is done about it is said.
    """
    first = [offered[offered["cohort"] == cohort]["label"].iloc[0] for cohort in COHORTS]
    chosen = st.pills(
        f"Areas, up to {_MOST} of them",
        list(offered["label"]),
        selection_mode="multi",
        default=first,
        format_func=text.label,
        key="areas",
        bind="query-params",
    )
    if len(chosen) > _MOST:
        left = text.plain(text.joined(chosen[_MOST:]))
        st.info(
            f"Up to {_MOST} areas fit side by side, so {left} is left out. Take one away first."
        )
    if len(chosen) < _LEAST:
        st.info("Choose two areas or more to see them side by side.")
    return _in_order(offered, tuple(chosen[:_MOST]))


@remembered
def _in_order(areas: pd.DataFrame, labels: tuple[str, ...]) -> pd.DataFrame:
    """Return areas in the order chosen: the same frame each time, so that what rests on it is."""
    return areas.set_index("label", drop=False).loc[list(labels)]


def _room() -> Any:
    """Return a container as high as a list with its label: what stands below does not jump."""
    return st.container(height=_LIST_HEIGHT, border=False)


def choose_area(label: str) -> None:
    """Choose an area as if by the list; only before the list is drawn, or in a callback."""
    st.session_state[_ON_MAP] = label


def sources(listed: pd.DataFrame) -> pd.DataFrame:
    """Draw a search box, a choice of tier and of order; return the sources that match, in order."""
    left, middle, right = st.columns([2, 2, 1])
    with left:
        words = st.text_input(
            "Search title, publisher or reference", key="source", bind="query-params", max_chars=100
        )
    with middle:
        tiers = st.pills(
            "Tier", citations.TIERS, selection_mode="multi", key="tier", bind="query-params"
        )
    with right:
        by = st.selectbox("Sort by", list(_ORDERS), key="order", bind="query-params")
    searched = listed["title"] + " " + listed["publisher"] + " " + listed["source_id"]
    found = listed[searched.str.contains(words.strip(), case=False, regex=False)]
    found = found[found["tier"].isin(tiers)] if tiers else found
    column, ascending = _ORDERS.get(by, ("title", True))
    found = found.sort_values(column, ascending=ascending, kind="stable")
    st.markdown(f"{len(found)} of {len(listed)} sources")
    if len(found) <= _FIRST or st.toggle("Show all of them", key="all", bind="query-params"):
        return found
    return found.head(_FIRST)


def table(named: dict[str, str]) -> str:
    """Draw the choice of a table of the package, by title, and return its name."""
    names = {title: name for name, title in named.items()}
    title = st.selectbox("Table", list(names), key="table", bind="query-params")
    return names.get(title) or next(iter(named))


def extent(filters: Filters, shown: int, of: int) -> Filters | None:
    """Draw the choice of taking what is filtered or everything; None is everything."""
    if not filters:
        st.markdown(f"These files hold all {of} areas. Filters narrow them.")
        return None
    narrowed = f"What is filtered ({text.showing(filters, shown, of)})"
    everything = f"Everything (all {of} areas)"
    chosen = st.radio("What to take", [narrowed, everything], key="extent")
    return None if chosen == everything else filters


def measure(measures: pd.DataFrame) -> Any:
    """Draw the choice of an outcome measure and return its row; district measures come first."""
    rows = {row.title: row for row in records(measures.sort_values("sort_order"))}
    with _room():
        title = st.selectbox("Measure", list(rows), key="measure", bind="query-params")
    return rows.get(title) or next(iter(rows.values()))


def by_change() -> bool:
    """Draw the choice of order and return whether it is by change."""
    return st.radio("Sort by", ["Name", "Change"], key="sort", bind="query-params") == "Change"
