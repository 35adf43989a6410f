"""Work in a process of its own: kept, replaced when it is gone, and whatever becomes of it told."""

import gc
import operator
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.build_queue import BusyError
from dashboard.data.loader import Data
from dashboard.render import worker
from dashboard.render.worker import Worker

Orders = Callable[[str], None]


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Orders:
    """Put a shell's orders in the child's place."""

    def put(orders: str) -> None:
        script = tmp_path / "child"
        script.write_text(f"#!/bin/sh\n{orders}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))

    return put


@pytest.fixture(scope="module")
def kept() -> Worker:
    """A worker whose child other tests have used."""
    return Worker("is kept", 60)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_follows_is_done_in_the_same_process(kept: Worker) -> None:
    first = kept.run(os.getpid)
    assert first != os.getpid()
    assert kept.run(operator.mul, 6, 7) == 42
    assert kept.run(os.getpid) == first


def test_data_is_sent_once_and_when_it_is_other_data(kept: Worker) -> None:
    data, other = {"figure": 1}, {"figure": 1}
    held = kept.run(id, data=data)
    assert kept.run(id, data=data) == held
    assert kept.run(dict.get, "figure", data=data) == 1
    assert kept.run(id, data=other) != held
    assert kept.run(operator.add, 1, 2) == 3, "a task without data gets none"


def test_what_fails_is_told_in_its_own_words_and_stops_nothing(kept: Worker) -> None:
    process = kept.run(os.getpid)
    with pytest.raises(RuntimeError, match=r"^invalid literal for int\(\)"):
        kept.run(int, "figure")
    assert kept.run(os.getpid) == process


def test_what_is_printed_is_no_answer(kept: Worker) -> None:
    assert kept.run(os.write, 1, b"words") == 5
    assert kept.run(operator.mul, 6, 7) == 42


def test_one_that_is_gone_is_replaced(kept: Worker) -> None:
    process = kept.run(os.getpid)
    os.kill(process, signal.SIGKILL)
    wait_until(lambda: not is_running(process), "it was not killed")
    assert kept.run(os.getpid) != process


def test_one_that_nobody_needs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_KEEP_S", 0.05)
    one = Worker("is short", 60)
    process = one.run(os.getpid)
    wait_until(lambda: not is_running(process), "it was kept")
    assert one.run(os.getpid) != process


def test_one_that_has_grown_is_not_kept(child: Orders) -> None:
    script = "from dashboard.render import child; child._MAX_KEPT_MB = 1; child.serve()"
    child(f'exec {sys.executable} -c "{script}"')
    one = Worker("is large", 60)
    process = one.run(os.getpid)
    assert one.run(os.getpid) != process


@pytest.mark.parametrize(
    ("orders", "said"),
    [
        (
            "kill -9 $$",
            r"^The process that fails was ended from outside \(-9\) and said nothing\.$",
        ),
        ("exit 3", r"^The process that fails failed \(3\) and said nothing\.$"),
        ("echo first >&2; echo last >&2; exit 1", "^last$"),
        # An answer that is none, from a process that goes on.
        ("echo no answer; exec sleep 600", r"^The process that fails was ended"),
    ],
)
def test_one_that_ends_in_between(child: Orders, orders: str, said: str) -> None:
    child(orders)
    with pytest.raises(RuntimeError, match=said):
        Worker("fails", 60).run(os.getpid)


def test_one_that_takes_too_long(child: Orders) -> None:
    child("exec sleep 600")
    with pytest.raises(RuntimeError, match=r"^The process that is late took more than 0\.1 s"):
        Worker("is late", 0.1).run(os.getpid)


def test_one_at_a_time_and_one_caller_too_many_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()
    running: list[int] = []

    class Waiting:
        is_there = True

        def __init__(self, *_: object) -> None:
            pass

        def run(self, *_: object) -> int:
            running.append(1)
            begun.release()
            go_on.wait(60)
            return running.pop()

    monkeypatch.setattr(worker, "_Child", Waiting)
    one = Worker("is busy", 60)
    callers = worker.MAX_WAITING + 1
    with ThreadPoolExecutor(callers) as pool:
        first = pool.submit(one.run, os.getpid)
        assert begun.acquire(timeout=60)
        others = [pool.submit(one.run, os.getpid) for _ in range(worker.MAX_WAITING)]
        wait_until(lambda: one._tasks.qsize() == worker.MAX_WAITING, "not all wait")
        for _ in range(3):
            with pytest.raises(BusyError, match="try again"):
                one.run(os.getpid)
        assert running == [1]
        go_on.set()
        assert [caller.result(60) for caller in (first, *others)] == [1] * callers


def test_one_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Worker("is missing", 60)
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/nowhere/python")
        for _ in range(2):
            with pytest.raises(RuntimeError, match="No process could be started: "):
                one.run(os.getpid)
    assert one.run(os.getpid) != os.getpid()


def test_a_thread_that_cannot_be_started_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    one = Worker("is short of threads", 60)
    with monkeypatch.context() as broken:
        broken.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="new thread"):
            one.run(os.getpid)
    assert one.run(operator.mul, 6, 7) == 42


def test_one_that_ends_before_it_has_read_all_stops_nothing(
    child: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_KEEP_S", 0.05)
    one, python = Worker("reads nothing", 60), sys.executable
    child("sleep 0.3; exit 3")
    # More than a pipe holds, less than it holds with what the parent has not written yet.
    with pytest.raises(RuntimeError, match=r"\(3\)"):
        one.run(len, b"x" * 67_000)
    time.sleep(0.2)
    monkeypatch.setattr(sys, "executable", python)
    assert one.run(operator.mul, 6, 7) == 42


def test_earlier_words_are_not_those_of_a_later_end(kept: Worker) -> None:
    kept.run(os.write, 2, b"harmless")
    with pytest.raises(RuntimeError, match="was ended from outside"):
        kept.run(os.kill, kept.run(os.getpid), signal.SIGKILL)


def test_figures_are_let_go_of() -> None:
    class Figures(dict[str, int]):
        pass

    figures = Figures(one=1)
    gone = weakref.ref(figures)
    one = Worker("lets go", 60)
    # Its own class is nothing that a child could read.
    with pytest.raises((AttributeError, pickle.PicklingError)):
        one.run(len, data=figures)
    del figures
    gc.collect()
    wait_until(lambda: gone() is None, "the figures are held")


def test_data_are_written_while_a_page_asks_for_its_sources(content: Data) -> None:
    begun = threading.Event()

    def ask() -> None:
        begun.set()
        while not done:
            for name in ("source_by_id", "label_by_id"):
                vars(copied).pop(name, None)
                getattr(copied, name)

    copied, done = replace(content), []
    asking = threading.Thread(target=ask)
    asking.start()
    try:
        assert begun.wait(60)
        written = [pickle.dumps(copied) for _ in range(20)]
    finally:
        done.append(1)
        asking.join(60)
    assert len({len(one) for one in written}) == 1
    assert pickle.loads(written[0]).label_by_id == content.label_by_id  # noqa: S301 - our own


def test_a_child_gives_way() -> None:
    script = "import os; from dashboard.render import child; child._give_way(); print(os.nice(0))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > os.nice(0)


@pytest.mark.parametrize("watched_from", ["prctl", "outside Linux"])
def test_a_child_ends_with_who_started_it(watched_from: str) -> None:
    child = "import os, sys, time; from dashboard.render import child; "
    if watched_from == "outside Linux":
        child += "sys.platform = 'other'; child._PARENT_CHECK_S = 0.05; "
    child += "child._end_with(int(sys.argv[1])); print(os.getpid(), flush=True); time.sleep(60)"
    parent = (
        "import os, subprocess, sys; "
        f"subprocess.Popen([sys.executable, '-c', {child!r}, str(os.getpid())]).wait()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout
        started = int(process.stdout.readline())
        process.kill()
    wait_until(lambda: not is_running(started), "it outlived who started it")


def test_the_child_of_a_parent_that_is_gone_ends() -> None:
    script = "from dashboard.render import child; child._end_with(1 << 30); print('goes on')"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")
