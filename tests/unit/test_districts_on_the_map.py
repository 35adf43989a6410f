"""The map of the index of 2016: what it draws and says, worked out from the files."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from dashboard import maps
from dashboard.data import loader
from dashboard.data.loader import DEFAULT_FOLDER, Data
from dashboard.palette import LIGHT, Palette
from dashboard.topics.index_ranks import cold_spots
from expected import DISTRICTS, read_table

CONTENT: Data = loader.load(DEFAULT_FOLDER)
INDEX = sorted(read_table("index_2016"), key=lambda row: -int(row["rank"]))
LABELS = {row["area_id"]: row["label"] for row in read_table("areas")}
CHOSEN = {row["lad_code"]: row["area_id"] for row in DISTRICTS}
SHAPES = {
    shape["properties"]["lad_code"]: shape["geometry"]
    for name in ("index_boundaries", "districts")
    for shape in json.loads((DEFAULT_FOLDER / f"{name}.geojson").read_text())["features"]
}


def grade(rank: object) -> int:
    """The sixth of a rank, the best 0: how many boundaries lie below it."""
    return sum(int(str(rank)) > bound for bound in (54, 108, 162, 216, 270))


def test_the_file_has_every_district_with_its_shape_its_sixth_and_its_rank() -> None:
    drawn = json.loads(maps.build_districts(CONTENT))
    assert len(drawn) == len(INDEX) == 324
    for one, row in zip(drawn, INDEX, strict=True):
        chosen = "Chosen" if row["lad_code"] in CHOSEN else "Not chosen"
        assert one["geometry"] == SHAPES[row["lad_code"]]
        assert one["group"] == grade(row["rank"])
        assert unescape(one["says"]) == (
            f"<b>{row['district']}</b><br>{row['region']}. Rank {row['rank']} of 324. {chosen}"
        )


def test_a_name_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    place = cold_spots.list_places(CONTENT)[0]
    nasty = type(place)(324, "<script>alert(1)</script>", place.lad_code, "a & b", 6, None)
    monkeypatch.setattr(cold_spots, "list_places", lambda _: (nasty,))
    # Another object, as what was built for the first is kept.
    (one,) = json.loads(maps.build_districts(replace(CONTENT)))
    assert one["says"] == (
        "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b><br>a &amp; b. Rank 324 of 324. Not chosen"
    )


def test_each_area_is_outlined_in_the_colour_of_its_sixth_and_says_its_rank(
    colours: Palette,
) -> None:
    paints = maps.build_rank_paints(CONTENT, colours)
    assert paints.keys() == LABELS.keys()
    for area_id, paint in paints.items():
        mine = [row for row in INDEX if CHOSEN.get(row["lad_code"]) == area_id]
        assert paint.label == LABELS[area_id]
        assert paint.outlined
        assert paint.fills == {row["lad_code"]: colours.grades[grade(row["rank"])] for row in mine}
        assert paint.colour == next(iter(paint.fills.values()))
        assert all(row["rank"] in paint.says and row["region"] in paint.says for row in mine)
    assert paints["fenland-and-east-cambridgeshire"].says == (
        "East of England. Ranks: Fenland 319 and East Cambridgeshire 311 of 324. Chosen"
    )


def test_an_outline_is_drawn_under_a_line_that_parts_it_from_its_district() -> None:
    layer = maps.DistrictLayer("../files/0.json", LIGHT.grades, LIGHT.line)
    group = maps.build_feature_group(
        CHOSEN, maps.build_rank_paints(CONTENT, LIGHT), maps.build_rank_legend(LIGHT), layer
    )
    painted: Any
    (painted,) = group._children.values()
    assert painted.districts == {
        "address": "../files/0.json",
        "fills": LIGHT.grades,
        "line": LIGHT.line,
    }
    for one in painted.areas:
        assert one["outline"]["color"] == LIGHT.text
        assert one["style"]["color"] == LIGHT.page
        assert one["outline"]["weight"] > 2 * one["style"]["weight"]


def test_other_maps_have_no_outlines_and_no_districts_under_them() -> None:
    paints = maps.build_paints(CONTENT.areas, LIGHT, None, None)
    group = maps.build_feature_group(CHOSEN, paints, maps.build_legend(LIGHT, None))
    painted: Any
    (painted,) = group._children.values()
    assert painted.districts is None
    assert {one["outline"] for one in painted.areas} == {None}


def test_the_legend_has_the_cohorts_and_the_sixths_the_worst_first(colours: Palette) -> None:
    legend = maps.build_rank_legend(colours)
    assert re.findall(r"</svg>(.*?)</div>", legend) == [
        "Original six",
        "New six",
        "Ranks 271 to 324 (worst)",
        "Ranks 217 to 270",
        "Ranks 163 to 216",
        "Ranks 109 to 162",
        "Ranks 55 to 108",
        "Ranks 1 to 54 (best)",
    ]
    swatches = re.findall(r'<rect[^>]*fill="([^"]+)"', legend)
    assert swatches == list(colours.grades[::-1])
