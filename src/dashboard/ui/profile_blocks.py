"""The sections of an area's profile."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import basis, citations, formatting, tables
from dashboard.data.frames import of_area, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.topics.funding import areas as funding
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.ui import cards, downloads, exhibits, mapview


def heading(data: Data, area: Any) -> None:
    """Draw the area's name, cohort, and whether a district of it is no more."""
    st.header(formatting.plain(area["label"]))
    cards.cohort_badge(area["cohort"])
    for row in tables.areas.abolished(data, area["area_id"]):
        st.info(
            f"{formatting.plain(row.name)} district was abolished on "
            f"{formatting.day(row.abolished_on)} "
            f"and became part of {formatting.plain(row.successor_name)}. "
            f"{formatting.plain(row.change_note)}"
        )
    if area["website"]:
        st.markdown(formatting.link("The area's own site, as it was", area["website"]))
    downloads.of_area(data, area["area_id"], area["label"])


def facts_and_map(data: Data, facts: pd.DataFrame, area: Any) -> None:
    """Draw the facts beside a map zoomed to the area."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        exhibits.table(
            data,
            basis.areas.profile(data, area),
            tables.profile.facts(data, area),
            alt=f"Facts about {area['label']}",
        )
    with right:
        one = of_area(facts, area["area_id"])
        mapview.show(data, one, key=f"profile_map_{area['area_id']}", zoomed=True)


def priorities(data: Data, area: Any) -> None:
    """Draw the priorities of the delivery plan."""
    st.header("Priorities of the delivery plan")
    exhibits.table(
        data,
        basis.areas.priorities(data, area),
        tables.profile.priorities(data, area["area_id"]),
        alt=f"Priorities of {area['label']}",
    )


def ranks(data: Data, area: Any) -> None:
    """Draw where the area's districts stood on the Social Mobility Index."""
    exhibits.show(data, index_ranks.build_ranks_of_area(data, _row(data, area)))


def money(data: Data, area: Any) -> None:
    """Draw every amount found for the area, with what each overlaps."""
    exhibits.show(data, funding.build_amounts_of_area(data, _row(data, area)))


def _row(data: Data, area: Any) -> Area:
    return to_rows(of_area(data.areas, area["area_id"]), Area)[0]


def research_school(data: Data, area: Any) -> None:
    """Draw the card of the area's research school."""
    exhibits.header("Research school")
    with st.container(border=True, key="school_card"):
        cards.research_school(data, area["area_id"], linked=False)


def unknown_and_sources(data: Data, area: Any) -> None:
    """Draw what is not known here, then every source of the page."""
    st.header("Not known here")
    exhibits.listing(
        tables.profile.gaps(data, area["area_id"]), alt=f"Not known about {area['label']}"
    )
    st.header("Sources used on this page")
    listed = citations.list_sources(data, citations.list_source_ids_of_area(data, area))
    named = f"{len(listed)} sources"
    with st.expander(named, icon=":material/format_quote:", key="sources_used"):
        st.markdown("\n".join(f"- {formatting.source(row)}" for row in listed))
