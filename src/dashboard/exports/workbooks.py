"""Spreadsheets: XLSX in the form that the Analysis Function asks for, and the same as ODS."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.exports import attribution, data_dictionary, excel, layout, opendocument, sanitise
from dashboard.exports.dfe_standard import Table
from dashboard.exports.layout import Sheet
from dashboard.exports.metadata import LONG_TABLES, RULES, About
from dashboard.exports.opendocument import Link
from dashboard.exports.sanitise import Cell

_CONTACT = "Questions and corrections: the address of the dashboard that this file was taken from."
_LEFT_OUT_NOTE = (
    "Tables without a row are left out, and so are the finder's look-up tables of postcodes and "
    "towns and the outcomes of every district, which are in the data package."
)
_READING_NOTE = (
    "This worksheet contains one table. An empty cell means that the figure is not known, or that "
    "there is nothing to say."
)

_SIGNS = {"%": "per cent"}
_SIGNS_NOTE = (
    "In this workbook a cell that holds a sign alone has it in words: “%” is “per cent”, and "
    "“-” is “- (sign)”. A screen reader may pass over a sign in silence."
)
# Lines above a table run on over the cells beside it: none may be wider than a window, or than the
# column of the contents that repeats it.
_MAX_LINE_LENGTH = 104
_MAX_SHEET_NAME_LENGTH = 31


def build_xlsx(tables: Mapping[str, Table], about: About) -> bytes:
    """Return a workbook: cover, contents, notes, then a table a sheet."""
    buffer = io.BytesIO()
    units = _map_units(tables)
    with warnings.catch_warnings():
        # gptables warns of empty cells, which every sheet explains, of notes that no table refers
        # to, as they are on all tables, and of a file that it leaves open itself.
        warnings.simplefilter("ignore")
        gptables = _load_gptables()
        book = gptables.produce_workbook(
            buffer,
            sheets={
                table.name[:_MAX_SHEET_NAME_LENGTH]: _build_gptable(table, units)
                for table in _select_tables(tables)
            },
            cover=gptables.Cover(
                title=sanitise.replace_unprintable(about.title),
                about=[sanitise.replace_unprintable(line) for line in _list_about(about)],
                contact=[_CONTACT],
                width=excel.COVER_WIDTH_CHARACTERS,
            ),
            contentsheet_options={"additional_elements": ["subtitles"]},
            notes_table=_number_notes([*_list_notes(tables), _SIGNS_NOTE]),
            auto_width=False,
            workbook_options=excel.list_options(),
        )
        excel.describe_book(book, about.title, about.description, about.day)
        book.close()
    return buffer.getvalue()


@cache
def _load_gptables() -> Any:
    """Return gptables, changed so that it makes no links and notes of what looks like them.

    Its own writer sets no widths, heights and number formats, so :mod:`excel` replaces it.
    """
    import gptables
    from gptables.core.wrappers import GPWorksheet

    GPWorksheet._parse_urls = lambda *_: None
    GPWorksheet._replace_reference = staticmethod(lambda words, _: words)
    GPWorksheet._strip_annotation_references = staticmethod(lambda words: words)
    GPWorksheet._write_element = excel.write_element
    GPWorksheet._write_table_elements = excel.write_table
    return gptables


def _build_gptable(table: Table, units: Mapping[str, str]) -> Any:
    sheet = _lay_out(table, units, spells_signs=True)
    gptable = _load_gptables().GPTable(
        table=pd.DataFrame(sheet.rows, columns=list(sheet.header), dtype="object"),
        table_name=excel.name_table(table.name),
        title=sanitise.replace_unprintable(table.title),
        subtitles=_split_into_lines(table.description),
        instructions=_READING_NOTE,
        source=_refer_to_sources(table),
        index_columns={},
    )
    gptable.sheet = sheet
    return gptable


def _lay_out(table: Table, units: Mapping[str, str], *, spells_signs: bool = False) -> Sheet:
    rows = sanitise.list_rows(table.frame)
    if spells_signs:
        rows = [[_spell_sign(value) for value in row] for row in rows]
    names = [
        sanitise.replace_unprintable(sanitise.escape_formula(str(name)))
        for name in table.frame.columns
    ]
    keys = table.schema.get("primaryKey", [])
    return Sheet(table.name, names, rows, layout.arrange(table.schema["fields"], rows, keys, units))


def _map_units(tables: Mapping[str, Table]) -> dict[str, str]:
    """Return the unit of each measure's values."""
    if "measures" not in tables:
        return {}
    frame = tables["measures"].frame
    return dict(zip(frame["measure_id"], frame["unit"], strict=True))


def _split_into_lines(description: str) -> list[str]:
    """Return a description in lines, each sentence on its own."""
    sentences = re.split(
        r"(?<=[.!?])\s+", sanitise.replace_unprintable(description).replace("\n", " ")
    )
    return [line for sentence in sentences for line in wrap(sentence, _MAX_LINE_LENGTH)]


def _refer_to_sources(table: Table) -> str | None:
    """Return where to find a sheet's sources; None if it names none, or is the table of sources."""
    names = [] if table.name == "sources" else attribution.list_source_columns(table.frame)
    if not names:
        return None
    where = "column source_id" if names == ["source_id"] else "columns that end in source_id"
    return f"See the {where} and the table of sources."


def build_ods(tables: Mapping[str, Table], about: About) -> bytes:
    """Return the same as an OpenDocument spreadsheet: cover, contents, notes, a table a sheet."""
    units = _map_units(tables)
    cover = (about.title, *_list_about(about), _CONTACT)
    contents: list[list[str | Link]] = [
        [Link(table.name, table.name), f"{table.title}\n{table.description}"]
        for table in _select_tables(tables)
    ]
    sheets = [
        _build_text_sheet("Cover", (), [[line] for line in cover]),
        _build_text_sheet("Contents", ("Sheet name", "Table description"), contents),
        _build_text_sheet(
            "Notes", ("Note",), [[note] for note in (*_list_notes(tables), _READING_NOTE)]
        ),
        *(_lay_out(table, units) for table in _select_tables(tables)),
    ]
    title, description = map(sanitise.replace_unprintable, (about.title, about.description))
    return opendocument.write_book(sheets, title, description, about.day)


def _build_text_sheet(
    name: str, header: Sequence[str], rows: Iterable[Sequence[str | Link]]
) -> Sheet:
    """Return a sheet to be read, not calculated with: columns as wide as a line of a page."""
    plain = [
        [sanitise.replace_unprintable(cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    ]
    return Sheet(name, header, plain, layout.arrange_text(header or ("",), plain))


def _spell_sign(value: Cell) -> Cell:
    """Return a sign alone in words, because a screen reader may skip it."""
    if not isinstance(value, str) or any(character.isalnum() for character in value):
        return value
    return _SIGNS.get(value, f"{value} (sign)")


def _list_about(about: About) -> list[str]:
    return [
        about.description,
        f"This file holds: {about.holds}.",
        f"Figures: version {about.version} of {about.day}.",
        f"Licence: {about.licence}, {about.licence_url}",
        *about.attribution,
        f"How to cite: {about.citation}",
    ]


def _list_notes(tables: Mapping[str, Table]) -> list[str]:
    schemas = {table.name: table.schema["fields"] for table in _select_tables(tables)}
    return [
        *RULES,
        _LEFT_OUT_NOTE,
        *map(sanitise.replace_unprintable, data_dictionary.describe_columns(schemas)),
    ]


def _number_notes(notes: Sequence[str]) -> pd.DataFrame:
    names = [f"note{number}" for number in range(1, len(notes) + 1)]
    return pd.DataFrame({"Note": names, "Text": notes})


def _select_tables(tables: Mapping[str, Table]) -> list[Table]:
    return [
        table for table in tables.values() if table.name not in LONG_TABLES and len(table.frame)
    ]
