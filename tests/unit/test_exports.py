"""Files to take away: what goes in comes out, to the last digit, and runs nothing."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pandas as pd
import pytest
import shapely
from frictionless import Package
from shapely.geometry import shape

from dashboard import exports
from dashboard.data import HOME, Data
from dashboard.exports import about, cells
from dashboard.filters import Filters

Read = Callable[[str], list[dict[str, str]]]

CHOICES = {
    "all": None,
    "new": Filters("New six"),
    "coastal": Filters(places=("Coastal",)),
    "east": Filters(regions=("East of England",)),
    "none": Filters("Original six", ("South East",)),
}
NAMES = [
    one["name"]
    for one in json.loads((HOME / "datapackage.json").read_text("utf-8"))["resources"]
    if "schema" in one
]
SHEETS = [name for name in NAMES if name not in about.LOOK_UPS]
OLD = {"opportunity_area_code": "area_id", "time_period": "period", "place_kind": "geography_level"}
SCHEMA = json.loads(Path(exports.__file__).with_name("export.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def book(content: Data) -> Any:
    made = io.BytesIO(exports.build(content, "xlsx", None))
    return openpyxl.load_workbook(made, read_only=True)


@pytest.fixture(scope="module")
def document(content: Data) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exports.build(content, "json", None))
    return found


def taken(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))


def same(value: Any, written: str) -> bool:
    """Whether a value of a file is what ``data/`` holds as text."""
    if value is None or value == "":
        return written == ""
    if isinstance(value, bool):
        return str(value).lower() == written
    if isinstance(value, int | float):
        return float(value) == float(written)
    return str(value) == written or _number(str(value)) == _number(written) != str(value)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def wrong(rows: list[dict[str, Any]], written: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    """Where rows differ from those of ``data/``, column by column."""
    assert len(rows) == len(written)
    return [
        (name, row[name], hand[OLD.get(name, name)])
        for row, hand in zip(rows, written, strict=True)
        for name in row
        if OLD.get(name, name) in hand
        and not same(_old(name, row[name]), hand[OLD.get(name, name)])
    ]


def _old(name: str, value: Any) -> Any:
    return f"{value[:4]}/{value[4:]}" if name == "time_period" and value else value


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_what_the_data_holds(content: Data, by_hand: Read, name: str) -> None:
    rows = taken(exports.csv(exports.standard.table(content, name)))
    assert wrong(rows, by_hand(name)) == []
    frame = pd.read_csv(
        io.BytesIO(exports.csv(exports.standard.table(content, name))), encoding="utf-8-sig"
    )
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)


@pytest.mark.parametrize("name", SHEETS)
def test_xlsx_holds_what_the_data_holds(book: Any, by_hand: Read, name: str) -> None:
    rows = sheet(book[name].values, name)
    for row in rows:
        row.update({key: "%" for key in row if row[key] == "per cent"})
    assert wrong(rows, by_hand(name)) == []


def sheet(values: Iterator[tuple[Any, ...]], name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet under its headings, what stands above them left out."""
    lines = [list(one) for one in values]
    start = next(at for at, line in enumerate(lines) if sum(v is not None for v in line) > 1)
    heads = [str(one) for one in lines[start] if one is not None]
    assert heads, name
    return [dict(zip(heads, line, strict=False)) for line in lines[start + 1 :]]


def test_xlsx_opens_with_cover_contents_and_notes(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", "Notes", *SHEETS]
    cover = " ".join(str(line[0]) for line in book["Cover"].values if line[0])
    for said in ("Open Government Licence v3.0", "All 12 areas", "How to cite", "version"):
        assert said in cover
    notes = " ".join(str(one) for line in book["Notes"].values for one in line if one)
    assert "never added up" in notes


def test_codes_are_text_and_numbers_are_numbers(book: Any) -> None:
    districts = sheet(book["districts"].values, "districts")
    assert {type(row["lad_code"]) for row in districts} == {str}
    assert {type(row["population_mid2017"]) for row in districts} == {int}
    schools = sheet(book["research_schools"].values, "research_schools")
    assert {type(row["urn"]) for row in schools if row["urn"]} == {str}


@pytest.mark.parametrize("name", SHEETS)
def test_json_holds_what_the_data_holds(document: dict[str, Any], by_hand: Read, name: str) -> None:
    assert wrong(document["tables"][name]["rows"], by_hand(name)) == []


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_json_is_as_its_schema_says(content: Data, filters: Filters | None) -> None:
    found = json.loads(exports.build(content, "json", filters))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    for table in found["tables"].values():
        names = [field["name"] for field in table["fields"]]
        assert all(list(row) == names for row in table["rows"])


def test_the_schema_refuses_another_document(document: dict[str, Any]) -> None:
    others: list[dict[str, Any]] = [{**document, "version": "1"}, {**document, "more": 1}, {}]
    for broken in others:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(broken)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_signs_and_names_survive(
    content: Data, book: Any, document: dict[str, Any], form: str
) -> None:
    said = {
        "csv": lambda: exports.csv(exports.standard.table(content, "disagreements")).decode(),
        "xlsx": lambda: str(sheet(book["disagreements"].values, "disagreements")),
        "json": lambda: json.dumps(document, ensure_ascii=False),
    }[form]()
    assert "£17.59 million" in said
    areas = {
        "csv": lambda: exports.csv(exports.standard.table(content, "areas")).decode(),
        "xlsx": lambda: str(sheet(book["areas"].values, "areas")),
        "json": lambda: said,
    }[form]()
    assert "Fenland and East Cambridgeshire" in areas
    dashed = content.areas.assign(note=pd.array(["2017–2022 “x”"] * 12, dtype="string"))
    changed = replace(content, areas=dashed)
    assert "2017–2022 “x”" in exports.csv(exports.standard.table(changed, "areas")).decode()


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_geojson_has_the_areas_with_their_facts(
    content: Data, facts: pd.DataFrame, filters: Filters | None
) -> None:
    found = json.loads(exports.build(content, "geojson", filters))
    shown = facts if filters is None else filters.apply(facts)
    assert [one["id"] for one in found["features"]] == list(shown["area_id"])
    assert any("Crown copyright" in one for one in found["attribution"])
    people = dict(zip(shown["area_id"], shown["population"], strict=True))
    for feature in found["features"]:
        drawn = shape(feature["geometry"])
        assert drawn.is_valid
        assert not drawn.is_empty
        assert feature["properties"]["population"] == people[feature["id"]]
        assert feature["properties"]["population_source_id"]


def test_two_districts_make_one_shape_of_the_same_size(content: Data) -> None:
    found = json.loads(exports.build(content, "geojson", None))["features"]
    (joined,) = (one for one in found if one["id"] == "fenland-and-east-cambridgeshire")
    parts = [
        shape(one["geometry"])
        for one in content.districts_boundaries["features"]
        if one["properties"]["lad_code"] in ("E07000010", "E07000009")
    ]
    assert shape(joined["geometry"]).area == pytest.approx(sum(one.area for one in parts))
    assert len(shapely.get_parts(shape(joined["geometry"]))) < sum(
        len(shapely.get_parts(one)) for one in parts
    )


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_the_package_is_valid(content: Data, tmp_path: Path, filters: Filters | None) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "zip", filters))) as folder:
        folder.extractall(tmp_path)
        names = set(folder.namelist())
    assert {"datapackage.json", "README.md", "LICENCE.txt", "sources.csv"} <= names
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert "Crown copyright" in (tmp_path / "LICENCE.txt").read_text("utf-8")
    held = about.of(content, filters).holds
    assert held in (tmp_path / "README.md").read_text("utf-8")


def test_the_package_is_the_same_for_the_same_figures(content: Data) -> None:
    assert exports.build(content, "zip", None) == exports.build(content, "zip", None)


@pytest.mark.parametrize("name", [one for one in CHOICES if one != "all"])
def test_a_filtered_export_has_just_its_areas(content: Data, by_hand: Read, name: str) -> None:
    filters = CHOICES[name]
    assert filters
    ids = set(filters.apply(content.areas)["area_id"])
    for table in exports.narrowed(content, filters).values():
        if "opportunity_area_code" in table.frame:
            assert set(table.frame["opportunity_area_code"].dropna()) <= ids
    districts = {row["lad_code"] for row in by_hand("districts") if row["area_id"] in ids}
    kept = exports.narrowed(content, filters)
    assert set(kept["districts"].frame["lad_code"]) == districts
    assert set(kept["index_ranks"].frame["lad_code"]) == {
        row["lad_code"] for row in by_hand("index_ranks") if row["lad_code"] in districts
    }
    whole = [row for row in by_hand("outcomes") if row["area_id"] in {"", *ids}]
    assert len(kept["outcomes"].frame) == len(whole)
    assert len(kept["sources"].frame) == len(by_hand("sources"))


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (None, "outcomes.csv"),
        (Filters(), "outcomes_all-twelve.csv"),
        (Filters("New six"), "outcomes_new-six.csv"),
        (Filters(None, ("South West",), ("Rural",)), "outcomes_south-west_rural.csv"),
        (Filters("New six", ("../x",)), "outcomes_new-six_x.csv"),
    ],
)
def test_a_file_s_name_says_what_is_in_it(filters: Filters | None, name: str) -> None:
    assert exports.file_name("outcomes", filters, "csv") == name


STARTS = ("=1+1", "+1", "-1", "@sum", "\t=1", "\r=1")


@pytest.fixture(scope="module", params=STARTS, ids=repr)
def planted(request: pytest.FixtureRequest, content: Data) -> Data:
    """The data with a formula at the start of every text in it."""
    changed: dict[str, Any] = {}
    for field in fields(Data):
        frame = getattr(content, field.name)
        if isinstance(frame, pd.DataFrame) and field.name not in about.LOOK_UPS:
            changed[field.name] = frame.head(12).assign(
                **{
                    name: request.param + frame.head(12)[name]
                    for name in frame.columns
                    if isinstance(frame[name].dtype, pd.StringDtype)
                }
            )
    return replace(content, **changed)


def runs(text: object) -> bool:
    return isinstance(text, str) and bool(re.match(r"[=+\-@\t\r]", text))


def test_no_cell_of_a_csv_can_run(planted: Data) -> None:
    for table in exports.standard.tables(planted).values():
        if table.name in about.LOOK_UPS:
            continue
        lines = list(csv.reader(io.StringIO(exports.csv(table).decode("utf-8-sig"))))
        found = [one for line in lines for one in line if runs(one) and not _is_number(one)]
        assert found == [], table.name
        assert sum(one.startswith("'") for line in lines[1:] for one in line) > 0


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text)) and text not in STARTS


def test_no_cell_of_a_workbook_can_run(planted: Data) -> None:
    tables, said = exports.standard.tables(planted), about.of(planted, None)
    made = exports.workbooks.xlsx(tables, said)
    opened = openpyxl.load_workbook(io.BytesIO(made))
    texts = [cell for page in opened for line in page.iter_rows() for cell in line if cell.value]
    assert [one.value for one in texts if one.data_type == "f" or runs(one.value)] == []
    with zipfile.ZipFile(io.BytesIO(exports.workbooks.ods(tables, said))) as folder:
        sheets = folder.read("content.xml").decode()
    assert "table:formula" not in sheets
    found = re.findall(r'office:string-value="([^"]*)"', sheets)
    assert len(found) > 100
    assert [one for one in found if runs(one)] == []


def test_numbers_below_zero_stay_numbers(content: Data, book: Any) -> None:
    rows = [
        row
        for row in sheet(book["outcomes"].values, "outcomes")
        if row["measure_id"] == "progress8" and row["value"] < 0
    ]
    assert rows
    assert cells.safe(-1) == -1
    text = exports.csv(exports.standard.table(content, "outcomes")).decode()
    assert re.search(r",-0\.\d+,", text)


def test_columns_keep_their_meaning(content: Data) -> None:
    for table in exports.standard.tables(content).values():
        names = [field["name"] for field in table.schema["fields"]]
        assert names == list(table.frame.columns)
        assert all(field.get("description") for field in table.schema["fields"]), table.name
    levels = exports.standard.table(content, "outcomes").frame["geographic_level"]
    assert set(levels) == {
        "Local authority district",
        "Local authority",
        "Opportunity area",
        "National",
    }
