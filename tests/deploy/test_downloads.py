"""What visitors who ask for files do to each other: nothing. Servers are real processes.

Nothing here is held to a time: what is counted is files served and refused, builds, and which
answer came first. Ceilings in seconds are for what hangs.
"""

import io
import os
import re
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from browser.serve import Server, serving
from dashboard import build_queue
from deploy.presses import BRIEF, BRIEFS, HANG_S, looking_at, visiting
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page
from streamlit_messages import FORMS

PRESSES, VISITORS = 400, 30
_BUILT = re.compile(r'"event": "a file was built", "queue": "slow", "readers": (\d+)')


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "server.log", script="server.py", settings=SETTINGS) as started:
        yield started


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + HANG_S
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def files_in(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return len(folder.namelist())


def converter_of(server: Server) -> int | None:
    """Return a converter's process, if there is one."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(fields_of(stat)[1])
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == server.pid and b"dashboard.render.child" in command:
            return int(stat.parent.name)
    return None


def fields_of(stat: Path) -> list[str]:
    """Return what Linux tells of a process, from its state on."""
    return stat.read_text("utf-8").rsplit(")", 1)[1].split()


def gives_way(process: int) -> bool:
    return int(fields_of(Path(f"/proc/{process}/stat"))[16]) > 0


def is_running(process: int) -> bool:
    try:
        return fields_of(Path(f"/proc/{process}/stat"))[0] != "Z"
    except OSError:
        return False


@contextmanager
def converter_stopped(server: Server) -> Iterator[int]:
    """Stop a converter in the middle of its work, so that its build does not end meanwhile."""
    processes: list[int] = []

    def stop() -> bool:
        process = converter_of(server)
        if process is not None:
            os.kill(process, signal.SIGSTOP)
            processes.append(process)
        return process is not None

    wait_until(stop, "no converter was started")
    try:
        yield processes[0]
    finally:
        with suppress(ProcessLookupError):
            os.kill(processes[0], signal.SIGCONT)


@pytest.mark.parametrize("script", ["server.py", "app.py"])
def test_who_presses_four_hundred_times_and_leaves_keeps_nobody_waiting(
    script: str, tmp_path: Path
) -> None:
    with (
        serving(tmp_path / "server.log", script=script, settings=SETTINGS) as server,
        looking_at(server.url, "areas.csv") as other,
    ):
        with visiting(server.url) as attacker:
            presses = [attacker.press(BRIEFS) for _ in range(PRESSES)]
            with converter_stopped(server):
                table = other.fetch(other.press("areas.csv"))
                assert table.startswith(b"\xef\xbb\xbfopportunity_area_code,")
                refused = [attacker.wait_for(press) for press in presses[2:]]
                assert all("still being made" in answer.error_msg for answer in refused)
        with looking_at(server.url, "gaps.csv") as reader:
            assert reader.fetch(reader.press("gaps.csv"))
        with visiting(server.url) as reader:
            assert files_in(reader.fetch(reader.press(BRIEFS))) == 12
        if script == "server.py":
            assert len(_BUILT.findall(server.said())) == 1, "one build for all presses"


def test_thirty_who_ask_for_the_same_have_it_built_once(server: Server) -> None:
    with ExitStack() as stack:
        visitors = [stack.enter_context(visiting(server.url)) for _ in range(VISITORS)]
        reader = stack.enter_context(looking_at(server.url, "outcomes.csv"))
        presses = [visitor.press(BRIEFS) for visitor in visitors]
        with converter_stopped(server):
            assert reader.fetch(reader.press("outcomes.csv"))
            assert read_page(reader.socket, "funding"), "pages are drawn meanwhile"
        files = [visitor.fetch(press) for visitor, press in zip(visitors, presses, strict=True)]
        assert {files_in(content) for content in files} == {12}
        assert len(set(files)) == 1
        assert _BUILT.findall(server.said()) == [str(VISITORS)]


@pytest.mark.parametrize("label", [FORMS["json"], "areas.csv", FORMS["xlsx"]])
def test_a_file_waits_for_a_slow_network_while_others_read(server: Server, label: str) -> None:
    """Streamlit lets go of a file once two pages have been drawn, of whichever readers."""
    with looking_at(server.url, label) as slow, connected(server.url) as other:
        press = slow.press(label)
        slow.wait_for(press)
        for page in ("", "funding", "about", "sources", ""):
            read_page(other, page)
        assert len(slow.fetch(press)) > 1_000


def test_many_who_ask_for_much_and_leave_leave_little_behind(server: Server) -> None:
    queries = [
        f"cohort={cohort}&place={place}&place={other}"
        for cohort in ("Original+six", "New+six", "All+twelve")
        for place in ("City", "Town", "Coastal", "Rural")
        for other in ("City", "Town", "Coastal", "Rural")
    ]
    with ExitStack() as stack:
        crowd = [stack.enter_context(visiting(server.url, "sources", one)) for one in queries]
        for visitor in crowd:
            for label in (FORMS["xlsx"], FORMS["ods"]):
                visitor.press(label)
        last = crowd[-1].wait_for("press-1")
        assert "Many files are being made" in last.error_msg, "the queue has an end"
        reader = stack.enter_context(looking_at(server.url, "areas.csv"))
        assert reader.fetch(reader.press("areas.csv"))
    with visiting(server.url) as reader:
        assert reader.fetch(reader.press(FORMS["xlsx"]))
        built = len(_BUILT.findall(server.said()))
    assert built < len(queries) * 2 - build_queue.MAX_WAITING_SLOW / 2


@pytest.mark.parametrize(
    ("script", "end"),
    # A server that is killed runs nothing more, whichever it is.
    [
        ("server.py", signal.SIGKILL),
        ("server.py", signal.SIGTERM),
        ("app.py", signal.SIGTERM),
    ],
)
def test_a_server_that_ends_takes_its_converter_along(
    script: str, end: signal.Signals, tmp_path: Path
) -> None:
    with (
        serving(tmp_path / "server.log", script=script, settings=SETTINGS) as server,
        looking_at(server.url, BRIEF) as visitor,
    ):
        visitor.press(BRIEF)
        with converter_stopped(server) as process:
            # Only then has it set itself up: it would end by itself once it went on.
            os.kill(process, signal.SIGCONT)
            wait_until(lambda: gives_way(process), "the converter has the server's priority")
            os.kill(process, signal.SIGSTOP)
            os.kill(server.pid, end)
            wait_until(lambda: not is_running(process), "the converter outlived its server")


@pytest.mark.parametrize("script", ["server.py", "app.py"])
def test_a_server_that_is_told_to_stop_leaves_no_file(script: str, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings = {**SETTINGS, "TMPDIR": str(folder)}
    with serving(tmp_path / "server.log", script=script, settings=settings) as server:
        with connected(server.url) as socket:
            read_page(socket)
            read_page(socket, "map")
        for label in (FORMS["xlsx"], FORMS["ods"], FORMS["json"], BRIEF):
            with looking_at(server.url, label) as visitor:
                assert visitor.fetch(visitor.press(label))
    assert [path.name for path in folder.iterdir()] == []
