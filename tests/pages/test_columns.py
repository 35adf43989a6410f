"""Every column that is given away is described, and what is computed says so."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pandas as pd
import pytest

from apptest import PAGES, list_provenances
from dashboard import exports
from dashboard.data.loader import Data
from dashboard.exports import data_dictionary
from dashboard.provenance import Provenance
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.areas.map_measures import MAP_MEASURES

# What is worked out by us in every row that has it, wherever it stands.
COMPUTED = {
    "population",
    "children",
    "neighbourhoods",
    "deprived",
    "deprived_share",
    "fourth_year_per_child_gbp",
    "change",
    "england_change",
    "against_england",
    "difference_england",
    "other_cold_spots",
    "difference_cold_spots",
}


@pytest.fixture(scope="module")
def figures() -> dict[str, Provenance]:
    """What stands behind each figure of the pages, by name."""
    maps = [{"colour": measure.name} for measure in MAP_MEASURES]
    views: list[tuple[str, dict[str, str]]] = [
        *((page, {}) for page in PAGES),
        ("profile", {"area": "Hastings"}),
        ("map", {"focus": "Hastings"}),
        *(("map", address) for address in maps),
    ]
    return {
        provenance.name: provenance
        for page, address in views
        for provenance in list_provenances(page, **address)
    }


def undescribed(table: exports.dfe_standard.Table) -> list[str]:
    fields = {
        one["name"]: one for one in exports.dfe_standard.build_standalone(table).schema["fields"]
    }
    written = next(csv.reader(io.StringIO(exports.write_csv(table).decode("utf-8-sig"))))
    assert list(fields) == written
    return [name for name in written if not fields[name]["description"].endswith(".")]


@pytest.mark.slow
def test_every_column_of_a_figure_s_file_is_described(
    content: Data, figures: dict[str, Provenance]
) -> None:
    assert {
        "areas-at-a-glance",
        "map-deprived-share",
        "changes-eyfsp-gld",
        "facts-hastings",
    } <= set(figures)
    for provenance in figures.values():
        table = exports.dfe_standard.build_rows(content, provenance.title, provenance.frame)
        assert undescribed(table) == [], provenance.name


def test_every_column_of_a_table_is_described(content: Data) -> None:
    for table in exports.narrow_tables(content, None).values():
        assert undescribed(table) == [], table.name


def test_what_is_computed_says_so(content: Data, figures: dict[str, Provenance]) -> None:
    frames = [compute_area_facts(content), *(one.frame for one in figures.values())]
    tables = [exports.dfe_standard.build_rows(content, "Figures", frame) for frame in frames]
    fields = [field for table in tables for field in table.schema["fields"]]
    assert {one["name"] for one in fields} >= COMPUTED
    for field in fields:
        if field["name"] in COMPUTED:
            assert field["description"].startswith("Computed"), field["name"]
    assert {one["name"] for one in data_dictionary.list_computed(fields)} >= COMPUTED


def test_spreads_are_computed(content: Data) -> None:
    fields = exports.dfe_standard.build_table(content, "outcome_spread").schema["fields"]
    numbers = [one for one in fields if one["type"] in ("integer", "number")]
    assert data_dictionary.list_computed(fields) == numbers != []


def test_a_file_of_one_table_names_its_computed_columns(content: Data) -> None:
    table = exports.dfe_standard.build_rows(content, "Areas", compute_area_facts(content))
    rows = list(csv.DictReader(io.StringIO(exports.write_csv(table).decode("utf-8-sig"))))
    for row in rows:
        assert "deprived_share: Computed: 100 times deprived over" in row["computed_columns"]
        assert float(row["deprived_share"]) == (
            100 * int(row["deprived"]) / int(row["neighbourhoods"])
        )
    plain = exports.dfe_standard.build_table(content, "funding_areas")
    assert "computed_columns" not in exports.dfe_standard.build_standalone(plain).frame


def test_a_column_has_the_words_of_the_table_it_is_of(content: Data) -> None:
    studies = exports.dfe_standard.build_rows(content, "Studies", content.evaluations)
    own = exports.dfe_standard.build_table(content, "evaluations").schema["fields"]
    assert [one["description"] for one in studies.schema["fields"]] == [
        one["description"] for one in own
    ]


def test_a_column_that_nobody_knows_still_goes_out(content: Data) -> None:
    frame = pd.DataFrame({"area_id": ["derby"], "odd_one": [1]})
    table = exports.dfe_standard.build_rows(content, "Odd", frame)
    assert table.schema["fields"][-1] == {
        "name": "odd_one",
        "type": "integer",
        "title": "Odd one",
        "description": "",
    }


def notes_of_xlsx(content: Data) -> str:
    book = openpyxl.load_workbook(io.BytesIO(exports.build(content, "xlsx", None)), read_only=True)
    return "\n".join(str(cell) for line in book["Notes"].values for cell in line)


def notes_of_ods(content: Data) -> str:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "ods", None))) as parts:
        return parts.read("content.xml").decode()


@pytest.mark.slow
@pytest.mark.parametrize("notes", [notes_of_xlsx, notes_of_ods])
def test_a_workbook_s_notes_tell_every_column(content: Data, notes: Any) -> None:
    said = notes(content)
    for table in exports.narrow_tables(content, None).values():
        if table.name in exports.metadata.LONG_TABLES:
            continue
        for field in table.schema["fields"]:
            assert f"Column {field['name']} in " in said
    assert "Column population in areas: Computed: residents in mid-2017" in said


def test_geojson_describes_its_properties(content: Data) -> None:
    found = json.loads(exports.build(content, "geojson", None))
    names = [one["name"] for one in found["fields"]]
    assert all(list(one["properties"]) == names for one in found["features"])
    assert all(one["description"] for one in found["fields"])
