"""The areas beside the other cold spots, worked out again from the csv files alone."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.data import loader
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.exhibits import Exhibit
from dashboard.topics.comparators import exhibits as comparators
from dashboard.topics.comparators import trends
from dashboard.topics.comparators.trends import Comparison, Trend
from dashboard.topics.outcomes.exhibits import get_measure, list_measures
from expected import AREAS
from expected_districts import (
    ABOLISHED,
    CELLS,
    INDEX,
    OTHERS,
    OWN,
    PUPILS,
    YEARS,
    average,
    change,
    keep_complete,
    work_out,
)

CONTENT = loader.load(DEFAULT_FOLDER)


def match_regions(measure: str) -> float:
    """Return the others' change with each region weighted as it is among the areas."""
    weights: dict[str, int] = defaultdict(int)
    for code in keep_complete(measure, OWN):
        weights[INDEX[code]["region"]] += PUPILS[code]
    changes = {
        region: change(measure, {code for code in OTHERS if INDEX[code]["region"] == region})
        for region in weights
    }
    return sum(changes[region] * weights[region] for region in weights) / sum(weights.values())


def compare(measure: str) -> tuple[Comparison, ...]:
    return trends.compare_with_cold_spots(CONTENT, measure)


def show(measure: str) -> Exhibit:
    exhibit = comparators.build_comparison(CONTENT, get_measure(CONTENT, measure))
    assert exhibit
    return exhibit


def test_the_other_cold_spots_are_the_41_of_the_worst_sixth_that_were_not_chosen() -> None:
    listed = trends.select_cold_spots(CONTENT)
    assert len(OTHERS) == len(listed) == 41
    assert {place.lad_code for place in listed} == OTHERS
    assert [place.rank for place in listed] == sorted(
        (place.rank for place in listed), reverse=True
    )


def test_all_of_them_lie_in_the_areas_regions() -> None:
    regions = {row["region"] for row in AREAS}
    assert {INDEX[code]["region"] for code in OTHERS} == regions
    assert {INDEX[code]["region"] for code in OWN} == regions


@pytest.mark.parametrize("measure", YEARS)
def test_every_change_is_that_of_the_csv_files(measure: str) -> None:
    weighted, plain, standing, matched = compare(measure)
    assert list(weighted.areas.run) == YEARS[measure]
    expected = [
        (weighted, change(measure, OWN), change(measure, OTHERS)),
        (plain, change(measure, OWN, average), change(measure, OTHERS, average)),
        (standing, change(measure, OWN - ABOLISHED), change(measure, OTHERS)),
        (matched, change(measure, OWN), match_regions(measure)),
    ]
    for made, areas, others in expected:
        assert made.areas.change == pytest.approx(areas), made.how
        assert made.others.change == pytest.approx(others), made.how


@pytest.mark.parametrize("measure", YEARS)
def test_every_value_is_of_the_districts_with_every_year(measure: str) -> None:
    main = compare(measure)[0]
    for trend, codes in ((main.areas, OWN), (main.others, OTHERS)):
        kept = keep_complete(measure, codes)
        assert set(trend.codes) == kept
        assert len(trend.left_out) == len(codes - kept)
        assert list(trend.values) == pytest.approx(
            [work_out(measure, year, kept) for year in YEARS[measure]]
        )


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("eyfsp_gld", "+14.6 +12.7 +11.4 2013/14 2018/19"),
        ("ks2_rwm_expected_district", "−2.9 −2.2 −2.0 2018/19 2024/25"),
        ("gcse_english_maths_by_19", "+4.2 +3.9 +3.3 2016/17 2021/22"),
    ],
)
def test_the_three_changes_stand_in_words_on_the_page_and_in_the_file(
    measure: str, said: str
) -> None:
    exhibit = show(measure)
    words = exhibit.lead[0].replace("\\", "")
    *changed, first, last = said.split()
    assert all(part in words for part in changed)
    assert f"{first} to {last}" in exhibit.title
    assert words.endswith(comparators.CANNOT_SHOW)
    frame = exhibit.provenance.frame
    assert frame["in_words"].nunique() == 1
    written = frame["in_words"].iloc[0]
    assert written.startswith(f"{first} to {last}: ")
    assert words.startswith(written.removeprefix(f"{first} to {last}: "))
    assert list(frame["group"].unique()) == ["Opportunity areas", "Other cold spots", "England"]
    changes = frame.groupby("group", sort=False)["change"].first()
    assert [f"{value:+.1f}".replace("-", "−") for value in changes] == changed


def test_the_margin_comes_from_the_counts_alone() -> None:
    spread = 0.0
    for codes in (OWN, OTHERS):
        kept = keep_complete("eyfsp_gld", codes)
        for year in ("2013/14", "2018/19"):
            share = work_out("eyfsp_gld", year, kept)
            pupils = sum(int(CELLS["eyfsp_gld", code, year]["pupils"]) for code in kept)
            spread += share * (100 - share) / pupils
    assert compare("eyfsp_gld")[0].margin == pytest.approx(1.96 * spread**0.5)
    assert compare("ks2_rwm_expected_district")[0].margin is None
    assert "cannot be known" in show("ks2_rwm_expected_district").lead[1]
    assert "0.9 points" in show("eyfsp_gld").lead[1].replace("\\", "")


def made_up(differences: list[float], own: float = 4.0) -> list[Comparison]:
    run = ("2016/17", "2021/22")
    return [
        Comparison(
            "some way",
            Trend(run, (60.0, 60.0 + own), ("E07000001",), ()),
            Trend(run, (60.0, 60.0 + own - difference), ("E07000002",), ()),
        )
        for difference in differences
    ]


@pytest.mark.parametrize(
    ("differences", "own", "end"),
    [
        ([1.9, 1.9, 1.8], 14.6, "the areas rose by more"),
        ([-1.9, -1.5], 14.6, "the areas rose by less"),
        ([0.3, -0.4, 1.0], 4.0, "the areas rose about as much"),
        ([0.3, 1.1], 4.0, "depends on how it is worked out"),
        ([1.5, -1.5], 4.0, "depends on how it is worked out"),
        ([-2.0, -1.1], -4.0, "the areas fell by more"),
        ([2.0, 1.1], -4.0, "the areas fell by less"),
        ([3.0, 3.5], 2.0, "the areas rose, and the others fell"),
    ],
)
def test_the_heading_claims_what_every_way_bears_out(
    differences: list[float], own: float, end: str
) -> None:
    assert comparators.describe_finding(made_up(differences, own), 2000).endswith(end)


@pytest.mark.parametrize("measure", YEARS)
def test_no_sentence_says_that_the_programme_caused_it(measure: str) -> None:
    exhibit, choices = (
        show(measure),
        comparators.build_choices(CONTENT, get_measure(CONTENT, measure)),
    )
    assert choices
    words = " ".join([exhibit.title, *exhibit.lead, choices.title, exhibit.provenance.method])
    assert "cannot show an effect" in words
    assert not re.search(r"\b(because of|thanks to|due to|impact|improved|helped)\b", words)


def test_a_measure_that_is_not_held_by_district_has_no_comparison() -> None:
    for measure in list_measures(CONTENT):
        made = comparators.build_comparison(CONTENT, measure)
        assert (made is not None) == (measure.measure_id in YEARS)


def test_a_group_without_a_figure_is_not_compared() -> None:
    rows = CONTENT.district_outcomes
    own_only = replace(CONTENT, district_outcomes=rows[rows["lad_code"].isin(OWN)])
    for measure in YEARS:
        assert trends.compare_with_cold_spots(own_only, measure) == ()
        assert comparators.build_choices(own_only, get_measure(own_only, measure)) is None


def test_a_region_without_another_cold_spot_has_no_mix_of_regions() -> None:
    north = {code for code in OTHERS if INDEX[code]["region"] == "North West"}
    rows = CONTENT.district_outcomes
    without = replace(CONTENT, district_outcomes=rows[~rows["lad_code"].isin(north)])
    ways = [made.how for made in trends.compare_with_cold_spots(without, "eyfsp_gld")]
    assert len(ways) == 3
    assert "In the areas' mix of regions" not in ways


def test_a_withheld_value_leaves_its_district_out() -> None:
    rows = CONTENT.district_outcomes
    code = sorted(keep_complete("gcse_english_maths_by_19", OTHERS))[0]
    cell = (rows["lad_code"] == code) & (rows["period"] == "2018/19")
    blank = rows.assign(value=rows["value"].mask(cell, pd.NA))
    changed = replace(CONTENT, district_outcomes=blank)
    main = trends.compare_with_cold_spots(changed, "gcse_english_maths_by_19")[0]
    assert code not in main.others.codes
    assert INDEX[code]["district"] in main.others.left_out


def before(measure: str) -> list[str]:
    """Return the years of a run before the programme's, 2017/18 to 2021/22."""
    return [year for year in YEARS[measure] if year < "2017/18"]


def since(measure: str, codes: Collection[str]) -> float:
    """Return a group's change from the last year before the programme's."""
    kept = keep_complete(measure, codes)
    first = before(measure)[-1]
    return work_out(measure, YEARS[measure][-1], kept) - work_out(measure, first, kept)


@pytest.mark.parametrize("measure", YEARS)
def test_it_says_which_part_lies_in_the_programme_s_years(measure: str) -> None:
    words = show(measure).lead[0].replace("\\", "")
    earlier = before(measure)
    assert ("is already in the programme's years" in words) == (not earlier)
    assert ("In the programme's years alone" in words) == (len(earlier) > 1)
    if len(earlier) > 1:
        own, others = since(measure, OWN), since(measure, OTHERS)
        years = f"{earlier[-1]} to {YEARS[measure][-1]}"
        assert f"{years}: {own:+.1f} against {others:+.1f} in the other cold spots" in words


def test_a_difference_from_before_the_programme_is_said_to_be() -> None:
    assert show("eyfsp_gld").title.endswith("the areas rose by more, before the programme")
    gap = since("eyfsp_gld", OWN) - since("eyfsp_gld", OTHERS)
    assert abs(gap) < 0.9 < change("eyfsp_gld", OWN) - change("eyfsp_gld", OTHERS)
    for measure in ("ks2_rwm_expected_district", "gcse_english_maths_by_19"):
        assert "before the programme" not in show(measure).title
