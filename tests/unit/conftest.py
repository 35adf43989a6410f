"""The figures as loaded, and copies of their files to plant faults in."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation import required
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.topics.areas.facts import compute_area_facts

_LONG = ("district_outcomes", "outcome_spread", "postcodes", "outcodes", "towns", "other_towns")
# One measure is kept, whole: its years are held against its runs and breaks.
_OF_MEASURES = ("measures", "outcomes", "series_runs", "series_breaks")
_MEASURE = "eyfsp_gld"
_ROWS = 20
# Districts whose outcomes are among the rows that are kept.
_SIMILAR = ("E06000001,Hartlepool", "E06000002,Middlesbrough", "E06000003,Redcar and Cleveland")
_KEYED = ("districts", "funding_programme", "gaps")
_FEW = (
    "areas",
    "districts",
    "index_ranks",
    "disagreements",
    "gaps",
    "districts_boundaries",
    "england_boundaries",
)


@pytest.fixture(scope="session")
def facts(content: Data) -> pd.DataFrame:
    return compute_area_facts(content)


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> Palette:
    chosen: Palette = request.param
    return chosen


@pytest.fixture(scope="session")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound copy of data/ that is checked in a third of the time.

    Left out are what :class:`Data` does not hold, all measures but one, the later rows of the
    longest tables, and most of the keys that lead from one table to another.
    """
    folder = tmp_path_factory.mktemp("shortened") / "data"
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    held = {field.name for field in fields(Data)}
    package["resources"] = [one for one in package["resources"] if one["name"] in held]
    for one in package["resources"]:
        if one["name"] not in _KEYED:
            one.get("schema", {}).pop("foreignKeys", None)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    leading = folder / "disagreement_figures.csv"
    kept = [line for line in leading.read_text("utf-8").splitlines(True) if "ks2_rwm" not in line]
    leading.write_text("".join(kept), "utf-8")
    for name in _OF_MEASURES:
        header, *rows = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        of_measure = [row for row in rows if row.startswith(f"{_MEASURE},")]
        (folder / f"{name}.csv").write_text("".join([header, *of_measure]), "utf-8")
    for name in _LONG:
        lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
        (folder / f"{name}.csv").write_text("".join(lines[:_ROWS]), "utf-8")
    similar = folder / "similar_districts.csv"
    header = similar.read_text("utf-8").splitlines()[0]
    rows = [
        f"E06000009,{place},{named},England,{named.partition(',')[0]},ONS_NEIGHBOURS"
        for place, named in enumerate(_SIMILAR, start=1)
    ]
    similar.write_text("\n".join([header, *rows, ""]), "utf-8")
    return folder


@pytest.fixture(scope="session")
def fewer(shortened: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a part of the copy, for faults that are found before the tables are compared."""
    folder = tmp_path_factory.mktemp("fewer") / "data"
    shutil.copytree(shortened, folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in _FEW]
    for one in package["resources"]:
        keys = one.get("schema", {}).get("foreignKeys", [])
        keys[:] = [key for key in keys if key["reference"]["resource"] in _FEW]
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return folder


@pytest.fixture
def copy(shortened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of data/ of the test's own; what it must declare is what the copy does."""
    yield from _copied(shortened, tmp_path, monkeypatch)


@pytest.fixture
def part(fewer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of a part of data/."""
    yield from _copied(fewer, tmp_path, monkeypatch)


def _copied(sound: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(required, "SCHEMA_PATH", sound / "datapackage.json")
    folder = place / "data"
    shutil.copytree(sound, folder)
    yield folder
    shutil.rmtree(place, ignore_errors=True)
