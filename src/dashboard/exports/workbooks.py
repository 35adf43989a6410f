"""Spreadsheets: XLSX in the form that the Analysis Function asks for, and the same as ODS."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.exports import attribution, data_dictionary, excel, layout, opendocument, sanitise
from dashboard.exports.dfe_standard import Table
from dashboard.exports.layout import Layout
from dashboard.exports.metadata import LOOK_UPS, RULES, About
from dashboard.exports.opendocument import Link, Sheet

_CONTACT = "Questions and corrections: the address of the dashboard that this file was taken from."
_LEFT_OUT = (
    "Tables without a row are left out, and so are the finder's look-up tables of postcodes and "
    "towns, which are in the data package."
)
_READING = (
    "This worksheet contains one table. An empty cell means that the figure is not known, or that "
    "there is nothing to say."
)

_SIGNS = {"%": "per cent"}
_SAID_OF_SIGNS = (
    "In this workbook a cell that holds a sign alone has it in words: “%” is “per cent”, and "
    "“-” is “- (sign)”. A screen reader may pass over a sign in silence."
)
# What stands above a table runs on over the cells beside it: no line is wider than a window, or
# than the column of the contents that says it again.
_LINE_CHARACTERS = 104
_LONGEST_SHEET_NAME = 31


def build_xlsx(tables: Mapping[str, Table], about: About) -> bytes:
    """Return a workbook: cover, contents, notes, then a table a sheet."""
    made = io.BytesIO()
    units = _map_units(tables)
    with warnings.catch_warnings():
        # Empty cells are explained on every sheet, notes are on all tables at once, and the
        # library leaves a file of its own open as it loads.
        warnings.simplefilter("ignore")
        gptables = _load_library()
        book = gptables.produce_workbook(
            made,
            sheets={_name_sheet(one): _build_sheet(one, units) for one in _build_sheets(tables)},
            cover=gptables.Cover(
                title=sanitise.remove_control_characters(about.title),
                about=[sanitise.remove_control_characters(line) for line in _describe(about)],
                contact=[_CONTACT],
                width=excel.COVER_CHARACTERS,
            ),
            contentsheet_options={"additional_elements": ["subtitles"]},
            notes_table=_number_notes([*_build_notes(tables), _SAID_OF_SIGNS]),
            auto_width=False,
            workbook_options=excel.list_options(),
        )
        excel.describe(book, about.title, about.description, _format_day(about))
        book.close()
    return made.getvalue()


@cache
def _load_library() -> Any:
    """Return gptables, which otherwise makes links and notes of what looks so in a text.

    Its own way of writing a table leaves widths, heights and formats of numbers to chance.
    """
    import gptables
    from gptables.core.wrappers import GPWorksheet

    GPWorksheet._parse_urls = lambda *_: None
    GPWorksheet._replace_reference = staticmethod(lambda words, _: words)
    GPWorksheet._strip_annotation_references = staticmethod(lambda words: words)
    GPWorksheet._write_element = excel.write_element
    GPWorksheet._write_table_elements = excel.write_table
    return gptables


def _build_sheet(one: Table, units: Mapping[str, str]) -> Any:
    rows = [[_word_cells(value) for value in row] for row in sanitise.list_rows(one.frame)]
    names = _build_headings(one)
    made = _load_library().GPTable(
        table=pd.DataFrame(rows, columns=names, dtype="object"),
        table_name=excel.name_table(one.name),
        title=sanitise.remove_control_characters(one.title),
        subtitles=_list_lines(one.description),
        instructions=_READING,
        source=_count_leading(one),
        index_columns={},
    )
    made.laid = excel.Laid(names, rows, _arrange(one, rows, units))
    return made


def _arrange(one: Table, rows: Sequence[Sequence[Any]], units: Mapping[str, str]) -> Layout:
    return layout.arrange(one.schema["fields"], rows, one.schema.get("primaryKey", []), units)


def _map_units(tables: Mapping[str, Table]) -> dict[str, str]:
    """Return the unit of each measure, which its values and their spread are in."""
    if "measures" not in tables:
        return {}
    frame = tables["measures"].frame
    return dict(zip(frame["measure_id"], frame["unit"], strict=True))


def _build_headings(one: Table) -> list[str]:
    return [
        sanitise.remove_control_characters(sanitise.escape_formula(str(name)))
        for name in one.frame.columns
    ]


def _list_lines(description: str) -> list[str]:
    """Return a description in lines, each sentence on its own."""
    sentences = re.split(
        r"(?<=[.!?])\s+", sanitise.remove_control_characters(description).replace("\n", " ")
    )
    return [line for sentence in sentences for line in wrap(sentence, _LINE_CHARACTERS)]


def _name_sheet(one: Table) -> str:
    """Return a sheet's name, which Excel keeps short."""
    return one.name[:_LONGEST_SHEET_NAME]


def _count_leading(one: Table) -> str | None:
    """Return where a sheet's sources are told; None where it names none, or tells them itself."""
    names = [] if one.name == "sources" else attribution.list_named_sources(one.frame)
    if not names:
        return None
    where = "column source_id" if names == ["source_id"] else "columns that end in source_id"
    return f"See the {where} and the table of sources."


def build_ods(tables: Mapping[str, Table], about: About) -> bytes:
    """Return the same as an OpenDocument spreadsheet: cover, contents, notes, a table a sheet."""
    units = _map_units(tables)
    listed = [
        [
            Link(one.name, one.name),
            sanitise.remove_control_characters(f"{one.title}\n{one.description}"),
        ]
        for one in _build_sheets(tables)
    ]
    sheets = [
        _build_text_sheet(
            "Cover", (), [[one] for one in (about.title, *_describe(about), _CONTACT)]
        ),
        _build_text_sheet("Contents", ("Sheet name", "Table description"), listed),
        _build_text_sheet("Notes", ("Note",), [[one] for one in (*_build_notes(tables), _READING)]),
    ]
    for one in _build_sheets(tables):
        rows = sanitise.list_rows(one.frame)
        sheets.append(Sheet(one.name, _build_headings(one), rows, _arrange(one, rows, units)))
    title, description = map(sanitise.remove_control_characters, (about.title, about.description))
    return opendocument.write_book(sheets, title, description, _format_day(about))


def _build_text_sheet(name: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sheet:
    """Return a sheet to be read, not reckoned with: columns as wide as a line of a page."""
    plain = [
        [sanitise.remove_control_characters(one) if isinstance(one, str) else one for one in row]
        for row in rows
    ]
    return Sheet(name, header, plain, layout.arrange_text(header or ("",), plain))


def _word_cells(value: Any) -> Any:
    """Say in words what is a sign alone: a screen reader may pass over it in silence."""
    if not isinstance(value, str) or any(one.isalnum() for one in value):
        return value
    return _SIGNS.get(value, f"{value} (sign)")


def _format_day(about: About) -> date:
    return date.fromisoformat(about.day)


def _describe(about: About) -> list[str]:
    return [
        about.description,
        f"This file holds: {about.holds}.",
        f"Figures: version {about.version} of {about.day}.",
        f"Licence: {about.licence}, {about.licence_url}",
        *about.attribution,
        f"How to cite: {about.citation}",
    ]


def _build_notes(tables: Mapping[str, Table]) -> list[str]:
    schemas = {one.name: one.schema["fields"] for one in _build_sheets(tables)}
    return [
        *RULES,
        _LEFT_OUT,
        *map(sanitise.remove_control_characters, data_dictionary.describe_rows(schemas)),
    ]


def _number_notes(notes: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"Note": [f"note{at}" for at in range(1, len(notes) + 1)], "Text": notes})


def _build_sheets(tables: Mapping[str, Table]) -> Iterable[Table]:
    return [one for one in tables.values() if one.name not in LOOK_UPS and len(one.frame)]
