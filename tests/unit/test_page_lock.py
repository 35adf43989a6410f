"""Pages are drawn one at a time, and one that hangs is passed by and told of."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from dashboard.page_lock import PageLock

# Only a hang takes this long.
CEILING_S = 60.0


@contextmanager
def held_elsewhere(lock: PageLock) -> Iterator[threading.Event]:
    """Hold the lock in another thread until the event is set."""
    has, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with lock.hold():
            has.set()
            let_go.wait(CEILING_S)

    thread = threading.Thread(target=hold)
    thread.start()
    assert has.wait(CEILING_S)
    try:
        yield let_go
    finally:
        let_go.set()
        thread.join(CEILING_S)


def test_one_at_a_time() -> None:
    lock, inside, most = PageLock(CEILING_S), [0], [0]

    def draw() -> None:
        for _ in range(50):
            with lock.hold():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CEILING_S)
    assert most == [1]
    assert lock.measure_longest_s() == 0.0


def test_whoever_hangs_is_passed_by_and_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    lock = PageLock(limit_s=0.05)
    drawn = []
    with held_elsewhere(lock):
        for number in range(5):
            with lock.hold():
                drawn.append(number)
        assert lock.measure_longest_s() > 0.05
    assert drawn == [0, 1, 2, 3, 4]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert lock.measure_longest_s() == 0.0


def test_the_one_that_hung_ends_no_other_s_turn() -> None:
    lock = PageLock(limit_s=0.05)
    with ExitStack() as stack:
        hanging = stack.enter_context(held_elsewhere(lock))
        with lock.hold():
            hanging.set()
            stack.close()
            assert lock._holder is lock._own.turn
    with lock.hold():
        pass


def test_others_go_ahead_during_a_pause() -> None:
    lock = PageLock(CEILING_S)
    with lock.hold():
        with lock.pause(), held_elsewhere(lock) as let_go:
            let_go.set()
        assert lock._holder is lock._own.turn


def test_a_pause_within_a_pause_waits_for_nobody(caplog: pytest.LogCaptureFixture) -> None:
    # One that waited for itself would go ahead of itself after the limit, and say so.
    lock = PageLock(limit_s=0.05)
    with lock.hold():
        with lock.pause():
            with lock.pause(), held_elsewhere(lock) as let_go:
                let_go.set()
            with held_elsewhere(lock) as let_go:
                let_go.set()
            assert lock._holder is None
        assert lock._holder is lock._own.turn
    assert caplog.records == []


def test_a_pause_without_a_turn_is_none() -> None:
    lock = PageLock(CEILING_S)
    with lock.pause():
        pass
    assert lock.measure_longest_s() == 0.0


def test_an_error_gives_the_turn_back() -> None:
    lock = PageLock(CEILING_S)
    with pytest.raises(ValueError, match="odd"), lock.hold():
        raise ValueError("odd")
    with lock.hold():
        pass
