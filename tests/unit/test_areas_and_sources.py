import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.data.loader import Data
from dashboard.topics import sources
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import get_area_facts
from dashboard.topics.areas.map_measures import MAP_MEASURES, MapMeasure
from expected import read_table, strip_escapes

Drawn = Callable[[Data, pd.DataFrame], pd.DataFrame]

EVERY: dict[str, Drawn] = {
    "at a glance": lambda data, facts: areas.build_at_a_glance(data, facts).table,
    "cohorts": lambda _, facts: map_measures.tabulate_map(facts, None),
    "a measure": lambda _, facts: map_measures.tabulate_map(facts, MAP_MEASURES[0]),
    "an area": lambda data, _: areas.tabulate_profile(
        data, get_area_facts(data, "fenland-and-east-cambridgeshire")
    ),
    "disagreements": lambda data, _: sources.tabulate_disagreements(data),
    "gaps": lambda data, _: sources.tabulate_gaps(data),
    "sources": lambda data, _: sources.tabulate_sources(data, data.sources),
    "tiers": lambda data, _: sources.tabulate_tiers(data),
    "columns": lambda data, _: sources.tabulate_columns(data.descriptor["resources"][0]["schema"]),
}
SOURCED = ("an area", "disagreements")


@pytest.mark.parametrize("drawn", EVERY.values(), ids=EVERY)
def test_every_cell_is_words(content: Data, facts: pd.DataFrame, drawn: Drawn) -> None:
    cells = drawn(content, facts).to_numpy().ravel()
    assert not [one for one in cells if re.search(r"<NA>|\bnan\b|\bNaT\b|^None\b(?! was)", one)]


@pytest.mark.parametrize("name", SOURCED)
def test_every_row_has_a_source(content: Data, facts: pd.DataFrame, name: str) -> None:
    assert all(EVERY[name](content, facts)["Source"])


@pytest.mark.parametrize("row", range(12))
def test_at_a_glance_by_hand(content: Data, facts: pd.DataFrame, row: int) -> None:
    area = read_table("areas")[row]
    (school,) = (r for r in read_table("research_schools") if r["area_id"] == area["area_id"])
    shown = areas.build_at_a_glance(content, facts).table.iloc[row]
    assert [shown["Cohort"], shown["People"], shown["Research school"]] == [
        area["cohort"],
        f"{int(area['population']):,}",
        school["name"],
    ]


@pytest.mark.parametrize("measure", MAP_MEASURES, ids=lambda one: one.name)
def test_a_map_table_is_largest_first(facts: pd.DataFrame, measure: MapMeasure) -> None:
    shown = map_measures.tabulate_map(facts, measure)[measure.name]
    values = [float(re.sub(r"[^\d.]", "", one)) * (1e6 if "million" in one else 1) for one in shown]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("area", "gone"),
    [
        ("derby", []),
        (
            "north-yorkshire-coast",
            ["Abolished on 1 April 2023: part of North Yorkshire"],
        ),
        ("west-somerset", ["Abolished on 1 April 2019: part of Somerset West and Taunton"]),
    ],
)
def test_an_abolished_district_is_named(content: Data, area: str, gone: list[str]) -> None:
    shown = areas.tabulate_facts(content, get_area_facts(content, area))
    assert [one for one in shown["Figure"] if one.startswith("Abolished")] == gone


@pytest.mark.parametrize(
    ("area", "announced"),
    [
        ("derby", "4 October 2016"),
        ("stoke-on-trent", "18 January 2017, as Stoke"),
        ("north-yorkshire-coast", "4 October 2016, as Scarborough"),
    ],
)
def test_an_area_is_named_as_announced(content: Data, area: str, announced: str) -> None:
    shown = areas.tabulate_facts(content, get_area_facts(content, area))
    assert shown.set_index("Fact")["Figure"]["Announced"] == announced


def test_an_amount_not_known_is_not_found(content: Data, facts: pd.DataFrame) -> None:
    missing = facts.assign(fourth_year_gbp=pd.array([None] * 12, dtype="Int64"))
    shown = areas.build_at_a_glance(content, missing).table
    assert set(shown["Fourth-year money"]) == {"Not found"}


def test_each_disagreement_shows_one_side(content: Data) -> None:
    shown = sources.tabulate_disagreements(content)
    chosen = shown[shown["Shown here"] != "No"].groupby("On").size()
    assert set(chosen) == {1}


def test_gaps_are_those_of_the_areas_given(content: Data) -> None:
    shown = content.areas[content.areas["area_id"] == "oldham"]
    assert {gap.gap_id for gap in sources.select_gaps(content, "selection", shown)} == {
        "index-tables",
        "index-stage-ranks",
        "achieving-excellence-areas-index",
        "oldham-rank-2017",
    }


def describe_gaps(data: Data, page: str, *area_ids: str) -> dict[str, str]:
    """Return what is said of each subject of a page, as it reads."""
    areas = data.areas[data.areas["area_id"].isin(area_ids)] if area_ids else data.areas
    lines = sources.describe_gaps(data, sources.select_gaps(data, page, areas))
    said = (strip_escapes(line).removeprefix("**").partition("**: ") for line in lines)
    return {subject: words for subject, _, words in said}


@pytest.mark.parametrize("page", sorted({row["page"] for row in read_table("gaps")}))
def test_every_gap_has_its_area_in_the_line_of_its_subject(content: Data, page: str) -> None:
    labels = {row["area_id"]: row["label"] for row in read_table("areas")}
    rows = [row for row in read_table("gaps") if row["page"] == page]
    said = describe_gaps(content, page)
    assert list(said) == list(dict.fromkeys(row["subject"] for row in rows))
    for row in rows:
        words = said[row["subject"]]
        alone = sum(one["subject"] == row["subject"] for one in rows) == 1
        assert (row["detail"] if alone else labels[row["area_id"]]) in words
        # What follows the first sentence is kept.
        assert row["detail"].partition(". ")[2] in words
        assert re.search(r"[^.]\.$", words)


def test_what_is_said_of_all_areas_of_a_subject_is_said_once(content: Data) -> None:
    said = describe_gaps(content, "outcomes", "norwich", "hastings")["Key stage 2 before 2018/19"]
    assert said == (
        "Norwich and Hastings. The figures of the county are not those of the area and are not "
        "shown."
    )


def test_what_is_said_of_one_area_has_its_name(content: Data) -> None:
    assert describe_gaps(content, "selection", "ipswich", "hastings")["2017 rank"] == (
        "Hastings and Ipswich. Hastings: It was named a coldspot, which means a rank from 260 to "
        "324."
    )


def test_a_gap_is_plain_text(content: Data) -> None:
    gap = replace(sources.list_gaps(content)[0], subject="*a* [b](c)", detail="**d** <e>.")
    (line,) = sources.describe_gaps(content, [gap])
    assert re.sub(r"\\\W", "", line) == "**a bc**: d e."


def test_columns_are_those_of_the_schema(content: Data) -> None:
    (schema,) = (
        one["schema"] for one in content.descriptor["resources"] if one["name"] == "districts"
    )
    shown = sources.tabulate_columns(schema).set_index("Column")
    assert list(shown.loc["lad_code", ["Type", "Always filled"]]) == ["Text", "Yes"]
    assert shown.loc["population_mid2017", "Type"] == "Whole number"
    assert len(shown) == len(content.districts.columns)


def test_what_rests_on_a_source_by_hand(content: Data) -> None:
    found = sources.count_rows_by_source(content)["EE_Y4"]
    titles = {one["name"]: one["title"] for one in content.descriptor["resources"]}
    for name in ("funding_areas", "disagreements"):
        rows = read_table(name)
        assert found[titles[name]] == sum("EE_Y4" in row.values() for row in rows) > 0
    assert titles["outcomes"] not in found


def test_the_share_of_primary_sources_by_hand(content: Data) -> None:
    tiers = {row["source_id"]: row["tier"] for row in read_table("sources")}
    names = ["areas", "districts", "index_ranks", "funding_programme", "funding_areas"]
    names += ["research_schools", "evaluations"]

    def primary(row: Mapping[str, str]) -> bool:
        named = {
            row[one] for one in row if one.endswith("source_id") and one != "cross_check_source_id"
        }
        return {tiers[one] for one in named if one} == {"primary"}

    values = [primary(row) for row in read_table("outcomes")]
    others = [primary(row) for name in names for row in read_table(name)]
    share = 100 * sum(others) / len(others)
    assert sources.describe_primary_share(content) == (
        f"{sum(values):,} of {len(values):,} outcome values rest on a primary source. "
        f"Of the {len(others)} other rows of figures, {sum(others)} ({share:.1f}%) rest on "
        "primary sources alone (computed)."
    )
    shown = sources.tabulate_tiers(content)
    index = [primary(row) for row in read_table("index_2016")]
    assert len(index) == 324
    told = sum(int(one.replace(",", "")) for one in shown["Primary"])
    every = [primary(row) for row in read_table("district_outcomes")]
    assert told == sum(values + others + index + every)


@pytest.mark.parametrize("name", ["cohorts", "a measure"])
def test_no_areas_make_an_empty_table(content: Data, facts: pd.DataFrame, name: str) -> None:
    assert EVERY[name](content, facts[:0]).empty
