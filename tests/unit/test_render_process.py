"""Converters in a process of their own: few at once, and whatever becomes of them is told."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.build_queue import BusyError
from dashboard.render import process


def convert() -> list[bytes]:
    return process.render_pdfs("template", ["{}"], datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell's orders in the converter's place."""

    def put(orders: str) -> None:
        script = tmp_path / "converter"
        script.write_text(f"#!/bin/sh\n{orders}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))

    return put


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        ("kill -9 $$", r"^The converter was ended from outside \(-9\) and said nothing\.$"),
        ("exit 3", r"^The converter failed \(3\) and said nothing\.$"),
        ("echo first >&2; echo last >&2; exit 1", "^last$"),
    ],
)
def test_a_converter_that_fails(converter: Callable[[str], None], orders: str, said: str) -> None:
    converter(orders)
    with pytest.raises(RuntimeError, match=said):
        convert()


def test_a_converter_that_takes_too_long(
    converter: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    converter("exec sleep 600")
    monkeypatch.setattr(process, "_TIMEOUT_S", 0.1)
    with pytest.raises(RuntimeError, match=r"more than 0\.1 seconds"):
        convert()


def test_one_caller_too_many_is_refused_at_once() -> None:
    slots, inside, go_on = process._Slots(1, 2), threading.Semaphore(0), threading.Event()

    def hold() -> None:
        with slots.hold():
            inside.release()
            go_on.wait(10)

    with ThreadPoolExecutor(3) as callers:
        held = [callers.submit(hold) for _ in range(3)]
        assert inside.acquire(timeout=10)
        while slots._places:
            time.sleep(0.01)
        for _ in range(5):
            with pytest.raises(BusyError, match="try again"), slots.hold():
                pass
        go_on.set()
        assert [caller.result(10) for caller in held] == [None] * 3
    with slots.hold():
        pass


def test_the_converter_gives_way() -> None:
    script = (
        "import os; from dashboard.render import process; process._give_way(); print(os.nice(0))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > os.nice(0)


@pytest.mark.parametrize("watched_from", ["prctl", "outside Linux"])
def test_the_converter_ends_with_who_started_it(watched_from: str) -> None:
    child = "import os, sys, time; from dashboard.render import process; "
    if watched_from == "outside Linux":
        child += "sys.platform = 'other'; process._PARENT_CHECK_S = 0.05; "
    child += "process._end_with(int(sys.argv[1])); print(os.getpid(), flush=True); time.sleep(60)"
    parent = (
        "import os, subprocess, sys; "
        f"subprocess.Popen([sys.executable, '-c', {child!r}, str(os.getpid())]).wait()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout
        converter = int(process.stdout.readline())
        process.kill()
    end = time.monotonic() + 60
    while is_running(converter):
        assert time.monotonic() < end, "it outlived who started it"
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_converter_of_a_parent_that_is_gone_ends() -> None:
    script = "from dashboard.render import process; process._end_with(1 << 30); print('goes on')"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")


def test_the_converter_s_own_words_are_the_error() -> None:
    with pytest.raises(RuntimeError, match="error"):
        convert()


def test_no_more_than_two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, news = 0, 0, threading.Condition()
    go = threading.Event()

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        nonlocal running, most
        with news:
            running += 1
            most = max(most, running)
            news.notify_all()
        go.wait(60)
        with news:
            running -= 1
        return subprocess.CompletedProcess(command, 0, b"[]", b"")

    monkeypatch.setattr(subprocess, "run", run)
    threads = [threading.Thread(target=convert) for _ in range(6)]
    for one in threads:
        one.start()
    with news:
        assert news.wait_for(lambda: running == 2, 60)
        assert not news.wait_for(lambda: running > 2, 0.2)
    go.set()
    for one in threads:
        one.join(60)
    assert (running, most) == (0, 2)
