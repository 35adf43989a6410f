"""How a table lies in a spreadsheet: widths, heights, formats, what stays in view on scrolling.

XLSX and ODS are written from the same layout, so that both read alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from dashboard.exports import text_metrics, units
from dashboard.exports.units import NumberFormat

Row = Sequence[Any]
Unit = Mapping[str, str]

DATE_CODE = "yyyy-mm-dd"
# A text column is as wide as its text needs, up to a comfortable line of reading.
_TEXT_CEILING_PX = 460
_PAGE_PX = 820
# Excel's limits: a row of 409 points, a column of 255 characters.
_TALLEST_PX, _WIDEST_PX = 540, 1790
_NARROWEST_PX = 60
# Shorter texts never need more lines than a row can have.
_LONG, _MANY_BREAKS = 400, 10
# Key columns stay in view as long as they leave most of a laptop's window to the others.
_FROZEN_PX = 520
_FILTERED_FROM_ROWS = 12


@dataclass(frozen=True)
class Layout:
    """Widths and heights in pixels. ``frozen`` counts the columns that stay in view.

    ``formats`` has a row for each of data, and in it a format for each cell that is a number.
    ``is_text`` marks a list to be read, whose numbers are labels and not figures.
    """

    widths: tuple[int, ...]
    header_height: int
    heights: tuple[int, ...]
    formats: tuple[tuple[NumberFormat | None, ...], ...]
    frozen: int
    is_filtered: bool
    is_text: bool = False

    def tell_numeric(self) -> list[bool]:
        """Tell of each column whether it holds figures, which stand at its right."""
        columns = list(zip(*self.formats, strict=True)) or [()] * len(self.widths)
        return [not self.is_text and any(how is not None for how in column) for column in columns]


def arrange(
    fields: Sequence[units.Field],
    rows: Sequence[Row],
    keys: Sequence[str] = (),
    units_by_measure: Unit | None = None,
    *,
    is_text: bool = False,
) -> Layout:
    """Return the layout of a table: its columns in order, and its rows of plain values."""
    names = [str(field["name"]) for field in fields]
    formats = _choose_formats(fields, rows, units_by_measure or {})
    is_filtered = len(rows) >= _FILTERED_FROM_ROWS and not is_text
    shown = [
        [show(value, how) for value, how in zip(row, line, strict=True)]
        for row, line in zip(rows, formats, strict=True)
    ]
    ceiling_px = _PAGE_PX if is_text else _TEXT_CEILING_PX
    columns = list(zip(*shown, strict=True)) or [()] * len(names)
    widths = tuple(
        _fit_width(name, [text for text in column if text], ceiling_px, bold=is_text)
        for name, column in zip(names, columns, strict=True)
    )
    # A filter's button sits at the foot of its header: the name needs a line of its own.
    header_lines = 2 if is_filtered else 1
    return Layout(
        widths=widths,
        header_height=header_lines * text_metrics.LINE_PX + 4,
        heights=tuple(measure_row(line, widths) for line in shown),
        formats=formats,
        frozen=0 if is_text else _count_frozen(names, keys, widths),
        is_filtered=is_filtered,
        is_text=is_text,
    )


def arrange_text(names: Sequence[str], rows: Sequence[Row]) -> Layout:
    """Return the layout of a sheet to be read: a list with its remarks, or lines of a cover."""
    return arrange([{"name": name} for name in names], rows, is_text=True)


def show(value: Any, how: NumberFormat | None) -> str:
    """Return a cell as the reader sees it."""
    if value is None:
        return ""
    if how is not None:
        return how.show(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def measure_row(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row in which every text is seen whole, as far as Excel can."""
    lines = max(
        (text_metrics.count_lines(text, width) for text, width in zip(texts, widths, strict=False)),
        default=1,
    )
    return min(lines * text_metrics.LINE_PX + 4, _TALLEST_PX)


def _fit_width(name: str, texts: Sequence[str], ceiling_px: int, *, bold: bool) -> int:
    """Return a column's width: its name is never broken, nor is a text taller than a row can be."""
    header = text_metrics.measure_name(name)
    widest = max((text_metrics.measure_widest_line(text, bold=bold) for text in texts), default=0.0)
    width = (
        max(header, min(widest, ceiling_px), _NARROWEST_PX)
        + text_metrics.PADDING_PX
        + text_metrics.INDENT_PX
    )
    long = [text for text in texts if len(text) > _LONG or text.count("\n") > _MANY_BREAKS]
    while width < _WIDEST_PX and any(_is_too_tall(text, width) for text in long):
        width *= 1.25
    # Rounded down, it would be too narrow for its widest text.
    return min(ceil(width) + 1, _WIDEST_PX)


def _is_too_tall(text: str, width_px: float) -> bool:
    """Tell whether a text needs a wider column; one of many short lines would gain nothing."""
    most = (_TALLEST_PX - 4) // text_metrics.LINE_PX
    return text.count("\n") < most < text_metrics.count_lines(text, width_px)


def _count_frozen(names: Sequence[str], keys: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many columns stay in view: the first, then those that say whose row it is."""
    known = {*keys, "opportunity_area_code", "opportunity_area_name", "name"}
    count, taken = 1, widths[0] if widths else 0
    while count < len(names) and names[count] in known and taken + widths[count] <= _FROZEN_PX:
        taken += widths[count]
        count += 1
    return count


def _choose_formats(
    fields: Sequence[units.Field], rows: Sequence[Row], by_measure: Unit
) -> tuple[tuple[NumberFormat | None, ...], ...]:
    names = [str(field["name"]) for field in fields]
    stated = [None if units.has_unit_by_row(field) else units.read_unit(field) for field in fields]
    return tuple(
        tuple(
            units.choose_format(
                _read_row_unit(names, row, by_measure) if own is None else own, value
            )
            if is_number(value)
            else None
            for value, own in zip(row, stated, strict=True)
        )
        for row in rows
    )


def is_number(value: Any) -> bool:
    """Tell whether a cell is a number; true and false are words here."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_row_unit(names: Sequence[str], row: Row, by_measure: Unit) -> str:
    """Return the unit that a row states, or that the measure it names has."""
    cells = dict(zip(names, row, strict=True))
    return str(cells.get("unit") or by_measure.get(str(cells.get("measure_id")), ""))
