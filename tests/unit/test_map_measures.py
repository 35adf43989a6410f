from dataclasses import replace

import pandas as pd
import pytest

from dashboard.data.loader import Data
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import describe_deprivation_2025
from dashboard.topics.areas.map_measures import MAP_MEASURES

ENGLAND = "England: 10% by definition"
NO_TREND = f"({ENGLAND}; not comparable with 2019, as the neighbourhoods changed)"


def frame(*values: float | None) -> pd.DataFrame:
    return pd.DataFrame(
        {"label": list("ABC")[: len(values)], "value": pd.array(values, dtype="Float64")}
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((1, 3, 2), "highest in B (3), lowest in A (1)"),
        ((1, 3, None), "highest in B (3), lowest in A (1)"),
        ((None, None, 2), "C (2)"),
        ((5,), "A (5)"),
        ((None, None), "no figure was found"),
        ((), "no figure was found"),
    ],
)
def test_extremes(values: tuple[float | None, ...], said: str) -> None:
    assert map_measures.describe_extremes(frame(*values), "value", "people") == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("per cent", "highest in B (3.0%), lowest in A (1.0%)"),
        ("pounds per child", "highest in B (£3.00), lowest in A (£1.00)"),
        ("pounds", "highest in B (£3), lowest in A (£1)"),
    ],
)
def test_extremes_are_in_their_unit(unit: str, said: str) -> None:
    assert map_measures.describe_extremes(frame(1, 3), "value", unit) == said


def test_a_map_of_nothing(facts: pd.DataFrame) -> None:
    assert map_measures.describe_map(facts[:0], None) == "No area is shown on the map."


def test_a_map_of_cohorts(facts: pd.DataFrame) -> None:
    assert map_measures.describe_map(facts, None) == (
        "Original six: Blackpool, Derby, Norwich, Oldham, North Yorkshire Coast (Scarborough) and "
        "West Somerset. New six: Bradford, Doncaster, Fenland and East Cambridgeshire, Hastings, "
        "Ipswich and Stoke-on-Trent."
    )


def test_a_map_of_one_cohort(facts: pd.DataFrame) -> None:
    assert map_measures.describe_map(facts[9:11], None) == "New six: Hastings and Ipswich."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Population", "highest in Bradford (534,800), lowest in West Somerset (34,865)"),
        ("Deprived neighbourhoods", "highest in Blackpool (41.5%), lowest in West Somerset (0.0%)"),
        (
            "Fourth-year money per child",
            "highest in West Somerset (£207.67), lowest in Bradford (£13.61)",
        ),
    ],
)
def test_a_map_of_a_measure(facts: pd.DataFrame, name: str, said: str) -> None:
    (measure,) = (one for one in MAP_MEASURES if one.name == name)
    assert map_measures.describe_map(facts, measure) == f"{name}: {said}."


@pytest.mark.parametrize(
    ("area_id", "said"),
    [
        (
            "blackpool",
            f"40.4% {NO_TREND}",
        ),
        (
            "hastings",
            f"34.0% {NO_TREND}",
        ),
        ("west-somerset", "Not given: the district was abolished"),
        ("north-yorkshire-coast", "Not given: the district was abolished"),
    ],
)
def test_deprivation_of_2025(content: Data, area_id: str, said: str) -> None:
    assert describe_deprivation_2025(content, area_id) == said


@pytest.mark.parametrize(
    ("missing", "start"),
    [
        ((), f"Fenland 8.9% and East Cambridgeshire 0.0% {NO_TREND}"),
        (("Fenland",), "Fenland not found and East Cambridge"),
        (("Fenland", "East Cambridgeshire"), "Not found"),
    ],
)
def test_deprivation_of_2025_is_each_district_s_own(
    content: Data, missing: tuple[str, ...], start: str
) -> None:
    column = "imd2025_most_deprived_tenth_percent"
    districts = content.districts
    changed = districts.assign(**{column: districts[column].mask(districts["name"].isin(missing))})
    words = describe_deprivation_2025(
        replace(content, districts=changed), "fenland-and-east-cambridgeshire"
    )
    assert words.startswith(start)
