"""The map on a page: drawn once, repainted in place, clicks taken as a choice of area."""

from collections.abc import Collection

import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

from dashboard import maps, text
from dashboard.data import Data
from dashboard.measures import MapMeasure
from dashboard.palette import Palette
from dashboard.ui import pickers

# Streamlit serves a component's folder, here Leaflet's files from their package, at an address
# that the map's frame reaches beside its own, whatever path the server is mounted under.
declare_component("leaflet", path=leaflet.BASE_DIR)
_LEAFLET = f"../{__name__}.leaflet/"
_CLICKED = "last_object_clicked_tooltip"


def show(
    data: Data,
    shown: pd.DataFrame,
    colours: Palette,
    *,
    key: str,
    measure: MapMeasure | None = None,
    chosen: str | None = None,
    height: int = 560,
) -> None:
    """Draw the areas shown, coloured by cohort or by a measure; a click chooses an area."""
    st_folium(
        maps.base(
            data.england_boundaries,
            title="Map of England with the opportunity areas",
            colours=colours,
            leaflet=_LEAFLET,
        ),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[_CLICKED, "last_object_clicked"],
        feature_group_to_add=maps.areas(
            data.districts_boundaries,
            dict(zip(data.districts["lad_code"], data.districts["area_id"], strict=True)),
            maps.paints(shown, colours, measure, chosen),
            maps.legend(colours, measure),
        ),
        on_change=lambda: _choose(key, set(shown["label"])),
    )
    attribution = text.plain(data.districts_boundaries.get("attribution"))
    st.markdown(f":small[{attribution}]")


def _choose(key: str, labels: Collection[str]) -> None:
    clicked = (st.session_state.get(key) or {}).get(_CLICKED) or ""
    label = clicked.strip().split("\n")[0]
    if label in labels:
        pickers.choose_area(label)
