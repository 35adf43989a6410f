"""The tables of comparisons, worked out again from the csv files alone."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

import pytest

from dashboard import exports
from dashboard.data import loader
from dashboard.data.loader import DEFAULT_FOLDER
from dashboard.filters import Filters
from expected import DISTRICTS, Row, read_table
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
AREA_OF = {row["lad_code"]: row["area_id"] for row in DISTRICTS}
ENGLAND = {
    (row["measure_id"], row["period"]): float(row["value"])
    for row in read_table("outcomes")
    if row["geography_level"] == "national"
}
# Both groups' trends are those of the districts, at two decimals.
NEAR = 0.0051


def read(name: str, filters: Filters | None = None) -> list[Row]:
    made = exports.build_table_csv(CONTENT, name, filters).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(made)))


def near(value: float) -> object:
    return pytest.approx(value, abs=NEAR)


def list_ten(code: str) -> list[str]:
    """Return the codes of the ten most like a district that have outcomes and were not chosen."""
    rows = [row for row in read_table("similar_districts") if row["lad_code"] == code]
    rows.sort(key=lambda row: int(row["place"]))
    ten = [r for r in rows if r["country"] == "England" and r["similar_code"] not in OWN][:10]
    return [row["outcomes_code"] for row in ten if row["outcomes_code"] in PUPILS]


@pytest.mark.slow
def test_each_group_and_year_is_that_of_the_csv_files() -> None:
    rows = read("comparisons")
    found = {(row["measure_id"], row["group"], row["time_period"]): row for row in rows}
    assert len(found) == len(rows) == 3 * sum(map(len, YEARS.values()))
    for measure, years in YEARS.items():
        for group, codes in (("Opportunity areas", OWN), ("Other cold spots", OTHERS)):
            kept = keep_complete(measure, codes)
            for year in years:
                row = found[measure, group, year.replace("/", "")]
                assert float(row["value"]) == near(work_out(measure, year, kept))
                assert float(row["change"]) == near(change(measure, codes))
                assert int(row["districts_with_every_year"]) == len(kept)
                assert (row["first_period"], row["last_period"]) == (years[0], years[-1])
                assert row["computed"] == "true"
                counted = measure == "eyfsp_gld"
                assert ("each year's pupils" in row["weighted_by"]) == counted
                assert ("2017/18" in row["weighted_by"]) != counted
        for year in years:
            row = found[measure, "England", year.replace("/", "")]
            assert float(row["value"]) == ENGLAND[measure, year]
            assert row["computed"] == "false"
            assert row["weighted_by"] == row["districts_with_every_year"] == ""


@pytest.mark.slow
def test_each_way_to_work_it_out_is_that_of_the_csv_files() -> None:
    rows = read("comparison_choices")
    found = {(row["measure_id"], row["worked_out"]): row for row in rows}
    assert len(found) == len(rows) == 4 * len(YEARS)
    for measure in YEARS:
        weights: dict[str, int] = defaultdict(int)
        for code in keep_complete(measure, OWN):
            weights[INDEX[code]["region"]] += PUPILS[code]
        mixed = sum(
            weight * change(measure, {one for one in OTHERS if INDEX[one]["region"] == region})
            for region, weight in weights.items()
        ) / sum(weights.values())
        plain = change(measure, OWN, average), change(measure, OTHERS, average)
        expected = {
            "Weighted by pupils": (change(measure, OWN), change(measure, OTHERS)),
            "Every district counts the same": plain,
            "Without areas' abolished districts": (
                change(measure, OWN - ABOLISHED),
                change(measure, OTHERS),
            ),
            "In the areas' mix of regions": (change(measure, OWN), mixed),
        }
        for how, (areas, others) in expected.items():
            row = found[measure, how]
            assert float(row["change_areas"]) == near(areas)
            assert float(row["change_other_cold_spots"]) == near(others)
            assert float(row["difference"]) == near(areas - others)


def test_each_district_and_group_is_that_of_the_csv_files() -> None:
    rows = read("places_not_chosen")
    found = {(row["lad_code"], row["measure_id"], row["group"]): row for row in rows}
    assert len(found) == len(rows)
    expected = set()
    for measure in ("eyfsp_gld", "ks2_rwm_expected_district", "gcse_english_maths_by_19"):
        for code in OWN:
            if not keep_complete(measure, [code]):
                continue
            groups: dict[str, Collection[str]] = {"District itself": [code]}
            if ten := list_ten(code):
                groups["Ten most similar districts"] = ten
            groups["Other cold spots"] = OTHERS
            expected |= {(code, measure, group) for group in (*groups, "England")}
            for group, codes in groups.items():
                row = found[code, measure, group]
                kept = keep_complete(measure, codes)
                assert float(row["change"]) == near(change(measure, codes))
                assert float(row["first"]) == near(work_out(measure, YEARS[measure][0], kept))
                assert row["opportunity_area_code"] == AREA_OF[code]
            nation = found[code, measure, "England"]
            assert float(nation["last"]) == ENGLAND[measure, YEARS[measure][-1]]
            own = found[code, measure, "District itself"]
            assert own["computed"] == ("true" if measure == "eyfsp_gld" else "false")
            assert nation["computed"] == "false"
    assert set(found) == expected


def test_last_figures_are_those_of_the_csv_files() -> None:
    values = {
        (row["measure_id"], row["geography_name"], row["period"].replace("/", "")): row["value"]
        for row in read_table("outcomes")
    }
    rows = read("last_figures")
    compared = 0
    for row in rows:
        key = (row["measure_id"], row["geography_name"], row["time_period"])
        year = f"{row['time_period'][:4]}/{row['time_period'][4:]}"
        if row["geography_name"] != "Other cold spots":
            assert float(row["value"]) == float(values[key])
        if row["difference_england"]:
            gap = float(row["value"]) - ENGLAND[row["measure_id"], year]
            assert float(row["difference_england"]) == pytest.approx(gap, abs=0.051)
        if row["other_cold_spots"]:
            held = {
                code
                for code in OTHERS
                if CELLS.get((row["measure_id"], code, year), {}).get("value")
            }
            level = work_out(row["measure_id"], year, held)
            assert float(row["other_cold_spots"]) == pytest.approx(level, abs=0.051)
            compared += 1
    assert compared > 60


@pytest.mark.parametrize("name", ["comparisons", "comparison_choices"])
def test_what_is_about_all_twelve_is_never_narrowed(name: str) -> None:
    assert read(name, Filters("New six")) == read(name)


@pytest.mark.parametrize("name", ["places_not_chosen", "last_figures"])
def test_what_is_about_an_area_is_narrowed(name: str) -> None:
    new = {row["area_id"] for row in read_table("areas") if row["cohort"] == "New six"}
    some = read(name, Filters("New six"))
    assert some == [row for row in read(name) if row["opportunity_area_code"] in {"", *new}]
    assert {row["opportunity_area_code"] for row in some} - {""} == new


@pytest.mark.parametrize("name", exports.computed.list_titles())
def test_a_table_says_how_it_was_worked_out_and_what_it_cannot_show(name: str) -> None:
    table = exports.build_table(CONTENT, name, None)
    assert table.description.startswith("One row for each")
    assert "cannot show an effect" in table.description
    document = json.loads(exports.build(CONTENT, "json", None))["tables"][name]
    assert document["description"] == table.description
    assert exports.data_dictionary.list_computed(table.schema["fields"])


def test_each_row_names_all_that_it_rests_on() -> None:
    index, regions = "SMI_2016", "ONS_AREAS_2011"
    for row in read("comparisons"):
        assert (row["cold_spots_source_id"] == index) == (row["group"] == "Other cold spots")
        assert (row["weights_source_id"] == "DFE_EYFSP_LAD") == (row["group"] != "England")
    for row in read("comparison_choices"):
        assert row["cold_spots_source_id"] == index
        mixed = row["worked_out"] == "In the areas' mix of regions"
        assert row["regions_source_id"] == (regions if mixed else "")
        assert bool(row["weights_source_id"]) == ("counts the same" not in row["worked_out"])
    for row in read("places_not_chosen"):
        is_ten = row["group"] == "Ten most similar districts"
        assert row["similar_source_id"] == ("ONS_NEIGHBOURS" if is_ten else "")
        assert ("ONS_NEIGHBOURS: " in row["source"]) == is_ten


@pytest.mark.slow
def test_without_a_measure_by_district_the_tables_are_empty_and_whole() -> None:
    bare = replace(CONTENT, district_outcomes=CONTENT.district_outcomes.iloc[:0])
    for name in ("comparisons", "comparison_choices", "places_not_chosen"):
        table = exports.build_table(bare, name, None)
        assert len(table.frame) == 0
        whole = exports.build_table(CONTENT, name, None)
        assert table.schema == whole.schema
        assert list(table.frame.dtypes) == list(whole.frame.dtypes)
    assert exports.build(bare, "xlsx", None)
