"""A workbook reads as it opens: nothing cut, no exponent, the header and the keys in view."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openxml_audit import OpenXmlValidator

from dashboard import cache, exports
from dashboard.data.loader import Data
from dashboard.exports import excel, metadata, text_metrics
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from spreadsheets import CONFIG, NUMBER, STYLE, TABLE, part, read_ods

CHOICES = {"all": None, "new": Filters("New six"), "east": Filters(regions=("East of England",))}
ODD = {
    "control": "a\x01b\x1fc\x7f",
    "half": "noncharacters \ufffe\uffff",
    "emoji": "👩‍👩‍👧 emoji 🏫" * 3,
    "chinese": "机会区域",
    "long": "word " * 3000,
    "unbroken": "x" * 900,
    "over a cell": "y" * 40_000,
    "lines": "one\ntwo\r\nthree\rfour",
    "spaces": "  two  before,\ta tab and two after  ",
    "markup": "<b>&amp;</b> ]]> <!-- -->",
    "sign": "%",
}


@pytest.fixture(scope="module", params=CHOICES)
def made(request: pytest.FixtureRequest, content: Data) -> dict[str, bytes]:
    return {form: exports.build(content, form, CHOICES[request.param]) for form in ("xlsx", "ods")}


@pytest.fixture(scope="module")
def book(made: dict[str, bytes]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made["xlsx"]))


def tables(book: Any) -> Iterator[tuple[Any, int, int, int]]:
    """Yield each sheet that has a table, with its header's row, its last row and last column."""
    for page in book:
        for one in page.tables.values():
            _, first, last_column, last = openpyxl.utils.range_boundaries(one.ref)
            yield page, first, last, last_column


def characters(page: Any, column: int) -> float:
    """Return a column's width, in digits of the book's font."""
    return float(page.column_dimensions[openpyxl.utils.get_column_letter(column)].width)


@pytest.mark.slow
def test_every_header_fits_its_column(book: Any) -> None:
    for page, first, _, last_column in tables(book):
        for column in range(1, last_column + 1):
            for word in str(page.cell(first, column).value).split():
                assert len(word) < characters(page, column), (page.title, word)


def count_at_least(line: str, room: float) -> float:
    """Return the lines that a text takes if a letter is as wide as a digit, or nearly one."""
    return max(1, -(-len(line) * NARROW // room))


# A letter of Arial is no wider than this part of a digit's column on average.
NARROW = 0.8


@pytest.mark.slow
def test_every_text_has_the_lines_it_needs(book: Any) -> None:
    for page in book:
        for row in page.iter_rows():
            height = page.row_dimensions[row[0].row].height
            for cell in row:
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                size = cell.font.sz / 12
                room = characters(page, cell.column) / size
                lines = sum(count_at_least(one, room) for one in str(cell.value).split("\n"))
                assert lines * 15 * size <= height, (page.title, cell.coordinate)


def test_what_fits_in_one_line_has_no_second(book: Any) -> None:
    """A long table would be twice as long."""
    for page, first, last, _ in tables(book):
        if page.title in ("priorities", "outcomes"):
            heights = [page.row_dimensions[row].height for row in range(first + 1, last + 1)]
            assert sorted(heights)[len(heights) // 2] < 2 * 15, page.title


def test_the_contents_break_no_line_twice(book: Any) -> None:
    page = book["Contents"]
    width_px = characters(page, 2) * 9
    lines = [line for cell in page["B"] for line in str(cell.value or "").split("\n")]
    assert [line for line in lines if text_metrics.count_lines(line, width_px) > 1] == []


def test_figures_and_texts_do_not_touch(book: Any) -> None:
    """Each is a little off the next column, and a figure is in one line: wrapped, it loses that."""
    for page, first, last, last_column in tables(book):
        for row in page.iter_rows(first, last, 2, last_column):
            for cell in row:
                assert cell.value is None or cell.alignment.indent == 1, cell.coordinate
                if isinstance(cell.value, int | float):
                    assert not cell.alignment.wrap_text, (page.title, cell.coordinate)


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        # LibreOffice ends a line at a hyphen, and one long word would take two lines.
        ("http://from-the-centre-to-the-periphery.webspace.durham.ac.uk/what-was-opportunity", 3),
        ("https://www.fenews.co.uk/resources/opportunity-areas-2/", 2),
    ],
)
def test_an_address_may_break_at_its_hyphens(address: str, lines: int) -> None:
    assert lines <= text_metrics.count_lines(address, 360) <= lines + 1


def test_what_is_short_is_in_one_line_and_no_column_is_wider_than_a_window(book: Any) -> None:
    for page, _, _, last_column in tables(book):
        widths = [characters(page, column) for column in range(1, last_column + 1)]
        assert min(widths) >= 7
        assert max(widths) <= 95, page.title


def test_no_number_can_show_an_exponent(book: Any) -> None:
    for page, first, last, last_column in tables(book):
        for row in page.iter_rows(first + 1, last, 1, last_column):
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert cell.number_format not in ("General", "@"), cell.coordinate
                    assert "E" not in cell.number_format


def by_column(book: Any, name: str) -> dict[str, list[Any]]:
    (found,) = (one for one in tables(book) if one[0].title == name)
    page, first, last, last_column = found
    return {
        page.cell(first, column).value: [
            page.cell(row, column) for row in range(first + 1, last + 1)
        ]
        for column in range(1, last_column + 1)
    }


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("funding_programme", "amount_gbp"),
        ("funding_areas", "amount_gbp"),
        ("research_schools", "award_gbp"),
    ],
)
def test_money_is_in_pounds(book: Any, table: str, column: str) -> None:
    cells = [one for one in by_column(book, table)[column] if one.value is not None]
    assert cells
    assert {one.number_format for one in cells} == {"£#,##0"}


def test_a_value_is_in_the_unit_of_its_measure(book: Any) -> None:
    outcomes = by_column(book, "outcomes")
    units = dict(
        zip(
            *(
                [one.value for one in by_column(book, "measures")[name]]
                for name in ("measure_id", "unit")
            ),
            strict=True,
        )
    )
    seen = set()
    for measure, value in zip(outcomes["measure_id"], outcomes["value"], strict=True):
        is_per_cent = units[measure.value] == "per cent"
        # In quotes: a bare sign would show 55 as 5500%.
        assert value.number_format.endswith('"%"') == is_per_cent
        assert "%" not in value.number_format.removesuffix('"%"')
        seen.add(is_per_cent)
    assert seen == {True, False}
    spread = by_column(book, "outcome_spread")["median"]
    assert {one.number_format for one in spread} <= {'0"%"', '0.0"%"'}


def test_days_are_dates_and_counts_have_their_thousands(book: Any) -> None:
    areas = by_column(book, "areas")
    assert {type(one.value) for one in areas["announced_on"]} <= {date, datetime}
    assert {one.number_format for one in areas["announced_on"]} == {"yyyy-mm-dd"}
    assert {one.number_format for one in areas["population"]} == {"#,##0"}
    ranks = by_column(book, "index_ranks")
    assert {one.number_format for one in ranks["index_year"]} == {"0"}


def test_headers_and_keys_stay_in_view(book: Any, made: dict[str, bytes]) -> None:
    for page, first, last, _ in tables(book):
        row, column = openpyxl.utils.cell.coordinate_to_tuple(page.freeze_panes)
        assert row == first + 1
        is_text = page.title in ("Contents", "Notes")
        assert is_text or column >= 2
        assert page.print_title_rows == f"${first}:${first}"
        (table,) = page.tables.values()
        assert (table.autoFilter is not None) == (last - first >= 12 and not is_text)
    views = part(made["ods"], "settings.xml").iter(f"{CONFIG}config-item-map-named")
    for view in next(iter(views)):
        items = {one.attrib[f"{CONFIG}name"]: one.text for one in view}
        name = view.attrib[f"{CONFIG}name"]
        frozen = "0" if name == "Cover" else "1"
        assert items["VerticalSplitPosition"] == items["PositionBottom"] == frozen
        assert items["VerticalSplitMode"] == {"0": "0", "1": "2"}[frozen]


def test_both_books_lie_alike(book: Any, made: dict[str, bytes]) -> None:
    content = part(made["ods"], "content.xml")
    sizes = {
        one.attrib[f"{STYLE}name"]: one[0].get(f"{STYLE}column-width")
        for one in content.iter(f"{STYLE}style")
        if one.get(f"{STYLE}family") == "table-column"
    }
    for table in list(content.iter(f"{TABLE}table"))[3:]:
        page = book[table.attrib[f"{TABLE}name"]]
        widths = [
            float(str(sizes[one.attrib[f"{TABLE}style-name"]]).removesuffix("in")) * 96
            for one in table.iter(f"{TABLE}table-column")
        ]
        own = [characters(page, column) * 9 for column in range(1, len(widths) + 1)]
        assert widths == pytest.approx(own, abs=10)
    assert len(list(content.iter(f"{NUMBER}currency-style"))) == 1


@pytest.fixture(scope="module")
def odd(content: Data) -> dict[str, Table]:
    """Tables of every type of column, with odd texts in those of text, one a row."""
    given = exports.dfe_standard.build_tables(content)
    rows = len(ODD)
    return {
        name: replace(
            one,
            frame=pd.DataFrame(
                {
                    column: list(ODD.values())
                    if isinstance(one.frame[column].dtype, pd.StringDtype)
                    else pd.Series(one.frame[column].tolist() * rows, dtype="object")[:rows]
                    for column in one.frame.columns
                }
            ),
        )
        for name, one in given.items()
        if name in ("areas", "outcomes", "gaps")
    }


@pytest.fixture(scope="module")
def odd_book(content: Data, odd: dict[str, Table]) -> bytes:
    return exports.workbooks.build_xlsx(odd, metadata.build_metadata(content, None))


@pytest.mark.slow
def test_odd_texts_arrive(content: Data, odd: dict[str, Table], odd_book: bytes) -> None:
    said = metadata.build_metadata(content, None)
    book = openpyxl.load_workbook(io.BytesIO(odd_book))
    written = read_ods(exports.workbooks.build_ods(odd, said))
    in_excel = [one.value for one in by_column(book, "gaps")["detail"]]
    header, *rows = written["gaps"]
    in_ods = [row[header.index("detail")] for row in rows]
    for name, excel_text, ods_text in zip(ODD, in_excel, in_ods, strict=True):
        plain = {
            "control": "a\ufffdb\ufffdc\ufffd",
            "half": "noncharacters \ufffd\ufffd",
            "lines": "one\ntwo\nthree\nfour",
        }.get(name, ODD[name])
        assert ods_text == plain
        if name == "over a cell":
            assert len(excel_text) <= 32767
            assert excel_text.endswith("the data package has the whole)")
        else:
            assert excel_text == {"sign": "per cent"}.get(name, plain)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("outcomes", "outcomes"),
        ("imd2025", "table_imd2025"),
        ("r1", "table_r1"),
        ("2016_index", "table_2016_index"),
        ("local-needs", "local_needs"),
    ],
)
def test_a_table_never_has_the_name_of_a_cell(name: str, known: str) -> None:
    assert excel.name_table(name) == known


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("short", 1), ("a\nb\nc", 3), ("word " * 40, 5), ("x" * 100, 4), ("机" * 40, 3)],
)
def test_lines_are_counted(text: str, lines: int) -> None:
    assert lines <= text_metrics.count_lines(text, 260) <= lines + 3


@pytest.mark.slow
def test_the_same_figures_make_the_same_bytes(content: Data) -> None:
    for form in ("xlsx", "ods"):
        first = exports.build(content, form, CHOICES["east"])
        cache.clear_all()
        assert exports.build(content, form, CHOICES["east"]) == first


@pytest.mark.slow
def test_excel_is_expected_to_open_it_cleanly(made: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(made["xlsx"])
    found = OpenXmlValidator().validate(path)
    assert [one.description for one in found.errors] == []


@pytest.mark.slow
def test_excel_is_expected_to_open_odd_texts_cleanly(odd_book: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(odd_book)
    found = OpenXmlValidator().validate(path)
    assert [one.description for one in found.errors] == []
