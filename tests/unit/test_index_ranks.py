"""Ranks, counts and the strip against what the csv files hold, counted by hand."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, citations
from dashboard.data import loader, validation
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.exhibits import Link, Links
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.index_ranks import ranks
from expected import read_table
from specs import read_rows

CONTENT = loader.load(DEFAULT_FOLDER)
EVERY = ranks.select_ranks(CONTENT, CONTENT.areas)


RANKS = read_table("index_ranks")
DISTRICTS = {row["lad_code"]: row for row in read_table("districts")}
OF_2016 = {row["lad_code"]: int(row["rank"]) for row in RANKS if row["index_year"] == "2016"}


def ranks_of(*area_ids: str) -> pd.DataFrame:
    areas = CONTENT.areas
    return ranks.select_ranks(CONTENT, areas[areas["area_id"].isin(area_ids)])


def by_hand(first: int) -> tuple[int, int]:
    """Count the districts ranked from ``first`` to 324 in 2016, and their areas."""
    inside = [code for code, rank in OF_2016.items() if rank >= first]
    return len(inside), len({DISTRICTS[code]["area_id"] for code in inside})


def with_rank(rank_id: str, rank: int) -> pd.DataFrame:
    """Return the ranks as if one of them were another."""
    rows = CONTENT.index_ranks
    changed = rows.assign(rank=rows["rank"].mask(rows["rank_id"] == rank_id, rank))
    return ranks.select_ranks(replace(CONTENT, index_ranks=changed), CONTENT.areas)


def with_row(like: str, **other: Any) -> pd.DataFrame:
    """Return the ranks as if there were one more, like another but for some columns."""
    rows = CONTENT.index_ranks
    row = rows[rows["rank_id"] == like].assign(rank_id="more", **other)
    more = pd.concat([rows, row], ignore_index=True)
    return ranks.select_ranks(replace(CONTENT, index_ranks=more), CONTENT.areas)


def test_ranks_hold_every_row_once() -> None:
    assert sorted(EVERY["rank_id"]) == sorted(row["rank_id"] for row in RANKS)


def test_ranks_come_worst_first_and_2016_first() -> None:
    order = list(EVERY["lad_code"].unique())
    assert order == sorted(OF_2016, key=lambda code: -OF_2016[code])
    assert EVERY.groupby("lad_code")["index_year"].first().eq(2016).all()


def test_each_district_has_one_rank_of_2016() -> None:
    stood = ranks.select_2016(EVERY)
    assert dict(zip(stood["lad_code"], stood["rank"], strict=True)) == OF_2016


def test_ranks_are_those_of_the_areas_given() -> None:
    found = ranks_of("fenland-and-east-cambridgeshire", "hastings")
    assert list(found["name"].unique()) == ["Fenland", "East Cambridgeshire", "Hastings"]
    assert set(found["cohort"]) == {"New six"}


@pytest.mark.parametrize(
    ("band", "size"),
    [
        (ranks.WORST_TEN, 10),
        (ranks.WORST_TWENTY, 20),
        (ranks.WORST_FIFTH, 65),
        (ranks.WORST_SIXTH, 54),
    ],
)
def test_bands_hold_as_many_as_they_say(band: charts.Band, size: int) -> None:
    assert 324 - band.first + 1 == size
    stood = ranks.count_in_band(EVERY, band)
    assert (stood.districts, stood.areas) == by_hand(band.first)
    assert stood.of_districts == 13


def test_the_index_has_every_place_once_and_ours_among_them() -> None:
    index = read_table("index_2016")
    assert [int(row["rank"]) for row in index] == list(range(1, 325))
    assert len({row["lad_code"] for row in index}) == len({row["district"] for row in index}) == 324
    by_code = {row["lad_code"]: row for row in index}
    assert {code: int(by_code[code]["rank"]) for code in OF_2016} == OF_2016
    assert {code: by_code[code]["district"] for code in DISTRICTS} == {
        code: row["name"] for code, row in DISTRICTS.items()
    }
    assert (by_code["E07000139"]["district"], by_code["E07000139"]["rank"]) == (
        "North Kesteven",
        "59",
    )
    assert len(CONTENT.index_2016) == validation.RANKED_DISTRICTS == 324


def test_ranks_of_2016_rest_on_the_whole_table_and_keep_a_second_report() -> None:
    of_2016 = [row for row in RANKS if row["index_year"] == "2016"]
    assert {row["source_id"] for row in of_2016} == {"SMI_2016"}
    assert {row["as_printed"] for row in of_2016} == {"rank"}
    assert all(row["cross_check_source_id"] for row in of_2016)
    assert "SMI_2016" not in {row["source_id"] for row in RANKS if row["index_year"] == "2017"}


def test_counts_by_district_and_by_area() -> None:
    assert by_hand(315) == (4, 4)
    assert by_hand(305) == (6, 5)
    assert ranks.describe_counts(EVERY) == (
        "By district, four were among the worst ten and two more among the worst twenty. "
        "Two districts share an area: four areas in the worst ten, one more in the worst twenty"
    )


def test_by_area_is_what_the_claim_was_found_to_be() -> None:
    (claim,) = [row for row in read_table("claims") if row["claim_id"] == "worst-twenty"]
    computed = ranks.describe_counts(EVERY).split("share an area: ")[1]
    assert f"Two districts share an area: {computed}." in claim["finding"]
    ten, twenty = by_hand(315), by_hand(305)
    assert claim["verdict"] == "holds by district only"
    assert (twenty[0] - ten[0], twenty[1] - ten[1]) == (2, 1)


def test_counts_follow_the_figures() -> None:
    moved = with_rank("east-cambridgeshire-2016", 300)
    assert "four were among the worst ten and one more" in ranks.describe_counts(moved)
    assert ranks.count_in_band(with_rank("bradford-2016", 262), ranks.WORST_SIXTH).districts == 12
    assert ranks.describe_ranks(with_rank("bradford-2016", 200)).startswith("12 of the 13")


@pytest.mark.parametrize(
    ("area_ids", "said"),
    [
        (("hastings",), "Hastings ranked 282 of 324 in 2016, in the worst fifth."),
        (("north-yorkshire-coast",), "Scarborough ranked 312 of 324 in 2016, in the worst twenty."),
        (("blackpool",), "Blackpool ranked 316 of 324 in 2016, in the worst ten."),
        (
            ("derby", "bradford"),
            (
                "Both districts shown were in the worst fifth in 2016, none of them in the worst "
                "ten: from 277 (Bradford) to 303 (Derby)."
            ),
        ),
    ],
)
def test_the_sentence_for_the_strip(area_ids: tuple[str, ...], said: str) -> None:
    areas = CONTENT.areas[CONTENT.areas["area_id"].isin(area_ids)]
    assert index_ranks.build_ranks(CONTENT, areas).alt == said


def test_a_rank_that_is_not_preferred_is_drawn_and_not_counted() -> None:
    found = with_row("bradford-2016", rank=320, preferred=False)
    assert len(ranks.select_2016(found)) == 13
    assert ranks.describe_ranks(found) == ranks.describe_ranks(EVERY)
    assert len(ranks.build_marks(found)) == len(ranks.build_marks(EVERY)) + 1


def test_a_rank_of_a_stage_is_neither_drawn_nor_counted() -> None:
    found = with_row("bradford-2016", rank=320, stage="school")
    assert len(ranks.select_2016(found)) == 13
    assert len(ranks.build_marks(found)) == len(ranks.build_marks(EVERY))


def test_districts_without_a_rank_have_no_mark() -> None:
    drawn = ranks.build_marks(EVERY)
    known = [row for row in RANKS if row["rank"] and row["stage"] == "overall"]
    assert len(drawn) == len(known) == 20
    assert drawn[drawn["name"] == "Hastings"]["year"].tolist() == [2016]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Blackpool", ["316", "313 or 318 in 2017", ""]),
        ("West Somerset", ["324", "324 in 2017"]),
        ("Bradford", ["277"]),
    ],
)
def test_labels_name_every_rank_once(name: str, words: list[str]) -> None:
    drawn = ranks.build_marks(EVERY)
    assert drawn[drawn["name"] == name]["words"].tolist() == words


def test_the_disagreement_is_the_one_on_the_rank() -> None:
    told = index_ranks.select_disagreements(CONTENT, EVERY)
    assert set(told["disagreement_id"]) == {"blackpool-rank-2017"}
    assert told["source_id"].tolist() == ["LANCS_SMI", "BPG_2018"]
    assert index_ranks.select_disagreements(CONTENT, ranks_of("hastings")).empty
    assert index_ranks.select_disagreements(CONTENT, EVERY[EVERY["preferred"]]).empty


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (22, "22nd"), (112, "112th")],
)
def test_ordinals(number: int, said: str) -> None:
    assert index_ranks.format_ordinal(number) == said


def test_the_table_tells_a_rank_worked_out_and_one_not_preferred() -> None:
    table = index_ranks.tabulate_ranks(CONTENT, ranks_of("blackpool"))
    assert table["Rank"].tolist() == [
        "316",
        "313",
        "318, not preferred (worked out)",
    ]
    assert table["As printed"].tolist() == ["Rank 316", "Rank 313", "7th from the worst"]


def test_every_claim_has_its_verdict_and_sources() -> None:
    table = index_ranks.tabulate_claims(CONTENT)
    assert len(table) == len(read_table("claims")) == 7
    named = read_table("claim_sources")
    for claim, cell in zip(read_table("claims"), table["Source"], strict=True):
        ids = [row["source_id"] for row in named if row["claim_id"] == claim["claim_id"]]
        main, *more = cell.links if isinstance(cell, Links) else (cell,)
        assert main == citations.format_short(CONTENT, ids[0])
        assert isinstance(main, Link)
        assert more == ([f"and {len(ids) - 1} more"] if len(ids) > 1 else [])
        assert set(ids) <= set(index_ranks.build_claims(CONTENT).provenance.source_ids)
    assert set(table["Verdict"]) == {"Holds", "Holds by district only", "Not confirmed"}


def layers(colours: Palette, found: pd.DataFrame = EVERY) -> tuple[dict[str, Any], list[Any]]:
    """Return the strip's specification and, of each layer, mark, encoding and rows."""
    spec = charts.build_rank_strip(ranks.build_marks(found), ranks.BANDS, colours)
    return spec, [
        (layer["mark"], layer["encoding"], read_rows(spec, layer)) for layer in spec["layer"]
    ]


def of(found: list[Any], kind: str) -> list[Any]:
    return [layer for layer in found if layer[0]["type"] == kind]


@pytest.mark.parametrize(("best", "first"), [(277, 250), (250, 250), (17, 17)])
def test_the_strip_runs_to_324_and_shows_every_rank(best: int, first: int) -> None:
    found = EVERY.copy()
    found.loc[found["rank"] == found["rank"].min(), "rank"] = best
    _, drawn = layers(LIGHT, found)
    scales = [encoding["x"]["scale"] for _, encoding, _ in drawn]
    assert all(scale["domain"] == [first, 324] and not scale.get("reverse") for scale in scales)


def test_bands_are_drawn_and_named() -> None:
    _, found = layers(LIGHT)
    ((_, encoding, rows),) = of(found, "rect")
    assert (encoding["x"]["field"], encoding["x2"]["field"]) == ("first", "last")
    assert [(row["first"], row["last"]) for row in rows] == [(260, 324), (305, 324), (315, 324)]
    assert [row["words"] for row in rows] == [
        "Worst fifth (260 to 324)",
        "Worst twenty (305 to 324)",
        "Worst ten (315 to 324)",
    ]
    assert all(row["above"] < 0 for row in rows)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_cohorts_differ_by_shape_and_colour(colours: Palette) -> None:
    _, found = layers(colours)
    for _, encoding, _ in of(found, "point"):
        cohorts = ["Original six", "New six"]
        assert encoding["shape"]["scale"] == {"domain": cohorts, "range": ["circle", "diamond"]}
        assert encoding["color"]["scale"] == {
            "domain": cohorts,
            "range": [colours.original, colours.new],
        }


def test_2016_is_filled_and_2017_hollow() -> None:
    _, found = layers(LIGHT)
    (filled, _, of_2016), (hollow, encoding, of_2017) = of(found, "point")
    assert filled["filled"] is True
    assert hollow["filled"] is False
    assert {row["year"] for row in of_2016} == {2016}
    assert {row["year"] for row in of_2017} == {2017}
    assert sorted(row["rank"] for row in of_2016) == sorted(OF_2016.values())
    blackpool = {row["rank"]: row["preferred"] for row in of_2017 if row["name"] == "Blackpool"}
    assert blackpool == {313: True, 318: False}
    dash = encoding["strokeDash"]
    assert dash["condition"] == {"test": "datum.preferred", "value": [1, 0]}
    assert dash["value"] == [2, 2]


def test_every_rank_is_written_and_no_name_is_cut() -> None:
    _, found = layers(LIGHT)
    written = [row["words"] for _, encoding, rows in of(found, "text")[1:] for row in rows]
    assert {str(rank) for rank in OF_2016.values()} | {"313 or 318 in 2017"} <= set(written)
    ((_, encoding, rows), *_) = of(found, "point")
    assert encoding["y"]["axis"]["labelLimit"] == 0
    assert "East Cambridgeshire" in [row["place"] for row in rows]


def test_every_rank_of_the_index_has_its_tick() -> None:
    _, found = layers(LIGHT)
    axis = of(found, "point")[0][1]["x"]["axis"]
    # Vega: the end is not part of a sequence.
    assert axis["values"] == {"expr": "sequence(250, 325)"}


def test_a_district_with_one_year_keeps_to_the_middle_of_its_row() -> None:
    _, found = layers(LIGHT)
    lanes = {(row["name"], row["year"]): row["lane"] for _, _, rows in found[3:] for row in rows}
    assert lanes["Bradford", 2016] == "middle"
    assert (lanes["Derby", 2016], lanes["Derby", 2017]) == ("upper", "lower")


def test_the_strip_grows_with_its_rows() -> None:
    tall, _ = layers(LIGHT)
    low, found = layers(LIGHT, ranks_of("hastings"))
    assert tall["height"] > low["height"]
    assert len(of(found, "point")[0][2]) == 1
