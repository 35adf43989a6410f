import pandas as pd
import pytest

from dashboard import citations
from dashboard.data.loader import Data
from dashboard.exhibits import Link


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
    assert ids(citations.list_sources(content, named)) == found


def test_an_unknown_source_is_an_error(content: Data) -> None:
    with pytest.raises(KeyError, match="NOBODY"):
        citations.list_sources(content, ["NOBODY"])


def test_short_links_publisher_and_date(content: Data) -> None:
    row = content.source_by_id["SW_NFER2018"]
    cell = citations.format_short(content, "SW_NFER2018")
    assert isinstance(cell, Link)
    assert cell.startswith(f"{row['publisher']}, ")
    assert cell.address == row["url"]
    written = citations.format_short_markdown(content, "SW_NFER2018")
    assert written == f"[{cell}]({row['url']})"


def test_short_of_a_source_without_an_address(content: Data) -> None:
    cell = citations.format_short(content, "TES_JAN_2017")
    assert type(cell) is str
    assert (
        cell == citations.format_short_markdown(content, "TES_JAN_2017") == "Tes, 18 January 2017"
    )


@pytest.mark.parametrize("missing", [None, pd.NA])
def test_short_of_nothing_is_empty(content: Data, missing: str) -> None:
    assert citations.format_short(content, missing) == ""


def test_cite_names_title_version_day_and_publishers(content: Data) -> None:
    assert citations.format_citation(
        content, "Money", ["SW_NFER2018", "ONS_SAPE17", "SW_NFER2018"]
    ) == (
        "Opportunity areas dashboard, “Money”, figures of 26 November 2026 (version "
        f"{content.descriptor['version']}), from Schools Week and Office for National Statistics."
    )
