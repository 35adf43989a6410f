import pandas as pd
import pytest

from dashboard import citations
from dashboard.data import Data
from dashboard.measures import MAP_MEASURES, MapMeasure


def ids(found: list[citations.Row]) -> list[str]:
    return [row["source_id"] for row in found]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([], []),
        (["EEF_2017"], ["EEF_2017"]),
        (["EEF_2017", "CALC", "EEF_2017"], ["EEF_2017", "CALC"]),
        (["CALC", None, pd.NA, float("nan")], ["CALC"]),
    ],
)
def test_rows(content: Data, named: list[str], found: list[str]) -> None:
    assert ids(citations.rows(content, named)) == found


def test_an_unknown_source_is_an_error(content: Data) -> None:
    with pytest.raises(KeyError, match="NOBODY"):
        citations.rows(content, ["NOBODY"])


def test_short_links_publisher_and_date(content: Data) -> None:
    row = content.source_by_id["SW_NFER2018"]
    assert citations.short(content, "SW_NFER2018").endswith(f"]({row['url']})")


def test_short_of_a_source_without_an_address(content: Data) -> None:
    assert citations.short(content, "TES_JAN_2017") == "Tes, 18 January 2017"


@pytest.mark.parametrize("missing", [None, pd.NA])
def test_short_of_nothing_is_empty(content: Data, missing: str) -> None:
    assert citations.short(content, missing) == ""


def test_column_lists_each_source_once_in_order() -> None:
    frame = pd.DataFrame({"source_id": ["B", "A", None, "B"]})
    assert citations.column(frame, "source_id") == ["B", "A"]


def test_of_areas_has_the_sources_of_each_column(content: Data, facts: pd.DataFrame) -> None:
    shown = facts[facts["area_id"] == "ipswich"]
    assert citations.of(content, shown) == [
        "EDHUB_2017",
        "DRKANE_GEO",
        "ONS_SAPE17",
        "EE_Y4",
        "EEF_IPS",
    ]


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        (None, {"FEN_OCT2016", "EDHUB_2017", "DRKANE_GEO", "CALC"}),
        (MAP_MEASURES[0], {"ONS_SAPE17", "CALC"}),
        (MAP_MEASURES[1], {"MHCLG_IOD"}),
        (MAP_MEASURES[2], {"EE_Y4"}),
        (MAP_MEASURES[3], {"EE_Y4", "ONS_SAPE17"}),
    ],
)
def test_of_measure(facts: pd.DataFrame, measure: MapMeasure | None, found: set[str]) -> None:
    assert set(citations.of_measure(facts, measure)) == found
