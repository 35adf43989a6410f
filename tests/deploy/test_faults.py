"""What a reader notices when a server dies or its disk is full."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect

from browser import screen
from browser.serve import PATIENCE, Server, serving
from deploy.presses import BRIEF, BRIEFS
from deploy.proxy import SETTINGS, standing
from deploy.visitors import connected, read_page
from streamlit_messages import FORMS

# Room for the log, and for no workbook.
ROOM = 64 * 1024
FRAME = "/component/streamlit_folium.st_folium/index.html"


def test_a_server_that_is_started_again_shows_the_same_view(
    chromium: Browser, tmp_path: Path
) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        with serving(tmp_path / "first.log", script="server.py", settings=SETTINGS) as server:
            screen.visit(page, f"{server.url}/funding?cohort=New+six")
            screen.pill(page, "Region", "South East").click()
            expect(screen.main(page).get_by_text("1 of 12 areas").first).to_be_visible()
            server.stop()
            expect(page.locator(screen.CONNECTED)).to_have_count(0)
        again = tmp_path / "second.log"
        with serving(again, script="server.py", settings=SETTINGS, port=_port(server)):
            expect(page.locator(screen.CONNECTED)).to_be_visible()
            screen.settled(page)
            expect(screen.title(page)).to_have_text("Funding")
            expect(screen.radio(page, "New six")).to_be_checked()
            expect(screen.main(page).get_by_text("1 of 12 areas").first).to_be_visible()
            screen.address_is(page, f"{server.url}/funding", cohort="New six", region="South East")
            screen.pill(page, "Region", "South East").click()
            expect(screen.main(page).get_by_text("6 of 12 areas").first).to_be_visible()
            expect(page.get_by_test_id("stException")).to_have_count(0)


def _port(server: Server) -> int:
    port = urlsplit(server.url).port
    assert port
    return port


def test_a_full_disk_is_nothing_to_a_page_s_files(page: Page, tmp_path: Path) -> None:
    """They are built in memory; only the log has room here."""
    with serving(tmp_path / "log", script="server.py", settings=SETTINGS) as server:
        screen.visit(page, f"{server.url}/sources")
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (ROOM, ROOM))
        for button in (FORMS["xlsx"], FORMS["ods"], FORMS["zip"], BRIEFS):
            with page.expect_download() as coming:
                page.get_by_role("button", name=button, exact=True).click()
            assert Path(coming.value.path()).stat().st_size > ROOM
        assert '"ERROR"' not in server.said()


def test_a_file_that_cannot_be_built_is_said_and_logged(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path / "log", script="server.py", settings=SETTINGS) as server:
        screen.visit(page, f"{server.url}/profile?area=Hastings")
        button = page.get_by_role("button", name=BRIEF, exact=True)
        # No process more: the typesetter, which is one, cannot start.
        before = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (_open(server), before[1]))
        button.click()
        expect(page.get_by_text("The file could not be made. Try again")).to_be_visible()
        assert "Traceback" not in page.content()
        assert any("Too many open files" in event.get("error", "") for event in _events(server))

        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, before)
        with page.expect_download() as coming:
            button.click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")


def _open(server: Server) -> int:
    """Return one more than the highest number of a file that a server has open."""
    return 1 + max(int(one.name) for one in Path(f"/proc/{server.pid}/fd").iterdir())


def _events(server: Server) -> list[dict[str, str]]:
    return [json.loads(line) for line in server.said().splitlines() if line.startswith("{")]


def test_a_map_s_files_are_found_on_whichever_replica_has_drawn_one(tmp_path: Path) -> None:
    with standing(tmp_path) as site:
        drew, _ = site.replicas
        with connected(drew.url) as visitor:
            read_page(visitor, "map")
        assert [_status(f"{one.url}{FRAME}") for one in site.replicas] == [200, 404]
        assert {_status(f"{site.url}{FRAME}") for _ in range(8)} == {200}
        assert _status(f"{site.url}/component/nothing/index.html") == 404


def _status(url: str) -> int:
    try:
        with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_the_command_line_on_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    there = tmp_path / "figures.xlsx"
    there.write_text("as it was")
    for form in ("xlsx", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "dashboard", "export", form, "-o", there],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_little_room,
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.strip() == f"{there} could not be written: File too large."
        assert there.read_text() == "as it was"
        assert list(tmp_path.iterdir()) == [there]


def _little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
