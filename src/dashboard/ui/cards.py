"""Cards: what is known of one thing, on one tile."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import basis, formatting, tables
from dashboard.data.frames import record
from dashboard.data.loader import Data
from dashboard.ui import exhibits, links

_WHERE = {
    "yes": "inside the opportunity area",
    "no": "**outside** the opportunity area",
    "no single school": "no single school, so no point on a map",
}


def research_school(data: Data, area_id: str, *, linked: bool = True) -> None:
    """Draw the card of an area's research school, with a link to the area's profile."""
    area = record(data.areas, "area_id", area_id)
    st.subheader(formatting.plain(area["label"]))
    cohort_badge(area["cohort"])
    if linked:
        links.to_profile(area["label"], words=f"Everything about {area['label']}")
    with exhibits.framed(data, basis.areas.research_school(data, area_id), "card"):
        _school(record(data.research_schools, "area_id", area_id))


def _school(school: Any) -> None:
    st.markdown(f"**{formatting.plain(school['name'])}**")
    st.markdown("  \n".join(_lines(school)))
    with st.container(horizontal=True):
        if pd.notna(school["website"]):
            st.markdown(formatting.link("Its website", school["website"]))
        if pd.notna(school["lat"]):
            st.markdown(formatting.link("See on OpenStreetMap", _on_map(school)))
    notes = [formatting.plain(school[name]) for name in ("later", "note") if pd.notna(school[name])]
    if notes:
        with st.expander("More about this school"):
            st.markdown("\n\n".join(notes))


def chosen_area(data: Data, areas: pd.DataFrame, area_id: str | None) -> None:
    """Draw the facts of the area chosen, a source a row; without one, say how to choose."""
    if area_id is None:
        st.info("Choose an area in the list or on the map to see its facts.")
        return
    area = record(areas, "area_id", area_id)
    st.header(formatting.plain(area["label"]))
    cohort_badge(area["cohort"])
    links.to_profile(area["label"], words=f"Everything about {area['label']}")
    exhibits.table(
        data,
        basis.areas.facts(data, area),
        tables.areas.area_facts(data, area),
        alt=f"Facts about {area['label']}",
    )


def cohort_badge(cohort: str) -> None:
    """Draw which six an area belongs to, by shape and word as well as colour."""
    if cohort == "Original six":
        st.badge(cohort, icon=":material/circle:", color="blue")
    else:
        st.badge(formatting.label(cohort), icon=":material/diamond:", color="orange")


def _lines(school: Any) -> list[str]:
    facts = {
        "Host": f"{school['host']} ({school['host_kind']})",
        "Phase": school["phase"],
        "Trust or alliance": _beyond_host(school),
        "Where": _where(school),
        "Named": formatting.day(school["named_on"]),
        "Award": f"{formatting.money(school['award_gbp'])}, {str(school['award_period']).lower()}",
    }
    return [
        f"{name}: {value if name == 'Where' else formatting.plain(value)}"
        for name, value in facts.items()
        if pd.notna(value)
    ]


def _beyond_host(school: Any) -> Any:
    """Return the trust or alliance that the host belongs to, none where it is the host itself."""
    return None if school["trust_or_alliance"] == school["host"] else school["trust_or_alliance"]


def _where(school: Any) -> str:
    """Return postcode and district, and whether that is inside the area; inferred says so."""
    inferred = " (inferred)" if school["postcode_basis"] == "inferred" else ""
    parts = []
    if pd.notna(school["postcode"]):
        parts.append(formatting.plain(school["postcode"]) + inferred)
    if pd.notna(school["host_district"]):
        parts.append(formatting.plain(f"{school['host_district']} district"))
    return ", ".join(
        [*parts, _WHERE.get(school["inside_area"], formatting.plain(school["inside_area"]))]
    )


def _on_map(school: Any) -> str:
    place = f"{school['lat']}&mlon={school['lon']}#map=16/{school['lat']}/{school['lon']}"
    return f"https://www.openstreetmap.org/?mlat={place}"
