"""The sixths of the index of 2016, their counts and the map's rows, worked out from the files."""

from collections import Counter
from itertools import pairwise

import pytest

from dashboard.data import loader
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.exhibits import Links, Number, Spec
from dashboard.palette import Palette
from dashboard.topics.index_ranks import cold_spots
from expected import DISTRICTS, read_table
from specs import read_rows, validate

CONTENT = loader.load(DEFAULT_FOLDER)
MAP = cold_spots.build_cold_spots_map(CONTENT)
INDEX = sorted(read_table("index_2016"), key=lambda row: int(row["rank"]))
# Six groups of the same size, cut from the list in order.
SIXTHS = [INDEX[start : start + len(INDEX) // 6] for start in range(0, len(INDEX), len(INDEX) // 6)]
WORST = SIXTHS[-1][::-1]
LABELS = {row["area_id"]: row["label"] for row in read_table("areas")}
CHOSEN = {row["lad_code"]: LABELS[row["area_id"]] for row in DISTRICTS}


def draw(colours: Palette) -> Spec:
    return validate(cold_spots.build_picture(CONTENT, colours))


def test_there_are_six_sixths_of_the_same_size() -> None:
    assert [len(sixth) for sixth in SIXTHS] == [54] * 6
    found = {place.lad_code: place.sixth for place in cold_spots.list_places(CONTENT)}
    assert found == {
        row["lad_code"]: number for number, sixth in enumerate(SIXTHS, 1) for row in sixth
    }


@pytest.mark.parametrize(
    ("rank", "sixth"), [(1, 1), (54, 1), (55, 2), (162, 3), (163, 4), (270, 5), (271, 6), (324, 6)]
)
def test_a_rank_lies_in_its_sixth(rank: int, sixth: int) -> None:
    assert cold_spots.compute_sixth(rank) == sixth


def test_sixths_are_named_by_their_ranks() -> None:
    assert [cold_spots.name_sixth(sixth) for sixth in range(1, 7)] == [
        "1 to 54 (best)",
        "55 to 108",
        "109 to 162",
        "163 to 216",
        "217 to 270",
        "271 to 324 (worst)",
    ]


def test_the_title_is_what_was_counted() -> None:
    chosen = sum(row["lad_code"] in CHOSEN for row in WORST)
    assert MAP.title == (
        f"{len(WORST)} districts were the worst sixth of the index of 2016: {chosen} are in the "
        f"twelve areas, {len(WORST) - chosen} are not"
    )


def test_the_table_is_the_worst_sixth_worst_first() -> None:
    assert MAP.table["District"].tolist() == [row["district"] for row in WORST]
    assert MAP.table["Rank"].tolist() == [row["rank"] for row in WORST]
    assert all(isinstance(cell, Number) for cell in MAP.table["Rank"])
    assert MAP.table["Region"].tolist() == [row["region"] for row in WORST]
    for row, cell in zip(WORST, MAP.table["Chosen"], strict=True):
        area = CHOSEN.get(row["lad_code"])
        same = "Yes" if area == row["district"] else f"Yes, in {area}"
        assert cell == (same if area else "No")


def test_the_file_has_every_district() -> None:
    frame = MAP.provenance.frame.fillna("")
    assert list(frame.columns) == [*INDEX[0], "sixth", "chosen_area"]
    written = {row.lad_code: row for row in frame.itertuples()}
    assert len(frame) == len(written) == 324
    for row in INDEX:
        found = written[row["lad_code"]]
        assert (found.rank, found.district) == (int(row["rank"]), row["district"])
        assert (found.chosen_area or None) == CHOSEN.get(row["lad_code"])


def test_it_rests_on_the_index_and_the_regions() -> None:
    named = {row[column] for row in INDEX for column in ("source_id", "region_source_id")}
    assert set(MAP.provenance.source_ids) == named
    assert MAP.provenance.source_ids[0] == "SMI_2016"
    assert MAP.credit == CONTENT.index_boundaries["attribution"]
    assert "third-party copy" in MAP.lead[0]


@pytest.mark.slow
def test_the_picture_has_every_district_in_the_colour_of_its_sixth(colours: Palette) -> None:
    spec = draw(colours)
    drawn = {one["lad_code"]: one for one in read_rows(spec, 0)}
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    hue = dict(zip(scale["domain"], scale["range"], strict=True))
    for number, sixth in enumerate(SIXTHS):
        for row in sixth:
            one = drawn[row["lad_code"]]
            assert hue[one["group"]] == colours.grades[number]
            assert bool(one["outlined"]) == (row["lad_code"] in CHOSEN)
    assert len(drawn) == 324


@pytest.mark.slow
def test_the_districts_of_the_areas_are_outlined_and_named(colours: Palette) -> None:
    spec = draw(colours)
    assert {one["lad_code"] for one in read_rows(spec, 1)} == CHOSEN.keys()
    assert spec["layer"][1]["encoding"]["stroke"]["scale"]["range"] == [colours.text]
    names = {one["name"].replace("\n", " ") for one in read_rows(spec, 3)}
    assert names == {row["name"] for row in read_table("areas")}


@pytest.mark.slow
def test_rings_run_clockwise_as_d3_needs_them(colours: Palette) -> None:
    """Run the other way, a district is all the world but itself."""
    for one in read_rows(draw(colours), 0):
        shape = one["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring, *_ in parts:
            twice = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring))
            assert twice > 0, one["lad_code"]


def test_regions_are_counted_most_first() -> None:
    exhibit = cold_spots.build_regions(CONTENT)
    worst = Counter(row["region"] for row in WORST)
    every = Counter(row["region"] for row in INDEX)
    chosen = Counter(row["region"] for row in WORST if row["lad_code"] in CHOSEN)
    table = exhibit.table
    assert set(table["Region"]) == set(every)
    for region, share, count in table[["Region", "Worst sixth", "Chosen"]].to_numpy():
        assert share == f"{worst[region]} of {every[region]}"
        assert count == str(chosen[region])
    assert all(isinstance(cell, Links) for cell in table["Opportunity areas"])
    counts = [worst[region] for region in table["Region"]]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 54
    first = table["Region"][0]
    assert f"{first} has the most of any region: {worst[first]}" in MAP.alt
