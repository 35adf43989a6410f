"""The page on data and sources: each part opens, holds what it must, and can be linked to."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from apptest import ROOT, Address, get_text, list_downloads, open_page, read_tables, view_page
from dashboard import exports
from dashboard.data import store
from expected import read_table

PARTS = {
    "Downloads": "Download the data",
    "Sources": "Sources",
    "Disagreements": "Where sources disagree",
    "Gaps": "What was not found",
    "Tables": "Look at a table",
    "Versions and citing": "How to cite this",
}


COUNT = re.compile(r"(\d+) of (\d+) rows\.")
COMPARED = ["comparisons", "comparison_choices", "places_not_chosen", "last_figures"]


def count_compared(name: str) -> int:
    """Count the rows of the file of a table that is worked out."""
    made = exports.build_table_csv(store.current(), name, None).decode("utf-8-sig")
    return len(list(csv.DictReader(io.StringIO(made))))


def read(**address: Address) -> pd.DataFrame:
    """Return the last table of a part."""
    return read_tables(view_page("sources", **address))[-1].cells


@pytest.mark.parametrize(("part", "heading"), PARTS.items())
def test_a_part_has_an_address_and_is_drawn_alone(part: str, heading: str) -> None:
    headings = [one.value for one in view_page("sources", part=part).header]
    assert heading in headings
    assert not set(headings) & (set(PARTS.values()) - {heading})


def test_the_part_of_an_older_address_is_found() -> None:
    (heading,) = open_page("sources", part="Columns").header
    assert heading.value == "Look at a table"


def test_an_unknown_part_is_the_first() -> None:
    assert [one.value for one in view_page("sources", part="Weather").header] == [
        "Download the data"
    ]


# The only area of the South East is one of the new six.
NOWHERE: dict[str, Address] = {"cohort": "Original six", "region": ["South East"]}


@pytest.mark.slow
@pytest.mark.parametrize("name", exports.list_titles(store.current()))
def test_a_table_of_which_the_filters_leave_no_row_is_empty(name: str) -> None:
    title = exports.list_titles(store.current())[name]
    test = open_page("sources", part="Tables", table=title, **NOWHERE)
    (count,) = (found for one in test.markdown if (found := COUNT.match(str(one.value))))
    assert int(count[1]) == int(count[2])
    # A search of the rows finds none where there are none.
    (search,) = (one for one in test.main.text_input if one.label == "Search the rows")
    test = search.set_value("no row says this").run()
    assert not test.exception
    assert f"0 of {count[2]} rows." in [str(one.value) for one in test.markdown]


def test_what_is_filtered_can_be_taken_and_so_can_everything() -> None:
    test = view_page("sources", cohort="New six")
    (extent,) = (one for one in test.main.radio if one.label == "What to take")
    assert extent.options == [
        "What is filtered (6 of 12 areas: New six)",
        "Everything (all 12 areas)",
    ]
    assert "unless you filter" in get_text(view_page("sources"))


def test_every_table_can_be_taken() -> None:
    test = view_page("sources")
    names = [one.name.rpartition(".")[2] for one in list_downloads("sources")]
    assert sorted(names) == ["geojson", "json", "ods", "xlsx", "zip", "zip"]
    (listed,) = read_tables(test)
    titles = exports.list_titles(store.current())
    kept = {path.stem for path in (ROOT / "data").glob("*.csv")}
    assert [name for name in titles if name not in kept] == COMPARED
    counts = {
        title: f"{len(read_table(name)):,}" if name in kept else f"{count_compared(name)}"
        for name, title in titles.items()
    }
    assert dict(zip(listed.cells["Table"], listed.cells["Rows"], strict=True)) == counts
    assert len(counts) == len(kept) + len(COMPARED)
    for title, address in listed.links.items():
        assert parse_qs(urlsplit(address).query) == {"part": ["Tables"], "table": [title]}


@pytest.mark.parametrize("name", ["outcomes", "gaps"])
def test_a_table_can_be_looked_at_and_taken_whole_or_filtered(name: str) -> None:
    title = exports.list_titles(store.current())[name]
    address = {"part": "Tables", "table": title, "cohort": "New six"}
    whole, filtered = list_downloads("sources", **address)
    assert (whole.name, filtered.name) == (f"{name}_all-twelve.csv", f"{name}_new-six.csv")
    assert len(filtered.rows()) < len(whole.rows()) == len(read_table(name))


@pytest.mark.parametrize("name", COMPARED)
def test_a_table_of_comparisons_can_be_looked_at_and_says_how_it_was_worked_out(name: str) -> None:
    title = exports.list_titles(store.current())[name]
    address = {"part": "Tables", "table": title, "cohort": "New six"}
    files = list_downloads("sources", **address)
    stem = name.replace("_", "-")
    narrowed = name in ("places_not_chosen", "last_figures")
    assert [one.name for one in files] == (
        [f"{stem}_all-twelve.csv", f"{stem}_new-six.csv"] if narrowed else [f"{stem}.csv"]
    )
    assert len(files[0].rows()) == count_compared(name)
    words = get_text(view_page("sources", **address))
    assert "cannot show an effect" in words
    assert f"of {len(files[-1].rows())} rows" in words


def test_rows_are_searched_and_sorted() -> None:
    address = {"part": "Tables", "table": "Districts"}
    table = read_tables(view_page("sources", **address, by="name"))[0].cells
    names = sorted(row["name"] for row in read_table("districts"))
    assert list(table.iloc[:, list(table.columns).index("name")]) == names
    found = read_tables(view_page("sources", **address, row="scarborough"))[0].cells
    assert len(found) == 1
    assert "0 of 13 rows" in get_text(view_page("sources", **address, row="atlantis"))


def test_sources_are_sorted_and_searched() -> None:
    newest = read(part="Sources", order="Newest", all="true")
    dates = sorted((row["date"] for row in read_table("sources") if row["date"]), reverse=True)
    assert len(newest) == len(read_table("sources"))
    assert dates[0][:4] in newest["Date"].iloc[0]
    found = read(part="Sources", tier=["inferred"])
    assert set(found["Tier"]) == {"inferred"}


def test_what_rests_on_a_source_is_said() -> None:
    found = read(part="Sources", source="EE_Y4")
    (rests,) = found["What rests on it"]
    amounts = sum(row["source_id"] == "EE_Y4" for row in read_table("funding_areas"))
    assert f"Money for each area: {amounts}" in rests


def test_columns_are_told_for_the_table_chosen() -> None:
    columns = set(read(part="Columns", table="Outcomes")["Column"])
    assert {"time_period", "time_identifier", "geographic_level", "source_id"} <= columns


@pytest.mark.parametrize(
    "change",
    [
        "2017/18 is a break",
        "Derby 2023/24, 56 -> 55",
        "East Cambridgeshire 2021/22 and 2022/23, 55 -> 53",
        "England 75.8 -> 76.1",
        "Blackpool\n  60.5 -> 61.2",
        "Hastings 57.5 -> 58.1",
        "2019/20,\n  65.6 -> 64.8",
        "added (England 73.2)",
        "published\n  by district too since 2018/19, and not held here",
        "read in a third-party copy of the whole table. No rank changed",
        "up to £42 million in June 2023",
        "£14,001,000",
    ],
)
def test_a_reader_of_an_older_citation_finds_what_changed(change: str) -> None:
    said = [str(one.value) for one in view_page("sources", part="Versions and citing").markdown]
    (figures,) = (one for one in said if "#### 0.3.0, 25 November 2026\n\nFor a reader" in one)
    assert change in figures.split("#### 0.2.2")[0]


def test_versions_and_a_citation_to_copy() -> None:
    test = view_page("sources", part="Versions and citing")
    (citation,) = test.main.code
    assert "Opportunity areas dashboard" in citation.value
    assert f"{len(read_table('sources'))} sources" in citation.value
    assert "under “Data and method”" in get_text(test)
    assert {"How to cite this", "What changed"} <= {one.value for one in test.header}
