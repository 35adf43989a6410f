"""The map coloured by outcomes, worked out again from the csv files alone."""

import pandas as pd
import pytest

from dashboard import maps
from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.areas.map_measures import MapMeasure, build_map, describe_map
from dashboard.topics.outcomes.colouring import OutcomeMapMeasure, list_map_measures
from expected import DISTRICTS, read_table
from expected_districts import YEARS

SHOWN = ("eyfsp_gld", "ks2_rwm_expected_district", "gcse_english_maths_by_19")
OUTCOMES = [
    row
    for row in read_table("outcomes")
    if row["geography_level"] not in ("national", "successor district")
]
LABELS = {row["area_id"]: row["label"] for row in read_table("areas")}


def get(content: Data, measure_id: str, shown: str) -> OutcomeMapMeasure:
    (found,) = (
        one
        for one in list_map_measures(content)
        if isinstance(one, OutcomeMapMeasure)
        and (one.measure.measure_id, one.shown) == (measure_id, shown)
    )
    return found


def read(measure_id: str, code: str) -> dict[str, float]:
    """Return the values of a place by academic year."""
    return {
        row["period"]: float(row["value"])
        for row in OUTCOMES
        if (row["measure_id"], row["geography_code"]) == (measure_id, code)
    }


def list_places(measure_id: str) -> dict[str, str]:
    """Return the name of each place by its code: an area of two districts stands for both."""
    rows = [row for row in OUTCOMES if row["measure_id"] == measure_id]
    whole = {row["area_id"] for row in rows if row["geography_level"] == "area of two districts"}
    kept = [
        row
        for row in rows
        if not (row["area_id"] in whole and row["geography_level"] == "district")
    ]
    codes = {
        area: {row["geography_code"] for row in kept if row["area_id"] == area} for area in LABELS
    }
    return {
        row["geography_code"]: row["geography_name"]
        if len(codes[row["area_id"]]) > 1
        else LABELS[row["area_id"]]
        for row in kept
    }


@pytest.mark.parametrize("measure_id", SHOWN)
@pytest.mark.parametrize("shown", ["last year", "change"])
def test_every_value_is_that_of_the_csv_files(
    content: Data, facts: pd.DataFrame, measure_id: str, shown: str
) -> None:
    measure = get(content, measure_id, shown)
    years = YEARS[measure_id]
    last = max(row["period"] for row in OUTCOMES if row["measure_id"] == measure_id)
    expected = {}
    for code, name in list_places(measure_id).items():
        values = read(measure_id, code)
        if shown == "last year":
            expected[name] = values.get(last)
        elif years[0] in values and years[-1] in values:
            expected[name] = round(values[years[-1]] - values[years[0]], 4)
        else:
            expected[name] = None
    assert {one.name: one.value for one in measure.list_values(facts)} == expected
    assert (last if shown == "last year" else f"{years[0]} to {years[-1]}") in measure.name


def test_only_measures_that_tell_what_happened_next_colour_it(content: Data) -> None:
    found = [one for one in list_map_measures(content) if isinstance(one, OutcomeMapMeasure)]
    assert {one.measure.measure_id for one in found} == {*SHOWN}
    assert len(found) == 2 * len(SHOWN)


@pytest.mark.parametrize("measure_id", SHOWN)
@pytest.mark.parametrize("shown", ["last year", "change"])
def test_all_four_classes_are_used_and_keep_their_bounds(
    content: Data, facts: pd.DataFrame, measure_id: str, shown: str
) -> None:
    measure = get(content, measure_id, shown)
    known = [one.value for one in measure.list_values(facts) if one.value is not None]
    assert {measure.class_of(value) for value in known} == {0, 1, 2, 3}
    assert list(measure.bounds) == sorted(set(measure.bounds))
    few = facts[:2]
    assert [one.value for one in measure.list_values(few)] == [
        one.value for one in measure.list_values(facts) if one.area_id in set(few["area_id"])
    ]


def test_two_districts_have_each_their_own_colour(content: Data, facts: pd.DataFrame) -> None:
    measure = get(content, "ks2_rwm_expected_district", "last year")
    paint = maps.build_paints(facts, LIGHT, measure, None)["fenland-and-east-cambridgeshire"]
    codes = {row["name"]: row["lad_code"] for row in DISTRICTS}
    for name in ("Fenland", "East Cambridgeshire"):
        value = read("ks2_rwm_expected_district", codes[name])["2024/25"]
        assert paint.fills[codes[name]] == LIGHT.steps[measure.class_of(value)]
        assert f"{name} {value:g}%" in paint.says
    assert paint.colour == LIGHT.land


def test_a_place_without_the_last_year_has_the_colour_of_land(
    content: Data, facts: pd.DataFrame
) -> None:
    measure = get(content, "eyfsp_gld", "last year")
    paint = maps.build_paints(facts, LIGHT, measure, None)["west-somerset"]
    assert (paint.colour, paint.fills) == (LIGHT.land, {})
    assert paint.says.endswith(": not known")


@pytest.mark.parametrize("shown", ["last year", "change"])
def test_its_table_is_largest_first_and_says_england_s(
    content: Data, facts: pd.DataFrame, shown: str
) -> None:
    measure = get(content, "ks2_rwm_expected_district", shown)
    exhibit = build_map(content, facts, measure)
    values = sorted((one.value or 0 for one in measure.list_values(facts)), reverse=True)
    cells = exhibit.table[measure.head]
    assert [float(str(cell).rstrip("%").replace("−", "-")) for cell in cells] == values
    assert "England: " in " ".join(exhibit.lead)
    assert ("not an effect" in " ".join(exhibit.lead)) == (shown == "change")
    assert exhibit.provenance.status == (
        "As published." if shown == "last year" else "Computed from published values."
    )


def test_it_is_told_in_words(content: Data, facts: pd.DataFrame) -> None:
    measure: MapMeasure = get(content, "ks2_rwm_expected_district", "last year")
    assert describe_map(facts, measure) == (
        "Expected standard at 11, 2024/25: highest in Hastings (63%), lowest in West Somerset "
        "(32%)."
    )
