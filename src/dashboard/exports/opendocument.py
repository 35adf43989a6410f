"""OpenDocument spreadsheets, version 1.3, written by hand: a zip of five XML files.

By hand because pandas' writer takes twice as long. A test validates every file against the
standard's schemas. Cells are text, links within the book, numbers and days; nothing else of the
standard is supported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from dashboard import archive
from dashboard.exports.layout import Sheet, is_number
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
    format_attributes,
    format_paragraphs,
    write_named_styles,
)
from dashboard.exports.units import NumberFormat


@dataclass(frozen=True)
class Link:
    """A cell that links to the start of another sheet."""

    text: str
    sheet: str

    def __str__(self) -> str:
        return self.text


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
    # Programs recognise the kind of file by an uncompressed mimetype at its start.
    return archive.write_zip({"mimetype": MIME, **parts}, day, stored=("mimetype",))


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
    columns = [
        f'<table:table-column table:style-name="{styles.add_column(width)}"/>'
        for width in sheet.layout.widths
    ]
    parts = [
        f'<table:table{format_attributes([("table:name", sheet.name)])} table:style-name="Sheet">'
    ]
    # Header columns and rows are repeated on each page, and screen readers announce them.
    frozen = sheet.frozen[0]
    if frozen:
        header = "".join(columns[:frozen])
        parts.append(f"<table:table-header-columns>{header}</table:table-header-columns>")
    parts += [*columns[frozen:], _write_header(sheet, styles)]
    lines = zip(sheet.rows, sheet.layout.heights, sheet.layout.formats, strict=True)
    for number, (row, height, formats) in enumerate(lines):
        is_title = not sheet.header and number == 0
        style = "Title" if is_title else "Text"
        scale = TITLE_POINTS / TEXT_POINTS if is_title else 1
        cells = [
            _write_cell(value, how, style, styles) for value, how in zip(row, formats, strict=True)
        ]
        parts.append(_write_row(round(height * scale), cells, styles))
    return "".join([*parts, "</table:table>"])


def _write_header(sheet: Sheet, styles: Styles) -> str:
    if not sheet.header:
        return ""
    numeric = sheet.layout.find_numeric_columns()
    cells = [
        _write_paragraphs(format_paragraphs(name), "HeadingOfNumbers" if is_figures else "Heading")
        for name, is_figures in zip(sheet.header, numeric, strict=True)
    ]
    row = _write_row(sheet.layout.header_height, cells, styles)
    return f"<table:table-header-rows>{row}</table:table-header-rows>"


def _write_row(height: int, cells: Sequence[str], styles: Styles) -> str:
    style = styles.add_row(height)
    return f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'


def _write_cell(value: object, how: NumberFormat | None, text_style: str, styles: Styles) -> str:
    if value is None:
        return "<table:table-cell/>"
    if how is not None and is_number(value):
        return _write_number(value, how, styles)
    if isinstance(value, date):
        day = value.isoformat()
        return (
            f'<table:table-cell table:style-name="Date" office:value-type="date" '
            f'office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
        )
    if isinstance(value, Link):
        address = format_attributes([("xlink:href", f"#{_quote(value.sheet)}.A1")])
        link = f'<text:a xlink:type="simple"{address}>{escape(value.text)}</text:a>'
        return _write_paragraphs(f"<text:p>{link}</text:p>", text_style)
    return _write_paragraphs(format_paragraphs(str(value)), text_style)


def _write_paragraphs(content: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}'
        "</table:table-cell>"
    )


def _write_number(value: float, how: NumberFormat, styles: Styles) -> str:
    kind = "currency" if how.is_money else "percentage" if how.is_share else "float"
    values = format_attributes(
        [
            ("table:style-name", styles.add_number(how)),
            ("office:value-type", kind),
            ("office:currency", "GBP" if how.is_money else None),
            ("office:value", repr(value)),
        ]
    )
    return f"<table:table-cell{values}><text:p>{how.show(value)}</text:p></table:table-cell>"


def _write_filter(sheet: Sheet) -> str:
    name, last = _quote(sheet.name), _name_column(len(sheet.header) - 1)
    address = f"{name}.A1:{name}.{last}{len(sheet.rows) + 1}"
    names = [("table:name", f"{sheet.name}_rows"), ("table:target-range-address", address)]
    return f'<table:database-range{format_attributes(names)} table:display-filter-buttons="true"/>'


def _quote(name: str) -> str:
    return name if name.isidentifier() else "'" + name.replace("'", "''") + "'"


def _name_column(index: int) -> str:
    """Return a column's letters: A, Z, AA."""
    before, letter = divmod(index, 26)
    return (_name_column(before - 1) if before else "") + chr(ord("A") + letter)
