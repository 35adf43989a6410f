"""Writes gptables' worksheets: each cell with its format, each row with its height.

``write_element`` and ``write_table`` replace methods of gptables, so their first argument is a
worksheet. gptables has no types: its objects are ``Any``.
"""

import re
from datetime import date, datetime, time
from typing import Any

from dashboard.exports import layout, text_metrics
from dashboard.exports.layout import DATE_CODE, Layout, Sheet
from dashboard.exports.units import NumberFormat

# Excel's limit for a cell, in UTF-16 code units.
_MAX_CELL_LENGTH = 32767
_CUT_NOTICE = "… (cut here: a cell holds 32,767 characters, and the data package has the whole)"
_FONT_POINTS = 12
# The width of columns is counted in digits of the book's font. With the default, Calibri, it would
# differ on computers that lack Calibri.
_FONT = {"font_name": "Arial", "font_size": _FONT_POINTS, "font_scheme": False, "theme": -1}
_COLUMN_PX = 80
# Without an indent, text that fills its column and figures aligned right touch the next column.
# Figures must not wrap: LibreOffice would drop their indent.
_LEFT = {"align": "left", "indent": 1}
_RIGHT = {"align": "right", "indent": 1, "text_wrap": False}
COVER_WIDTH_CHARACTERS = 80
_COVER_WIDTH_PX = COVER_WIDTH_CHARACTERS * text_metrics.DIGIT_PX + text_metrics.EDGE_PX
_PAPER_A3 = 8
# A table must not be named like the address of a cell, as IMD2025 is.
_ADDRESS = re.compile(r"[a-z]{1,3}\d+|r\d*c?\d*|c\d*", re.IGNORECASE)


def list_options() -> dict[str, Any]:
    """Return the options of a new workbook, a copy for each: gptables changes them."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(_FONT),
        "default_row_height": text_metrics.LINE_PX,
        "default_column_width": _COLUMN_PX,
    }


def describe_book(book: Any, title: str, description: str, day: date) -> None:
    """Set a workbook's title, which screen readers announce, its description and its day."""
    created = datetime.combine(day, time())
    book.set_properties({"title": title, "comments": description, "created": created})


def name_table(name: str) -> str:
    """Return a name that Excel accepts for a table."""
    name = re.sub(r"\W", "_", name)
    return f"table_{name}" if _ADDRESS.fullmatch(name) or not name[:1].isalpha() else name


def write_element(worksheet: Any, place: list[int], element: Any, how: dict[str, Any]) -> list[int]:
    """Write a line above a table, or of the cover, in a row that is tall enough."""
    if not element:
        return place
    worksheet._smart_write(*place, element, {**how, "valign": "top"})
    size = how.get("font_size", _FONT_POINTS) / _FONT_POINTS
    lines = (
        text_metrics.count_lines(str(element), _COVER_WIDTH_PX / size)
        if how.get("text_wrap")
        else 1
    )
    worksheet.set_row_pixels(place[0], round(lines * text_metrics.LINE_PX * size) + 4)
    return [place[0] + 1, *place[1:]]


def write_table(worksheet: Any, _place: list[int], gptable: Any, _auto_width: bool) -> list[int]:
    """Write a table, marked as one, with widths, heights, formats and what stays in view."""
    sheet: Sheet = getattr(gptable, "sheet", None) or _lay_text(gptable)
    header_row = int(gptable.data_range[0])
    previous = 0
    for column, width in enumerate(sheet.layout.widths):
        # Neighbours of one width would be written as one, which some readers (openpyxl) misread.
        previous = width + (width == previous)
        worksheet.set_column_pixels(column, column, previous)
    _mark_table(worksheet, gptable, sheet)
    worksheet.set_row_pixels(header_row, sheet.layout.header_height)
    theme = worksheet.theme
    lines = zip(sheet.rows, sheet.layout.heights, sheet.layout.formats, strict=True)
    for number, (row, height, formats) in enumerate(lines, start=header_row + 1):
        worksheet.set_row_pixels(number, height)
        for column, (value, how) in enumerate(zip(row, formats, strict=True)):
            is_index = column in gptable.index_columns.values()
            style = {**(theme.index_1_format if is_index else theme.data_format), "valign": "top"}
            style.update(_align(column, is_number=how is not None and not sheet.layout.is_text))
            _write_cell(worksheet, (number, column), value, how, style)
    _set_view(worksheet, header_row, sheet.layout)
    return [header_row + len(sheet.rows) + 1, 0]


def _align(column: int, *, is_number: bool) -> dict[str, Any]:
    """Return a cell's alignment; the first column is flush with the lines above the table."""
    return _RIGHT if is_number else _LEFT if column else {"align": "left"}


def _lay_text(gptable: Any) -> Sheet:
    """Return a table of contents or of notes, whose cells gptables makes, as a sheet."""
    names = [str(name) for name in gptable.table.columns]
    rows = gptable.table.to_numpy().tolist()
    shown = [[_read_shown(value) for value in row] for row in rows]
    return Sheet(gptable.table_name, names, rows, layout.arrange_text(names, shown))


def _read_shown(value: object) -> object:
    """Return what a cell shows that is a list of lines or a link."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return next(iter(value)) if isinstance(value, dict) else value


def _write_cell(
    worksheet: Any,
    place: tuple[int, int],
    value: object,
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
    """Return text that fits in a cell, with a notice if it had to be cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MAX_CELL_LENGTH:
        return text
    return (
        units[: 2 * (_MAX_CELL_LENGTH - len(_CUT_NOTICE))].decode("utf-16-le", "ignore")
        + _CUT_NOTICE
    )


def _mark_table(worksheet: Any, gptable: Any, sheet: Sheet) -> None:
    """Mark the cells as a table, whose name and headings screen readers announce."""
    theme = worksheet.theme.column_heading_format
    numeric = sheet.layout.find_numeric_columns()
    columns = [
        {
            "header": name,
            "header_format": worksheet._workbook.add_format(
                {**theme, **_align(column, is_number=is_number)}
            ),
        }
        for column, (name, is_number) in enumerate(zip(sheet.header, numeric, strict=True))
    ]
    options = {
        "header_row": True,
        "autofilter": sheet.layout.is_filtered,
        "columns": columns,
        "style": None,
        "name": gptable.table_name,
    }
    worksheet.add_table(*gptable.data_range, options)


def _set_view(worksheet: Any, header_row: int, how: Layout) -> None:
    """Keep the header and the key columns in view, and print all columns on one page."""
    worksheet.freeze_panes(header_row + 1, how.frozen)
    worksheet.set_landscape()
    worksheet.set_paper(_PAPER_A3)
    worksheet.repeat_rows(header_row)
    worksheet.fit_to_pages(1, 0)
