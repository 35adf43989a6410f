"""Values and changes against a by-hand calculation from the CSV files."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest

from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.palette import LIGHT
from dashboard.topics.outcomes import series, tables, wording
from dashboard.topics.outcomes.exhibits import (
    build_changes,
    build_outcomes_of_area,
    build_view,
    describe_option,
    get_measure,
    list_later_measures,
    list_measures,
    list_measures_by_district,
)
from dashboard.topics.outcomes.programme_years import find_programme_years
from expected import AREAS, read_table
from specs import read_rows

PARTS_OF_COUNTIES = {
    "norwich",
    "north-yorkshire-coast",
    "west-somerset",
    "fenland-and-east-cambridgeshire",
    "hastings",
    "ipswich",
}
DISTRICT_MEASURES = ("eyfsp_gld", "gcse_english_maths_by_19", "ks2_rwm_expected_district")
LATER_MEASURES = ("elg_communication_language", "elg_literacy", "elg_mathematics")


VALUES = read_table("outcomes")
BREAKS = read_table("series_breaks")
MEASURES = [row["measure_id"] for row in read_table("measures")]


def by_hand(measure_id: str) -> dict[str, dict[str, Decimal]]:
    """Return value by year by geography code, without successors."""
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in VALUES:
        if row["measure_id"] == measure_id and row["geography_level"] != "successor district":
            found[row["geography_code"]][row["period"]] = Decimal(row["value"])
    return found


def cuts(measure_id: str, first: str, last: str) -> list[str]:
    return [
        row["period"]
        for row in BREAKS
        if row["measure_id"] == measure_id
        and row["kind"] in {"break", "year apart"}
        and first < row["period"] <= last
    ]


@pytest.mark.parametrize("measure_id", MEASURES)
def test_lines_hold_every_published_value(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    expected = by_hand(measure_id)
    for row in lines.itertuples():
        assert Decimal(str(row.value)) == expected[str(row.geography_code)][str(row.period)]
    shown = {(row.geography_code, row.period) for row in lines.itertuples()}
    whole = {"E07000009", "E07000010"} if measure_id == "eyfsp_gld" else set()
    left = {
        (code, period)
        for code, values in expected.items()
        if code not in {"E92000001", *whole}
        for period in values
    } - shown
    assert left == set()


@pytest.mark.parametrize("measure_id", MEASURES)
def test_england_is_the_national_row(content: Data, measure_id: str) -> None:
    nation = series.select_england(content, measure_id)
    expected = by_hand(measure_id)["E92000001"]
    assert {row.period: Decimal(str(row.value)) for row in nation.itertuples()} == expected


@pytest.mark.parametrize("measure_id", MEASURES)
def test_changes_equal_a_calculation_by_hand(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    values = by_hand(measure_id)
    for row in series.compute_changes(content, measure_id, lines).itertuples():
        own, nation = values[str(row.geography_code)], values["E92000001"]
        first, last = str(row.first_period), str(row.last_period)
        change, national = own[last] - own[first], nation[last] - nation[first]
        assert row.change == pytest.approx(float(change), abs=1e-9)
        assert row.england_change == pytest.approx(float(national), abs=1e-9)
        assert row.against_england == pytest.approx(float(change - national), abs=1e-9)


@pytest.mark.parametrize("measure_id", MEASURES)
def test_no_change_spans_a_break(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    found = series.compute_changes(content, measure_id, lines)
    assert len(found) > 0
    for row in found.itertuples():
        between = cuts(measure_id, str(row.first_period), str(row.last_period))
        assert [one for one in between if one != "2020/21" or "absence" not in measure_id] == []
        assert str(row.first_period) < str(row.last_period)


@pytest.mark.parametrize(
    "measure_id",
    [one for one in MEASURES if one not in (*DISTRICT_MEASURES, *LATER_MEASURES)],
)
def test_no_authority_figure_for_a_part_of_a_county(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    assert set(lines["area_id"]) & PARTS_OF_COUNTIES == set()
    assert set(series.select_left_out(content, measure_id, content.areas)["area_id"]) == (
        PARTS_OF_COUNTIES
    )


@pytest.mark.parametrize("measure_id", DISTRICT_MEASURES)
def test_district_measures_cover_all_twelve(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    assert lines["area_id"].nunique() == 12
    assert series.select_left_out(content, measure_id, content.areas).empty


@pytest.mark.parametrize("measure_id", [*DISTRICT_MEASURES[1:], *LATER_MEASURES])
def test_two_districts_stay_two_lines(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    two = lines[lines["area_id"] == "fenland-and-east-cambridgeshire"]
    assert set(two["line"]) == {"Fenland", "East Cambridgeshire"}


def test_one_line_where_the_two_districts_were_added_up(content: Data) -> None:
    lines = series.select_lines(content, "eyfsp_gld", content.areas)
    one = lines[lines["area_id"] == "fenland-and-east-cambridgeshire"]
    assert set(one["line"]) == {"Fenland and East Cambridgeshire"}
    assert bool(one["computed"].all())


def test_the_successor_is_kept_apart(content: Data) -> None:
    lines = series.select_lines(content, "eyfsp_gld", content.areas)
    west = lines[lines["area_id"] == "west-somerset"]
    assert "2018/19" not in set(west["period"])
    assert list(series.select_successors(content, "eyfsp_gld")["value"]) == [71]


@pytest.mark.parametrize("measure_id", MEASURES)
def test_strokes_end_at_missing_years_and_breaks(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    apart = {
        row["period"]
        for row in BREAKS
        if row["measure_id"] == measure_id and row["kind"] == "year apart"
    }
    for (code, _), stroke in lines.groupby(["geography_code", "segment"]):
        years = list(stroke["year"])
        assert years == list(range(years[0], years[0] + len(years))), code
        inside = cuts(measure_id, str(stroke["period"].iloc[0]), str(stroke["period"].iloc[-1]))
        assert inside == []
        assert len(years) == 1 or not set(stroke["period"]) & apart


def test_a_year_apart_belongs_to_no_run(content: Data) -> None:
    runs = series.list_runs(content, "persistent_absence_all")
    assert all("2020/21" not in run for run in runs)
    assert runs[0][0] == "2015/16"
    assert runs[0][-1] == "2024/25"


@pytest.mark.parametrize(
    ("measure_id", "runs"),
    [
        ("gcse_english_maths_by_19", [("2016/17", "2021/22")]),
        ("attainment8", [("2022/23", "2024/25"), ("2016/17", "2018/19")]),
        ("eyfsp_gld_la_series", [("2021/22", "2024/25"), ("2015/16", "2018/19")]),
        ("ks2_rwm_expected_district", [("2018/19", "2024/25")]),
        ("ks2_rwm_expected", [("2017/18", "2024/25"), ("2015/16", "2016/17")]),
        ("ks2_rwm_expected_disadvantaged", [("2017/18", "2024/25"), ("2015/16", "2016/17")]),
    ],
)
def test_runs(content: Data, measure_id: str, runs: list[tuple[str, str]]) -> None:
    found = series.list_runs(content, measure_id)
    assert [(run[0], run[-1]) for run in found] == runs


def test_a_lone_year_has_no_change(content: Data) -> None:
    values = content.outcomes
    lone = values["area_id"].ne("west-somerset") | values["period"].eq("2018/19")
    fewer = replace(content, outcomes=values[lone])
    lines = series.select_lines(fewer, "ks2_rwm_expected_district", fewer.areas)
    found = series.compute_changes(fewer, "ks2_rwm_expected_district", lines)
    assert "west-somerset" in set(lines["area_id"])
    assert "west-somerset" not in set(found["area_id"])


def test_nothing_for_no_area(content: Data) -> None:
    none: pd.DataFrame = content.areas.head(0)
    lines = series.select_lines(content, "eyfsp_gld", none)
    assert lines.empty
    assert series.compute_changes(content, "eyfsp_gld", lines).empty


@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_year_without_a_figure_has_its_reason(content: Data, measure_id: str) -> None:
    published = set(by_hand(measure_id)["E92000001"])
    missing = set(series.list_periods(content, measure_id)) - published
    told = {
        row["period"] for row in BREAKS if row["measure_id"] == measure_id and row["kind"] == "gap"
    }
    assert missing <= told


@pytest.mark.parametrize(
    ("measure_id", "tolerance"),
    [
        ("eyfsp_gld", 1),
        ("ks2_rwm_expected_district", 2),
        ("gcse_english_maths_by_19", 0),
        ("progress8", 0),
    ],
)
def test_what_rounding_alone_can_make(content: Data, measure_id: str, tolerance: int) -> None:
    assert series.find_rounding_tolerance(content, measure_id) == tolerance


@pytest.mark.parametrize(
    ("measure_id", "tolerance", "said"),
    [
        (
            "eyfsp_gld",
            1,
            "Figures are rounded; chance alone may move a change by 1.5 to 4.1 points.",
        ),
        (
            "phonics_year1",
            2,
            "Figures are rounded, so gaps of up to 2 points count as no difference.",
        ),
        (
            "attainment8",
            0.5,
            "Gaps of up to 0.5 points count as no difference: this limit is our choice.",
        ),
        (
            "progress8",
            0.1,
            "Gaps of up to 0.1 points count as no difference: this limit is our choice.",
        ),
    ],
)
def test_up_to_which_gap_a_change_is_about_the_same(
    content: Data, measure_id: str, tolerance: float, said: str
) -> None:
    assert series.find_tolerance(content, measure_id) == tolerance
    view = build_view(content, get_measure(content, measure_id), content.areas)
    assert view.other_findings.endswith(said)


def test_the_programme_s_years_are_those_of_the_first_plan_and_of_the_end(content: Data) -> None:
    plans = [row["plan_published_on"] for row in AREAS if row["plan_published_on"]]
    (end,) = (
        row for row in read_table("funding_programme") if row["event_id"] == "funded-activity-ends"
    )
    assert (min(plans), end["date"]) == ("2017-10-09", "2022-08-31")
    assert find_programme_years(content) == (2017, 2021)


def test_small_gaps_of_progress_8_are_no_difference(content: Data) -> None:
    view = build_view(content, get_measure(content, "progress8"), content.areas)
    longest = view.changes[(view.changes["run"] == 0) & view.changes["whole"].astype(bool)]
    gaps = sorted(longest["against_england"])
    assert gaps == [-0.24, -0.16, -0.07, -0.05, 0.12, 0.14]
    assert view.finding.endswith(
        "the change was better than England's in 2 of 6 places, about the same in 2 and worse in 2"
    )


@pytest.mark.parametrize("measure_id", MEASURES)
def test_only_lines_with_all_the_years_are_whole(content: Data, measure_id: str) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    runs = series.list_runs(content, measure_id)
    for row in series.compute_changes(content, measure_id, lines).itertuples():
        run = runs[int(str(row.run))]
        assert bool(row.whole) == ((row.first_period, row.last_period) == (run[0], run[-1]))


def finding_of(content: Data, measure_id: str, area_id: str) -> str:
    area = content.areas[content.areas["area_id"] == area_id]
    lines = series.select_lines(content, measure_id, area)
    return wording.describe_place(
        get_measure(content, measure_id),
        lines,
        series.compute_changes(content, measure_id, lines),
        series.select_england(content, measure_id),
    )


FOUND = {
    ("eyfsp_gld", "hastings"): (
        "Good development at five: up 14 percentage points from 2013/14 to 2018/19, England up 11.4"
    ),
    ("ks2_rwm_expected_district", "fenland-and-east-cambridgeshire"): (
        "Expected standard at 11: East Cambridgeshire up 1 and Fenland down 1 percentage point "
        "from 2018/19 to 2024/25, England down 2"
    ),
    ("ks2_rwm_expected_district", "west-somerset"): (
        "Expected standard at 11: down 25 percentage points from 2018/19 to 2024/25, England down 2"
    ),
}


@pytest.mark.parametrize(("measure_id", "area_id"), FOUND)
def test_what_is_found_of_one_area(content: Data, measure_id: str, area_id: str) -> None:
    assert finding_of(content, measure_id, area_id) == FOUND[measure_id, area_id]


def test_a_sentence_of_a_stretch_spans_no_break(content: Data) -> None:
    line = series.split_lines(
        series.select_lines(content, "gcse_english_maths_by_19", content.areas)
    )["E07000062"]
    nation = series.select_england(content, "gcse_english_maths_by_19")
    (run, *_) = series.list_runs(content, "gcse_english_maths_by_19")
    assert wording.describe_line(line, nation, "%", run) == (
        "Hastings: 57.1% in 2016/17, 59.9% in 2021/22; England 71.6% and 74.9%."
    )
    assert wording.describe_line(line, nation, "%", ("1999/00",), "Here") == (
        "Here: 50.6% in 2024/25; England 73.2%."
    )


@pytest.mark.parametrize(
    ("measure_id", "code", "words"),
    [
        ("gcse_english_maths_by_19", "E07000062", "Hastings: 50.6% in 2024/25; England 73.2%."),
        ("attainment8", "E08000017", "Doncaster: 44.6 in 2024/25; England 46."),
        ("eyfsp_gld", "E07000191", "West Somerset: 68% in 2017/18; England 71.5%."),
    ],
)
def test_a_sentence_without_a_run_names_one_figure(
    content: Data, measure_id: str, code: str, words: str
) -> None:
    line = series.split_lines(series.select_lines(content, measure_id, content.areas))[code]
    unit = get_measure(content, measure_id).unit
    nation = series.select_england(content, measure_id)
    assert wording.describe_line(line, nation, unit, ()) == words


ABOLISHED = "The source goes on giving figures for this district as it was before it was abolished"
SCARBOROUGH = (
    f"North Yorkshire Coast (Scarborough), 2023/24 to 2024/25: {ABOLISHED} on 1 April 2023."
)


@pytest.mark.parametrize(
    ("measure_id", "notes"),
    [
        (
            "ks2_rwm_expected_district",
            [
                SCARBOROUGH,
                f"West Somerset, 2021/22 to 2024/25: {ABOLISHED} on 1 April 2019.",
            ],
        ),
        (
            "gcse_english_maths_by_19",
            [
                SCARBOROUGH,
                f"West Somerset, 2019/20 to 2020/21: {ABOLISHED} on 1 April 2019.",
            ],
        ),
        ("eyfsp_gld", []),
        ("phonics_year1", []),
    ],
)
def test_notes_on_some_years_of_a_line(content: Data, measure_id: str, notes: list[str]) -> None:
    lines = series.select_lines(content, measure_id, content.areas)
    assert wording.list_notes(lines) == notes


def test_breaks_in_words(content: Data) -> None:
    cuts = series.select_cuts(content, "gcse_english_maths_by_19")
    assert wording.describe_cuts(cuts) == "The series breaks in 2022/23, 2023/24 and 2024/25."
    apart = series.select_cuts(content, "persistent_absence_all")
    assert wording.describe_cuts(apart) == "2020/21 cannot be compared."
    assert wording.describe_cuts(cuts[:0]) == ""


def test_a_break_of_the_first_year_drawn_is_not_told(content: Data) -> None:
    assert list(series.select_cuts(content, "ks2_rwm_expected")["period"]) == ["2015/16", "2017/18"]
    (sentence,) = tables.describe_breaks(content, "ks2_rwm_expected")
    assert sentence.startswith("2017/18, break: ")
    assert tables.describe_breaks(content, "ks2_rwm_expected_district") == []
    assert len(tables.describe_breaks(content, "gcse_english_maths_by_19")) == 3


@pytest.mark.parametrize(
    ("against", "said"),
    [
        (
            [3, 3, 0, -3],
            "better than England's in 2 of 4 places, about the same in 1 and worse in 1",
        ),
        ([0, 0], "about the same as England's in 2 of 2 places"),
        ([-3, -3], "worse than England's in 2 of 2 places"),
    ],
)
def test_how_many_places_is_a_plain_sentence(
    content: Data, against: list[float], said: str
) -> None:
    found = pd.DataFrame({"against_england": against, "run": 0, "whole": True, "line": "A"})
    found = found.assign(first_period="2016/17", last_period="2018/19")
    measure = get_measure(content, "eyfsp_gld")
    for margin in (float("nan"), 0.4, 2.9):
        assert wording.describe_finding(measure, found.assign(margin_95=margin), 1) == (
            f"Good development at five, 2016/17 to 2018/19: the change was {said}"
        )
    assert wording.describe_finding(measure, found.assign(margin_95=3.0), 1).endswith(
        f"the change was about the same as England's in {len(against)} of {len(against)} places"
    )


@pytest.mark.parametrize(
    ("measure_id", "own", "nation", "said"),
    [
        ("eyfsp_gld", -5, -2, "Derby fell by more than England"),
        ("eyfsp_gld", -2, -5, "Derby fell by less than England"),
        ("eyfsp_gld", 5, 2, "Derby rose by more than England"),
        ("eyfsp_gld", 2, 5, "Derby rose by less than England"),
        ("eyfsp_gld", 0, 5, "Derby did not change and England rose"),
        ("eyfsp_gld", 3, -2, "Derby rose and England fell"),
        ("eyfsp_gld", 3, 2, "Derby changed about as much as England"),
        ("persistent_absence_all", 5, 2, "Derby rose by more than England (lower is better)"),
    ],
)
def test_one_place_is_named_beside_england(
    content: Data, measure_id: str, own: float, nation: float, said: str
) -> None:
    lines = series.select_lines(content, "eyfsp_gld", content.areas)
    changes = series.compute_changes(content, "eyfsp_gld", lines)
    row = changes[(changes["run"] == 0) & (changes["area_id"] == "derby")]
    found = row.assign(
        change=own, england_change=nation, against_england=own - nation, margin_95=float("nan")
    )
    measure = get_measure(content, measure_id)
    assert wording.describe_finding(measure, found, 1) == (
        f"{measure.short_title}, 2013/14 to 2018/19: {said}"
    )


def test_a_part_of_a_county_is_named_with_its_county(content: Data) -> None:
    norwich = content.areas[content.areas["area_id"] == "norwich"]
    assert wording.describe_left_out(content, "phonics_year1", norwich).replace("\\", "") == (
        "This measure was found for whole local authorities only. Norwich has no figure here: it "
        "is published for Norfolk as a whole, and a county's figure is never shown as an area's."
    )
    both = content.areas[content.areas["area_id"].isin(["norwich", "hastings"])]
    assert (
        "Norwich and Hastings have no figure here: it is published for their counties as a whole "
        "(Norfolk and East Sussex)"
    ) in wording.describe_left_out(content, "phonics_year1", both).replace("\\", "")


@pytest.mark.parametrize("measure_id", LATER_MEASURES)
def test_a_place_that_was_abolished_before_a_series_says_so(content: Data, measure_id: str) -> None:
    out = series.select_left_out(content, measure_id, content.areas)
    assert list(out["area_id"]) == ["west-somerset"]
    words = wording.describe_left_out(content, measure_id, content.areas).replace("\\", "")
    assert words == (
        "West Somerset has no figure, as it was abolished in 2019, before the first year (2021/22)."
    )
    others = content.areas[content.areas["area_id"] != "west-somerset"]
    assert wording.describe_left_out(content, measure_id, others) == ""
    measure = get_measure(content, measure_id)
    assert f"{measure.short_title}: West Somerset has no figure" in wording.describe_not_shown(
        content, [measure], out
    )


def test_what_begins_with_the_programme_s_last_year_does_not_tell_what_happened_next(
    content: Data,
) -> None:
    told = [one.measure_id for one in list_measures_by_district(content)]
    later = [one.measure_id for one in list_later_measures(content)]
    first = {
        one: min(row["period"] for row in read_table("outcomes") if row["measure_id"] == one)
        for one in (*told, *later)
    }
    assert {*told, *later} == {*DISTRICT_MEASURES, *LATER_MEASURES}
    assert max(first[one] for one in told) < "2021/22" <= min(first[one] for one in later)


def test_a_change_that_stops_before_the_last_year_says_why(content: Data) -> None:
    hastings = content.areas[content.areas["area_id"] == "hastings"]
    (area,) = to_rows(hastings, Area)
    table = build_outcomes_of_area(content, area).table
    (english,) = table[table["Measure"].str.startswith("GCSEs")].to_dict("records")
    assert english["Last figure"] == "50.6% (2024/25)"
    assert english["Change"] == (
        "+2.8 from 2016/17 to 2021/22; England +3.3. It stops at 2021/22, as 2022/23 cannot be "
        "compared with it"
    )
    (eleven,) = table[table["Measure"].str.endswith("of primary school")].to_dict("records")
    assert "It stops" not in eleven["Change"]


def test_labels_of_an_earlier_year_say_so() -> None:
    run = ("2016/17", "2017/18", "2021/22")
    assert wording.describe_labelled_years(run, 2024) == (
        "Figures on the lines: 2016/17 to 2021/22, the longest comparable run, where a place has "
        "them. Later ones are in the table."
    )
    assert wording.describe_labelled_years(run, 2021) == ""
    assert wording.describe_labelled_years((), 2021) == ""


def test_the_latest_figure_after_the_comparable_years_is_said(content: Data) -> None:
    areas = content.areas[content.areas["area_id"] == "hastings"]
    told = {}
    for measure in list_measures(content):
        lines = build_view(content, measure, areas).lines
        nation = series.select_england(content, measure.measure_id)
        run = series.get_longest_run(content, measure.measure_id)
        told[measure.measure_id] = wording.describe_latest(lines, nation, measure.unit, run)
    assert {name: one for name, one in told.items() if one} == {
        "gcse_english_maths_by_19": "The latest: 50.6% in 2024/25, England 73.2%. Not comparable "
        "with 2021/22 and before."
    }


def test_a_place_with_fewer_years_is_not_ranked(content: Data) -> None:
    view = build_view(content, get_measure(content, "eyfsp_gld"), content.areas)
    exhibit = build_changes(content, view)
    assert exhibit.chart
    drawn = exhibit.chart(LIGHT)
    names = {
        row["name"] for layer in drawn["layer"] for row in read_rows(drawn, layer) if "name" in row
    }
    assert "West Somerset" not in names
    assert {"Derby", "Hastings"} <= names
    assert exhibit.table["Place"].str.startswith("West Somerset").any()


def test_measures_are_listed_by_age() -> None:
    listed = sorted(read_table("measures"), key=lambda row: int(row["sort_order"]))
    ages = list(dict.fromkeys(row["age_or_stage"].split(",")[0] for row in listed))
    assert ages[:3] == ["Age five", "Age six", "Age 11"]
    assert ages[3:] == ["Age 16", "Ages 11 to 16", "Age 19", "School age"]
    together = [row["age_or_stage"] for row in listed]
    assert len(list(dict.fromkeys(together))) == sum(
        before != after for before, after in pairwise(["", *together])
    )
    assert listed[0]["measure_id"] == "eyfsp_gld"


@pytest.mark.parametrize("measure_id", MEASURES)
def test_an_option_says_how_many_areas_have_figures_if_not_all(
    content: Data, measure_id: str
) -> None:
    measure = get_measure(content, measure_id)
    counts = dict.fromkeys(DISTRICT_MEASURES, "") | dict.fromkeys(LATER_MEASURES, " (11 areas)")
    count = counts.get(measure_id, " (6 areas)")
    assert describe_option(content, measure) == f"{measure.short_title}{count}"
