"""OpenDocument spreadsheets, version 1.3, written by hand: a zip of five XML files.

A test validates every one against the standard's schemas. The writer knows text, links within
the book, numbers and days, and nothing else of the standard.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from dashboard.exports.layout import Layout
from dashboard.exports.ods_parts import (
    MIME,
    wrap_document,
    write_manifest,
    write_meta,
    write_settings,
)
from dashboard.exports.ods_styles import (
    FONTS,
    TEXT_POINTS,
    TITLE_POINTS,
    Styles,
    attributes,
    paragraphs,
    write_named_styles,
)
from dashboard.exports.units import NumberFormat

# A plain file that everyone may read and its owner may write.
_MODE = 0o100644 << 16


@dataclass(frozen=True)
class Link:
    """A cell that leads to the start of another sheet."""

    text: str
    sheet: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of plain values under a header, or without one under a title.

    The layout's heights are those of the rows, the header's apart.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    layout: Layout

    @property
    def frozen(self) -> tuple[int, int]:
        """How many columns and rows stay in view."""
        return (self.layout.frozen, 1) if self.header else (0, 0)


def write_book(sheets: Sequence[Sheet], title: str, description: str, day: date) -> bytes:
    """Return a spreadsheet as a file, the same bytes for the same content."""
    parts = {
        "content.xml": wrap_document("content", _write_content(sheets)),
        "styles.xml": wrap_document("styles", write_named_styles()),
        "meta.xml": wrap_document("meta", write_meta(title, description, day)),
        "settings.xml": wrap_document(
            "settings", write_settings({sheet.name: sheet.frozen for sheet in sheets})
        ),
    }
    parts["META-INF/manifest.xml"] = write_manifest(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        # A program tells the kind of file by its first bytes: no compression, no other before it.
        _add(book, "mimetype", MIME, day, zipfile.ZIP_STORED)
        for name, content in parts.items():
            _add(book, name, content, day, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _add(book: zipfile.ZipFile, name: str, content: str, day: date, how: int) -> None:
    entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
    entry.external_attr = _MODE
    book.writestr(entry, content.encode(), how)


def _write_content(sheets: Sequence[Sheet]) -> str:
    styles = Styles()
    tables = "".join(_write_sheet(sheet, styles) for sheet in sheets)
    ranges = "".join(_write_filter(sheet) for sheet in sheets if sheet.layout.is_filtered)
    body = f"{tables}<table:database-ranges>{ranges}</table:database-ranges>" if ranges else tables
    return (
        f"{FONTS}{styles.to_xml()}<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body>"
    )


def _write_sheet(sheet: Sheet, styles: Styles) -> str:
    name = attributes([("table:name", sheet.name)])
    columns = [
        f'<table:table-column table:style-name="{styles.column(width)}"/>'
        for width in sheet.layout.widths
    ]
    kept = sheet.frozen[0]
    parts = [f'<table:table{name} table:style-name="Sheet">']
    # Header columns and rows are said on each page, and a screen reader knows them.
    if kept:
        parts.append(f"<table:table-header-columns>{''.join(columns[:kept])}")
        parts.append("</table:table-header-columns>")
    parts += columns[kept:]
    parts.append(_write_header(sheet, styles))
    lines = zip(sheet.rows, sheet.layout.heights, sheet.layout.formats, strict=True)
    for number, (row, height, formats) in enumerate(lines):
        text = "Text" if sheet.header or number else "Title"
        cells = [_write_cell(one, how, text, styles) for one, how in zip(row, formats, strict=True)]
        size = TITLE_POINTS / TEXT_POINTS if text == "Title" else 1
        parts.append(_write_row(round(height * size), cells, styles))
    parts.append("</table:table>")
    return "".join(parts)


def _write_header(sheet: Sheet, styles: Styles) -> str:
    if not sheet.header:
        return ""
    numeric = sheet.layout.tell_numeric()
    cells = [
        _write_text(name, "HeadingOfNumbers" if is_number else "Heading")
        for name, is_number in zip(sheet.header, numeric, strict=True)
    ]
    row = _write_row(sheet.layout.header_height, cells, styles)
    return f"<table:table-header-rows>{row}</table:table-header-rows>"


def _write_row(height: int, cells: Sequence[str], styles: Styles) -> str:
    style = styles.row(height)
    return f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'


def _write_cell(value: Any, how: NumberFormat | None, text_style: str, styles: Styles) -> str:
    if value is None:
        return "<table:table-cell/>"
    if how is not None:
        return _write_number(value, how, styles)
    if isinstance(value, date):
        day = value.isoformat()
        return (
            f'<table:table-cell table:style-name="Date" office:value-type="date" '
            f'office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
        )
    if isinstance(value, Link):
        address = attributes([("xlink:href", f"#{_quote(value.sheet)}.A1")])
        return (
            f'<table:table-cell table:style-name="{text_style}" office:value-type="string">'
            f'<text:p><text:a xlink:type="simple"{address}>{escape(value.text)}</text:a></text:p>'
            "</table:table-cell>"
        )
    return _write_text(str(value), text_style)


def _write_text(text: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{paragraphs(text)}</table:table-cell>"
    )


def _write_number(value: float, how: NumberFormat, styles: Styles) -> str:
    kind = "currency" if how.is_money else "percentage" if how.is_share else "float"
    stated = attributes(
        [
            ("table:style-name", styles.number(how)),
            ("office:value-type", kind),
            ("office:currency", "GBP" if how.is_money else None),
            ("office:value", repr(value)),
        ]
    )
    return f"<table:table-cell{stated}><text:p>{how.show(value)}</text:p></table:table-cell>"


def _write_filter(sheet: Sheet) -> str:
    last = _name_column(len(sheet.header) - 1)
    name = _quote(sheet.name)
    stated = attributes(
        [
            ("table:name", f"{sheet.name}_rows"),
            ("table:target-range-address", f"{name}.A1:{name}.{last}{len(sheet.rows) + 1}"),
            ("table:display-filter-buttons", "true"),
        ]
    )
    return f"<table:database-range{stated}/>"


def _quote(name: str) -> str:
    return name if name.isidentifier() else "'" + name.replace("'", "''") + "'"


def _name_column(at: int) -> str:
    """Return a column's letters: A, Z, AA."""
    before, letter = divmod(at, 26)
    return (_name_column(before - 1) if before else "") + chr(ord("A") + letter)
