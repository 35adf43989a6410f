"""How gptables' worksheets are written: each cell with its format, each row with its height.

The functions take the place of gptables' own methods, so their first argument is a worksheet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dashboard.exports import layout, text_metrics
from dashboard.exports.layout import DATE_CODE, Layout
from dashboard.exports.units import NumberFormat

# A cell of Excel holds no more, counted as UTF-16 does.
_MOST_CHARACTERS = 32767
_CUT = "… (cut here: a cell holds 32,767 characters, and the data package has the whole)"
_FONT_POINTS = 12
# Columns are measured in digits of the book's own font, which would be Calibri otherwise: a
# computer without it takes another, and its columns come out wider or narrower than was reckoned.
_FONT = {"font_name": "Arial", "font_size": _FONT_POINTS, "font_scheme": False, "theme": -1}
_COLUMN_PX = 80
# Text that fills its column, and a figure at its right, would touch the text of the next. A figure
# that wraps loses its indent in LibreOffice.
_LEFT = {"align": "left", "indent": 1}
_RIGHT = {"align": "right", "indent": 1, "text_wrap": False}
COVER_CHARACTERS = 80
_COVER_PX = COVER_CHARACTERS * text_metrics.DIGIT_PX + text_metrics.EDGE_PX
_A3 = 8
# What Excel takes for the address of a cell cannot name a table: IMD2025 is one.
_ADDRESS = re.compile(r"[a-z]{1,3}\d+|r\d*c?\d*|c\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Laid:
    """A table's headings, its rows of plain values, and how they lie."""

    names: Sequence[str]
    rows: Sequence[Sequence[Any]]
    layout: Layout


def list_options() -> dict[str, Any]:
    """Return the options of a new workbook, a copy for each: the library writes into them."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(_FONT),
        "default_row_height": text_metrics.LINE_PX,
        "default_column_width": _COLUMN_PX,
    }


def describe(book: Any, title: str, description: str, day: date) -> None:
    """Give a workbook the title that programs and screen readers tell, and the figures' day."""
    created = datetime.combine(day, time())
    book.set_properties({"title": title, "comments": description, "created": created})


def name_table(name: str) -> str:
    """Return a name that Excel accepts for a table."""
    plain = re.sub(r"\W", "_", name)
    return f"table_{plain}" if _ADDRESS.fullmatch(plain) or not plain[:1].isalpha() else plain


def write_element(worksheet: Any, place: list[int], element: Any, how: dict[str, Any]) -> list[int]:
    """Write a line above a table, or of the cover, in a row as tall as it needs."""
    if not element:
        return place
    worksheet._smart_write(*place, element, {**how, "valign": "top"})
    size = how.get("font_size", _FONT_POINTS) / _FONT_POINTS
    lines = text_metrics.count_lines(str(element), _COVER_PX / size) if how.get("text_wrap") else 1
    worksheet.set_row_pixels(place[0], round(lines * text_metrics.LINE_PX * size) + 4)
    return [place[0] + 1, *place[1:]]


def write_table(worksheet: Any, _place: list[int], gptable: Any, _auto_width: bool) -> list[int]:
    """Write a table, marked as one, with widths, heights, formats and what stays in view."""
    laid: Laid = getattr(gptable, "laid", None) or _lay_text(gptable)
    first_row = int(gptable.data_range[0])
    before = 0
    for at, width in enumerate(laid.layout.widths):
        # Neighbours of one width would be written as one, which some readers (openpyxl) misread.
        before = width + (width == before)
        worksheet.set_column_pixels(at, at, before)
    _mark(worksheet, gptable, laid)
    worksheet.set_row_pixels(first_row, laid.layout.header_height)
    lines = zip(laid.rows, laid.layout.heights, laid.layout.formats, strict=True)
    for at, (row, height, formats) in enumerate(lines, start=first_row + 1):
        worksheet.set_row_pixels(at, height)
        for column, (value, how) in enumerate(zip(row, formats, strict=True)):
            theme = worksheet.theme
            is_index = column in gptable.index_columns.values()
            style = {**(theme.index_1_format if is_index else theme.data_format), "valign": "top"}
            style.update(_align(column, is_number=how is not None and not laid.layout.is_text))
            _write_cell(worksheet, (at, column), value, how, style)
    _frame(worksheet, first_row, laid.layout)
    return [first_row + len(laid.rows) + 1, 0]


def _align(column: int, *, is_number: bool) -> dict[str, Any]:
    """Return how a cell lies: the first column begins where the lines above the table do."""
    return _RIGHT if is_number else _LEFT if column else {"align": "left"}


def _lay_text(gptable: Any) -> Laid:
    """Return a table of contents or of notes, whose cells gptables makes, with its layout."""
    names = [str(name) for name in gptable.table.columns]
    rows = gptable.table.to_numpy().tolist()
    shown = [[_read(value) for value in row] for row in rows]
    return Laid(names, rows, layout.arrange_text(names, shown))


def _read(value: Any) -> Any:
    """Return what a cell of several lines, or one that is a link, shows."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return next(iter(value)) if isinstance(value, dict) else value


def _write_cell(
    worksheet: Any,
    place: tuple[int, int],
    value: Any,
    how: NumberFormat | None,
    style: dict[str, Any],
) -> None:
    if value is None:
        return
    if how is not None:
        style["num_format"] = how.code
    elif isinstance(value, date):
        style["num_format"] = DATE_CODE
    if isinstance(value, str):
        worksheet.write_string(*place, _cut(value), worksheet._workbook.add_format(style))
    else:
        worksheet._smart_write(*place, value, style)


def _cut(text: str) -> str:
    """Return text that fits in a cell, and says so where it is not whole."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_CHARACTERS:
        return text
    return units[: 2 * (_MOST_CHARACTERS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _mark(worksheet: Any, gptable: Any, laid: Laid) -> None:
    """Mark the cells as a table, which a screen reader tells by its name and headings."""
    numeric = laid.layout.tell_numeric()
    theme = worksheet.theme.column_heading_format
    worksheet.add_table(
        *gptable.data_range,
        {
            "header_row": True,
            "autofilter": laid.layout.is_filtered,
            "columns": [
                {
                    "header": name,
                    "header_format": worksheet._workbook.add_format(
                        {**theme, **_align(column, is_number=is_number)}
                    ),
                }
                for column, (name, is_number) in enumerate(zip(laid.names, numeric, strict=True))
            ],
            "style": None,
            "name": gptable.table_name,
        },
    )


def _frame(worksheet: Any, first_row: int, how: Layout) -> None:
    """Keep the header and the key columns in view, and a row in one piece on paper."""
    worksheet.freeze_panes(first_row + 1, how.frozen)
    worksheet.set_landscape()
    worksheet.set_paper(_A3)
    worksheet.repeat_rows(first_row)
    worksheet.fit_to_pages(1, 0)
