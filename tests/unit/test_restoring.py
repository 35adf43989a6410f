"""A data package that was downloaded can be read back, or says in words why not."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import exports
from dashboard.cli import main
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError
from dashboard.filters import Filters

STARTS = ("=1", "＋1", " -1", "\n@sum", "'=1", "''-1", "'quoted'", "plain")

Change = Callable[[Path], object]


def unzip(made: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        package.extractall(folder)
    return folder


@pytest.fixture
def download(content: Data, tmp_path: Path) -> Path:
    return unzip(exports.build(content, "zip", None), tmp_path / "download")


@pytest.fixture
def short_download(copy: Path, tmp_path: Path) -> Path:
    """A download of the shortened figures, which is checked in a third of the time."""
    return unzip(exports.build(loader.load(copy), "zip", None), tmp_path / "download")


def differences(one: Data, other: Data) -> list[str]:
    return [
        field.name
        for field in fields(Data)
        if not (
            getattr(one, field.name).equals(getattr(other, field.name))
            if isinstance(getattr(one, field.name), pd.DataFrame)
            else getattr(one, field.name) == getattr(other, field.name)
        )
    ]


@pytest.mark.slow
def test_the_whole_is_read_back_as_it_was_and_can_be_taken_again(
    content: Data, download: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(download))
    again = loader.load()
    assert differences(content, replace(again, descriptor=content.descriptor)) == []
    for form in ("zip", "json"):
        assert exports.build(again, form, None) == exports.build(content, form, None)
    assert exports.build(content, "zip", Filters()) == exports.build(content, "zip", None)


@pytest.mark.slow
def test_what_was_computed_is_marked_and_neither_needed_nor_believed(
    content: Data, download: Path
) -> None:
    package = json.loads((download / "datapackage.json").read_text("utf-8"))
    computed = [one["path"] for one in package["resources"] if one.get("computed") is True]
    assert computed == [
        "comparisons.csv",
        "comparison_choices.csv",
        "places_not_chosen.csv",
        "last_figures.csv",
    ]
    (download / computed[0]).unlink()
    (download / computed[1]).write_text("wrong\n", "utf-8")
    (download / computed[2]).unlink()
    os.mkfifo(download / computed[2])
    again = loader.load(download)
    assert differences(content, replace(again, descriptor=content.descriptor)) == []
    assert exports.build(again, "zip", None) == exports.build(content, "zip", None)


@pytest.mark.slow
def test_a_table_of_the_data_is_needed_whatever_its_mark(download: Path) -> None:
    def mark(package: dict[str, Any]) -> None:
        (areas,) = (one for one in package["resources"] if one["name"] == "areas")
        areas["computed"] = True

    describe(download, mark)
    assert any("areas: is a resource that is not" in str(one) for one in loader.check(download))


@pytest.mark.slow
def test_texts_that_would_run_come_back_without_their_apostrophe(
    content: Data, tmp_path: Path
) -> None:
    starts = cycle(STARTS)
    notes = content.gaps["detail"].map(lambda text: f"{next(starts)} {text}").astype("string")
    odd = replace(content, gaps=content.gaps.assign(detail=notes))
    download = unzip(exports.build(odd, "zip", None), tmp_path)
    written = (download / "gaps.csv").read_text("utf-8")
    assert "'＋1" in written
    assert loader.load(download).gaps["detail"].tolist() == notes.tolist()


@pytest.mark.parametrize(
    "filters",
    [Filters("New six"), Filters(regions=("South West",)), Filters(places=("Coastal",))],
)
def test_a_part_says_that_it_is_one(
    content: Data, tmp_path: Path, capsys: pytest.CaptureFixture[str], filters: Filters
) -> None:
    download = unzip(exports.build(content, "zip", filters), tmp_path)
    assert main(["check", str(download)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("datapackage.json: is a download of a part of the figures (")
    assert out.count("\n") == 1
    with pytest.raises(DataError, match="download the data package without filters"):
        loader.load(download)
    readme = (download / "README.md").read_text("utf-8")
    assert "it cannot read this package." in readme


def test_the_readme_of_the_whole_says_how_to_load_it(download: Path) -> None:
    readme = (download / "README.md").read_text("utf-8")
    assert "`DASHBOARD_DATA`" in readme
    assert "python -m dashboard check FOLDER" in readme


def describe(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def test_one_from_before_says_to_be_taken_again(download: Path) -> None:
    describe(download, lambda package: package.pop("download"))
    (fault,) = loader.check(download)
    assert "download it again from this one" in fault.rule


def rewrite(folder: Path, file: str, change: Callable[[list[list[str]]], object]) -> None:
    rows = list(csv.reader(io.StringIO((folder / file).read_text("utf-8"), newline="")))
    change(rows)
    with (folder / file).open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(rows)


def put(file: str, row: int, column: str, value: str) -> Change:
    def change(rows: list[list[str]]) -> None:
        rows[row - 1][rows[0].index(column)] = value

    return lambda folder: rewrite(folder, file, change)


FAULTS: list[tuple[Change, str]] = [
    (
        put("districts.csv", 3, "opportunity_area_code", "atlantis"),
        'districts.csv, row 3, opportunity_area_code: is not in areas.csv: "atlantis"',
    ),
    (put("outcomes.csv", 5, "time_period", "2016"), "outcomes.csv, row 5, time_period: is not"),
    (
        put("outcomes.csv", 6, "place_kind", "planet"),
        "outcomes.csv, row 6, place_kind: is not one of",
    ),
    (
        put("areas.csv", 2, "population", "many"),
        'areas.csv, row 2, population: is not a whole number: "many"',
    ),
    (
        lambda folder: (folder / "gaps.csv").write_bytes(b"\xff\xfe"),
        "gaps.csv, row 1: is not UTF-8 text",
    ),
    (lambda folder: (folder / "claims.csv").unlink(), "claims.csv: is a missing file"),
    (
        lambda folder: (folder / "districts.geojson").unlink(),
        "districts.geojson: is a missing file",
    ),
    (
        lambda folder: rewrite(folder, "priorities.csv", lambda rows: rows[2].append("more")),
        "priorities.csv, row 3: has ",
    ),
    (
        lambda folder: rewrite(folder, "evaluations.csv", lambda rows: rows[0].__setitem__(0, "x")),
        "evaluations.csv, row 1, finding_id: is a missing column",
    ),
]


def test_a_fault_is_named_as_the_file_has_it(short_download: Path) -> None:
    for change, _ in FAULTS:
        change(short_download)
    faults = [str(fault) for fault in loader.check(short_download)]
    for _, start in FAULTS:
        assert any(fault.startswith(start) for fault in faults), (start, faults)


@pytest.mark.slow
@pytest.mark.parametrize("own", ["x", 1, {}, {"name": 3}, [], {"name": "area_id"}])
def test_a_descriptor_that_was_spoilt_is_a_fault_and_no_error(download: Path, own: object) -> None:
    def spoil(package: dict[str, Any]) -> None:
        for resource in package["resources"]:
            for field in resource.get("schema", {}).get("fields", []):
                if "own_field" in field:
                    field["own_field"] = own

    describe(download, spoil)
    assert loader.check(download)
