"""Builds wait for their turn, few of each visitor, and those of who has left are dropped."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from dashboard import build_queue
from dashboard.build_queue import BuildQueue, BusyError, Visitor, VisitorLeftError

HANG_S = 30


class Builds:
    """Builds that wait until they may go on, and how often each was begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_go_on = threading.Event()
        self.news = threading.Condition()

    def build(self, name: str) -> bytes:
        with self.news:
            self.begun.append(name)
            self.news.notify_all()
        assert self.may_go_on.wait(HANG_S)
        return name.encode()

    def wait_for(self, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.begun) >= count, HANG_S)


@pytest.fixture
def builds() -> Iterator[Builds]:
    builds = Builds()
    yield builds
    builds.may_go_on.set()


@pytest.fixture
def queue() -> BuildQueue:
    return BuildQueue("test", workers=2, max_waiting=3, max_per_visitor=2)


def ask(queue: BuildQueue, builds: Builds, name: str, visitor: str) -> "Future[bytes]":
    return queue.submit(Visitor(visitor), lambda: builds.build(name), key=name)


def test_those_who_ask_for_the_same_share_a_build(queue: BuildQueue, builds: Builds) -> None:
    answers = [ask(queue, builds, "zip", f"visitor {number}") for number in range(30)]
    builds.may_go_on.set()
    assert {answer.result(HANG_S) for answer in answers} == {b"zip"}
    assert builds.begun == ["zip"]


def test_without_a_key_each_has_a_build(queue: BuildQueue, builds: Builds) -> None:
    builds.may_go_on.set()
    for number in range(3):
        answer = queue.submit(Visitor(str(number)), lambda: builds.build("csv"))
        assert answer.result(HANG_S) == b"csv"
    assert builds.begun == ["csv"] * 3


def test_a_visitor_has_few_at_a_time(queue: BuildQueue, builds: Builds) -> None:
    answers = [ask(queue, builds, name, "one") for name in ("a", "b")]
    for name in ("a", "b", "c"):
        with pytest.raises(BusyError, match="2 files that you asked for are still being made"):
            ask(queue, builds, name, "one")
    other = ask(queue, builds, "c", "another")
    builds.may_go_on.set()
    assert [answer.result(HANG_S) for answer in (*answers, other)] == [b"a", b"b", b"c"]
    assert ask(queue, builds, "d", "one").result(HANG_S) == b"d"


def test_the_queue_has_an_end(queue: BuildQueue, builds: Builds) -> None:
    answers = [ask(queue, builds, "a", "1"), ask(queue, builds, "b", "2")]
    builds.wait_for(2)
    answers += [ask(queue, builds, str(number), f"v{number}") for number in range(3)]
    with pytest.raises(BusyError, match="Wait a few seconds and try again"):
        ask(queue, builds, "one too many", "3")
    shared = ask(queue, builds, "1", "3")
    assert queue.waiting == 3
    builds.may_go_on.set()
    assert shared.result(HANG_S) == b"1"
    assert [answer.result(HANG_S) for answer in answers] == [b"a", b"b", b"0", b"1", b"2"]


def test_no_more_than_its_workers_at_once(queue: BuildQueue, builds: Builds) -> None:
    answers = [ask(queue, builds, str(number), str(number)) for number in range(3)]
    builds.wait_for(2)
    with builds.news:
        assert not builds.news.wait_for(lambda: len(builds.begun) > 2, 0.2)
    builds.may_go_on.set()
    assert [answer.result(HANG_S) for answer in answers] == [b"0", b"1", b"2"]


def test_builds_of_who_has_left_are_dropped(queue: BuildQueue, builds: Builds) -> None:
    there = {"leaves": True, "stays": True}

    def ask_as(visitor: str, name: str) -> "Future[bytes]":
        someone = Visitor(visitor, lambda: there[visitor])
        return queue.submit(someone, lambda: builds.build(name), key=name)

    running = [ask(queue, builds, "a", "1"), ask(queue, builds, "b", "2")]
    builds.wait_for(2)
    alone, shared, other = (
        ask_as("leaves", "alone"),
        ask_as("leaves", "shared"),
        ask_as("stays", "shared"),
    )
    there["leaves"] = False
    assert queue.waiting == 1
    for answer in (alone, shared):
        with pytest.raises(VisitorLeftError):
            answer.result(HANG_S)
    builds.may_go_on.set()
    assert other.result(HANG_S) == b"shared"
    assert [answer.result(HANG_S) for answer in running] == [b"a", b"b"]
    assert builds.begun == ["a", "b", "shared"]


def test_who_has_left_takes_no_place(queue: BuildQueue, builds: Builds) -> None:
    running = [ask(queue, builds, "a", "1"), ask(queue, builds, "b", "2")]
    builds.wait_for(2)
    for number in range(50):
        there = [True]
        someone = Visitor(f"attacker {number}", lambda there=there: bool(there[0]))  # type: ignore[misc]
        queue.submit(someone, lambda: builds.build("unwanted"), key=number)
        there[0] = False
    wanted = ask(queue, builds, "c", "3")
    builds.may_go_on.set()
    assert [answer.result(HANG_S) for answer in (*running, wanted)] == [b"a", b"b", b"c"]
    assert "unwanted" not in builds.begun


@pytest.mark.parametrize("error", [ValueError("odd"), MemoryError(), SystemExit(1), KeyError("x")])
def test_a_build_that_fails_is_told_and_stops_no_other(
    queue: BuildQueue, builds: Builds, error: BaseException
) -> None:
    def fail() -> bytes:
        raise error

    builds.may_go_on.set()
    for number in range(4):
        answer = queue.submit(Visitor(str(number)), fail, key="bad")
        assert answer.exception(HANG_S) is error
    assert ask(queue, builds, "good", "1").result(HANG_S) == b"good"


def test_what_is_quick_does_not_wait_for_what_is_slow() -> None:
    builds = Builds()
    try:
        slow = [
            build_queue.SLOW.submit(Visitor(str(number)), lambda: builds.build("pdf"))
            for number in range(20)
        ]
        quick = build_queue.QUICK.submit(Visitor("reader"), lambda: b"csv")
        assert quick.result(HANG_S) == b"csv"
        assert not any(answer.done() for answer in slow)
    finally:
        builds.may_go_on.set()
    assert {answer.result(HANG_S) for answer in slow} == {b"pdf"}
