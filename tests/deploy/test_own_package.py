"""What a folder of figures of an operator's own does to a server: it is refused with a message.

Each server is a process of its own, and each folder would once have held it up or led it astray.
Ceilings in seconds are for what hangs.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from browser.serve import ROOT, Server, serving
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page
from injection import strip_rules

HANG_S = 120.0
AREAS, PACKAGE = "areas.csv", "datapackage.json"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    shutil.copytree(ROOT / "data", folder)
    return folder


@contextmanager
def showing(own: Path, script: str | Path = "server.py") -> Iterator[Server]:
    log = own.parent / "server.log"
    with serving(log, script=str(script), settings=SETTINGS, data=own) as server:
        yield server


def ask_health(server: Server) -> tuple[int, dict[str, Any]]:
    try:
        with urlopen(f"{server.url}/healthz", timeout=HANG_S) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def wait_for_health(server: Server, status: int, **said: object) -> None:
    end = time.monotonic() + HANG_S
    while True:
        found = ask_health(server)
        if found[0] == status and said.items() <= found[1].items():
            return
        if time.monotonic() > end:
            pytest.fail(f"/healthz still says {found}")
        time.sleep(0.2)


def describe(own: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = own / PACKAGE
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def add_endless_pattern(content: dict[str, Any]) -> None:
    for resource in content["resources"]:
        for field in resource.get("schema", {"fields": []})["fields"]:
            if field["type"] == "string":
                field["constraints"] = {"pattern": "(.*.*.*.*.*)*(a|aa)+(.*)*$!"}


def replace(own: Path, old: str, new: str) -> None:
    for path in own.glob("*.csv"):
        written = path.read_text("utf-8")
        path.write_text(written.replace(old, new), "utf-8")


def put_pipe(own: Path) -> None:
    (own / AREAS).unlink()
    os.mkfifo(own / AREAS)


def put_endless_device(own: Path) -> None:
    (own / "districts.geojson").unlink()
    (own / "districts.geojson").symlink_to("/dev/zero")


def put_pipe_for_descriptor(own: Path) -> None:
    (own / PACKAGE).unlink()
    os.mkfifo(own / PACKAGE)


def put_huge_file(own: Path) -> None:
    with (own / "outcomes.csv").open("wb") as file:
        file.truncate(8_000_000_000)


def lead_out_of_zip(own: Path) -> None:
    describe(own, strip_rules)
    replace(own, "hastings", "../../../tmp/x")


def write_markup(own: Path) -> None:
    describe(own, strip_rules)
    replace(own, ",primary,", ",:red[**first**],")


HOSTILE: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "an id that leads out of a zip": (lead_out_of_zip, "is not one of: blackpool"),
    "markup for a word": (write_markup, "is not one of: primary"),
    "a pattern without end": (
        lambda own: describe(own, add_endless_pattern),
        "has a pattern that is not the dashboard's",
    ),
    "a pipe": (put_pipe, "is a pipe and not a file"),
    "a pipe for a description": (put_pipe_for_descriptor, "is a pipe and not a file"),
    "a device without end": (put_endless_device, "is a device and not a file"),
    "a file without end": (put_huge_file, "is larger than 20 MB"),
}


def mend(own: Path, version: str) -> None:
    """Put good figures in the place of others, with a version of their own."""
    shutil.rmtree(own)
    shutil.copytree(ROOT / "data", own)
    describe(own, lambda content: content.update(version=version))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_server_says_what_is_wrong_and_reads_what_comes_after(kind: str, own: Path) -> None:
    plant, rule = HOSTILE[kind]
    plant(own)
    with showing(own) as server, connected(server.url) as visitor:
        assert "The figures cannot be shown" in str(read_page(visitor, "overview"))
        wait_for_health(server, 503)
        assert rule in server.said()
        assert server.memory() < 1000
        mend(own, "9.9.8")
        wait_for_health(server, 200, faults=0, figures="9.9.8")

        before = len(server.said())
        plant(own)
        end = time.monotonic() + HANG_S
        while not ask_health(server)[1].get("faults"):
            assert time.monotonic() < end, "no fault was ever found"
            time.sleep(0.2)
        assert rule in server.said()[before:]
        assert "The figures cannot be shown" not in str(read_page(visitor, "funding"))
        mend(own, "9.9.9")
        wait_for_health(server, 200, faults=0, figures="9.9.9")


def test_a_note_in_any_script_fails_no_brief(own: Path) -> None:
    words = "😀 👩‍🏫 機會區 فرصة ก็"
    replace(own, "Doncaster has been a city", f"{words} Doncaster has been a city")
    with showing(own) as server:
        wait_for_health(server, 200, faults=0)
        for area in ("doncaster", "hastings"):
            address = f"{server.url}/api/v1/areas/{area}/brief.pdf"
            with urlopen(address, timeout=HANG_S) as answer:  # noqa: S310
                assert answer.read().startswith(b"%PDF")


@pytest.fixture
def on_slow_disk(own: Path) -> Path:
    """A server's script that waits for the folder's files while one called "wait" lies by it."""
    script = own.parent / "server.py"
    written = (ROOT / "server.py").read_text("utf-8")
    written = written.replace('"app.py"', repr(str(ROOT / "app.py")))
    slow = f"""
import time, pathlib
from dashboard.data import loader
read = loader.list_file_stats
def read_slowly(place):
    while pathlib.Path({str(own.parent / "wait")!r}).exists():
        time.sleep(0.1)
    return read(place)
loader.list_file_stats = read_slowly
"""
    start = written.index("\n\n", written.index("import"))
    first = written.index('"""', 3) + 3
    assert start > first
    script.write_text(written[:first] + slow + written[first:], "utf-8")
    return script


def test_a_disk_that_does_not_answer_is_told_of_and_holds_up_nobody(
    own: Path, on_slow_disk: Path
) -> None:
    wait = own.parent / "wait"
    with showing(own, on_slow_disk) as server:
        wait_for_health(server, 200, faults=0)
        wait.touch()
        wait_for_health(server, 200, faults=1)
        assert "the figures take too long to read" in server.said()
        with connected(server.url) as visitor:
            assert "The figures cannot be shown" not in str(read_page(visitor, "funding"))
        describe(own, lambda content: content.update(version="9.9.9"))
        wait.unlink()
        wait_for_health(server, 200, faults=0, figures="9.9.9")


def test_a_server_whose_disk_never_answered_says_so(own: Path, on_slow_disk: Path) -> None:
    wait = own.parent / "wait"
    wait.touch()
    with showing(own, on_slow_disk) as server:
        wait_for_health(server, 503)
        with connected(server.url) as visitor:
            said = str(read_page(visitor, "overview"))
        assert "The figures cannot be shown" in said
        assert "has been read since" in said.replace("\\", "")
        wait.unlink()
        wait_for_health(server, 200, faults=0)
