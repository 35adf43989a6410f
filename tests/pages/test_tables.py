"""Every table on every page has a name, names its rows, and sets its figures to the right."""

import re
from collections.abc import Iterator

import pytest
from lxml.html import HtmlElement

from apptest import VIEWS, Address, parse_html, view_page

# Columns that hold amounts of money and nothing else.
MONEY = re.compile(r"^Amount|money")
# What stands among figures where there is none.
WITHOUT_FIGURE = ("", "Not found", "Not held")


def list_tables(page: str, address: dict[str, Address]) -> list[HtmlElement]:
    return [
        table for root in parse_html(view_page(page, **address)) for table in root.iter("table")
    ]


def list_columns(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Yield a table's columns as their cells, the heading first."""
    yield from (list(cells) for cells in zip(*table.iter("tr"), strict=True))


@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_it_has_a_caption_and_its_columns_and_rows_have_headings(
    page: str, address: dict[str, Address]
) -> None:
    for table in list_tables(page, address):
        caption = table.find("caption").text_content().strip()
        assert caption
        for head in table.find("thead").iter("th"):
            assert (head.get("scope"), bool(head.text_content().strip())) == ("col", True), caption
        for row in table.find("tbody").iter("tr"):
            first, *others = row
            assert (first.tag, first.get("scope")) == ("th", "row"), caption
            assert first.text_content().strip(), caption
            assert {cell.tag for cell in others} <= {"td"}, caption


def test_money_is_set_to_the_right_with_its_heading() -> None:
    checked = set()
    for page, address in VIEWS:
        for table in list_tables(page, address):
            for head, *cells in list(list_columns(table))[1:]:
                if MONEY.search(head.text_content()):
                    assert {cell.get("class") for cell in (head, *cells)} == {"number"}, page
                    assert any("£" in cell.text_content() for cell in cells)
                    checked.add(page)
    assert checked == {"overview", "map", "funding", "profile"}


@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_words_are_not_set_to_the_right(page: str, address: dict[str, Address]) -> None:
    for table in list_tables(page, address):
        for _, *cells in list_columns(table):
            for cell in cells:
                if cell.get("class") == "number" and cell.text_content() not in WITHOUT_FIGURE:
                    assert re.search(r"\d", cell.text_content())


@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_its_links_stay_in_the_tab(page: str, address: dict[str, Address]) -> None:
    for table in list_tables(page, address):
        for link in table.iter("a"):
            assert set(link.attrib) == {"href"}
            assert re.match(r"https?://|(profile|sources)\?", link.get("href"))
