"""The map on a page: drawn once, updated in place; a click chooses an area."""

from collections.abc import Collection
from contextlib import nullcontext

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import maps
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.topics import research_schools
from dashboard.topics.areas.map_measures import MapMeasure, build_map_provenance
from dashboard.topics.index_ranks import cold_spots
from dashboard.ui import browser_files, downloads, exhibits, inputs, links, places

_CLICKED = "last_object_clicked_tooltip"
# Without the count, a second click on the same area would not be reported.
_CLICKS = "last_object_clicked_count"
_HEIGHT_PX = 480
_HOSTS_HEIGHT_PX = 340


def draw_map(
    data: Data,
    shown: pd.DataFrame,
    *,
    measure: MapMeasure | None = None,
    chosen: str | None = None,
    zoomed: bool = False,
    height: int = _HEIGHT_PX,
) -> None:
    """Draw the areas shown, coloured by cohort or by a measure; a click chooses an area.

    The map opens on the whole of England, with a link and a brief below it of the area last chosen,
    or zoomed to the areas shown.
    """
    with exhibits.frame(
        data,
        build_map_provenance(data, shown, measure),
        kind="map",
        credit=_credit(data),
        is_kept=not zoomed,
    ):
        colours = exhibits.choose_palette()
        paints = maps.build_paints(shown, colours, measure, chosen)
        legend = maps.build_legend(colours, measure)
        group = maps.build_feature_group(_map_areas(data), paints, legend)
        _draw(data, shown, group, zoomed=zoomed, height=height)
        if not zoomed:
            _draw_chosen(data, shown)


def _draw_chosen(data: Data, shown: pd.DataFrame) -> None:
    """Draw where all of the area last chosen on a map is, and its brief, if it is shown."""
    chosen = inputs.get_area_on_map()
    if chosen is None:
        return
    for area in to_rows(shown[shown["label"] == chosen], Area):
        with st.container(horizontal=True, vertical_alignment="center"):
            links.draw_profile_link(area.label, words=f"Everything about {area.label}")
            downloads.draw_brief_button(data, area.area_id, area.label)


def draw_hosts(data: Data, shown: pd.DataFrame) -> None:
    """Draw the hosts of the research schools of areas, those outside joined to their area."""
    provenance = research_schools.build_schools_provenance(data, shown)
    with exhibits.frame(data, provenance, kind="map", credit=_credit(data), is_kept=True):
        colours = exhibits.choose_palette()
        paints = maps.build_host_paints(data, shown, colours)
        legend = maps.build_legend(colours, None)
        group = maps.build_feature_group(_map_areas(data), paints, legend)
        _draw(data, shown, group, zoomed=False, height=_HOSTS_HEIGHT_PX)


def draw_cold_spots(data: Data) -> None:
    """Draw every district by its sixth of the index of 2016, the areas outlined, and its table."""
    exhibit = cold_spots.build_cold_spots_map(data)
    colours = exhibits.choose_palette()
    with exhibits.frame(
        data,
        exhibit.provenance,
        kind="map",
        credit=exhibit.credit,
        pictured=lambda: {exhibit.alt: cold_spots.build_picture(data, colours)},
        is_kept=True,
    ):
        districts = maps.DistrictLayer(
            browser_files.write_districts(data), colours.grades, colours.line
        )
        group = maps.build_feature_group(
            _map_areas(data),
            maps.build_rank_paints(data, colours),
            maps.build_rank_legend(colours),
            districts,
        )
        _draw(data, data.areas, group, zoomed=False, height=_HEIGHT_PX)
        _draw_chosen(data, data.areas)
    exhibits.fold_table(data, exhibit)


def _draw(
    data: Data,
    shown: pd.DataFrame,
    group: folium.FeatureGroup,
    *,
    zoomed: bool,
    height: int,
) -> None:
    """Draw the map, and what takes its place where it cannot be loaded.

    The map of England is the same on all its pages, so that a browser keeps it between them.
    """
    ids = set(shown["area_id"])
    browser_files.write_files(data)
    key = "zoomed-map" if zoomed else "map"
    scope = nullcontext() if zoomed else places.draw_for_all_pages()
    # Its height is reserved (page.css), so that what is below does not move.
    with scope, st.container(key=f"room-{key}", gap=None):
        st_folium(
            _build_base(data, ids if zoomed else None),
            key=key,
            height=height,
            use_container_width=True,
            returned_objects=[_CLICKED, _CLICKS],
            feature_group_to_add=group,
            # What it would render besides is a document of its own, which is thrown away.
            render=False,
            on_change=lambda: _choose_clicked(key, set(shown["label"])),
        )
        st.html(
            '<p class="map-missing">The map could not be loaded. What it shows is also on this '
            "page in words and in a table. Loading the page again may help.</p>"
        )


def _build_base(data: Data, zoomed_to: Collection[str] | None) -> folium.Map:
    """Build the map that areas are drawn on, zoomed to areas by their ids, or whole."""
    codes = tuple(code for code, area in _map_areas(data).items() if area in (zoomed_to or ()))
    return maps.build_map(
        title="Map of England with the opportunity areas",
        colours=exhibits.choose_palette(),
        scripts=browser_files.list_scripts(data),
        styles=browser_files.STYLES,
        bounds=maps.compute_bounds(data.districts_boundaries, codes) if codes else maps.ENGLAND,
    )


def _credit(data: Data) -> str:
    """Return whose boundaries the map shows, as its licence asks for."""
    return str(data.districts_boundaries.get("attribution") or "")


@memoize
def _map_areas(data: Data) -> dict[str, str]:
    return dict(zip(data.districts["lad_code"], data.districts["area_id"], strict=True))


def _choose_clicked(key: str, labels: Collection[str]) -> None:
    clicked = (st.session_state.get(key) or {}).get(_CLICKED) or ""
    label = clicked.strip().split("\n")[0]
    if label in labels:
        inputs.choose_area(label)
