"""The data package keeps its promises: it validates, and its figures agree with one another."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from expected import Row, read_table

DATA = Path(__file__).parents[2] / "data"
DESCRIPTOR: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text("utf-8"))
SCHEMAS: dict[str, dict[str, Any]] = {
    resource["name"]: resource["schema"]
    for resource in DESCRIPTOR["resources"]
    if "schema" in resource
}

Cell = tuple[str, int, str, str]


TABLES = {name: read_table(name) for name in SCHEMAS}
SOURCE_IDS = {row["source_id"] for row in TABLES["sources"]}
AREAS = {row["area_id"]: row for row in TABLES["areas"]}
MEASURES = {row["measure_id"]: row for row in TABLES["measures"]}
AMOUNTS = {row["amount_id"]: row for row in TABLES["funding_areas"]}
EVENTS = {row["event_id"]: row for row in TABLES["funding_programme"]}
PARTS_OF_COUNTIES = {
    area_id for area_id, row in AREAS.items() if row["upper_tier_code"].startswith("E10")
}
NUMBERED_BY_PARLIAMENT = {"OPA0019", "OPA0020"}
# What was not found has no source; disagreement_figures only leads from words to figures.
WITHOUT_SOURCE = {"sources", "gaps", "disagreement_figures"}
SCOPES_WITH_SEVERAL_MAINS = {"project", "spending", "several years"}

NOT_FOR_READERS = re.compile(
    r"\bnan\b|\bNone\b|n\.d\.|\bseed\b|opening only|[Pp]y[Pp][Ii]"
    r"|\b(?:BLA|DER|NOR|OLD|NYC|WSO|BRA|DON|FEC|HAS|IPS|STO)\b"
)
CODE = re.compile(r"(?<![\w./-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w|\.\w)")
NOT_PROSE = re.compile(r"(source_id|^url|^website)$")


def cells(table: str) -> list[Cell]:
    """Every filled cell: table, row number as a spreadsheet counts, column, text."""
    return [
        (table, number, column, text)
        for number, row in enumerate(TABLES[table], start=2)
        for column, text in row.items()
        if text
    ]


def text_columns(table: str) -> set[str]:
    return {field["name"] for field in SCHEMAS[table]["fields"] if field["type"] == "string"}


def is_unclean(text: str) -> bool:
    return text != text.strip() or "  " in text or bool(NOT_FOR_READERS.search(text))


def names_a_source(text: str) -> bool:
    words = set(re.findall(r"\w+", text)) - NUMBERED_BY_PARLIAMENT
    return bool(CODE.search(text) or words & SOURCE_IDS)


def starts_a_formula(text: str) -> bool:
    return text.startswith(("=", "+", "-", "@", "\t", "\r"))


def amounts(*wanted: tuple[str, str]) -> list[Row]:
    return [row for row in AMOUNTS.values() if all(row[key] == value for key, value in wanted)]


def test_package_validates() -> None:
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert report.valid


@pytest.mark.parametrize("table", SCHEMAS)
def test_columns_are_as_declared(table: str) -> None:
    assert list(TABLES[table][0]) == [field["name"] for field in SCHEMAS[table]["fields"]]


@pytest.mark.parametrize("table", SCHEMAS)
def test_fields_are_described(table: str) -> None:
    for field in SCHEMAS[table]["fields"]:
        assert field["title"], field["name"]
        assert field["description"].endswith("."), field["name"]


@pytest.mark.parametrize("table", sorted(set(SCHEMAS) - WITHOUT_SOURCE))
def test_rows_have_a_source(table: str) -> None:
    assert [row for row in TABLES[table] if not row["source_id"]] == []


@pytest.mark.parametrize("table", sorted(set(SCHEMAS) - {"sources"}))
def test_sources_resolve(table: str) -> None:
    named = {cell for cell in cells(table) if cell[2].endswith("source_id")}
    assert {cell for cell in named if cell[3] not in SOURCE_IDS} == set()


@pytest.mark.parametrize("table", SCHEMAS)
def test_cells_are_clean(table: str) -> None:
    assert [cell for cell in cells(table) if is_unclean(cell[3])] == []


@pytest.mark.parametrize("table", SCHEMAS)
def test_no_source_code_in_prose(table: str) -> None:
    prose = [cell for cell in cells(table) if not NOT_PROSE.search(cell[2])]
    assert [cell for cell in prose if names_a_source(cell[3])] == []


@pytest.mark.parametrize("table", SCHEMAS)
def test_no_text_starts_a_formula(table: str) -> None:
    columns = text_columns(table)
    assert [c for c in cells(table) if c[2] in columns and starts_a_formula(c[3])] == []


@pytest.mark.parametrize(
    ("text", "unclean", "source", "formula"),
    [
        ("Bradford Council's 2022 paper says £5.6 million.", False, False, False),
        ("The file is outputs/APS_GLD_2013.csv.", False, False, False),
        ("BRA_MG18768 says £5.6m", False, True, False),
        ("See PQ53537.", False, True, False),
        ("CORRECTS BSO_PLAN.", False, True, False),
        ("inside DON money", True, False, False),
        ("nan", True, False, False),
        ("None", True, False, False),
        ("n.d.", True, False, False),
        ("the seed article", True, False, False),
        (" padded", True, False, False),
        ("two  spaces", True, False, False),
        ("+0.8", False, False, True),
        ("=1+1", False, False, True),
        ("@home", False, False, True),
    ],
)
def test_rules_for_cells(text: str, unclean: bool, source: bool, formula: bool) -> None:
    assert is_unclean(text) is unclean
    assert names_a_source(text) is source
    assert starts_a_formula(text) is formula


@pytest.mark.parametrize(
    ("table", "rows"),
    [("areas", 12), ("districts", 13), ("research_schools", 12), ("measures", 18), ("claims", 7)],
)
def test_row_counts(table: str, rows: int) -> None:
    assert len(TABLES[table]) == rows


@pytest.mark.parametrize("cohort", ["Original six", "New six"])
def test_cohorts_are_six(cohort: str) -> None:
    assert sum(row["cohort"] == cohort for row in AREAS.values()) == 6


@pytest.mark.parametrize("area_id", AREAS)
def test_population_is_the_sum_of_the_districts(area_id: str) -> None:
    districts = [row for row in TABLES["districts"] if row["area_id"] == area_id]
    total = sum(int(row["population_mid2017"]) for row in districts)
    assert int(AREAS[area_id]["population"]) == total


@pytest.mark.parametrize("row", TABLES["districts"], ids=lambda row: row["name"])
def test_district_counts_nest(row: Row) -> None:
    people = [row[f"{group}_mid2017"] for group in ("children_0_15", "young_people_0_24")]
    assert int(people[0]) < int(people[1]) < int(row["population_mid2017"])
    tenths = [count for name, count in row.items() if name.endswith("_most_deprived_tenth")]
    assert len(tenths) == 3
    assert all(int(count) <= int(row["neighbourhoods"]) for count in tenths)


def test_every_district_has_one_2016_rank() -> None:
    ranked = [
        row["lad_code"]
        for row in TABLES["index_ranks"]
        if row["index_year"] == "2016" and row["stage"] == "overall" and row["rank"]
    ]
    assert sorted(ranked) == sorted(row["lad_code"] for row in TABLES["districts"])


@pytest.mark.parametrize("row", TABLES["index_ranks"], ids=lambda row: row["rank_id"])
def test_ranks_count_from_both_ends(row: Row) -> None:
    assert bool(row["rank"]) == bool(row["rank_from_worst"])
    if row["rank"]:
        assert int(row["rank"]) + int(row["rank_from_worst"]) == 325


def test_one_rank_is_preferred() -> None:
    preferred = Counter(
        (row["lad_code"], row["index_year"], row["stage"])
        for row in TABLES["index_ranks"]
        if row["preferred"] == "true"
    )
    assert set(preferred.values()) == {1}


@pytest.mark.parametrize(("rank_id", "rank"), [("lancs", "313"), ("gazette", "318")])
def test_blackpool_has_two_ranks_for_2017(rank_id: str, rank: str) -> None:
    (row,) = [r for r in TABLES["index_ranks"] if r["rank_id"] == f"blackpool-2017-{rank_id}"]
    assert row["rank"] == rank
    assert row["preferred"] == str(rank == "313").lower()


@pytest.mark.parametrize("table", ["claims", "selection_steps"])
def test_numbers_run_from_one_without_a_gap(table: str) -> None:
    numbers = [int(row["number"]) for row in TABLES[table]]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("row", TABLES["claims"], ids=lambda row: row["claim_id"])
def test_a_finding_rests_on_another_source_than_the_claim(row: Row) -> None:
    rests_on = [r["source_id"] for r in TABLES["claim_sources"] if r["claim_id"] == row["claim_id"]]
    assert rests_on
    assert row["source_id"] not in rests_on


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        ("worst-fifth", "holds"),
        ("worst-ten", "holds"),
        ("worst-twenty", "holds by district only"),
        ("plans-shortly", "not confirmed"),
    ],
)
def test_verdicts(claim_id: str, verdict: str) -> None:
    (row,) = [row for row in TABLES["claims"] if row["claim_id"] == claim_id]
    assert row["verdict"] == verdict


def test_plans_came_when_the_finding_says() -> None:
    (row,) = [row for row in TABLES["claims"] if row["claim_id"] == "plans-shortly"]
    published = {area["cohort"]: area["plan_published_on"] for area in AREAS.values()}
    assert published == {"Original six": "2017-10-09", "New six": "2018-01-19"}
    assert all(day in row["finding"] for day in ("9 October 2017", "19 January 2018"))


def test_hosts_outside_their_area_are_those_of_the_finding() -> None:
    (row,) = [row for row in TABLES["claims"] if row["claim_id"] == "research-school-each"]
    schools = {school["area_id"]: school["inside_area"] for school in TABLES["research_schools"]}
    outside = {AREAS[area_id]["name"] for area_id, inside in schools.items() if inside == "no"}
    assert len(outside) == 3
    assert all(name in row["finding"] for name in outside)


def test_programme_totals() -> None:
    totals = [row for row in EVENTS.values() if row["kind"] == "programme total"]
    by_date = sorted(totals, key=lambda row: row["date"])
    assert [int(row["amount_gbp"]) // 1_000_000 for row in by_date] == [60, 72, 90, 108]


def test_research_school_money_splits_by_funder() -> None:
    parts = [EVENTS[f"research-schools-{funder}"] for funder in ("dfe", "eef")]
    assert [int(row["amount_gbp"]) for row in parts] == [1_500_000, 2_000_000]
    assert int(EVENTS["research-schools-total"]["amount_gbp"]) == 3_500_000


@pytest.mark.parametrize(
    ("scope", "count", "total"),
    [
        ("core three years", 12, 72_000_000),
        ("fourth year", 12, 17_590_000),
        ("fifth year", 7, 9_068_700),
        ("essential life skills", 5, 11_498_835),
        ("research school", 12, 2_400_000),
        ("local needs fund", 0, 0),
    ],
)
def test_main_amounts(scope: str, count: int, total: int) -> None:
    rows = amounts(("scope", scope), ("role", "main"))
    assert len({row["area_id"] for row in rows}) == len(rows) == count
    assert sum(int(row["amount_gbp"]) for row in rows) == total


def test_the_local_needs_fund_is_another_programme_s() -> None:
    rows = amounts(("scope", "local needs fund"))
    assert rows == amounts(("role", "other programme")) == amounts(("qualifier", "indicative"))
    assert {row["area_id"] for row in rows} == set(AREAS)
    assert {row["source_id"] for row in rows if row["area_id"] != "west-somerset"} == {"LNF_GOV"}
    given = {row["area_id"]: int(row["amount_gbp"]) for row in rows}
    assert (given["blackpool"], given["north-yorkshire-coast"]) == (986_000, 1_034_000)
    assert sum(given.values()) == 14_001_000
    assert sum(given.values()) - given["west-somerset"] == 13_154_000
    # The page gives a third of up to £42 million to the twelve: a check on the sum.
    third = int(EVENTS["local-needs-fund"]["amount_gbp"]) / 3
    assert sum(given.values()) == pytest.approx(third, abs=1_000)


def test_what_came_next_has_two_figures_for_one_fund() -> None:
    about, up_to = EVENTS["priority-education-investment-areas"], EVENTS["local-needs-fund"]
    assert (about["amount_gbp"], about["qualifier"]) == ("40000000", "about")
    assert (up_to["amount_gbp"], up_to["qualifier"]) == ("42000000", "up to")
    assert (about["kind"], up_to["kind"]) == ("other fund", "other report")
    assert EVENTS["local-needs-fund-ends"]["date"] == "2025-03"
    assert {row["successor_ended"] for row in AREAS.values()} == {"2025-03"}


def test_one_main_amount_for_an_area_and_scope() -> None:
    mains = Counter((row["area_id"], row["scope"]) for row in amounts(("role", "main")))
    several = {scope for (_, scope), count in mains.items() if count > 1}
    assert several <= SCOPES_WITH_SEVERAL_MAINS


def test_only_a_national_fund_has_no_amount() -> None:
    empty = [row["amount_id"] for row in AMOUNTS.values() if not row["amount_gbp"]]
    assert empty == ["doncaster-national-fund"]
    assert AMOUNTS["doncaster-national-fund"]["scope"] == "national fund"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (row, book[row["part_of"]])
        for book in (AMOUNTS, EVENTS)
        for row in book.values()
        if row["part_of"]
    ],
)
def test_a_part_is_inside_its_whole(part: Row, whole: Row) -> None:
    assert part.get("area_id") == whole.get("area_id")
    assert int(part["amount_gbp"]) <= int(whole["amount_gbp"])


@pytest.mark.parametrize("row", AMOUNTS.values(), ids=lambda row: row["amount_id"])
def test_what_is_not_main_says_how_it_relates(row: Row) -> None:
    assert row["role"] == "main" or row["overlaps"]
    assert not row["part_of"] or row["role"] == "part"


@pytest.mark.parametrize("area_id", sorted(PARTS_OF_COUNTIES))
def test_no_figure_of_a_county_for_an_area(area_id: str) -> None:
    of_authorities = {
        (row["measure_id"], row["period"])
        for row in TABLES["outcomes"]
        if row["area_id"] == area_id
        and MEASURES[row["measure_id"]]["geography"] == "local authority"
    }
    assert of_authorities == set()


def test_what_is_published_by_district_too_has_its_source() -> None:
    rows = [row for row in TABLES["series_breaks"] if row["kind"] == "district figures"]
    assert {row["measure_id"]: row["source_id"] for row in rows} == {
        "attainment8": "EES_KS4_LAD",
        "attainment8_disadvantaged": "EES_KS4_LAD",
        "progress8": "EES_KS4_LAD",
        "progress8_disadvantaged": "EES_KS4_LAD",
        "ks2_rwm_expected": "EES_KS2_LAD",
        "ks2_rwm_expected_disadvantaged": "EES_KS2_LAD",
    }
    assert {row["period"] for row in rows} == {"2018/19"}


def test_deprivation_of_2025_is_as_published() -> None:
    column = "imd2025_most_deprived_tenth_percent"
    shares = {row["name"]: row[column] for row in TABLES["districts"]}
    assert [name for name, share in shares.items() if not share] == ["Scarborough", "West Somerset"]
    assert (shares["Blackpool"], shares["Norwich"], shares["East Cambridgeshire"]) == (
        "40.43",
        "11.76",
        "0",
    )
    assert {row["imd2025_source_id"] for row in TABLES["districts"] if row[column]} == {
        "MHCLG_IOD25"
    }


def test_six_areas_are_parts_of_counties() -> None:
    assert len(PARTS_OF_COUNTIES) == 6


@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_measure_has_england_for_each_period(measure_id: str) -> None:
    rows = [row for row in TABLES["outcomes"] if row["measure_id"] == measure_id]
    england = {row["period"] for row in rows if row["geography_level"] == "national"}
    assert england == {row["period"] for row in rows}


@pytest.mark.parametrize("row", TABLES["outcome_spread"], ids=lambda r: "-".join(r.values())[:40])
def test_spread_is_in_order(row: Row) -> None:
    names = ("minimum", "p10", "p25", "median", "p75", "p90", "maximum")
    values = [float(row[name]) for name in names]
    assert values == sorted(values)


@pytest.mark.parametrize("subject", sorted({r["disagreement_id"] for r in TABLES["disagreements"]}))
def test_one_side_of_a_disagreement_is_shown(subject: str) -> None:
    rows = [row for row in TABLES["disagreements"] if row["disagreement_id"] == subject]
    shown = [row for row in rows if row["shown"] == "true"]
    assert len(rows) > len(shown) == 1
    assert [row for row in rows if row["reason"]] == shown


def test_boundaries_are_those_of_the_districts() -> None:
    boundaries = json.loads((DATA / "districts.geojson").read_text("utf-8"))
    drawn = {
        (feature["properties"]["lad_code"], feature["properties"]["name"])
        for feature in boundaries["features"]
    }
    assert drawn == {(row["lad_code"], row["name"]) for row in TABLES["districts"]}


@pytest.mark.parametrize("name", ["districts", "england", "index_boundaries"])
def test_boundaries_are_declared_with_an_attribution(name: str) -> None:
    (resource,) = [r for r in DESCRIPTOR["resources"] if r["path"] == f"{name}.geojson"]
    assert "Contains OS data © Crown copyright and database right" in resource["description"]
