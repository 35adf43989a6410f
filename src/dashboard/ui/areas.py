"""How areas are laid out: a card, the area chosen on a map, the head of a profile."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import citations, formatting
from dashboard.data.frames import filter_by_area, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.topics import profile, research_schools
from dashboard.topics import sources as source_topic
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas.facts import (
    AreaFacts,
    compute_area_facts,
    get_area_facts,
    list_abolished,
    list_source_ids,
)
from dashboard.topics.funding.answer import build_money_answer
from dashboard.topics.overview import Answer
from dashboard.ui import downloads, exhibits, links, mapview, markup, places

_PROFILE_MAP_PX, _ALL_AREAS_MAP_PX = 340, 400
_BADGES = {
    "Original six": ":blue-badge[:material/circle: Original six]",
    "New six": ":orange-badge[:material/diamond: New six]",
}


def describe_cohort(cohort: str) -> str:
    """Return which six an area belongs to as a badge of Markdown: a shape, a colour and words."""
    return _BADGES.get(cohort, formatting.escape_markdown(cohort))


def draw_all_areas(data: Data, facts: pd.DataFrame) -> None:
    """Draw all areas, on a map and in a table."""
    (column,) = places.split_row(1)
    with column:
        mapview.draw_map(data, facts, height=_ALL_AREAS_MAP_PX)
    with places.get_below():
        exhibits.show(data, areas.build_at_a_glance(data, facts))


def draw_answers(data: Data, answers: Sequence[Answer]) -> None:
    """Draw questions with their answers, each with a link to the page that says more."""
    provenances = [answer.provenance for answer in answers]
    with exhibits.frame(data, *provenances, kind="text", title="Five answers"):
        for answer in answers:
            links.draw_answer(answer)


def draw_chosen(data: Data, area_id: str) -> None:
    """Draw the facts of the area chosen on a map."""
    area = get_area_facts(data, area_id)
    exhibit = areas.build_facts(data, area)
    exhibits.draw_header(area.label, exhibit.id)
    st.markdown(describe_cohort(area.cohort))
    exhibits.show_body(data, exhibit)


def draw_research_schools(data: Data, shown: pd.DataFrame) -> None:
    """Draw the cards of the research schools of areas, with one line of sources."""
    provenance = research_schools.build_schools_provenance(data, shown)
    cards = [
        markup.Card(
            research_schools.build_card(data, area.area_id),
            heading=area.label,
            anchor=f"research-school-{area.area_id}",
            cohort=area.cohort,
            link=links.link_area(data, area.label, words=f"Everything about {area.label}"),
        )
        for area in to_rows(shown, Area)
    ]
    with exhibits.frame(data, provenance, kind="card"):
        markup.draw_school_cards(cards)


def draw_research_school(data: Data, area: Area) -> None:
    """Draw the research school of one area, with what it rests on."""
    exhibits.draw_header("Research school", f"research-school-{area.area_id}")
    provenance = research_schools.build_provenance(data, area.area_id)
    with exhibits.frame(data, provenance, kind="card"):
        markup.draw_school_cards([markup.Card(research_schools.build_card(data, area.area_id))])


def draw_profile_head(data: Data, area: AreaFacts, heading: DeltaGenerator) -> None:
    """Draw the area's name as the page's heading, what became of it, its map and key facts.

    The heading's place is above the list that chooses the area.
    """
    heading.title(formatting.escape_markdown(area.label), anchor=False)
    st.markdown(
        f"{describe_cohort(area.cohort)} "
        f"{formatting.escape_markdown(profile.describe_end(data, area))}"
    )
    for district in list_abolished(data, area.area_id):
        st.info(
            f"{formatting.escape_markdown(district.name)} district was abolished on "
            f"{formatting.format_day(district.abolished_on)} and became part of "
            f"{formatting.escape_markdown(district.successor_name)}. "
            f"{formatting.escape_markdown(district.change_note)}"
        )
    sections = " · ".join(f"[{words}](#{anchor})" for anchor, words in _list_sections(data, area))
    st.markdown(f"On this page: {sections}")
    _draw_map_and_facts(data, area)


def _draw_map_and_facts(data: Data, area: AreaFacts) -> None:
    # Facts first: a narrow window has them above the map.
    left, right = st.columns([3, 2], gap="medium")
    with right:
        shown = filter_by_area(compute_area_facts(data), area.area_id)
        mapview.draw_map(data, shown, zoomed=True, height=_PROFILE_MAP_PX)
    with left:
        facts = profile.build_key_facts(data, area)
        title = f"Key facts of {area.label}"
        with exhibits.frame(data, *facts.provenances, kind="table", title=title):
            exhibits.draw_cells(data, facts.table, title, title)
        downloads.draw_brief_button(data, area.area_id, area.label)


def _list_sections(data: Data, area: AreaFacts) -> list[tuple[str, str]]:
    """Return the parts of a profile: anchor and name."""
    return [
        ("results", "results"),
        (build_money_answer(data, area).id, "money"),
        (areas.build_priorities(data, area).id, "priorities"),
        (f"research-school-{area.area_id}", "research school"),
        (f"index-ranks-{area.area_id}", "index"),
        ("more", "more"),
    ]


def draw_more(data: Data, area: AreaFacts) -> None:
    """Draw, folded, every fact with its source, what is not known, and every source."""
    exhibits.draw_header("More about this area", "more")
    exhibits.show_body(data, areas.build_profile(data, area))
    exhibits.fold_gaps(data, source_topic.list_gaps_of_area(data, area.area_id))
    sources = citations.list_sources(data, list_source_ids(data, area))
    lines = "\n".join(f"- {formatting.format_source(row)}" for row in sources)
    with st.expander(f"Sources used on this page: {len(sources)}", key="sources_used"):
        st.markdown(lines)
        if area.website:
            # The address may lead elsewhere by now.
            link = formatting.format_link("The area's own site, which may be gone", area.website)
            st.markdown(link)
