"""Text that would like to be markup stays text in every file that can be taken away.

``tests/browser/test_planted_markup.py`` and ``tests/service/test_planted_markup.py`` see to pages
and the service.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

import injection
from dashboard import brief, exports
from dashboard.data import loader
from dashboard.data.frames import to_records
from dashboard.data.loader import Data
from dashboard.topics.funding import areas as funding
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series
from injection import Kind, Planted
from spreadsheets import TABLE, shown

# An area whose brief says as much as any.
AREA = "north-yorkshire-coast"


@pytest.fixture(scope="module")
def content(planted: Planted) -> Data:
    return loader.load(planted.folder)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["keys", "pointers", "others"])
def test_every_other_column_refuses_it(tmp_path: Path, kind: Kind) -> None:
    spoilt = injection.spoil(tmp_path / "data", kind)
    refused = {
        (one.file.removesuffix(".csv"), one.column) for one in loader.check(tmp_path / "data")
    }
    assert spoilt
    assert spoilt - refused == set()


def test_every_column_is_planted_or_refuses(planted: Planted, tmp_path: Path) -> None:
    kinds: tuple[Kind, ...] = ("keys", "pointers", "others")
    refused = [injection.spoil(tmp_path / kind, kind) for kind in kinds]
    every = {(table["name"], column) for table, column in _columns(planted.folder)}
    assert set(planted.marks).union(*refused) == every
    assert not set(planted.marks) & set().union(*refused)


def _columns(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for table in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
        for field in table.get("schema", {}).get("fields", []):
            yield table, field["name"]


@pytest.mark.slow
def test_an_address_that_is_a_script_is_refused(tmp_path: Path) -> None:
    found = injection.plant(tmp_path / "data")
    path = found.folder / "sources.csv"
    path.write_text(path.read_text("utf-8").replace("https://links.example/", "javascript:"))
    faults = [one for one in loader.check(found.folder) if one.column == "url"]
    assert faults
    assert all(str(one.value).startswith("javascript:") for one in faults)


def texts_of_csv(file: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(file.decode("utf-8-sig"))):
        yield from row


def texts_of_json(file: bytes) -> Iterator[str]:
    yield from _leaves(json.loads(file))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def texts_of_xlsx(file: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(file)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                # The contents' links lead to sheets: they have no target.
                target = cell.hyperlink and cell.hyperlink.target
                assert target is None or _is_ours(target)
                if isinstance(cell.value, str):
                    yield cell.value


def _is_ours(address: str) -> bool:
    return address.startswith("https://") and "planted.example" not in address


def texts_of_ods(file: bytes) -> Iterator[str]:
    from xml.etree import ElementTree

    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        root = ElementTree.fromstring(parts.read("content.xml"))  # noqa: S314 - made by us
    for one in root.iter():
        assert not one.tag.endswith("}script")
        link = one.attrib.get("{http://www.w3.org/1999/xlink}href")
        assert link is None or _is_ours(link) or re.fullmatch(r"#\w+\.A1", link)
        if one.tag == f"{TABLE}table-cell":
            yield shown(one)


def texts_of_zip(file: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            if name.endswith(".csv"):
                yield from texts_of_csv(parts.read(name))
            elif name.endswith("json"):
                yield from texts_of_json(parts.read(name))
            else:
                yield parts.read(name).decode("utf-8")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "xlsx": texts_of_xlsx,
    "ods": texts_of_ods,
    "json": texts_of_json,
    "geojson": texts_of_json,
    "zip": texts_of_zip,
}


def marks_in(texts: Iterator[str]) -> set[str]:
    """Return the marks of all planted texts, each of which is there in full, or an address."""
    found = set()
    for one in texts:
        marks = re.findall(r"mk\d+x", one)
        found.update(marks)
        if marks and "links.example" not in one:
            assert injection.LITERAL in one
            assert "[mkpress](javascript:window.planted=3)" in one
    return found


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(exports.FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["xlsx", "ods", "json", "zip"])
def test_a_file_of_everything_holds_every_text_as_it_is(
    content: Data, planted: Planted, name: str
) -> None:
    found = marks_in(READERS[name](exports.build(content, name, None)))
    missing = {table for (table, _), mark in planted.marks.items() if mark not in found}
    # The finder's tables are in the package alone, as the other files say. Comparisons name
    # districts that are left out.
    assert missing == (set() if name == "zip" else {"towns", "other_towns"})


@pytest.mark.slow
def test_geojson_holds_the_texts_of_areas(content: Data, planted: Planted) -> None:
    found = marks_in(texts_of_json(exports.build(content, "geojson", None)))
    for column in ("label", "announced_as"):
        assert planted.marks["areas", column] in found


def test_a_figure_s_own_file_holds_its_texts(content: Data, planted: Planted) -> None:
    rows = content.funding_areas[content.funding_areas["scope"] == "fourth year"]
    behind = funding.build_provenance(rows)
    file = exports.write_csv(exports.dfe_standard.build_rows(content, behind.title, behind.frame))
    assert planted.marks["funding_areas", "what"] in marks_in(texts_of_csv(file))


def test_a_brief_says_it_and_does_not_act_on_it(content: Data, planted: Planted) -> None:
    document = pypdf.PdfReader(io.BytesIO(brief.render_brief(content, AREA)))
    words = re.sub(r"\s+", "", "".join(page.extract_text() for page in document.pages))
    found = {one for one, mark in planted.marks.items() if mark in words}
    assert {("areas", "label"), ("research_schools", "name"), ("priorities", "priority")} <= found
    assert {("sources", "title"), ("sources", "publisher")} <= found
    assert "window.planted=1" in words
    assert "**mkbold**" in words
    assert "$mksum$" in words
    assert "#mkhash(1)" in words
    for page in document.pages:
        for link in page.get("/Annots") or []:
            address = link.get_object().get("/A", {}).get("/URI", "https://")
            assert _is_ours(str(address))
    names = json.dumps(document.trailer["/Root"], default=str)
    assert "/JavaScript" not in names
    assert "/OpenAction" not in names


def test_a_chart_as_a_picture_writes_it_out(content: Data) -> None:
    from dashboard import charts
    from dashboard.charts import image_export
    from dashboard.palette import LIGHT

    measure = to_records(content.measures)[0]
    lines = series.select_lines(content, measure.measure_id, content.areas)
    frame = outcomes.build_context(content, measure, lines, LIGHT)
    spec = charts.build_overlaid_lines(lines, frame)
    drawn = image_export.render_svg(
        {injection.SCRIPT: spec}, injection.SCRIPT, injection.SCRIPT
    ).decode()
    assert "<script" not in drawn
    assert "onerror=window" not in drawn.replace("&lt;img src=x onerror=window", "")
    assert "&lt;script&gt;" in drawn
