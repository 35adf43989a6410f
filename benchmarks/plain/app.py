"""The front page as a newcomer to Streamlit would write it: one file, read and drawn each time.

What its map asks content networks for comes from copies on this machine (``make bench`` lays them
beside this file), and two style sheets of its ten files not at all: it looks better than it is.
"""

import json

import folium
import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

declare_component("networks", path="benchmarks/plain/node_modules")
folium.Map.default_js = [
    (name, f"../app.networks/{name}")
    for name in (
        "leaflet/dist/leaflet.js",
        "jquery/dist/jquery.min.js",
        "bootstrap/dist/js/bootstrap.bundle.min.js",
        "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    )
]
folium.Map.default_css = [
    (name, f"../app.networks/{name}")
    for name in (
        "leaflet/dist/leaflet.css",
        "bootstrap/dist/css/bootstrap.min.css",
        "@fortawesome/fontawesome-free/css/all.min.css",
        "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    )
]

st.set_page_config(page_title="Opportunity areas", layout="wide")
areas = pd.read_csv("data/areas.csv")
districts = pd.read_csv("data/districts.csv")
schools = pd.read_csv("data/research_schools.csv")
programme = pd.read_csv("data/funding_programme.csv")
with open("data/districts.geojson", encoding="utf-8") as file:  # noqa: PTH123 - as a newcomer would
    shapes = json.load(file)
with open("data/england.geojson", encoding="utf-8") as file:  # noqa: PTH123
    england = json.load(file)

cohort = st.sidebar.radio("Cohort", ["All twelve", "Original six", "New six"])
regions = st.sidebar.multiselect("Region", sorted(areas["region"].unique()))
if cohort != "All twelve":
    areas = areas[areas["cohort"] == cohort]
if regions:
    areas = areas[areas["region"].isin(regions)]
districts = districts[districts["area_id"].isin(areas["area_id"])]
shown = areas.merge(schools[["area_id", "name"]], on="area_id", suffixes=("", "_school"))

st.title("England's twelve opportunity areas")
left, right = st.columns([2, 3])
with left:
    st.metric("Areas shown", len(areas))
    st.metric("Districts", len(districts))
    for event in ("twelve-areas-total", "five-year-total", "research-schools-total"):
        row = programme[programme["event_id"] == event].iloc[0]
        st.metric(row["title"], f"£{row['amount_gbp'] / 1e6:g} million")
with right:
    drawn = folium.Map([52.8, -1.9], zoom_start=6, tiles=None)
    folium.GeoJson(england).add_to(drawn)
    kept = [
        one
        for one in shapes["features"]
        if one["properties"]["lad_code"] in set(districts["lad_code"])
    ]
    for one in kept:
        folium.GeoJson(one, tooltip=one["properties"]["lad_code"]).add_to(drawn)
    for _, row in districts.drop_duplicates("area_id").iterrows():
        folium.Marker(
            [row.lat, row.lon], tooltip=row["name"], icon=folium.DivIcon(html="●")
        ).add_to(drawn)
    st_folium(drawn, height=560, use_container_width=True)
st.dataframe(shown[["label", "cohort", "region", "name_school"]])
