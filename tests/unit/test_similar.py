"""Places beside those that were not chosen, worked out again from the csv files alone."""

import math
import re
from dataclasses import replace

import pytest

from dashboard.brief import outcomes
from dashboard.brief.references import References
from dashboard.data import loader
from dashboard.data.frames import to_rows
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.data.rows import Area
from dashboard.topics.areas.facts import get_area_facts
from dashboard.topics.comparators import nearest, similar
from dashboard.topics.outcomes.exhibits import get_measure
from expected import DISTRICTS, read_table
from expected_districts import ABOLISHED, CELLS, OTHERS, OWN, YEARS, change, keep_complete

CONTENT = loader.load(DEFAULT_FOLDER)
AREAS = {area.area_id: area for area in to_rows(CONTENT.areas, Area)}
NAMES = {row["lad_code"]: row["name"] for row in DISTRICTS}
AREA_OF = {row["lad_code"]: row["area_id"] for row in DISTRICTS}
SHOWN = ["eyfsp_gld", "ks2_rwm_expected_district", "gcse_english_maths_by_19"]
ENGLAND = {
    (row["measure_id"], row["period"]): float(row["value"])
    for row in read_table("outcomes")
    if row["geography_level"] == "national"
}


def list_ten(code: str) -> list[dict[str, str]]:
    """Return the first ten in England that were not of an opportunity area."""
    rows = [row for row in read_table("similar_districts") if row["lad_code"] == code]
    rows.sort(key=lambda row: int(row["place"]))
    return [row for row in rows if row["country"] == "England" and row["similar_code"] not in OWN][
        :10
    ]


def signed(value: float) -> str:
    words = f"{value:+.1f}".replace("-", "−")
    return "0.0" if words in ("+0.0", "−0.0") else words


def nation(measure: str) -> float:
    years = YEARS[measure]
    return ENGLAND[measure, years[-1]] - ENGLAND[measure, years[0]]


@pytest.mark.parametrize("code", sorted(OWN))
def test_the_ten_are_the_first_in_england_that_were_not_chosen(code: str) -> None:
    found = [row.similar_code for row in nearest.list_similar(CONTENT, code)]
    assert found == [row["similar_code"] for row in list_ten(code)]
    assert len(found) == (0 if code in ABOLISHED else 10)
    assert not set(found) & OWN


@pytest.mark.parametrize("measure", SHOWN)
@pytest.mark.parametrize("code", sorted(OWN))
def test_every_change_is_that_of_the_csv_files(code: str, measure: str) -> None:
    made = nearest.compare_place(CONTENT, get_measure(CONTENT, measure), code)
    complete = bool(keep_complete(measure, [code]))
    assert (made is not None) == complete
    if made is None:
        return
    ten = [row["outcomes_code"] for row in list_ten(code)]
    assert made.own.change == pytest.approx(change(measure, [code]))
    assert made.cold_spots
    assert made.cold_spots.change == pytest.approx(change(measure, OTHERS))
    assert made.england.change == pytest.approx(nation(measure))
    assert (made.similar is None) == (code in ABOLISHED)
    if made.similar:
        with_pupils = [one for one in ten if ("eyfsp_gld", one, "2017/18") in CELLS]
        assert made.similar.change == pytest.approx(change(measure, with_pupils))
        assert len(made.similar.left_out) == 10 - len(keep_complete(measure, with_pupils))


@pytest.mark.parametrize("area_id", AREAS)
def test_a_profile_s_table_says_the_same(area_id: str) -> None:
    exhibit = similar.build_places_not_chosen(CONTENT, AREAS[area_id])
    assert exhibit
    codes = [code for code in OWN if AREA_OF[code] == area_id]
    expected = set()
    for measure in SHOWN:
        for code in codes:
            if not keep_complete(measure, [code]):
                continue
            title = get_measure(CONTENT, measure).short_title
            ten = [
                row["outcomes_code"]
                for row in list_ten(code)
                if ("eyfsp_gld", row["outcomes_code"], "2017/18") in CELLS
            ]
            expected.add(
                (
                    (f"{title}, {NAMES[code]}" if len(codes) > 1 else title)
                    + (" (from counts)" if measure == "eyfsp_gld" else ""),
                    f"{YEARS[measure][0]} to {YEARS[measure][-1]}",
                    signed(change(measure, [code])),
                    *([signed(change(measure, ten))] if ten else []),
                    signed(change(measure, OTHERS)),
                    signed(nation(measure)),
                )
            )
    assert {tuple(map(str, row)) for row in exhibit.table.to_numpy()} == expected


def test_the_ten_are_named_and_linked_to_the_publisher_s_page() -> None:
    words = " ".join(similar.list_named(CONTENT, AREAS["hastings"]))
    for row in list_ten("E07000062"):
        assert re.search(rf"\[{row['similar_name']}\]\(https://www\.ons\.gov\.uk/[^)]*", words)
        assert f"/areas/{row['similar_code']}-" in words
    assert "not of 2016" in similar.describe_who(CONTENT, AREAS["hastings"])


@pytest.mark.parametrize(
    ("area_id", "said"),
    [
        ("west-somerset", "West Somerset was abolished in 2019"),
        ("north-yorkshire-coast", "Scarborough was abolished in 2023"),
    ],
)
def test_an_abolished_district_has_none_and_the_page_says_why(area_id: str, said: str) -> None:
    exhibit = similar.build_places_not_chosen(CONTENT, AREAS[area_id])
    assert exhibit
    words = similar.describe_who(CONTENT, AREAS[area_id])
    assert said in words
    assert similar.list_named(CONTENT, AREAS[area_id]) == ()
    assert "Ten similar" not in words
    assert "Ten similar" not in exhibit.table.columns


def test_chance_is_worked_out_from_the_counts_and_said() -> None:
    years = YEARS["eyfsp_gld"]
    ten = [row["outcomes_code"] for row in list_ten("E07000062")]
    variance = 0.0
    for codes in (["E07000062"], sorted(keep_complete("eyfsp_gld", ten))):
        for year in (years[0], years[-1]):
            pupils = sum(int(CELLS["eyfsp_gld", one, year]["pupils"]) for one in codes)
            reached = sum(int(CELLS["eyfsp_gld", one, year]["reached"]) for one in codes)
            variance += 100**2 * (reached / pupils) * (1 - reached / pupils) / pupils
    margin = 1.96 * math.sqrt(variance)
    difference = change("eyfsp_gld", ["E07000062"]) - change("eyfsp_gld", ten)
    words = similar.describe_chance(CONTENT, AREAS["hastings"])
    where = "small enough to be chance" if abs(difference) <= margin else "more than chance"
    assert f"({signed(difference)}) is {where} (up to {margin:.1f} points" in words
    assert "cannot be known" in words
    assert "cannot show an effect" in words


def test_compare_puts_the_areas_beside_their_own_ten() -> None:
    areas = CONTENT.areas[CONTENT.areas["area_id"].isin(["hastings", "west-somerset"])]
    measure = get_measure(CONTENT, "ks2_rwm_expected_district")
    exhibit = similar.build_areas_not_chosen(CONTENT, measure, areas)
    assert exhibit
    rows = {row["Place"]: row for row in exhibit.table.to_dict("records")}
    assert set(rows) == {"Hastings", "West Somerset"}
    assert rows["West Somerset"]["Ten similar"] == ""
    assert rows["Hastings"]["Change"] == signed(change(measure.measure_id, ["E07000062"]))
    by_authority = get_measure(CONTENT, "phonics_year1")
    assert similar.build_areas_not_chosen(CONTENT, by_authority, areas) is None


def test_an_area_without_a_comparable_year_is_not_compared() -> None:
    rows = CONTENT.district_outcomes
    without = replace(CONTENT, district_outcomes=rows[rows["lad_code"] != "E07000062"])
    assert similar.build_places_not_chosen(without, AREAS["hastings"]) is None
    assert (
        outcomes.list_comparisons(without, get_area_facts(without, "hastings"), References(without))
        is None
    )
