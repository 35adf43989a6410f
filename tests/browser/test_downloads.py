"""What a reader takes away: it comes, it opens, and the server stays small."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import Server
from expected import AREAS
from streamlit_messages import FORMS

MEGABYTES = 350


def take(page: Page, name: str, folder: Path) -> Path:
    """Press a button and return the file that comes."""
    with page.expect_download() as coming:
        screen.main(page).get_by_role("button", name=name, exact=True).first.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def take_picture(page: Page, kind: str, folder: Path) -> Path:
    """Take the page's first chart as a picture, and return the file that comes."""
    opened = screen.open_provenance(page)
    with page.expect_download() as coming:
        opened.get_by_role("button", name=f"{kind}: The announced totals").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    return path


def areas() -> list[tuple[str, str]]:
    return [(row["area_id"], row["label"]) for row in AREAS]


def test_a_figure_s_rows_come_as_they_are_filtered(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/?cohort=New+six")
    frame = page.locator(".st-key-table-areas-at-a-glance")
    opened = screen.open_provenance(frame)
    with page.expect_download() as coming:
        opened.get_by_role("button", name="CSV: The areas at a glance").click()
    assert coming.value.suggested_filename == "the-areas-at-a-glance_new-six.csv"
    rows = list(csv.DictReader(io.StringIO(Path(coming.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 6
    assert {row["cohort"] for row in rows} == {"New six"}


def test_what_is_behind_a_figure_opens_and_closes(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    frame = page.locator(".st-key-chart-fourth-year-money")
    said = screen.open_provenance(frame)
    expect(said.get_by_text("How this was worked out.")).to_be_visible()
    expect(said.get_by_text("Sources disagree.").first).to_be_visible()
    expect(said.get_by_text("The money for the fourth year")).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_chart_comes_as_a_picture(page: Page, server: Server, tmp_path: Path, kind: str) -> None:
    screen.visit(page, f"{server.url}/funding")
    path = take_picture(page, kind, tmp_path)
    assert path.name == f"the-announced-totals.{kind.lower()}"
    assert path.read_bytes().startswith(b"\x89PNG" if kind == "PNG" else b"<svg")


def test_everything_comes_and_the_server_stays_small(
    page: Page, servers: Servers, tmp_path: Path
) -> None:
    server = servers.start()
    screen.visit(page, f"{server.url}/sources?cohort=New+six")
    files = {name: take(page, label, tmp_path) for name, label in FORMS.items()}
    assert {path.name for path in files.values()} == {
        f"opportunity-areas_new-six.{name}" for name in FORMS
    }
    book = openpyxl.load_workbook(files["xlsx"], read_only=True)
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert len(json.loads(files["geojson"].read_text("utf-8"))["features"]) == 6
    with zipfile.ZipFile(files["zip"]) as package:
        assert package.testzip() is None
    with zipfile.ZipFile(take(page, "Twelve briefs (ZIP of PDFs)", tmp_path)) as briefs:
        assert len(briefs.namelist()) == 12
    for area_id, label in areas()[::6]:
        screen.visit(page, f"{server.url}/profile?area={label.replace(' ', '+')}")
        with pikepdf.open(take(page, f"Brief of {label} (PDF)", tmp_path)) as brief:
            assert brief.docinfo["/Title"] == f"{label}: opportunity area brief"
        assert (tmp_path / f"opportunity-area-brief_{area_id}.pdf").stat().st_size < 200_000
    screen.visit(page, f"{server.url}/funding")
    for kind in ("PNG", "SVG"):
        take_picture(page, kind, tmp_path)
    assert server.memory() < MEGABYTES
