"""Files that are downloaded: what they carry with them, how they are named and how they unpack."""

import csv
import io
import json
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from shapely.geometry import shape

from dashboard import exports
from dashboard.data.loader import Data
from dashboard.exports import metadata
from dashboard.filters import Filters
from dashboard.topics.areas.facts import compute_area_facts
from expected import Row, read_table

OLD = {"opportunity_area_code": "area_id", "place_kind": "geography_level"}
NEW = Filters("New six")


def rows_of(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))


def named(row: dict[str, str]) -> set[str]:
    return {value for name, value in row.items() if name.endswith("source_id") and value}


def test_each_row_of_a_csv_carries_its_sources_and_licence(content: Data) -> None:
    sources = {row["source_id"]: row for row in read_table("sources")}
    for table in exports.narrow_tables(content, None).values():
        for row in rows_of(exports.write_csv(table)):
            assert row["licence"].count("https://") >= 1
            for source_id in named(row):
                parts = [sources[source_id][one] for one in ("publisher", "title", "url")]
                said = row if table.name == "sources" else {"source": row["source"]}
                assert all(part in " ".join(said.values()) for part in parts)


def test_a_figure_s_csv_carries_them_too(content: Data) -> None:
    rows = content.funding_areas[content.funding_areas["source_id"] == "EE_Y4"].head(3)
    made = exports.write_csv(exports.dfe_standard.build_rows(content, "Amounts", rows))
    for row in rows_of(made):
        source = content.source_by_id["EE_Y4"]
        assert row["source"].startswith(f"EE_Y4: {source['publisher']}, {source['title']}")
        assert row["licence"].startswith("Open Government Licence v3.0, https://www.nationalarch")


def test_a_licence_is_the_table_s_own(content: Data) -> None:
    (licence,) = {
        row["licence"]
        for row in rows_of(exports.write_csv(exports.dfe_standard.build_table(content, "towns")))
    }
    assert "Creative Commons Attribution 4.0" in licence
    assert "Open Government Licence v3.0" in licence


def test_a_row_without_a_source_has_none(content: Data) -> None:
    schools = content.research_schools.assign(
        **{
            name: pd.array([None] * len(content.research_schools), dtype="string")
            for name in content.research_schools.columns
            if name.endswith("source_id")
        }
    )
    table = exports.dfe_standard.build_table(content, "research_schools", schools)
    assert {row["source"] for row in rows_of(exports.write_csv(table))} == {""}


def test_the_package_has_its_own_columns_alone(content: Data) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "zip", None))) as folder:
        for table in exports.narrow_tables(content, None).values():
            rows = rows_of(folder.read(f"{table.name}.csv"))
            assert list(rows[0]) == [one["name"] for one in table.schema["fields"]]
            assert {"source", "licence", "computed_columns"}.isdisjoint(rows[0])


def test_geojson_carries_the_sources_that_its_areas_name(content: Data) -> None:
    found = json.loads(exports.build(content, "geojson", NEW))
    listed = {one["source_id"]: one for one in found["sources"]}
    assert set(listed) == set().union(*(named(one["properties"]) for one in found["features"]))
    assert all(one["title"] and one["publisher"] for one in listed.values())
    assert found["licence"]["title"] == "Open Government Licence v3.0"


def test_outer_rings_run_against_the_clock(content: Data) -> None:
    features = json.loads(exports.build(content, "geojson", None))["features"]
    assert len(features) == 12
    for feature in features:
        drawn = shape(feature["geometry"])
        for part in getattr(drawn, "geoms", [drawn]):
            assert part.exterior.is_ccw, feature["id"]
            assert not any(ring.is_ccw for ring in part.interiors), feature["id"]


def written(rows: list[Row], expected: list[Row]) -> list[tuple[str, str]]:
    """Return cells that are not letter for letter what ``data/`` has."""
    return [
        (one, own[OLD.get(name, name)])
        for row, own in zip(rows, expected, strict=True)
        for name, one in row.items()
        if OLD.get(name, name) in own and one != own[OLD.get(name, name)]
    ]


@pytest.mark.parametrize("name", ["outcomes", "outcome_spread", "evaluations", "areas"])
def test_numbers_have_the_digits_of_the_files(content: Data, name: str) -> None:
    table = exports.dfe_standard.build_table(content, name)
    assert written(rows_of(exports.write_csv(table)), read_table(name)) == []
    shown = json.loads(
        json.dumps(exports.list_json_records(table.frame)), parse_float=str, parse_int=str
    )
    numbers = [one["name"] for one in table.schema["fields"] if one["type"] == "number"]
    texts = [{name: row[name] or "" for name in numbers} for row in shown]
    assert numbers
    assert written(texts, read_table(name)) == []


def test_rows_of_a_figure_have_them_too(content: Data) -> None:
    rows = content.outcomes[content.outcomes["measure_id"] == "ks2_rwm_expected_district"]
    table = exports.dfe_standard.build_rows(content, "Values", rows.sort_values("value"))
    hand = {
        (one["geography_code"], one["period"].replace("/", "")): one["value"]
        for one in read_table("outcomes")
        if one["measure_id"] == "ks2_rwm_expected_district"
    }
    made = rows_of(exports.write_csv(table))
    assert any(one.endswith(".0") for one in hand.values())
    assert {(one["geography_code"], one["time_period"]): one["value"] for one in made} == hand


def test_ods_has_whole_numbers_whole(content: Data) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "ods", None))) as parts:
        said = parts.read("content.xml").decode()
    assert 'office:value="2000000"' in said
    assert 'office:value="2000000.0"' not in said


def test_numbers_keep_their_digits_once_the_files_are_gone(
    content: Data, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    table = exports.dfe_standard.build_table(replace(content), "outcomes")
    values = {row["value"] for row in rows_of(exports.write_csv(table))}
    assert "55" in values
    assert any(value.endswith(".0") for value in values)


@pytest.mark.parametrize(
    ("name", "filters", "file"),
    [
        ("outcomes", NEW, "outcomes_new-six.csv"),
        ("outcomes", None, "outcomes_all-twelve.csv"),
        ("towns", NEW, "towns_new-six.csv"),
        ("disagreement_figures", NEW, "disagreement-figures_new-six.csv"),
        ("comparisons", NEW, "comparisons.csv"),
        ("places_not_chosen", NEW, "places-not-chosen_new-six.csv"),
        ("sources", NEW, "sources.csv"),
        ("sources", None, "sources.csv"),
        ("outcodes", NEW, "outcodes.csv"),
        ("other_towns", NEW, "other-towns.csv"),
    ],
)
def test_a_table_s_file_names_filters_that_narrow_it(
    content: Data, name: str, filters: Filters | None, file: str
) -> None:
    assert exports.build_table_file_name(content, name, filters) == file


def test_what_is_said_to_narrow_does(content: Data) -> None:
    whole, some = (
        exports.narrow_tables(content, None),
        exports.narrow_tables(content, Filters(places=("Rural",))),
    )
    changed = {name for name in whole if len(whole[name].frame) != len(some[name].frame)}
    assert changed == {name for name in whole if exports.dfe_standard.is_narrowed(content, name)}


def test_a_sheet_says_where_its_sources_are_if_it_names_any(content: Data) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.build(content, "xlsx", None)), read_only=True)
    for table in exports.narrow_tables(content, None).values():
        if table.name in metadata.LONG_TABLES:
            continue
        said = " ".join(str(line[0]) for line in list(book[table.name].values)[:25])
        names = [one for one in table.frame.columns if one.endswith("source_id")]
        assert ("table of sources." in said) == (bool(names) and table.name != "sources")
        assert ("See the column source_id" in said) == (
            names == ["source_id"] and table.name != "sources"
        )


def test_a_workbook_says_that_it_writes_signs_in_words(content: Data) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.build(content, "xlsx", None)), read_only=True)
    notes = " ".join(str(cell) for line in book["Notes"].values for cell in line)
    assert "“%” is “per cent”" in notes


def test_members_of_the_package_can_be_read_by_everyone(content: Data) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "zip", None))) as folder:
        modes = {one.external_attr >> 16 for one in folder.infolist()}
    assert {(stat.S_ISREG(mode), stat.S_IMODE(mode)) for mode in modes} == {(True, 0o644)}


def test_a_filtered_package_does_not_count_what_it_leaves_out(content: Data) -> None:
    with zipfile.ZipFile(io.BytesIO(exports.build(content, "zip", NEW))) as folder:
        said = folder.read("README.md").decode()
    (areas,) = (line for line in said.splitlines() if line.startswith("- `areas.csv`"))
    (districts,) = (line for line in said.splitlines() if line.startswith("- `districts.csv`"))
    assert "6 of 12 rows" in areas
    assert "7 of 13 rows" in districts
    for name in ("areas", "districts", "postcodes", "towns"):
        (line,) = (one for one in said.splitlines() if one.startswith(f"- `{name}.csv`"))
        assert "twelve" not in line
        assert "thirteen" not in line


def test_computed_facts_are_the_sums_they_say(content: Data) -> None:
    facts = exports.dfe_standard.build_rows(content, "Areas", compute_area_facts(content)).frame
    children: dict[str, int] = {}
    for row in read_table("districts"):
        area = row["area_id"]
        children[area] = children.get(area, 0) + int(row["children_0_15_mid2017"])
    assert dict(zip(facts["opportunity_area_code"], facts["children"], strict=True)) == children
