"""Figures that do not pass the checks are not shown; the fault is, and mending it is enough.

While the program runs, the last good ones stay.
"""

import csv
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import ROOT
from unit.test_planted_faults import FATAL, Plant

ROW = 11


def test_a_fault_is_named_and_mended_without_a_restart(
    page: Page, servers: Servers, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    areas = folder / "areas.csv"
    sound = areas.read_bytes()
    spoil(areas, row=ROW, column="population", value="plenty")
    server = servers.start(data=folder)

    screen.visit(page, f"{server.url}/")
    expect(screen.title(page)).to_have_text("The figures cannot be shown")
    fault = page.get_by_role("row").filter(has_text="areas.csv")
    for cell in (str(ROW), "population", "plenty"):
        expect(fault.get_by_role("cell", name=cell, exact=True)).to_be_visible()
    for figures in ("stException", "stVegaLiteChart", "stCustomComponentV1"):
        expect(page.get_by_test_id(figures)).to_have_count(0)
    expect(page.locator(".figures")).to_have_count(0)
    assert "Traceback" not in page.content()

    areas.write_bytes(sound)
    page.reload()
    screen.drawn(page, districts_shown=13, areas_shown=12)


def test_the_last_good_figures_stay_while_new_files_are_faulty(
    page: Page, servers: Servers, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    areas = folder / "areas.csv"
    server = servers.start(data=folder)
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)

    sound = areas.read_text(encoding="utf-8")
    spoil(areas, row=ROW, column="population", value="plenty")
    screen.choose_cohort(page, "New six")
    screen.drawn(page, districts_shown=7, areas_shown=6)
    screen.visit(page, f"{server.url}/sources")
    expect(page.get_by_text("did not pass the checks")).to_contain_text("plenty")

    folder.rename(tmp_path / "gone")
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)

    shutil.copytree(ROOT / "data", folder)
    areas.write_text(sound.replace("Hastings", "Hastinges"), encoding="utf-8")
    page.reload()
    expect(screen.marker(page, "Hastinges")).to_be_visible()


# One of each kind that tests without a browser plant: the package, the shapes, the files.
SEEN = ("no licence", "coordinates that are a word", "a folder in a file's place")


def test_whatever_a_file_holds_pages_have_figures_or_say_what_is_wrong(
    page: Page, servers: Servers, tmp_path: Path
) -> None:
    shown, unshown = (Path(shutil.copytree(ROOT / "data", tmp_path / name)) for name in "ab")
    plant_only(unshown, FATAL[SEEN[0]])
    good, bad = (servers.start(data=folder) for folder in (shown, unshown))
    screen.visit(page, f"{good.url}/")
    for name in SEEN:
        plant = FATAL[name]
        plant_only(shown, plant)
        screen.visit(page, f"{good.url}/map")
        screen.drawn(page, districts_shown=13, areas_shown=12)
        screen.visit(page, f"{good.url}/sources")
        expect(page.get_by_text("did not pass the checks"), name).to_be_visible()
        plant_only(unshown, plant)
        screen.visit(page, f"{bad.url}/map")
        expect(screen.title(page), name).to_have_text("The figures cannot be shown")
        expect(page.get_by_test_id("stException")).to_have_count(0)


def plant_only(folder: Path, plant: Plant) -> None:
    """Make a folder of figures anew, with one thing wrong in it."""
    shutil.rmtree(folder)
    shutil.copytree(ROOT / "data", folder)
    plant(folder)


def spoil(table: Path, *, row: int, column: str, value: str) -> None:
    """Change one cell; rows are counted as a spreadsheet does, the header being the first."""
    with table.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    cells[row - 1][cells[0].index(column)] = value
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cells)
