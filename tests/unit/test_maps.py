import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import folium
import pandas as pd
import pytest
import streamlit_folium

from dashboard import maps
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.maps import Paint
from dashboard.palette import LIGHT, Palette
from dashboard.topics.areas.map_measures import MAP_MEASURES, MapMeasure

NASTY = [
    "<script>alert(1)</script>",
    "</style><b>",
    "\"'quoted'\"",
    "`${alert(1)}`",
    "a\\`b",
    "{{ 7 * 7 }}",
    "a & b",
]
MEASURES = [None, *MAP_MEASURES]
BY_MEASURE = pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one and one.name)


def group(
    content: Data,
    shown: pd.DataFrame,
    colours: Palette = LIGHT,
    measure: MapMeasure | None = None,
    chosen: str | None = None,
) -> folium.FeatureGroup:
    area_of = dict(zip(content.districts["lad_code"], content.districts["area_id"], strict=True))
    paints = maps.build_paints(shown, colours, measure, chosen)
    return maps.build_feature_group(area_of, paints, maps.build_legend(colours, measure))


def build_map(title: str = "Map") -> folium.Map:
    return maps.build_map(
        title=title,
        colours=LIGHT,
        scripts=("../leaflet/leaflet.js", "../files/map.js"),
        styles=("../leaflet/leaflet.css",),
    )


def list_parts(part: Any) -> list[Any]:
    """A map's part and all of its parts."""
    return [part, *(one for child in part._children.values() for one in list_parts(child))]


def rendered(group: folium.FeatureGroup, title: str = "Map") -> str:
    drawn = build_map(title)
    drawn.render()  # type: ignore[no-untyped-call]
    parts = (
        streamlit_folium._get_header(drawn),
        streamlit_folium._get_map_string(drawn),
        streamlit_folium._get_feature_group_string(group, map=drawn),
    )
    return "".join(parts)


def drawn_areas(group: folium.FeatureGroup) -> list[dict[str, Any]]:
    painted: Any
    (painted,) = group._children.values()
    return list(painted.areas)


def marks(group: folium.FeatureGroup) -> list[str]:
    return [one["mark"] for one in drawn_areas(group)]


def painted(**changed: Any) -> Paint:
    plain = Paint("Label", "Name", "#123456", "says", "New six", 52.0, -1.0, LIGHT)
    return replace(plain, **changed)


def scripts(html: str) -> int:
    return len(re.findall(r"<script", html))


@BY_MEASURE
def test_a_map_asks_nothing_of_another_server(
    content: Data, facts: pd.DataFrame, colours: Palette, measure: MapMeasure | None
) -> None:
    html = rendered(group(content, facts, colours, measure, "derby"))
    found = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'<>\\)]*", html))
    assert found <= {"http://www.w3.org/2000/svg"}


def test_scripts_and_styles_are_of_the_folder_given(content: Data, facts: pd.DataFrame) -> None:
    # streamlit-folium hands these to the frame.
    drawn = build_map()
    group(content, facts).add_to(drawn)
    parts = list_parts(drawn)
    assert len(parts) > 3
    links = ("default_js", "default_css")
    found = [link for part in parts for name in links for link in getattr(part, name, ())]
    assert [address for _, address in found] == [
        "../leaflet/leaflet.js",
        "../files/map.js",
        "../leaflet/leaflet.css",
    ]
    assert re.findall(r"(?:src|href)=", rendered(group(content, facts))) == []


@pytest.mark.parametrize(
    ("filters", "districts", "areas"),
    [
        (Filters(), 13, 12),
        (Filters(cohort="New six"), 7, 6),
        (Filters(cohort="Original six"), 6, 6),
        (Filters(regions=("East of England",)), 4, 3),
        (Filters("New six", ("South West",)), 0, 0),
    ],
)
def test_what_is_drawn(
    content: Data, facts: pd.DataFrame, filters: Filters, districts: int, areas: int
) -> None:
    drawn = drawn_areas(group(content, filters.apply(facts)))
    assert (sum(len(one["codes"]) for one in drawn), len(drawn)) == (districts, areas)


def test_an_empty_map_can_be_rendered(content: Data, facts: pd.DataFrame) -> None:
    assert "opportunityAreas.paint(" in rendered(group(content, facts[:0]))


@pytest.mark.parametrize("chosen", ["derby", "fenland-and-east-cambridgeshire", None])
def test_a_chosen_area_stands_out(content: Data, facts: pd.DataFrame, chosen: str | None) -> None:
    (*labels,) = facts[facts["area_id"] == chosen]["label"]
    drawn = drawn_areas(group(content, facts, chosen=chosen))
    bold = {one["label"] for one in drawn if one["style"]["weight"] > 1}
    assert bold == set(labels)


def test_the_mark_of_a_chosen_area_stands_out(content: Data, facts: pd.DataFrame) -> None:
    drawn = marks(group(content, facts, chosen="derby"))
    bold = ['stroke-width="3"' in one for one in drawn]
    assert bold == list(facts["area_id"] == "derby")


def test_districts_have_the_colour_of_their_cohort(
    content: Data, facts: pd.DataFrame, colours: Palette
) -> None:
    cohort = dict(zip(facts["label"], facts["cohort"], strict=True))
    for one in drawn_areas(group(content, facts, colours)):
        assert one["style"]["fillColor"] == colours.cohort(cohort[one["label"]])


@pytest.mark.parametrize("measure", MAP_MEASURES, ids=lambda one: one.name)
def test_areas_have_the_colour_of_their_class(
    facts: pd.DataFrame, colours: Palette, measure: MapMeasure
) -> None:
    paints = maps.build_paints(facts, colours, measure, None)
    edges = (*measure.bounds, float("inf"))
    for area, value in zip(facts["area_id"], facts[measure.column], strict=True):
        number = next(at for at, edge in enumerate(edges) if value < edge)
        assert paints[area].colour == colours.steps[number]


def test_a_figure_not_known_has_the_colour_of_land(facts: pd.DataFrame, colours: Palette) -> None:
    missing = facts.assign(fourth_year_gbp=pd.array([None] * 12, dtype="Int64"))
    paint = maps.build_paints(missing, colours, MAP_MEASURES[2], None)["derby"]
    assert (paint.colour, paint.says) == (colours.land, "Fourth-year money: not known")


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        (None, "Original six, East Midlands"),
        (MAP_MEASURES[0], "Population: 257,034"),
        (MAP_MEASURES[1], "Deprived neighbourhoods: 15.9%"),
        (MAP_MEASURES[2], "Fourth-year money: £1.43 million"),
        (MAP_MEASURES[3], "Fourth-year money per child: £26.63"),
    ],
)
def test_what_a_tooltip_says(facts: pd.DataFrame, measure: MapMeasure | None, says: str) -> None:
    assert maps.build_paints(facts, LIGHT, measure, None)["derby"].says == says


def test_the_first_line_of_a_tooltip_is_the_label(content: Data, facts: pd.DataFrame) -> None:
    lines = [one["tooltip"].split("\n")[0] for one in drawn_areas(group(content, facts))]
    assert [re.sub("<.*?>", "", one) for one in lines] == list(facts["label"])


@pytest.mark.parametrize(("areas", "named"), [(1, 0), (2, 2), (30, 30), (31, 0)])
def test_as_many_areas_have_names_as_find_a_place(areas: int, named: int) -> None:
    paints = {str(number): painted() for number in range(areas)}
    area_of = {f"E{number}": str(number) for number in range(areas)}
    drawn = drawn_areas(maps.build_feature_group(area_of, paints, ""))
    assert len(drawn) == areas
    assert sum('<span aria-hidden="true"></span>' not in one["mark"] for one in drawn) == named


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("field", ["label", "name", "says"])
def test_words_cannot_break_out(field: str, words: str) -> None:
    def page(value: str) -> str:
        painted_ = {"area": painted(**{field: value}), "other": painted()}
        return rendered(maps.build_feature_group({"E1": "area"}, painted_, ""))

    harmful, harmless = page(words), page("x")
    (areas,) = re.findall(r"paint\(\s*\w+, \w+,\s*(\[.*\]), ", harmful)
    told, _ = json.loads(areas)
    assert words in unescape(told["mark"] + told["tooltip"])
    assert "&#123;&#123; 7 * 7 &#125;&#125;" in harmful.replace("\\u0026", "&") or "{{" not in words
    for mark in ("<script", "</script", "</style", "`", "${", "{{"):
        assert harmful.count(mark) == harmless.count(mark)


@pytest.mark.parametrize("title", [one for one in NASTY if "{{" not in one])
def test_a_title_cannot_break_out(content: Data, facts: pd.DataFrame, title: str) -> None:
    html = rendered(group(content, facts), title)
    (shown,) = re.findall(r'"title": ("(?:[^"\\]|\\.)*")', html)
    assert json.loads(shown) == title
    assert scripts(html) == scripts(rendered(group(content, facts)))


@pytest.mark.parametrize(
    ("measure", "names"),
    [
        (None, ["Original six", "New six"]),
        (
            MAP_MEASURES[1],
            [
                "Original six",
                "New six",
                "Under 10%",
                "10% to under 20%",
                "20% to under 30%",
                "30% and over",
            ],
        ),
    ],
)
def test_the_legend_names(colours: Palette, measure: MapMeasure | None, names: list[str]) -> None:
    assert re.findall(r">([^<>]+)</div>", maps.build_legend(colours, measure)) == names


def test_the_legend_shows_the_cohorts_in_their_colours(colours: Palette) -> None:
    original, new = maps.build_legend(colours, None).split("</div>")[:2]
    assert (f'fill="{colours.original}"' in original, f'fill="{colours.new}"' in new) == (
        True,
        True,
    )


def test_the_legend_shows_the_classes_in_their_colours(colours: Palette) -> None:
    fills = re.findall(r'<rect[^>]* fill="(#\w+)"', maps.build_legend(colours, MAP_MEASURES[0]))
    assert tuple(fills) == colours.steps


@pytest.mark.parametrize(("cohort", "shape"), [("Original six", "<circle"), ("New six", "<path")])
def test_a_shape_tells_cohorts_apart(
    facts: pd.DataFrame, content: Data, cohort: str, shape: str
) -> None:
    drawn = marks(group(content, facts[facts["cohort"] == cohort]))
    assert all(shape in one for one in drawn)


def test_markers_stand_at_their_area(content: Data, facts: pd.DataFrame) -> None:
    places = [one["place"] for one in drawn_areas(group(content, facts))]
    assert places == list(zip(facts["lat"], facts["lon"], strict=True))


def test_shapes_are_those_of_the_package(content: Data) -> None:
    script = maps.build_shapes(content)
    held = json.loads(script.removeprefix("window.shapes = ").removesuffix(";\n"))
    assert held["england"] == content.england_boundaries
    assert set(held["districts"]) == set(content.districts["lad_code"])


def test_the_script_asks_for_nothing_but_what_python_names() -> None:
    script = maps.read_behaviour()
    assert re.findall(r"XMLHttp|import\(|https?:|eval|\.open\(", script) == []
    assert re.findall(r"\bfetch\(\w*", script) == ["fetch(address"]


@pytest.mark.parametrize("size", [1, 12])
def test_bounds_hold_every_district(content: Data, size: int) -> None:
    codes = tuple(content.districts["lad_code"][:size])
    (south, west), (north, east) = maps.compute_bounds(content.districts_boundaries, codes)
    places = content.districts[:size]
    assert places["lat"].between(south, north).all()
    assert places["lon"].between(west, east).all()


def test_bounds_of_one_district_hold_no_other(content: Data) -> None:
    (south, west), (north, east) = maps.compute_bounds(content.districts_boundaries, ("E06000015",))
    inside = content.districts["lat"].between(south, north)
    inside &= content.districts["lon"].between(west, east)
    assert list(content.districts[inside]["name"]) == ["Derby"]
