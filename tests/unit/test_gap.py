"""The gap between disadvantaged pupils and all pupils, worked out again from the csv files."""

import re

import pytest

from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.outcomes import gap
from dashboard.topics.outcomes.exhibits import get_measure, list_measures
from dashboard.topics.outcomes.gap import PupilGap
from expected import AREAS, read_table

PAIRS = {
    "ks2_rwm_expected": "ks2_rwm_expected_disadvantaged",
    "attainment8": "attainment8_disadvantaged",
    "progress8": "progress8_disadvantaged",
    "he_by_19": "he_by_19_fsm",
}
VALUES = {
    (row["measure_id"], row["geography_code"], row["period"]): float(row["value"])
    for row in read_table("outcomes")
}
RUNS = {
    "ks2_rwm_expected": ("2017/18", "2024/25"),
    "attainment8": ("2022/23", "2024/25"),
    "progress8": ("2015/16", "2018/19"),
    "he_by_19": ("2015/16", "2023/24"),
}
ENGLAND = "E92000001"
PARTS_OF_COUNTIES = [row for row in AREAS if row["upper_tier_code"].startswith("E10")]


def find(content: Data, measure_id: str) -> PupilGap:
    found = gap.compute_gap(content, get_measure(content, measure_id), content.areas)
    assert found
    return found


def write(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


@pytest.mark.parametrize("whole", PAIRS)
def test_either_measure_of_a_pair_has_the_gap(content: Data, whole: str) -> None:
    for measure_id in (whole, PAIRS[whole]):
        pair = gap.find_pair(content, get_measure(content, measure_id))
        assert pair
        assert [one.measure_id for one in pair] == [whole, PAIRS[whole]]


def test_no_other_measure_has_one(content: Data) -> None:
    without = [one for one in list_measures(content) if gap.find_pair(content, one) is None]
    assert {one.measure_id for one in without} == {
        row["measure_id"] for row in read_table("measures")
    } - {*PAIRS, *PAIRS.values()}
    assert gap.compute_gap(content, without[0], content.areas) is None


@pytest.mark.parametrize("whole", PAIRS)
def test_every_gap_is_that_of_the_csv_files(content: Data, whole: str) -> None:
    found = find(content, whole)
    expected = {
        (code, period): round(value - VALUES[PAIRS[whole], code, period], 4)
        for (measure_id, code, period), value in VALUES.items()
        if measure_id == whole
    }
    for frame, is_nation in ((found.lines, False), (found.england, True)):
        shown = {
            (row.geography_code, row.period): row.value for row in frame.itertuples(index=False)
        }
        assert shown == {
            key: value for key, value in expected.items() if (key[0] == ENGLAND) == is_nation
        }
    assert found.lines["area_id"].nunique() == 6


@pytest.mark.parametrize("whole", PAIRS)
def test_the_table_has_each_year_and_a_change_within_a_run(content: Data, whole: str) -> None:
    first, last = RUNS[whole]
    table = gap.build_gap(content, find(content, whole)).table
    rows = {row["Place"]: row for row in table.to_dict("records")}
    head = f"Change, {first} to {last}"
    (nation,) = ({row["period"] for row in read_table("outcomes") if row["measure_id"] == whole},)
    for code, name in ((ENGLAND, "England"), ("E06000009", "Blackpool")):
        gaps = {
            period: VALUES[whole, code, period] - VALUES[PAIRS[whole], code, period]
            for period in nation
        }
        shown = {str(one).removesuffix(" (break)"): cell for one, cell in rows[name].items()}
        assert {period: shown[period] for period in nation} == {
            period: write(round(one, 4)) for period, one in gaps.items()
        }
        change = round(gaps[last] - gaps[first], 4)
        assert rows[name][head] == (f"{change:+.4g}".replace("-", "−") if change else "0")


def test_it_names_who_is_left_out_and_why(content: Data) -> None:
    words = " ".join(gap.build_gap(content, find(content, "attainment8")).lead).replace("\\", "")
    for row in PARTS_OF_COUNTIES:
        assert row["label"].partition(" (")[0] in words
    assert len(PARTS_OF_COUNTIES) == 6
    assert "a county's figure is never shown as an area's" in words
    assert "the gap to the others is larger" in words
    assert not re.search(r"\b(because of|thanks to|due to|impact|improved|helped)\b", words)


def test_the_title_says_the_last_year(content: Data) -> None:
    last = {
        code: VALUES["ks2_rwm_expected", code, "2024/25"]
        - VALUES["ks2_rwm_expected_disadvantaged", code, "2024/25"]
        for (measure_id, code, period) in VALUES
        if (measure_id, period) == ("ks2_rwm_expected", "2024/25")
    }
    nation = last.pop(ENGLAND)
    assert gap.build_gap(content, find(content, "ks2_rwm_expected")).title == (
        f"Expected standard at 11, gap in 2024/25: {min(last.values()):g} to "
        f"{max(last.values()):g} percentage points in the 6 areas shown, {nation:g} in England"
    )


def test_areas_without_a_figure_have_no_gap(content: Data) -> None:
    norwich = content.areas[content.areas["area_id"] == "norwich"]
    measure = get_measure(content, "attainment8")
    assert gap.compute_gap(content, measure, norwich) is None
    derby = content.areas[content.areas["area_id"] == "derby"]
    found = gap.compute_gap(content, measure, derby)
    assert found
    assert "in the area shown" in gap.describe_finding(found)


def test_its_charts_have_no_band_and_the_gap_s_own_scale(content: Data) -> None:
    found = find(content, "progress8")
    context = gap.build_chart_context(content, found, LIGHT)
    values = [*found.lines["value"], *found.england["value"]]
    assert context.spread.empty
    assert context.low < min(values) <= max(values) < context.high
    assert (context.run[0], context.run[-1]) == RUNS["progress8"]
    line = found.lines[found.lines["area_id"] == "derby"]
    words = gap.describe_chart(found, context, line, "Derby")
    assert words.startswith("Gap in points. Derby: ")
    assert "England" in words
