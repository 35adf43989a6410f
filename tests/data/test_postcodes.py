"""The tables of postcodes and towns are what `scripts/build_postcodes.py` promises."""

import re
from collections import Counter
from pathlib import Path

import pytest

from expected import read_table

DATA = Path(__file__).resolve().parents[2] / "data"
COLUMNS = {
    "postcodes": ["sector", "lad_code", "whole", "units", "source_id"],
    "outcodes": ["outcode", "sectors", "source_id"],
    "towns": ["town", "lad_code", "shared_name", "sector", "source_id"],
    "other_towns": ["town", "source_id"],
}
MOST_BYTES = {"postcodes": 300_000, "outcodes": 65_000, "towns": 8_000, "other_towns": 40_000}
FIRST = r"([A-Z]{1,2}[0-9][A-Z0-9]?|GIR|NPT)"
ENDING = "[ABD-HJLNP-Z]{2}"

# In the edition of November 2025, those out of use included.
COUNTS = {
    "E06000009": 5120,
    "E06000015": 12075,
    "E06000021": 8956,
    "E07000009": 2992,
    "E07000010": 3775,
    "E07000062": 3194,
    "E07000148": 4122,
    "E07000168": 4659,
    "E07000191": 2160,
    "E07000202": 4904,
    "E08000004": 7960,
    "E08000017": 10574,
    "E08000032": 21023,
}


TABLES = {name: read_table(name) for name in COLUMNS}
POSTCODES = Counter(
    row["sector"] + unit for row in TABLES["postcodes"] for unit in row["units"].split(" ")
)
DIGITS = {row["outcode"]: row["sectors"].split(" ") for row in TABLES["outcodes"]}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_is_small_and_has_its_columns(name: str) -> None:
    assert list(TABLES[name][0]) == COLUMNS[name]
    assert (DATA / f"{name}.csv").stat().st_size <= MOST_BYTES[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_in_order_and_none_is_there_twice(name: str) -> None:
    keys = [list(row.values())[: 2 if "lad_code" in row else 1] for row in TABLES[name]]
    assert keys == sorted(keys)
    assert len({tuple(key) for key in keys}) == len(keys)


@pytest.mark.parametrize("name", ["postcodes", "towns"])
def test_every_district_is_known_and_there(name: str) -> None:
    assert {row["lad_code"] for row in TABLES[name]} == {
        r["lad_code"] for r in read_table("districts")
    }


@pytest.mark.parametrize("code", COUNTS)
def test_a_district_has_as_many_postcodes_as_in_the_source(code: str) -> None:
    units = [row["units"].split(" ") for row in TABLES["postcodes"] if row["lad_code"] == code]
    assert sum(map(len, units)) == pytest.approx(COUNTS[code], rel=0.03)


def test_no_postcode_is_there_twice() -> None:
    assert len(POSTCODES) == sum(POSTCODES.values())


def test_postcodes_are_well_formed_and_in_order() -> None:
    for row in TABLES["postcodes"]:
        units = row["units"].split(" ")
        assert re.fullmatch(f"{FIRST} [0-9]", row["sector"])
        assert all(re.fullmatch(ENDING, unit) for unit in units), row["sector"]
        assert units == sorted(units)


def test_first_halves_are_well_formed() -> None:
    for outcode, digits in DIGITS.items():
        assert re.fullmatch(FIRST, outcode)
        assert digits == sorted(set(digits))
        assert set(digits) <= set("0123456789")


def test_the_directory_has_all_of_great_britain_and_not_northern_ireland() -> None:
    letters = {re.sub(r"\d.*", "", outcode) for outcode in DIGITS}
    assert len(letters - {"GIR", "NPT"}) == 123  # of 124 postcode areas, BT is left out
    assert "BT" not in letters


def test_the_directory_has_the_sectors_of_our_postcodes() -> None:
    for row in TABLES["postcodes"]:
        outcode, digit = row["sector"].split(" ")
        assert digit in DIGITS[outcode]


def test_a_sector_is_whole_or_is_not() -> None:
    said = {(row["sector"], row["whole"]) for row in TABLES["postcodes"]}
    assert len(said) == len({sector for sector, _ in said})
    assert {whole for _, whole in said} == {"true", "false"}


def test_research_schools_are_found_where_their_table_says() -> None:
    """A check from outside: each school's postcode and district come from other sources."""
    areas = {row["lad_code"]: row["area_id"] for row in read_table("districts")}
    found = {
        row["sector"] + unit: areas[row["lad_code"]]
        for row in TABLES["postcodes"]
        for unit in row["units"].split(" ")
    }
    schools = [row for row in read_table("research_schools") if row["postcode"]]
    assert len(schools) == 9
    for row in schools:
        inside = row["area_id"] if row["inside_area"] == "yes" else None
        assert found.get(row["postcode"]) == inside, row["name"]


def test_a_town_named_by_hand_has_a_sector_in_its_district() -> None:
    held = {(row["sector"], row["lad_code"]) for row in TABLES["postcodes"]}
    for row in TABLES["towns"]:
        assert bool(row["sector"]) == (row["source_id"] == "CALC"), row["town"]
        assert not row["sector"] or (row["sector"], row["lad_code"]) in held


def test_a_place_elsewhere_has_no_name_of_ours() -> None:
    ours = {row["town"] for row in TABLES["towns"]}
    assert ours.isdisjoint(row["town"] for row in TABLES["other_towns"])
