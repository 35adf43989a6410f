"""A look at the files that never ends: no reader is held up, it is a fault, and others follow."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import web
from dashboard.data import loader, store
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError

HANG_S = 120.0


class Disk:
    """Stands between the program and a folder's files; does not answer while it hangs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, waits_in: str) -> None:
        self.gates = [Event()]
        self.gates[0].set()
        self.asked = 0
        self._read = getattr(loader, waits_in)
        monkeypatch.setattr(loader, waits_in, self._wait)

    def hang(self) -> None:
        self.gates.append(Event())

    def answer_again(self) -> None:
        """Answer whoever asked since it last hung; who waited before goes on waiting."""
        self.gates[-1].set()

    def answer_all(self) -> None:
        for gate in self.gates:
            gate.set()
        wait_for_the_rest()

    def _wait(self, folder: Path) -> object:
        gate = self.gates[-1]
        self.asked += 1
        gate.wait(HANG_S)
        return self._read(folder)


@pytest.fixture(params=["list_file_stats", "load"])
def disk(
    request: pytest.FixtureRequest, content: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Disk]:
    """A folder of good figures on a disk that may hang, at the first look or while reading."""
    folder = tmp_path / "data"
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    # To check the files is no part of this: each reading gives figures of its own.
    monkeypatch.setattr(loader, "load", lambda _: replace(content))
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    for name in ("_snapshots", "_reads_by_folder", "_read_counts", "_last_began"):
        monkeypatch.setattr(store, name, {})
    disk = Disk(monkeypatch, request.param)
    yield disk
    disk.answer_all()


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nobody wait, once there are figures, and each look be given up at once."""
    for name in (
        "READ_TIMEOUT_S",
        "FIRST_READ_TIMEOUT_S",
        "_TIMEOUT_WHILE_HANGING_S",
        "RETRY_AFTER_S",
    ):
        monkeypatch.setattr(store, name, 0.0)


def change(name: str) -> None:
    (loader.get_folder() / name).touch()


def test_figures_stay_and_it_is_told(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    good = store.current()
    client = TestClient(Starlette(routes=web.build_routes()))
    assert client.get("/healthz").json()["faults"] == 0
    impatient(monkeypatch)
    disk.hang()
    change("areas.csv")
    assert store.current() is good
    (fault,) = store.list_issues()
    assert fault.file == loader.get_folder().name
    assert "has been read since" in fault.rule
    assert client.get("/healthz").json()["faults"] == 1


@pytest.mark.usefixtures("disk")
def test_a_look_that_found_no_fault_holds_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOOK_LASTS_S", HANG_S)
    good = store.current()
    change("areas.csv")
    assert [store.current() for _ in range(3)] == [good] * 3
    monkeypatch.setattr(store, "LOOK_LASTS_S", 0.0)
    assert store.current() is not good


@pytest.mark.usefixtures("disk")
def test_a_look_that_found_a_fault_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> Data:
        raise OSError("the disk is gone")

    monkeypatch.setattr(store, "LOOK_LASTS_S", HANG_S)
    load = loader.load
    monkeypatch.setattr(loader, "load", fail)
    (fault,) = store.list_issues()
    assert fault.file == loader.get_folder().name
    monkeypatch.setattr(loader, "load", load)
    change("areas.csv")
    assert store.list_issues() == ()


def test_it_is_logged_once(
    disk: Disk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store.current()
    impatient(monkeypatch)
    monkeypatch.setattr(store, "RETRY_AFTER_S", HANG_S)
    disk.hang()
    change("areas.csv")
    for _ in range(5):
        store.current()
    said = [one for one in caplog.records if one.message == "the figures take too long to read"]
    assert len(said) == 1


def test_later_changes_are_read_though_it_hangs_for_ever(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = store.current()
    asked = disk.asked
    impatient(monkeypatch)
    disk.hang()
    change("areas.csv")
    assert store.current() is good
    while disk.asked == asked:
        Event().wait(0.05)
    disk.hang()
    change("gaps.csv")
    assert store.current() is good, "it begins another look, and nobody waits for it"
    (hanging, later) = store._reads_by_folder[loader.get_folder()]
    disk.answer_again()
    assert later.ended.wait(HANG_S)
    monkeypatch.setattr(store, "RETRY_AFTER_S", HANG_S)
    newer = store.current()
    assert newer is not good
    assert not hanging.ended.is_set()
    disk.answer_all()
    assert store.current() is newer, "what was found too late is not shown"
    monkeypatch.setattr(store, "READ_TIMEOUT_S", HANG_S)
    assert store.list_issues() == ()


def wait_for_the_rest() -> None:
    """Wait until no look is going on."""
    for look in [look for looks in store._reads_by_folder.values() for look in [*looks]]:
        assert look.ended.wait(HANG_S)


def test_few_looks_are_begun_while_none_ends(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    store.current()
    impatient(monkeypatch)
    monkeypatch.setattr(store, "RETRY_AFTER_S", HANG_S)
    disk.hang()
    asked = disk.asked
    change("areas.csv")
    for _ in range(50):
        store.current()
    wait = Event()
    while disk.asked == asked:
        wait.wait(0.05)
    assert disk.asked == asked + 1


def test_without_figures_it_is_said(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    disk.hang()
    with pytest.raises(DataError, match="has been read since"):
        store.current()
    client = TestClient(Starlette(routes=web.build_routes()))
    assert client.get("/healthz").status_code == 503


def test_looks_are_begun_ever_less_often() -> None:
    waits = [store._compute_retry_after_s(hanging) for hanging in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == store.RETRY_AFTER_S
    assert waits[-1] == waits[-2] == 3600
