"""Why these areas: the ranks, the disagreement, the claims, and what narrows with the filters."""

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from apptest import get_text, read_tables, view_page
from dashboard.ui import browser_files
from expected import Row, read_table

NAMES = {row["lad_code"]: row["name"] for row in read_table("districts")}
RANKS = [row for row in read_table("index_ranks") if row["index_year"] == "2016"]


@pytest.fixture(scope="module")
def page() -> AppTest:
    """The page as it opens: to look at, not to touch."""
    return view_page("selection")


@pytest.mark.parametrize("row", RANKS, ids=lambda row: str(row["rank_id"]))
def test_each_rank_of_2016_has_its_row_and_source(page: AppTest, row: Row) -> None:
    ranks = read_tables(page)[3]
    table = ranks.cells
    names = table["District"].str.split(", in ").str[0]
    mine = table[(names == NAMES[row["lad_code"]]) & (table["Index"] == "2016")]
    assert mine["Rank"].str.startswith(row["rank"]).tolist() == [True]
    assert any(words in mine["Source"].item() for words in ranks.links)


def test_the_strip_is_drawn_with_a_sentence_in_its_place(page: AppTest) -> None:
    (strip,) = page.get("vega_lite_chart")
    assert "All 13 districts" in strip.proto.alt
    assert len(json.loads(strip.proto.spec)["layer"]) == 7


def test_where_the_ranks_of_each_year_were_read(page: AppTest) -> None:
    said = "\n".join(str(one.value) for one in page.markdown)
    assert "2016, whose ranks were read in a third-party copy of the whole table." in said
    assert "That table was not found, so each of its ranks has a source of its own." in said
    assert "not seen" not in said


def test_the_count_by_area_is_told_above_the_claims(page: AppTest) -> None:
    (said,) = [str(one.value) for one in page.markdown if "computed from the ranks" in one.value][
        1:
    ]
    assert "four areas in the worst ten, one more in the worst twenty" in said


def test_both_ranks_of_blackpool_and_which_is_preferred(page: AppTest) -> None:
    heads = [one.value for one in page.header]
    assert "Sources disagree on Blackpool's rank on the Social Mobility Index of 2017" in heads
    table = read_tables(page)[4].cells
    assert table["Says"].str.contains("313th").tolist() == [True, False]
    assert table["Says"].str.contains("318th").tolist() == [False, True]
    assert table["Shown as the rank"].str.startswith("Yes.").tolist() == [True, False]


def test_the_claims_stand_with_their_verdicts(page: AppTest) -> None:
    table = read_tables(page)[0].cells
    verdicts = [row["verdict"].capitalize() for row in read_table("claims")]
    assert table["Verdict"].tolist() == verdicts
    twenty = table[table["Claim"].str.contains("worst twenty")]
    assert twenty["Verdict"].tolist() == ["Holds by district only"]
    assert (
        "four areas in the worst ten, one more in the worst twenty"
        in twenty["What we found"].iloc[0]
    )


def test_how_they_were_chosen_is_told_with_its_sources(page: AppTest) -> None:
    said = get_text(page)
    assert all(words in said for words in ("worst sixth", "32 districts", "not by rank alone"))
    assert all(title in said for title in ("Selection of Opportunity", "Written answer 50295"))


def test_a_filter_narrows_the_ranks_and_not_the_claims() -> None:
    test = view_page("selection", cohort="New six")
    assert "Blackpool" not in read_tables(test)[3].cells.to_csv()
    assert "Sources disagree" not in get_text(test)
    assert len(read_tables(test)) == 4
    assert "four areas in the worst ten, one more in the worst twenty" in get_text(test)


@pytest.mark.slow
def test_without_areas_the_claims_remain() -> None:
    test = view_page("selection", cohort="Original six", region="South East")
    assert not test.get("vega_lite_chart")
    (districts,) = test.get("component_instance")
    assert all(row["label"] in districts.proto.json_args for row in read_table("areas"))
    assert len(read_tables(test)) == 3
    assert "32 districts" in get_text(test)


@pytest.mark.parametrize("cohort", ["All twelve", "New six"])
def test_the_map_s_table_is_the_worst_sixth_whatever_is_filtered(cohort: str) -> None:
    chosen = {} if cohort == "All twelve" else {"cohort": cohort}
    table = read_tables(view_page("selection", **chosen))[1]
    rows = [row for row in read_table("index_2016") if int(row["rank"]) > 324 - 324 // 6]
    worst_first = sorted(rows, key=lambda row: -int(row["rank"]))
    assert table.cells["District"].tolist() == [row["district"] for row in worst_first]
    assert table.cells["Rank"].tolist() == [row["rank"] for row in worst_first]
    assert table.cells["Region"].tolist() == [row["region"] for row in worst_first]
    ours = [row["lad_code"] in NAMES for row in worst_first]
    assert [cell.startswith("Yes") for cell in table.cells["Chosen"]] == ours
    # As the map's marks do, the names of the chosen lead to profiles.
    assert set(table.links) == {
        NAMES[row["lad_code"]] for row in worst_first if row["lad_code"] in NAMES
    }


def test_the_map_draws_every_district_and_says_what_its_table_says(page: AppTest) -> None:
    (component,) = page.get("component_instance")
    sent = component.proto.json_args
    (name,) = set(re.findall(r"browser_files\.files/(\w+\.json)", sent))
    drawn = json.loads((browser_files._FOLDER / name).read_text("utf-8"))
    assert len(drawn) == len(read_table("index_2016"))
    assert all(code in sent for code in NAMES)
    table = read_tables(page)[1].cells
    told = [
        (str(row["District"]), f"Rank {row['Rank']} of 324", row["Chosen"] != "No")
        for row in table.to_dict("records")
    ]
    said = [unescape(one["says"]) for one in drawn if one["group"] == 5]
    assert len(told) == len(said) == 54
    for (district, rank, is_chosen), words in zip(told, said, strict=True):
        assert words.startswith(f"<b>{district}</b>")
        assert rank in words
        assert words.endswith("Not chosen") == (not is_chosen)


def test_each_region_has_its_worst_sixth_and_its_areas(page: AppTest) -> None:
    table = read_tables(page)[2]
    listed = read_table("index_2016")
    for region, worst, chosen in table.cells[["Region", "Worst sixth", "Chosen"]].to_numpy():
        here = [row for row in listed if row["region"] == region]
        bad = [row for row in here if int(row["rank"]) >= 271]
        assert worst == f"{len(bad)} of {len(here)}"
        assert int(chosen) == sum(row["lad_code"] in NAMES for row in bad)
    assert set(table.links) == {row["label"] for row in read_table("areas")}
