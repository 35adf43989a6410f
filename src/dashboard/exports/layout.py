"""The layout of a spreadsheet: widths, heights, number formats, what stays in view on scrolling.

XLSX and ODS are written from the same layout, so that both look alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeGuard

from dashboard.exports import text_metrics, units
from dashboard.exports.units import NumberFormat

Row = Sequence[object]
# The format of each cell that is a number, by row and column.
Formats = tuple[tuple[NumberFormat | None, ...], ...]

DATE_CODE = "yyyy-mm-dd"
# A text column is as wide as its text, up to the length of a line that reads well.
_MAX_TEXT_COLUMN_PX = 460
_PAGE_PX = 820
# Excel's limits: a row of 409 points, a column of 255 characters.
_MAX_ROW_PX, _MAX_COLUMN_PX = 540, 1790
_MIN_COLUMN_PX = 60
# Shorter texts never need more lines than the tallest row has.
_LONG_TEXT_LENGTH, _MANY_LINE_BREAKS = 400, 10
# Key columns stay in view only if they leave most of a laptop's window to the others.
_MAX_FROZEN_PX = 520
_MIN_FILTERED_ROWS = 12


@dataclass(frozen=True)
class Layout:
    """Widths and heights in pixels. ``frozen`` counts the columns that stay in view.

    ``is_text`` marks a list to be read, whose numbers are labels and not figures.
    """

    widths: tuple[int, ...]
    header_height: int
    heights: tuple[int, ...]
    formats: Formats
    frozen: int
    is_filtered: bool
    is_text: bool = False

    def find_numeric_columns(self) -> list[bool]:
        """Tell of each column whether it holds figures, which are aligned right."""
        columns = list(zip(*self.formats, strict=True)) or [()] * len(self.widths)
        return [not self.is_text and any(how is not None for how in column) for column in columns]


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of plain values under a header, or without one under a title.

    The layout's heights are those of the rows; the header has its own.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Row]
    layout: Layout

    @property
    def frozen(self) -> tuple[int, int]:
        """How many columns and rows stay in view."""
        return (self.layout.frozen, 1) if self.header else (0, 0)


def arrange(
    fields: Sequence[units.Field],
    rows: Sequence[Row],
    keys: Sequence[str] = (),
    units_by_measure: Mapping[str, str] | None = None,
    *,
    is_text: bool = False,
) -> Layout:
    """Return the layout of a table, from its columns in order and its rows of plain values."""
    names = [str(field["name"]) for field in fields]
    formats = _choose_formats(fields, rows, units_by_measure or {})
    is_filtered = len(rows) >= _MIN_FILTERED_ROWS and not is_text
    shown = [
        [format_cell(value, how) for value, how in zip(row, line, strict=True)]
        for row, line in zip(rows, formats, strict=True)
    ]
    ceiling_px = _PAGE_PX if is_text else _MAX_TEXT_COLUMN_PX
    columns = list(zip(*shown, strict=True)) or [()] * len(names)
    widths = tuple(
        _fit_width(name, [text for text in column if text], ceiling_px, bold=is_text)
        for name, column in zip(names, columns, strict=True)
    )
    return Layout(
        widths=widths,
        # A filter's button takes the last line of its header.
        header_height=(2 if is_filtered else 1) * text_metrics.LINE_PX + 4,
        heights=tuple(measure_row(line, widths) for line in shown),
        formats=formats,
        frozen=0 if is_text else _count_frozen(names, keys, widths),
        is_filtered=is_filtered,
        is_text=is_text,
    )


def arrange_text(names: Sequence[str], rows: Sequence[Row]) -> Layout:
    """Return the layout of a sheet to be read: a list with its remarks, or lines of a cover."""
    return arrange([{"name": name} for name in names], rows, is_text=True)


def format_cell(value: object, how: NumberFormat | None) -> str:
    """Return a cell as the reader sees it."""
    if value is None:
        return ""
    if how is not None and is_number(value):
        return how.show(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def measure_row(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row that shows every text whole, up to Excel's limit."""
    lines = max(map(text_metrics.count_lines, texts, widths), default=1)
    return min(lines * text_metrics.LINE_PX + 4, _MAX_ROW_PX)


def _fit_width(name: str, texts: Sequence[str], ceiling_px: int, *, bold: bool) -> int:
    """Return a column's width, so that its name fits in a line and every text in a row."""
    header = text_metrics.measure_name(name)
    widest = max((text_metrics.measure_widest_line(text, bold=bold) for text in texts), default=0.0)
    width = max(header, min(widest, ceiling_px), _MIN_COLUMN_PX)
    width += text_metrics.PADDING_PX + text_metrics.INDENT_PX
    long = [
        text
        for text in texts
        if len(text) > _LONG_TEXT_LENGTH or text.count("\n") > _MANY_LINE_BREAKS
    ]
    while width < _MAX_COLUMN_PX and any(_is_too_tall(text, width) for text in long):
        width *= 1.25
    return min(ceil(width) + 1, _MAX_COLUMN_PX)


def _is_too_tall(text: str, width_px: float) -> bool:
    """Tell whether a text needs a wider column, which does not help one of many short lines."""
    max_lines = (_MAX_ROW_PX - 4) // text_metrics.LINE_PX
    return text.count("\n") < max_lines < text_metrics.count_lines(text, width_px)


def _count_frozen(names: Sequence[str], keys: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many columns stay in view: the first, then those that identify the row."""
    identifying = {*keys, "opportunity_area_code", "opportunity_area_name", "name"}
    count, total_px = 1, sum(widths[:1])
    for name, width in zip(names[1:], widths[1:], strict=True):
        total_px += width
        if name not in identifying or total_px > _MAX_FROZEN_PX:
            break
        count += 1
    return count


def _choose_formats(
    fields: Sequence[units.Field], rows: Sequence[Row], by_measure: Mapping[str, str]
) -> Formats:
    names = [str(field["name"]) for field in fields]
    own = [None if units.has_unit_by_row(field) else units.read_unit(field) for field in fields]

    def choose(value: object, unit: str | None, row: Row) -> NumberFormat | None:
        if not is_number(value):
            return None
        unit = _read_row_unit(names, row, by_measure) if unit is None else unit
        return units.choose_format(unit, value)

    return tuple(
        tuple(choose(value, unit, row) for value, unit in zip(row, own, strict=True))
        for row in rows
    )


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a cell is a number; true and false are words here."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_row_unit(names: Sequence[str], row: Row, by_measure: Mapping[str, str]) -> str:
    """Return the unit that a row states, or that of the measure it names."""
    cells = dict(zip(names, row, strict=True))
    return str(cells.get("unit") or by_measure.get(str(cells.get("measure_id")), ""))
