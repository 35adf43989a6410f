"""LibreOffice opens the spreadsheets and finds in them what went in."""

import csv
import io
import os
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard import exports
from dashboard.data import loader
from dashboard.exports.metadata import LONG_TABLES
from dashboard.filters import Filters

CONTENT = loader.load(loader.DEFAULT_FOLDER)
CHOICE = Filters("New six")
PATIENCE = 180


def convert(made: Path, to: str) -> Path:
    """Have LibreOffice save a spreadsheet as another kind of file, and return its folder."""
    office = os.environ.get("OFFICE_PATH")
    assert office, "set OFFICE_PATH: scripts/find_program.py office finds or installs LibreOffice"
    out = made.parent / to.partition(":")[0]
    ran = subprocess.run(
        [
            office,
            f"-env:UserInstallation={(made.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(out),
            str(made),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert list(out.glob(f"{made.stem}*")), ran.stdout + ran.stderr
    return out


@pytest.fixture(scope="module", params=["ods", "xlsx"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    made = folder / f"figures.{request.param}"
    made.write_bytes(exports.build(CONTENT, request.param, CHOICE))
    return made


@pytest.fixture(scope="module")
def reopened(exported: Path) -> Any:
    """An export opened by LibreOffice and saved again as the other kind of workbook."""
    return openpyxl.load_workbook(convert(exported, "xlsx") / "figures.xlsx")


# Every sheet as it is shown: UTF-8, cells as on screen, each sheet a file.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


@pytest.fixture(scope="module")
def shown(exported: Path) -> dict[str, list[list[str]]]:
    """Each sheet's cells as LibreOffice shows them."""
    out = convert(exported, AS_SHOWN)
    return {
        one.stem.removeprefix("figures-"): list(
            csv.reader(io.StringIO(one.read_text("utf-8"), newline=""))
        )
        for one in out.glob("*.csv")
    }


def written(choice: Filters) -> dict[str, list[list[str]]]:
    """Return every table of the package as rows of text, its header first."""
    with zipfile.ZipFile(io.BytesIO(exports.build(CONTENT, "zip", choice))) as folder:
        return {
            one.removesuffix(".csv"): list(csv.reader(folder.read(one).decode().splitlines()))
            for one in folder.namelist()
            if one.endswith(".csv")
        }


TABLES = {name: rows for name, rows in written(CHOICE).items() if name not in LONG_TABLES}


def cell(value: object) -> object:
    """Return a cell as a number where it is one, and as text otherwise; empty is None."""
    if value in (None, ""):
        return None
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
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


def test_nothing_is_shown_as_an_exponent_or_as_hashes(
    shown: dict[str, list[list[str]]],
) -> None:
    assert set(shown) == {"Cover", "Contents", "Notes", *TABLES}
    cells = [one for lines in shown.values() for line in lines for one in line]
    assert [one for one in cells if re.fullmatch(r"\S*\dE[+-]\d+", one) or "###" in one] == []


FIXED = re.compile(
    rb'style:row-height="[^"]*" style:use-optimal-row-height="false"',
)


def free_heights(made: bytes) -> bytes:
    """Return an ODS whose rows have no height: LibreOffice works out what each needs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as given, zipfile.ZipFile(out, "w") as free:
        for name in given.namelist():
            content = given.read(name)
            if name == "content.xml":
                content, count = FIXED.subn(b'style:use-optimal-row-height="true"', content)
                assert count
            free.writestr(name, content)
    return out.getvalue()


def test_every_row_is_as_tall_as_libreoffice_needs(tmp_path: Path) -> None:
    """No text is cut at its foot, such as an address that breaks at its hyphens."""
    own, free = tmp_path / "own.ods", tmp_path / "free.ods"
    own.write_bytes(exports.build(CONTENT, "ods", None))
    free.write_bytes(free_heights(own.read_bytes()))
    given, needed = (
        openpyxl.load_workbook(convert(path, "xlsx") / f"{path.stem}.xlsx") for path in (own, free)
    )
    heights = [
        (page.title, row, page.row_dimensions[row].height, needed[page.title].row_dimensions[row])
        for page in given
        for row in range(1, page.max_row + 1)
    ]
    assert max(need.height or 0 for *_, need in heights) > 80
    assert [
        (title, row) for title, row, height, need in heights if height < (need.height or 0)
    ] == []


def table(shown: dict[str, list[list[str]]], name: str) -> list[dict[str, str]]:
    """Return a sheet's rows as they are shown, by column."""
    header = TABLES[name][0]
    lines = shown[name]
    start = next(at for at, line in enumerate(lines) if line[0] == header[0])
    return [dict(zip(header, line, strict=False)) for line in lines[start + 1 :]]


def of(name: str) -> list[dict[str, str]]:
    """Return a table's rows as they are written in CSV, by column."""
    header, *rows = TABLES[name]
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_money_per_cent_and_days_are_shown_as_such(shown: dict[str, list[list[str]]]) -> None:
    for row, own in zip(table(shown, "funding_programme"), of("funding_programme"), strict=True):
        amount = own["amount_gbp"]
        assert row["amount_gbp"] == (f"£{int(amount):,}" if amount else "")
    measures = {row["measure_id"]: row["unit"] for row in table(shown, "measures")}
    for row, own in zip(table(shown, "outcomes"), of("outcomes"), strict=True):
        ending = "" if measures[row["measure_id"]] == "score" else "%"
        assert row["value"] == (f"{own['value']}{ending}" if own["value"] else "")
    days = {row["announced_on"] for row in table(shown, "areas")}
    assert days == {"2017-01-18"}
