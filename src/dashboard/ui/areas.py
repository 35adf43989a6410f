"""How areas are laid out: a card, the area chosen on a map, the head of a profile."""

from collections.abc import Sequence

import streamlit as st

from dashboard import citations, formatting
from dashboard.data.frames import filter_by_area
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.topics import research_schools
from dashboard.topics import sources as source_topic
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import (
    AreaFacts,
    compute_area_facts,
    get_area_facts,
    list_abolished,
    list_source_ids,
)
from dashboard.topics.overview import Answer
from dashboard.ui import downloads, exhibits, links, mapview


def draw_cohort_badge(cohort: str) -> None:
    """Draw which six an area belongs to, by shape and word as well as colour."""
    if cohort == "Original six":
        st.badge(cohort, icon=":material/circle:", color="blue")
    else:
        st.badge(formatting.escape_label(cohort), icon=":material/diamond:", color="orange")


def draw_answers(data: Data, answers: Sequence[Answer]) -> None:
    """Draw questions with their answers, each with a link to the page that says more."""
    provenances = [answer.provenance for answer in answers]
    with exhibits.frame(data, *provenances, kind="text", title="Five answers"):
        for answer in answers:
            links.draw_answer(answer)


def draw_chosen(data: Data, area_id: str | None) -> None:
    """Draw the facts of the area chosen on a map; without one, say how to choose."""
    if area_id is None:
        st.info("Choose an area in the list or on the map to see its facts.")
        return
    area = get_area_facts(data, area_id)
    st.header(formatting.escape_markdown(area.label))
    draw_cohort_badge(area.cohort)
    links.draw_profile_link(area.label, words=f"Everything about {area.label}")
    exhibits.show_body(data, areas.build_facts(data, area))


def draw_research_school(data: Data, area: Area, *, linked: bool = True) -> None:
    """Draw the card of an area's research school, with a link to the area's profile."""
    st.subheader(formatting.escape_markdown(area.label))
    draw_cohort_badge(area.cohort)
    if linked:
        links.draw_profile_link(area.label, words=f"Everything about {area.label}")
    school = research_schools.get_school(data, area.area_id)
    with exhibits.frame(data, research_schools.build_provenance(data, area.area_id), kind="card"):
        st.markdown(f"**{formatting.escape_markdown(school.name)}**")
        st.markdown("  \n".join(research_schools.list_lines(school)))
        with st.container(horizontal=True):
            for link in research_schools.list_links(school):
                st.markdown(link)
        if notes := research_schools.list_notes(school):
            with st.expander(f"More about {formatting.escape_label(school.name)}"):
                st.markdown("\n\n".join(notes))


def draw_profile_head(data: Data, area: AreaFacts) -> None:
    """Draw the area's name, cohort, and whether a district of it is no more."""
    st.header(formatting.escape_markdown(area.label))
    draw_cohort_badge(area.cohort)
    for district in list_abolished(data, area.area_id):
        st.info(
            f"{formatting.escape_markdown(district.name)} district was abolished on "
            f"{formatting.format_day(district.abolished_on)} and became part of "
            f"{formatting.escape_markdown(district.successor_name)}. "
            f"{formatting.escape_markdown(district.change_note)}"
        )
    if area.website:
        st.markdown(formatting.format_link("The area's own site, as it was", area.website))
    downloads.draw_brief_button(data, area.area_id, area.label)


def draw_facts_and_map(data: Data, area: AreaFacts) -> None:
    """Draw the facts beside a map zoomed to the area."""
    facts = compute_area_facts(data)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        exhibits.show_body(data, areas.build_profile(data, area))
    with right:
        shown = filter_by_area(facts, area.area_id)
        mapview.draw_map(data, shown, key=f"profile_map_{area.area_id}", zoomed=True)


def draw_unknown_and_sources(data: Data, area: AreaFacts) -> None:
    """Draw what is not known of the area, then every source of its page."""
    st.header("Not known here")
    gaps = source_topic.tabulate_gaps(data, filter_by_area(data.gaps, area.area_id))
    exhibits.draw_listing(
        gaps.drop(columns="Area", errors="ignore"), caption=f"Not known about {area.label}"
    )
    st.header("Sources used on this page")
    sources = citations.list_sources(data, list_source_ids(data, area))
    with st.expander(f"{len(sources)} sources", icon=":material/format_quote:", key="sources_used"):
        st.markdown("\n".join(f"- {formatting.format_source(row)}" for row in sources))
