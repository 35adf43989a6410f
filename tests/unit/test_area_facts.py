from collections import Counter
from fractions import Fraction

import pandas as pd
import pytest

from dashboard.topics.areas.map_measures import MAP_MEASURES, MapMeasure
from expected import read_table

AREAS = (
    "blackpool",
    "derby",
    "norwich",
    "oldham",
    "north-yorkshire-coast",
    "west-somerset",
    "bradford",
    "doncaster",
    "fenland-and-east-cambridgeshire",
    "hastings",
    "ipswich",
    "stoke-on-trent",
)


def summed(area: str, column: str) -> int:
    return sum(int(row[column]) for row in read_table("districts") if row["area_id"] == area)


def fourth_year(area: str) -> dict[str, str]:
    (row,) = (
        row
        for row in read_table("funding_areas")
        if (row["area_id"], row["scope"], row["role"]) == (area, "fourth year", "main")
    )
    return row


def fact(facts: pd.DataFrame, area: str, column: str) -> object:
    return facts.set_index("area_id").loc[area, column]


def test_one_row_an_area_in_their_order(facts: pd.DataFrame) -> None:
    assert tuple(facts["area_id"]) == AREAS


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    ("column", "counted"),
    [
        ("population", "population_mid2017"),
        ("children", "children_0_15_mid2017"),
        ("neighbourhoods", "neighbourhoods"),
        ("deprived", "imd2019_most_deprived_tenth"),
    ],
)
def test_counts_are_the_sums_of_the_districts(
    facts: pd.DataFrame, area: str, column: str, counted: str
) -> None:
    assert fact(facts, area, column) == summed(area, counted)


@pytest.mark.parametrize("area", AREAS)
def test_the_deprived_share_is_of_counts_added_up(facts: pd.DataFrame, area: str) -> None:
    share = Fraction(
        100 * summed(area, "imd2019_most_deprived_tenth"),
        summed(area, "neighbourhoods"),
    )
    assert fact(facts, area, "deprived_share") == pytest.approx(float(share), rel=1e-12)


@pytest.mark.parametrize("area", AREAS)
def test_the_fourth_year_is_the_main_amount(facts: pd.DataFrame, area: str) -> None:
    assert fact(facts, area, "fourth_year_gbp") == int(fourth_year(area)["amount_gbp"])


@pytest.mark.parametrize("area", AREAS)
def test_the_fourth_year_over_the_children(facts: pd.DataFrame, area: str) -> None:
    children = summed(area, "children_0_15_mid2017")
    share = Fraction(int(fourth_year(area)["amount_gbp"]), children)
    assert fact(facts, area, "fourth_year_per_child_gbp") == pytest.approx(float(share), rel=1e-12)


@pytest.mark.parametrize("area", AREAS)
def test_the_sources_of_facts(facts: pd.DataFrame, area: str) -> None:
    district = next(row for row in read_table("districts") if row["area_id"] == area)
    columns = ["children_source_id", "deprivation_source_id", "fourth_year_source_id"]
    assert [fact(facts, area, one) for one in columns] == [
        district["population_source_id"],
        district["deprivation_source_id"],
        fourth_year(area)["source_id"],
    ]


@pytest.mark.parametrize("column", ["population_source_id", "deprivation_source_id"])
def test_districts_of_an_area_share_a_source(column: str) -> None:
    assert len({(row["area_id"], row[column]) for row in read_table("districts")}) == len(AREAS)


MEASURE = MapMeasure("name", "column", "people", (10, 20, 30), "note")


@pytest.mark.parametrize(
    ("value", "number"),
    [(-1, 0), (0, 0), (9.999, 0), (10, 1), (19.9, 1), (20, 2), (29.9, 2), (30, 3), (1e9, 3)],
)
def test_a_bound_opens_the_class_above(value: float, number: int) -> None:
    assert MEASURE.class_of(value) == number


@pytest.mark.parametrize("measure", MAP_MEASURES, ids=lambda one: one.name)
def test_all_four_classes_are_used(facts: pd.DataFrame, measure: MapMeasure) -> None:
    used = Counter(measure.class_of(value) for value in facts[measure.column])
    assert sorted(used) == [0, 1, 2, 3]


@pytest.mark.parametrize("measure", MAP_MEASURES, ids=lambda one: one.name)
def test_each_area_is_between_the_bounds_of_its_class(
    facts: pd.DataFrame, measure: MapMeasure
) -> None:
    edges = [float("-inf"), *measure.bounds, float("inf")]
    for value in facts[measure.column]:
        number = measure.class_of(value)
        assert edges[number] <= value < edges[number + 1]


@pytest.mark.parametrize(
    ("name", "area", "number"),
    [
        ("Population", "west-somerset", 0),
        ("Population", "blackpool", 1),
        ("Population", "stoke-on-trent", 2),
        ("Population", "doncaster", 3),
        ("Deprived neighbourhoods", "west-somerset", 0),
        ("Deprived neighbourhoods", "derby", 1),
        ("Deprived neighbourhoods", "norwich", 2),
        ("Deprived neighbourhoods", "blackpool", 3),
        ("Fourth-year money", "blackpool", 3),
        ("Fourth-year money", "derby", 2),
        ("Fourth-year money per child", "west-somerset", 3),
        ("Fourth-year money per child", "bradford", 0),
    ],
)
def test_the_class_of_an_area(facts: pd.DataFrame, name: str, area: str, number: int) -> None:
    (measure,) = (one for one in MAP_MEASURES if one.name == name)
    value = facts.set_index("area_id")[measure.column][area]
    assert measure.class_of(value) == number


@pytest.mark.parametrize("measure", MAP_MEASURES, ids=lambda one: one.name)
def test_measures_name_columns_of_the_facts(facts: pd.DataFrame, measure: MapMeasure) -> None:
    assert measure.column in facts
