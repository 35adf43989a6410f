"""Reads spreadsheets back with no code of the dashboard's, and with no library that writes them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = (f"{_OASIS}{name}:1.0}}" for name in ("office", "table", "text"))
STYLE, NUMBER, CONFIG = (f"{_OASIS}{name}:1.0}}" for name in ("style", "datastyle", "config"))

Lines = list[list[Any]]


def part(made: bytes, name: str) -> ElementTree.Element:
    """Return an XML file of a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        return ElementTree.fromstring(folder.read(name))  # noqa: S314 - made by the test


def read_ods(made: bytes) -> dict[str, Lines]:
    """Return each sheet's rows as plain values, an empty cell as None."""
    tables = part(made, "content.xml").iter(f"{TABLE}table")
    return {
        one.attrib[f"{TABLE}name"]: [
            [_value(cell) for cell in row] for row in one.iter(f"{TABLE}table-row")
        ]
        for one in tables
    }


def _value(cell: ElementTree.Element) -> Any:
    kind = cell.get(f"{OFFICE}value-type")
    if kind is None:
        return None
    if kind == "date":
        return cell.attrib[f"{OFFICE}date-value"]
    if kind == "string":
        return shown(cell)
    written = cell.attrib[f"{OFFICE}value"]
    return float(written) if "." in written or "e" in written else int(written)


def shown(cell: ElementTree.Element) -> str:
    """Return what a cell shows: its paragraphs, a line each."""
    return "\n".join("".join(_pieces(one)) for one in cell.iter(f"{TEXT}p"))


def _pieces(node: ElementTree.Element) -> Iterator[str]:
    if node.tag == f"{TEXT}s":
        yield " " * int(node.get(f"{TEXT}c", "1"))
    if node.tag == f"{TEXT}tab":
        yield "\t"
    yield node.text or ""
    for one in node:
        yield from _pieces(one)
        yield one.tail or ""
