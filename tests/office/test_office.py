"""LibreOffice opens the spreadsheets and finds in them what went in."""

import csv
import io
import os
import subprocess
import zipfile
from typing import Any

import openpyxl
import pytest

from dashboard import data, exports
from dashboard.exports.about import LOOK_UPS
from dashboard.filters import Filters

CONTENT = data.load(data.HOME)
CHOICE = Filters("New six")
PATIENCE = 180


@pytest.fixture(scope="module", params=["ods", "xlsx"])
def reopened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An export opened by LibreOffice and saved again as the other kind of workbook."""
    office = os.environ.get("OFFICE_PATH")
    assert office, "set OFFICE_PATH: scripts/find_program.py office finds or installs LibreOffice"
    folder = tmp_path_factory.mktemp(request.param)
    made = folder / f"figures.{request.param}"
    made.write_bytes(exports.build(CONTENT, request.param, CHOICE))
    out = folder / "out"
    ran = subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(made),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (out / "figures.xlsx").is_file(), ran.stdout + ran.stderr
    return openpyxl.load_workbook(out / "figures.xlsx", read_only=True)


def written(choice: Filters) -> dict[str, list[list[str]]]:
    """Return every table of the package as rows of text, its header first."""
    with zipfile.ZipFile(io.BytesIO(exports.build(CONTENT, "zip", choice))) as folder:
        return {
            one.removesuffix(".csv"): list(csv.reader(folder.read(one).decode().splitlines()))
            for one in folder.namelist()
            if one.endswith(".csv")
        }


TABLES = {name: rows for name, rows in written(CHOICE).items() if name not in LOOK_UPS}


def cell(value: object) -> object:
    """Return a cell as a number where it is one, and as text otherwise; empty is None."""
    if value in (None, ""):
        return None
    try:
        return float(str(value))
    except ValueError:
        return {"per cent": "%"}.get(str(value), str(value))


@pytest.mark.parametrize("name", TABLES)
def test_cells_survive(reopened: Any, name: str) -> None:
    header = TABLES[name][0]
    lines = [list(line) for line in reopened[name].values]
    start = next(at for at, line in enumerate(lines) if line[0] == header[0])
    read = [trimmed([cell(one) for one in line]) for line in lines[start:]]
    assert trimmed(read) == [trimmed([cell(one) for one in line]) for line in TABLES[name]]


def trimmed(cells: list[Any]) -> list[Any]:
    """Return cells, or lines of them, without the empty ones at the end."""
    last = max((at for at, one in enumerate(cells) if one not in (None, [])), default=-1)
    return cells[: last + 1]


def test_every_table_is_there_and_no_other(reopened: Any) -> None:
    assert reopened.sheetnames == ["Cover", "Contents", "Notes", *TABLES]


def test_nothing_became_a_formula(reopened: Any) -> None:
    for name in reopened.sheetnames:
        assert [
            one.value
            for line in reopened[name].iter_rows()
            for one in line
            if one.data_type in ("f", "e")
        ] == []


def test_the_cover_says_what_it_holds(reopened: Any) -> None:
    cover = " ".join(str(line[0]) for line in reopened["Cover"].values if line and line[0])
    assert "6 of 12 areas: New six" in cover
