"""How far chance alone goes, worked out again from the csv files alone, by other routes."""

import math
import re
from dataclasses import replace
from statistics import NormalDist

import pytest

from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.comparators import exhibits as comparators
from dashboard.topics.comparators import quiet_line
from dashboard.topics.outcomes import chart_words, intervals, series
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes.intervals import Count
from expected import AREAS, Row, read_table
from specs import read_rows

COUNTED = "eyfsp_gld"
FIRST, LAST = "2013/14", "2018/19"
MEASURES = {row["measure_id"]: row for row in read_table("measures")}
UNCOUNTED = [measure for measure in MEASURES if measure != COUNTED]
COUNTS = {
    (row["lad_code"], row["period"]): (int(row["reached"]), int(row["pupils"]))
    for row in read_table("district_outcomes")
    if row["measure_id"] == COUNTED
}
VALUES: list[Row] = [row for row in read_table("outcomes") if row["measure_id"] == COUNTED]
LABELS = {row["area_id"]: row["label"] for row in AREAS}
DEVIATE = NormalDist().inv_cdf(0.975)
UNKNOWN = "how far chance alone goes cannot be known"


def count(code: str, period: str) -> tuple[int, int] | None:
    """Return how many reached the standard and how many pupils, added up over districts."""
    parts = [COUNTS.get((part, period)) for part in code.split("+")]
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    return sum(reached for reached, _ in known), sum(pupils for _, pupils in known)


def solve(reached: int, pupils: int) -> tuple[float, float]:
    """Return the two shares that lie a normal deviate from what was seen: roots of a quadratic.

    (p - s)^2 = z^2 s (1 - s) / n, in per cent.
    """
    share, part = reached / pupils, DEVIATE**2 / pupils
    a, b, c = 1 + part, -(2 * share + part), share**2
    root = math.sqrt(b * b - 4 * a * c)
    return 100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)


def find_margin(code: str) -> float | None:
    """Return how far chance alone may move a place's change, as a normal distribution has it."""
    counts = [count(code, period) for period in (FIRST, LAST)]
    spread = 0.0
    for counted in counts:
        if counted is None:
            return None
        reached, pupils = counted
        spread += reached * (pupils - reached) / pupils**3
    return 100 * NormalDist(sigma=math.sqrt(spread)).inv_cdf(0.975)


def list_drawn() -> dict[str, dict[str, float]]:
    """Return each place's values by year, where two districts are one area as that area."""
    drawn: dict[str, dict[str, float]] = {}
    whole = {row["area_id"] for row in VALUES if row["geography_level"] == "area of two districts"}
    for row in VALUES:
        part = row["area_id"] in whole and row["geography_level"] == "district"
        if row["area_id"] and not part and row["geography_level"] != "successor district":
            drawn.setdefault(row["geography_code"], {})[row["period"]] = float(row["value"])
    return drawn


def list_against_england() -> dict[str, float]:
    """Return each place's change less England's, where it has the first and the last year."""
    nation = {row["period"]: float(row["value"]) for row in VALUES if not row["area_id"]}
    return {
        code: years[LAST] - years[FIRST] - (nation[LAST] - nation[FIRST])
        for code, years in list_drawn().items()
        if {FIRST, LAST} <= set(years)
    }


@pytest.mark.parametrize(
    ("reached", "pupils", "lower", "upper"),
    [
        # By hand: with z = 1.96, z^2 = 3.8416. 5 of 10: (0.5 + 0.19208 -+ 1.96 x 0.1860) / 1.38416.
        (5, 10, 23.66, 76.34),
        (0, 10, 0.0, 27.75),
        (10, 10, 72.25, 100.0),
        # Newcombe 1998, table I: 81 of 263.
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
    ],
)
def test_an_interval_is_wilson_s(reached: int, pupils: int, lower: float, upper: float) -> None:
    found = intervals.compute_interval(Count(reached, pupils))
    assert found == pytest.approx((lower, upper), abs=0.006)


def test_a_margin_is_worked_out_from_both_years_counts() -> None:
    # 60 % and 50 % of 100: variances of 24 and 25, so 1.96 times 7.
    margin = intervals.compute_change_margin(Count(60, 100), Count(50, 100))
    assert margin == pytest.approx(13.72)
    assert intervals.compute_change_margin(Count(60, 100), None) is None
    assert intervals.compute_change_margin(None, Count(60, 100)) is None


def test_counts_bear_out_the_values_that_are_published(content: Data) -> None:
    counts = intervals.map_counts(content, COUNTED)
    places = [row for row in VALUES if row["area_id"]]
    assert len(places) > 80
    for row in places:
        found = counts[row["geography_code"], row["period"]]
        assert (found.reached, found.pupils) == count(row["geography_code"], row["period"])
        decimals = 1 if row["computed"] == "true" else 0
        assert round(found.share, decimals) == float(row["value"]), row
    assert not [key for key in counts if key[0].startswith("E92")]


def test_every_interval_shown_is_that_of_the_counts(content: Data) -> None:
    view = outcomes.build_view(content, outcomes.get_measure(content, COUNTED), content.areas)
    exhibit = quiet_line.build_values(content, view)
    codes = dict(zip(view.lines["line"], view.lines["geography_code"], strict=True))
    shown = 0
    for row in exhibit.table.to_dict("records"):
        for period, cell in row.items():
            match = re.search(r"\((\d+) to (\d+)", str(cell))
            code = codes.get(row["Place"], "")
            counted = count(code, str(period)) if period in list_drawn().get(code, {}) else None
            assert bool(match) == bool(counted), (row["Place"], period, cell)
            if match and counted:
                assert [f"{end:.0f}" for end in solve(*counted)] == [*match.groups()]
                shown += 1
    assert shown == 71
    assert "In brackets" in exhibit.lead[0]


def test_every_interval_of_the_file_is_that_of_the_counts(content: Data) -> None:
    view = outcomes.build_view(content, outcomes.get_measure(content, COUNTED), content.areas)
    frame = quiet_line.build_values(content, view).provenance.frame
    known = frame.dropna(subset=["lower_95"])
    assert len(known) == 71
    for code, period, lower, upper in zip(
        *(known[name] for name in ("geography_code", "period", "lower_95", "upper_95")), strict=True
    ):
        counted = count(code, period)
        assert counted
        assert (lower, upper) == pytest.approx(solve(*counted), abs=0.006)


def test_the_sentence_of_a_small_chart_has_the_intervals_of_its_two_figures(content: Data) -> None:
    lines = series.split_lines(series.select_lines(content, COUNTED, content.areas))
    counts = intervals.map_counts(content, COUNTED)
    run = series.get_longest_run(content, COUNTED)
    for code, line in lines.items():
        said = chart_words.describe_intervals(line, counts, run)
        for period in (line["period"].iloc[0], line["period"].iloc[-1]):
            counted = count(code, period)
            assert counted
            lower, upper = solve(*counted)
            assert f"{lower:.0f} to {upper:.0f}% in {period}" in said
    assert chart_words.describe_intervals(line, {}, run) == ""


def test_the_heading_counts_places_beyond_rounding_and_chance(content: Data) -> None:
    against = list_against_england()
    margins = {code: find_margin(code) for code in against}
    # England's value has a decimal: rounding alone can make a point of difference.
    limits = {code: max(1.0, margin or 0.0) for code, margin in margins.items()}
    better = [code for code, points in against.items() if points > limits[code]]
    worse = [code for code, points in against.items() if points < -limits[code]]
    same = len(against) - len(better) - len(worse)
    assert (len(better), same, len(worse)) == (4, 7, 0)
    view = outcomes.build_view(content, outcomes.get_measure(content, COUNTED), content.areas)
    assert view.finding.endswith(
        f"better than England's in {len(better)} of {len(against)} places and about the same in "
        f"{same}"
    )
    low, high = (pick(margin for margin in margins.values() if margin) for pick in (min, max))
    assert (
        f"chance alone may move a change by {low:.1f} to {high:.1f} points" in view.other_findings
    )


def test_one_place_within_chance_changed_about_as_much_as_england(content: Data) -> None:
    measure = outcomes.get_measure(content, COUNTED)
    said = {}
    for area_id in ("hastings", "norwich"):
        area = content.areas[content.areas["area_id"] == area_id]
        said[area_id] = outcomes.build_view(content, measure, area).finding
    # 2.6 points against a margin of 3.9, and 4.6 against 3.4.
    assert said["hastings"].endswith("Hastings changed about as much as England")
    assert said["norwich"].endswith("Norwich rose by more than England")


def test_whiskers_and_the_column_of_margins_are_those_of_the_counts(content: Data) -> None:
    view = outcomes.build_view(content, outcomes.get_measure(content, COUNTED), content.areas)
    exhibit = outcomes.build_changes(content, view)
    assert exhibit.chart
    drawn = exhibit.chart(LIGHT)
    every = [read_rows(drawn, layer) for layer in drawn["layer"]]
    dots, *same = [rows for rows in every if "low" in rows[0]]
    assert all(rows == dots for rows in same)
    against = list_against_england()
    expected = sorted((against[code] - (find_margin(code) or 0.0)) for code in against)
    assert sorted(row["low"] for row in dots) == pytest.approx(expected, abs=0.01)
    assert all(
        row["high"] - row["value"] == pytest.approx(row["value"] - row["low"]) for row in dots
    )
    assert "margin of error" in exhibit.lead[0]
    frame = exhibit.provenance.frame
    for code, last, margin in zip(
        frame["geography_code"], frame["last_period"], frame["margin_95"], strict=True
    ):
        if last == LAST:
            assert margin == pytest.approx(find_margin(code), abs=0.001)
    cells = exhibit.table.set_index("Place")["Chance alone"]
    assert cells["Derby"] == f"±{find_margin('E06000015'):.1f}"
    assert "For England no counts are held here" in exhibit.provenance.method


@pytest.mark.parametrize("measure_id", UNCOUNTED)
def test_without_counts_chance_is_said_to_be_unknown(content: Data, measure_id: str) -> None:
    measure = outcomes.get_measure(content, measure_id)
    view = outcomes.build_view(content, measure, content.areas)
    assert intervals.map_counts(content, measure_id) == {}
    assert UNKNOWN in view.other_findings
    values, changes = quiet_line.build_values(content, view), outcomes.build_changes(content, view)
    for exhibit in (values, changes):
        assert UNKNOWN in exhibit.provenance.method
        assert not {"lower_95", "upper_95"} & set(exhibit.provenance.frame.columns)
    assert not [cell for cell in values.table.to_numpy().flat if re.search(r"\d to \d", cell)]
    assert "Chance alone" not in changes.table.columns
    assert changes.provenance.frame["margin_95"].isna().all()
    assert "chance alone, 19" not in changes.lead[0]


@pytest.mark.parametrize("measure_id", ["ks2_rwm_expected_district", "gcse_english_maths_by_19"])
def test_the_comparison_says_it_in_the_same_words(content: Data, measure_id: str) -> None:
    measure = outcomes.get_measure(content, measure_id)
    comparison = comparators.build_comparison(content, measure)
    assert comparison
    assert intervals.CHANCE_UNKNOWN in comparison.lead[1].replace("\\", "")


def test_a_count_that_is_withheld_leaves_its_place_to_rounding(content: Data) -> None:
    rows = content.district_outcomes
    derby = (rows["lad_code"] == "E06000015") & (rows["period"] == LAST)
    fewer = replace(content, district_outcomes=rows[~derby])
    view = outcomes.build_view(fewer, outcomes.get_measure(fewer, COUNTED), fewer.areas)
    margins = view.changes.set_index("line")["margin_95"]
    assert margins.isna().sum() == 1
    assert math.isnan(margins["Derby"])
    exhibit = outcomes.build_changes(fewer, view)
    assert exhibit.chart
    assert exhibit.chart(LIGHT)
    assert list(exhibit.table.set_index("Place").loc[["Derby"], "Chance alone"]) == [""]
