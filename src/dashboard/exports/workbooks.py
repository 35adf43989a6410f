"""Spreadsheets: XLSX in the form that the Analysis Function asks for, and the same as ODS."""

import io
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.exports import cells, cited, columns
from dashboard.exports.about import LOOK_UPS, RULES, About
from dashboard.exports.standard import Table

if TYPE_CHECKING:
    from odf.opendocument import OpenDocument

_CONTACT = "Questions and corrections: the address of the dashboard that this file was taken from."
_LEFT_OUT = (
    "Tables without a row are left out, and so are the finder's look-up tables of postcodes and "
    "towns, which are in the data package."
)
_READING = (
    "This worksheet contains one table. An empty cell means that the figure is not known, or that "
    "there is nothing to say."
)

_TEXT_STAYS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_SIGNS = {"%": "per cent"}
_SAID_OF_SIGNS = (
    "In this workbook a cell that holds a sign alone has it in words: “%” is “per cent”, and "
    "“-” is “- (sign)”. A screen reader may pass over a sign in silence."
)


def xlsx(tables: Mapping[str, Table], about: About) -> bytes:
    """Return a workbook: cover, contents, notes, then a table a sheet."""
    made = io.BytesIO()
    with warnings.catch_warnings():
        # Empty cells are explained on every sheet, notes are on all tables at once, and the
        # library leaves a file of its own open as it loads.
        warnings.simplefilter("ignore")
        gptables = _library()
        book = gptables.produce_workbook(
            made,
            sheets={one.name: _table(one) for one in _sheets(tables)},
            cover=gptables.Cover(title=about.title, about=_told(about), contact=[_CONTACT]),
            notes_table=_numbered([*_notes(tables), _SAID_OF_SIGNS]),
            auto_width=False,
            workbook_options=_TEXT_STAYS_TEXT,
        )
        book.close()
    return made.getvalue()


@cache
def _library() -> Any:
    """Return gptables, which otherwise makes links and notes of what looks so in a text."""
    import gptables
    from gptables.core.wrappers import GPWorksheet

    GPWorksheet._parse_urls = lambda *_: None
    GPWorksheet._replace_reference = staticmethod(lambda words, _: words)
    GPWorksheet._strip_annotation_references = staticmethod(lambda words: words)
    return gptables


def _table(one: Table) -> Any:
    return _library().GPTable(
        table=cells.written(one.frame).map(_worded),
        table_name=one.name,
        title=one.title,
        subtitles=[one.description],
        instructions=_READING,
        source=_leading(one),
        index_columns={},
    )


def _leading(one: Table) -> str | None:
    """Return where a sheet's sources are told; None where it names none, or tells them itself."""
    names = [] if one.name == "sources" else cited.naming(one.frame)
    if not names:
        return None
    where = "column source_id" if names == ["source_id"] else "columns that end in source_id"
    return f"See the {where} and the table of sources."


def ods(tables: Mapping[str, Table], about: About) -> bytes:
    """Return the same as an OpenDocument spreadsheet: cover, notes, then a table a sheet."""
    from odf.opendocument import OpenDocumentSpreadsheet

    book = OpenDocumentSpreadsheet()
    _sheet(book, "Cover", [[about.title], *([one] for one in _told(about))])
    listed = [[one.name, one.title] for one in _sheets(tables)]
    _sheet(book, "Contents", [["Sheet name", "Table description"], *listed])
    _sheet(book, "Notes", [["Note"], *([one] for one in _notes(tables))])
    for one in _sheets(tables):
        frame = cells.written(one.frame)
        _sheet(book, one.name, [list(frame.columns), *frame.to_numpy().tolist()])
    made = io.BytesIO()
    book.write(made)
    return made.getvalue()


def _worded(value: Any) -> Any:
    """Say in words what is a sign alone: a screen reader may pass over it in silence."""
    if not isinstance(value, str) or any(one.isalnum() for one in value):
        return value
    return _SIGNS.get(value, f"{value} (sign)")


def _told(about: About) -> list[str]:
    return [
        about.description,
        f"This file holds: {about.holds}.",
        f"Figures: version {about.version} of {about.day}.",
        f"Licence: {about.licence}, {about.licence_url}",
        *about.attribution,
        f"How to cite: {about.citation}",
    ]


def _notes(tables: Mapping[str, Table]) -> list[str]:
    schemas = {one.name: one.schema["fields"] for one in _sheets(tables)}
    return [*RULES, _LEFT_OUT, *columns.told(schemas)]


def _numbered(notes: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"Note": [f"note{at}" for at in range(1, len(notes) + 1)], "Text": notes})


def _sheets(tables: Mapping[str, Table]) -> Iterable[Table]:
    return [one for one in tables.values() if one.name not in LOOK_UPS and len(one.frame)]


def _sheet(book: "OpenDocument", name: str, rows: list[list[Any]]) -> None:
    """Add a sheet of rows; numbers are numbers, the rest is text."""
    from odf.table import Table as Sheet
    from odf.table import TableRow

    sheet = Sheet(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_cell(value))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)


def _cell(value: Any) -> Any:
    from odf.table import TableCell
    from odf.text import P

    if value is None:
        return TableCell()
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=repr(value))
    cell = TableCell(valuetype="string", stringvalue=str(value))
    cell.addElement(P(text=str(value)))
    return cell
