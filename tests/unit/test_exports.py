"""Files to take away: what goes in comes out, to the last digit, and runs nothing."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from itertools import cycle
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
from dashboard.data.loader import DEFAULT_FOLDER, Data
from dashboard.exports import metadata, sanitise
from dashboard.filters import Filters
from dashboard.topics.comparators import comparison_tables
from expected import Row, read_table
from spreadsheets import read_ods

Tables = dict[str, list[dict[str, Any]]]
Built = Callable[[str, str], bytes]

CHOICES = {
    "all": None,
    "new": Filters("New six"),
    "coastal": Filters(places=("Coastal",)),
    "east": Filters(regions=("East of England",)),
    "none": Filters("Original six", ("South East",)),
}
# The same choices of a row of areas.csv, by hand.
FITS: dict[str, Callable[[Row], bool]] = {
    "all": lambda _: True,
    "new": lambda area: area["cohort"] == "New six",
    "coastal": lambda area: "Coastal" in area["place_type"].split("; "),
    "east": lambda area: area["region"] == "East of England",
    "none": lambda _: False,
}
NAMES = [
    one["name"]
    for one in json.loads((DEFAULT_FOLDER / "datapackage.json").read_text("utf-8"))["resources"]
    if "schema" in one
]
SHEETS = [name for name in NAMES if name not in metadata.LONG_TABLES]
# What is worked out from the others and comes after them; the first two are about all areas.
COMPARED = ["comparisons", "comparison_choices", "places_not_chosen", "last_figures"]
# What only a file of one table has beside its columns.
ALONE = ("computed_columns", "source", "licence")
LEVELS = {
    "district": "Local authority district",
    "successor district": "Local authority district",
    "local authority": "Local authority",
    "area of two districts": "Opportunity area",
    "national": "National",
}
SCHEMA = json.loads(Path(exports.__file__).with_name("export.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def built(content: Data) -> Built:
    """Return a builder of files by form and choice, each once."""
    return cache(lambda form, choice: exports.build(content, form, CHOICES[choice]))


@pytest.fixture(scope="module")
def book(built: Built) -> Any:
    return openpyxl.load_workbook(io.BytesIO(built("xlsx", "all")), read_only=True)


@pytest.fixture(scope="module")
def document(built: Built) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(built("json", "all"))
    return found


def chosen(choice: str) -> list[Row]:
    return [row for row in read_table("areas") if FITS[choice](row)]


def kept(name: str, choice: str) -> list[Row]:
    """Return the rows of a table that a choice leaves: of its areas, and of no one area."""
    ids = {"", *(row["area_id"] for row in chosen(choice))}
    codes = {row["lad_code"] for row in read_table("districts") if row["area_id"] in ids}
    told = {row["disagreement_id"] for row in read_table("disagreements") if row["area_id"] in ids}
    stays: dict[str, Collection[str]] = {"area_id": ids, "lad_code": codes}
    if name == "disagreement_figures":
        stays = {"disagreement_id": told}
    elif name in ("index_2016", "district_outcomes"):
        stays = {}
    return [
        row
        for row in read_table(name)
        if choice == "all" or all(row[key] in stays[key] for key in stays if key in row)
    ]


def given(name: str, choice: str) -> list[Row]:
    """Return the rows of a table that a choice leaves, under the names they are given away with."""
    labels = {row["area_id"]: row["label"] for row in read_table("areas")}
    return [standard(name, row, labels) for row in kept(name, choice)]


def compared(content: Data, name: str, choice: str) -> list[Row]:
    """Return the rows of a table of comparisons that a choice leaves: of its areas, and of none."""
    ids = {"", *(row["area_id"] for row in chosen(choice))}
    return [
        {key: row[key] for key in row if key not in ALONE}
        for row in taken(exports.build_table_csv(content, name, None))
        if row.get("opportunity_area_code", "") in ids
    ]


def standard(name: str, row: Row, labels: dict[str, str]) -> Row:
    made: Row = {}
    for column, value in row.items():
        if column == "area_id":
            made["opportunity_area_code"] = value
            made["opportunity_area_name"] = labels.get(value, "")
        elif column == "period" and name != "funding_programme":
            made |= {"time_period": value.replace("/", ""), "time_identifier": "Academic year"}
        elif column == "geography_level":
            made |= {"geographic_level": LEVELS[value], "place_kind": value}
        elif (name, column) != ("areas", "label"):
            made[column] = value
    return made


def taken(made: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))


def same(value: Any, written: str) -> bool:
    """Whether a value of a file is what ``data/`` holds as text."""
    if value is None or value == "":
        return written == ""
    if isinstance(value, bool):
        return str(value).lower() == written
    if isinstance(value, int | float):
        return float(value) == float(written)
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d") == written
    return str(value) == written or _number(str(value)) == _number(written) != str(value)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def wrong(rows: list[dict[str, Any]], written: list[Row]) -> list[tuple[Any, ...]]:
    """Where rows differ from those that have to be, column by column."""
    assert len(rows) == len(written)
    assert [set(row) for row in rows] == [set(hand) for hand in written]
    return [
        (name, row[name], hand[name])
        for row, hand in zip(rows, written, strict=True)
        for name in row
        if not same(row[name], hand[name])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_what_the_data_holds(content: Data, name: str) -> None:
    rows = taken(exports.write_csv(exports.dfe_standard.build_table(content, name)))
    bare = [{key: row[key] for key in row if key not in ALONE} for row in rows]
    assert wrong(bare, given(name, "all")) == []
    frame = pd.read_csv(
        io.BytesIO(exports.write_csv(exports.dfe_standard.build_table(content, name))),
        encoding="utf-8-sig",
    )
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)


def in_json(made: bytes) -> Tables:
    return {name: table["rows"] for name, table in json.loads(made)["tables"].items()}


def in_zip(made: bytes) -> Tables:
    with zipfile.ZipFile(io.BytesIO(made)) as folder:
        files = [one for one in folder.namelist() if one.endswith(".csv")]
        return {one.removesuffix(".csv"): taken(folder.read(one)) for one in files}


def in_xlsx(made: bytes) -> Tables:
    opened = openpyxl.load_workbook(io.BytesIO(made), read_only=True)
    return {page.title: in_words(sheet(page.values, page.title)) for page in opened.worksheets[3:]}


def in_ods(made: bytes) -> Tables:
    pages = list(read_ods(made).items())[3:]
    return {
        name: in_words([dict(zip(header, row, strict=True)) for row in rows])
        for name, (header, *rows) in pages
    }


def in_words(rows: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """Return rows with the sign that a workbook tells in words."""
    return [{str(key): "%" if one == "per cent" else one for key, one in r.items()} for r in rows]


READERS: dict[str, Callable[[bytes], Tables]] = {
    "json": in_json,
    "zip": in_zip,
    "xlsx": in_xlsx,
    "ods": in_ods,
}


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("form", READERS)
def test_a_file_holds_just_what_was_chosen(
    content: Data, built: Built, form: str, choice: str
) -> None:
    tables = READERS[form](built(form, choice))
    wanted = {name: given(name, choice) for name in (NAMES if form == "zip" else SHEETS)}
    wanted |= {name: compared(content, name, choice) for name in COMPARED}
    if form in ("xlsx", "ods"):
        wanted = {name: rows for name, rows in wanted.items() if rows}
    assert list(tables) == list(wanted)
    assert {name: found for name in tables if (found := wrong(tables[name], wanted[name]))} == {}


def sheet(values: Iterator[tuple[Any, ...]], name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet under its headings, what stands above them left out."""
    lines = [list(one) for one in values]
    start = next(at for at, line in enumerate(lines) if sum(v is not None for v in line) > 1)
    heads = [str(one) for one in lines[start] if one is not None]
    assert heads, name
    return [dict(zip(heads, line, strict=False)) for line in lines[start + 1 :]]


@pytest.mark.slow
def test_xlsx_opens_with_cover_contents_and_notes(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", "Notes", *SHEETS, *COMPARED]
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


@pytest.mark.parametrize("choice", CHOICES)
def test_json_is_as_its_schema_says(built: Built, choice: str) -> None:
    found = json.loads(built("json", choice))
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
        "csv": lambda: exports.write_csv(
            exports.dfe_standard.build_table(content, "disagreements")
        ).decode(),
        "xlsx": lambda: str(sheet(book["disagreements"].values, "disagreements")),
        "json": lambda: json.dumps(document, ensure_ascii=False),
    }[form]()
    assert "£17.59 million" in said
    areas = {
        "csv": lambda: exports.write_csv(
            exports.dfe_standard.build_table(content, "areas")
        ).decode(),
        "xlsx": lambda: str(sheet(book["areas"].values, "areas")),
        "json": lambda: said,
    }[form]()
    assert "Fenland and East Cambridgeshire" in areas
    dashed = content.areas.assign(note=pd.array(["2017–2022 “x”"] * 12, dtype="string"))
    changed = replace(content, areas=dashed)
    assert (
        "2017–2022 “x”"
        in exports.write_csv(exports.dfe_standard.build_table(changed, "areas")).decode()
    )


@pytest.mark.parametrize("choice", CHOICES)
def test_geojson_has_the_areas_with_their_facts(built: Built, choice: str) -> None:
    found = json.loads(built("geojson", choice))
    areas = chosen(choice)
    assert [one["id"] for one in found["features"]] == [area["area_id"] for area in areas]
    assert any("Crown copyright" in one for one in found["attribution"])
    labels = {area["area_id"]: area["label"] for area in areas}
    for feature, area in zip(found["features"], areas, strict=True):
        drawn = shape(feature["geometry"])
        assert drawn.is_valid
        assert not drawn.is_empty
        told = standard("areas", area, labels) | counted(area["area_id"])
        assert wrong([{key: feature["properties"][key] for key in told}], [told]) == []
        assert feature["properties"]["population_source_id"]


@pytest.mark.parametrize("choice", ["all", "new"])
def test_each_property_has_a_name_that_a_shapefile_holds(built: Built, choice: str) -> None:
    found = json.loads(built("geojson", choice))
    short = {one["name"]: one["short_name"] for one in found["fields"]}
    assert list(short) == list(found["features"][0]["properties"])
    assert len({one.lower() for one in short.values()}) == len(short)
    assert [one for one in short.values() if not re.fullmatch(r"[a-z][a-z0-9_]{0,9}", one)] == []
    assert short["population"] == "population"
    assert "short_name" in found["note"]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["name", "lat"], ["name", "lat"]),
        (["opportunity_area_code", "opportunity_area_name"], ["op_ar_co", "op_ar_na"]),
        (["source_of_a", "source_of_ab", "source_of_abc"], ["so_of_a", "so_of_ab", "so_of_ab2"]),
        (["a" * 11, "a" * 12, "a" * 10], ["a" * 10, f"{'a' * 9}2", f"{'a' * 9}3"]),
        (["abcdefghi10", "abcdefghi11"], ["abcdefghi1", "abcdefghi2"]),
        (["2016_index", "2016_rank_of_all"], ["f2016_inde", "f2_r_o_a"]),
        (["été_long_name", "名前"], ["t_lo_na", "field"]),
    ],
)
def test_short_names_differ(names: list[str], short: list[str]) -> None:
    assert exports.documents.shorten_names(names) == short


def counted(area_id: str) -> Row:
    """Return what is added up over an area's districts."""
    parts = [row for row in read_table("districts") if row["area_id"] == area_id]
    columns = {"children": "children_0_15_mid2017", "neighbourhoods": "neighbourhoods"}
    return {name: str(sum(int(row[column]) for row in parts)) for name, column in columns.items()}


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


# With every row, and with none.
@pytest.mark.parametrize("choice", ["all", "none"])
def test_the_package_is_valid(content: Data, built: Built, tmp_path: Path, choice: str) -> None:
    with zipfile.ZipFile(io.BytesIO(built("zip", choice))) as folder:
        folder.extractall(tmp_path)
        names = set(folder.namelist())
    assert {"datapackage.json", "README.md", "LICENCE.txt", "sources.csv"} <= names
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert "Crown copyright" in (tmp_path / "LICENCE.txt").read_text("utf-8")
    held = metadata.build_metadata(content, CHOICES[choice]).holds
    assert held in (tmp_path / "README.md").read_text("utf-8")
    shapes = json.loads((tmp_path / "districts.geojson").read_text("utf-8"))["features"]
    codes = {row["lad_code"] for row in kept("districts", choice)}
    assert {one["properties"]["lad_code"] for one in shapes} == codes


def test_the_package_is_the_same_for_the_same_figures(content: Data) -> None:
    build = exports.FORMATS["zip"].build
    assert build(content, None) == build(content, None)


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
    assert exports.build_file_name("outcomes", filters, "csv") == name


STARTS = (
    "=1+1",
    "+1",
    "-1",
    "@sum",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    " \n @sum",
    "\u00a0+1",
    "\u3000-1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠sum",
    " ＝1",
    "\ufe66 1",
    "'=1",
)


def plant(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows with a formula at the start of every text, each start in turn."""
    starts = cycle(STARTS)
    few = frame.head(12)
    texts = [str(name) for name in few if isinstance(few[name].dtype, pd.StringDtype)]
    return few.assign(
        **{name: few[name].map(lambda text: f"{next(starts)}{text}") for name in texts}
    )


@pytest.fixture
def planted(content: Data, monkeypatch: pytest.MonkeyPatch) -> Data:
    """The data and the comparisons with a formula at the start of every text in them."""
    tables = {
        name: replace(table, frame=plant(table.frame))
        for name, table in comparison_tables.build_comparison_tables(content).items()
    }
    monkeypatch.setattr(comparison_tables, "build_comparison_tables", lambda _: tables)
    frames = {field.name: getattr(content, field.name) for field in fields(Data)}
    changed: dict[str, Any] = {
        name: plant(one) for name, one in frames.items() if isinstance(one, pd.DataFrame)
    }
    return replace(content, **changed)


def runs(text: object) -> bool:
    """Whether a spreadsheet may take a text for a formula, as it is or set to another language."""
    start = r"[\s\u200b\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n]"
    return isinstance(text, str) and bool(re.match(start, text))


def test_no_cell_of_a_csv_can_run(planted: Data) -> None:
    for table in exports.narrow_tables(planted, None).values():
        assert_safe(exports.write_csv(table), table.name)


def test_no_cell_of_the_package_can_run(planted: Data) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(planted, "zip", None))) as folder:
        for name in [*NAMES, *COMPARED]:
            assert_safe(folder.read(f"{name}.csv"), name)


def assert_safe(made: bytes, name: str) -> None:
    """Assert that no cell of a CSV file is a formula, and that those planted are there."""
    lines = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    found = [one for line in lines for one in line if runs(one) and not _is_number(one)]
    assert found == [], name
    assert any(one.startswith("'") for line in lines[1:] for one in line), name


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text)) and text not in STARTS


def test_no_cell_of_a_workbook_can_run(planted: Data) -> None:
    tables, said = (
        exports.narrow_tables(planted, None),
        metadata.build_metadata(planted, None),
    )
    made = exports.workbooks.build_xlsx(tables, said)
    opened = openpyxl.load_workbook(io.BytesIO(made))
    texts = [cell for page in opened for line in page.iter_rows() for cell in line if cell.value]
    assert [one.value for one in texts if one.data_type == "f" or runs(one.value)] == []
    written = exports.workbooks.build_ods(tables, said)
    with zipfile.ZipFile(io.BytesIO(written)) as folder:
        assert "table:formula" not in folder.read("content.xml").decode()
    found = [one for rows in read_ods(written).values() for row in rows for one in row]
    assert sum(isinstance(one, str) and one.startswith("'") for one in found) > 100
    assert [one for one in found if runs(one)] == []


@pytest.mark.parametrize("text", [*STARTS, "''=1", "'", "plain", "'quoted'", "a = b", "", "½"])
def test_what_was_put_in_front_can_be_taken_away(text: str) -> None:
    assert sanitise.unescape_formula(sanitise.escape_formula(text)) == text
    assert (sanitise.escape_formula(text) != text) == runs(text.lstrip("'"))


def test_numbers_below_zero_stay_numbers(content: Data, book: Any) -> None:
    rows = [
        row
        for row in sheet(book["outcomes"].values, "outcomes")
        if row["measure_id"] == "progress8" and row["value"] < 0
    ]
    assert rows
    assert sanitise.escape_formula(-1) == -1
    text = exports.write_csv(exports.dfe_standard.build_table(content, "outcomes")).decode()
    assert re.search(r",-0\.\d+,", text)


def test_columns_keep_their_meaning(content: Data) -> None:
    for table in exports.narrow_tables(content, None).values():
        names = [field["name"] for field in table.schema["fields"]]
        assert names == list(table.frame.columns)
        assert all(field.get("description") for field in table.schema["fields"]), table.name
