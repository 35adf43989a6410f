"""The ODS file is what OpenDocument 1.3 says, by the schemas that OASIS publishes."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import pandas as pd
import pytest
from lxml import etree

from dashboard import exports
from dashboard.data.loader import Data
from dashboard.exports import layout, metadata, opendocument
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from spreadsheets import read_ods

CHOICES = {
    "all": None,
    "new": Filters("New six"),
    "east": Filters(regions=("East of England",)),
    "none": Filters("Original six", ("South East",)),
}
ODD = (
    "a\x01b\x1fc\x7f",
    "noncharacters \ufffe\uffff",
    "👩‍👩‍👧 🏫",
    "机会区域",
    "word " * 3000,
    "y" * 40_000,
    "one\ntwo\r\nthree\rfour",
    "  two  before,\ta tab and two after  ",
    "<b>&amp;</b> ]]> <!-- --> \"'",
)


@cache
def schema(name: str) -> Any:
    source = files("openxml_audit") / "odf" / "schemas" / "odf-1.3" / name
    with as_file(source) as path:
        assert "Copyright (c) OASIS Open 2021" in path.read_text("utf-8")
        return etree.RelaxNG(etree.parse(str(path)))


def faults(made: bytes) -> dict[str, str]:
    """Return what the schemas say against each XML file of a spreadsheet."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        for name in folder.namelist():
            if not name.endswith(".xml"):
                continue
            is_manifest = name == "META-INF/manifest.xml"
            rules = schema(f"OpenDocument-v1.3-{'manifest-' if is_manifest else ''}schema.rng")
            huge = etree.XMLParser(huge_tree=True)
            if not rules.validate(etree.fromstring(folder.read(name), huge)):
                found[name] = str(rules.error_log)
    return found


def planted(one: Table) -> Table:
    """Return a table with odd texts in its columns of text, one a row."""
    rows = len(ODD)
    frame = pd.DataFrame(
        {
            name: list(ODD)
            if isinstance(one.frame[name].dtype, pd.StringDtype)
            else pd.Series(one.frame[name].tolist() * rows, dtype="object")[:rows]
            for name in one.frame.columns
        }
    )
    return replace(one, frame=frame, title=f"{one.title}{ODD[0]}{ODD[8]}")


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_every_part_is_as_the_standard_says(content: Data, choice: str) -> None:
    assert faults(exports.build(content, "ods", CHOICES[choice])) == {}


@pytest.mark.slow
def test_odd_texts_are_valid_too(content: Data) -> None:
    given = exports.dfe_standard.build_tables(content)
    odd = {name: planted(given[name]) for name in ("areas", "outcomes", "gaps")}
    said = metadata.build_metadata(content, None)
    said = replace(said, title=f"{said.title}{ODD[0]}", description=ODD[8], citation=ODD[6])
    assert faults(exports.workbooks.build_ods(odd, said)) == {}


@pytest.mark.slow
def test_the_schema_refuses_what_was_written_before(content: Data) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "ods", None))) as folder:
        sheets = folder.read("content.xml").decode()
        manifest = folder.read("META-INF/manifest.xml").decode()
    start, end = (
        sheets.index("<table:table-header-columns"),
        sheets.index("<table:table-header-rows"),
    )
    with zipfile.ZipFile(made, "w") as broken:
        broken.writestr("content.xml", sheets[:start] + sheets[end:])
        broken.writestr(
            "META-INF/manifest.xml",
            manifest.replace(' manifest:version="1.3"', "", 1),
        )
    assert set(faults(made.getvalue())) == {"content.xml", "META-INF/manifest.xml"}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_package_begins_with_its_kind(content: Data, choice: str) -> None:
    made = exports.build(content, "ods", CHOICES[choice])
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        first, *others = folder.infolist()
        manifest = etree.fromstring(folder.read("META-INF/manifest.xml"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert made[38 : 38 + len(kind)] == kind.encode()
    space = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
    entries = {one.get(f"{space}full-path"): one.get(f"{space}media-type") for one in manifest}
    assert manifest.get(f"{space}version") == "1.3"
    assert entries.pop("/") == kind
    assert set(entries) == {one.filename for one in others} - {"META-INF/manifest.xml"}


def test_a_name_of_any_letters_is_valid() -> None:
    names = ("Its 'own' sheet", "a & b", "名前")
    rows = [["x", 1, date(2017, 1, 18)]] * 15
    fields = [{"name": name} for name in ("text", "number", "day")]
    how = layout.arrange(fields, rows)
    sheets = [layout.Sheet(name, ("text", "number", "day"), rows, how) for name in names]
    made = opendocument.write_book(sheets, "<title>", "a & b", date(2026, 11, 25))
    assert faults(made) == {}
    assert list(read_ods(made)) == list(names)
    assert read_ods(made)["a & b"][1] == ["x", 1, "2017-01-18"]


def test_a_table_of_many_columns_is_filtered_to_its_last() -> None:
    fields = [{"name": f"column{at}"} for at in range(60)]
    rows = [list(range(60))] * 15
    header = [str(field["name"]) for field in fields]
    sheet = layout.Sheet("wide", header, rows, layout.arrange(fields, rows))
    made = opendocument.write_book([sheet], "t", "d", date(2026, 11, 25))
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        assert (
            'table:target-range-address="wide.A1:wide.BH16"' in folder.read("content.xml").decode()
        )
    assert faults(made) == {}
