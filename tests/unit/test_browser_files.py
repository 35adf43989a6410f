"""What browsers fetch once has an address that changes with it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.data.loader import Data
from dashboard.palette import LIGHT
from dashboard.topics.index_ranks import cold_spots
from dashboard.ui import browser_files
from specs import read_rows

LONG = [{"number": number, "words": "x" * 50} for number in range(1_000)]


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the files are written."""
    monkeypatch.setattr(browser_files, "_FOLDER", tmp_path / "files")
    return tmp_path / "files"


def chart(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"layer": [{"mark": "bar", "data": {"values": one}} for one in rows], "height": 9}


def test_long_rows_are_a_file_and_short_ones_stay() -> None:
    spec = chart(LONG, LONG[:3])
    moved = browser_files.move_rows_to_files(spec)
    long, short = moved["layer"]
    assert read_rows(moved, long) == LONG
    assert short == spec["layer"][1]
    assert (long["mark"], moved["height"]) == ("bar", 9)
    # A picture is drawn from the chart as it was.
    assert spec == chart(LONG, LONG[:3])


def test_a_chart_of_short_rows_stays_as_it_is(folder: Path) -> None:
    spec = chart(LONG[:3])
    assert browser_files.move_rows_to_files(spec) is spec
    assert not folder.exists()


def test_other_rows_have_another_address(folder: Path) -> None:
    one, same, other = (
        browser_files.move_rows_to_files(chart(rows))["layer"][0]["data"]["url"]
        for rows in (LONG, list(LONG), LONG[1:])
    )
    assert one == same != other
    assert len(list(folder.iterdir())) == 2
    # Relative to the page, so that the dashboard may stand under any path.
    assert one.startswith("component/dashboard.ui.browser_files.files/")


def test_a_file_that_the_system_deleted_is_written_again(folder: Path) -> None:
    spec = chart(LONG)
    browser_files.move_rows_to_files(spec)
    shutil.rmtree(folder)
    moved = browser_files.move_rows_to_files(spec)
    assert read_rows(moved, 0) == LONG


def test_on_a_full_disk_the_rows_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    spec = chart(LONG)
    assert browser_files.move_rows_to_files(spec) is spec


def test_a_drawing_has_the_address_of_what_it_shows(folder: Path) -> None:
    one, same, other = (browser_files.write_drawing(svg) for svg in ("<svg/>", "<svg/>", "<svg />"))
    assert one == same != other
    assert one.startswith("component/dashboard.ui.browser_files.files/")
    assert (folder / one.rpartition("/")[2]).read_text("utf-8") == "<svg/>"


@pytest.mark.slow
def test_the_map_of_the_index_is_sent_without_its_shapes(content: Data) -> None:
    exhibit = cold_spots.build_cold_spots_map(content)
    assert exhibit.chart
    spec = exhibit.chart(LIGHT)
    moved = browser_files.move_rows_to_files(spec)
    assert len(json.dumps(moved)) < len(json.dumps(spec)) / 5
    every = read_rows(moved, 0)
    assert [one["lad_code"] for one in every] == [
        one["lad_code"] for one in spec["layer"][0]["data"]["values"]
    ]


def test_scripts_and_leaflet_are_named_by_what_they_are(content: Data) -> None:
    leaflet, *own = browser_files.list_scripts(content)
    assert "leaflet-1.9.3.0/" in leaflet
    assert len({*own}) == 2
    assert all(len(Path(one).stem) == 16 for one in own)
