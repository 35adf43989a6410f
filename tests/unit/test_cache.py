"""What is kept is given again for the same figures, and for no others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import sleep

import pandas as pd
import pytest

from dashboard import cache
from dashboard.cache import memoize


def counted() -> tuple[list[object], Callable[..., int]]:
    calls: list[object] = []

    @memoize
    def total(frame: pd.DataFrame, column: str, times: int = 1) -> int:
        calls.append(frame)
        return int(frame[column].sum()) * times

    return calls, total


def test_the_same_frame_is_reckoned_once() -> None:
    calls, total = counted()
    frame = pd.DataFrame({"a": [1, 2]})
    assert [total(frame, "a"), total(frame, "a")] == [3, 3]
    assert len(calls) == 1


def test_an_equal_frame_is_another() -> None:
    calls, total = counted()
    for values in ([1, 2], [1, 2], [5]):
        assert total(pd.DataFrame({"a": values}), "a") == sum(values)
    assert len(calls) == 3


def test_other_arguments_are_another_question() -> None:
    calls, total = counted()
    frame = pd.DataFrame({"a": [1], "b": [2]})
    asked = [total(frame, "a"), total(frame, "b"), total(frame, "a", times=3)]
    assert asked == [1, 2, 3]
    assert len(calls) == 3


def test_many_who_ask_at_once_have_it_reckoned_once() -> None:
    calls: list[int] = []

    @memoize
    def slow(number: int) -> int:
        calls.append(number)
        sleep(0.05)
        return number + 1

    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(slow, [1] * 8)) == [2] * 8
    assert calls == [1]


def test_who_asks_for_something_else_does_not_wait() -> None:
    begun, enough = Event(), Event()

    @memoize
    def slow(number: int) -> int:
        if number == 1:
            begun.set()
            assert enough.wait(60)
        return number + 1

    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(slow, 1)
        assert begun.wait(60)
        assert slow(2) == 3
        assert not first.done()
        enough.set()
        assert first.result() == 2


def test_what_failed_is_tried_again() -> None:
    tries: list[int] = []

    @memoize
    def once(number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError
        return number

    with pytest.raises(ValueError, match=r"^$"):
        once(7)
    assert [once(7), once(7)] == [7, 7]
    assert tries == [7, 7]


class Meddler:
    """A question that lets another thread forget everything when it is looked at the third time:
    once as a key, once to be found, once to be made the newest."""

    looks = -3

    def __hash__(self) -> int:
        self.looks += 1
        if self.looks == 3:
            other = Thread(target=cache.clear_all)
            other.start()
            other.join(0.2)
        return 7

    def __eq__(self, other: object) -> bool:
        return self is other


def test_letting_go_while_somebody_asks_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_caches", [])

    @cache.memoize
    def answer(_: object) -> int:
        return 42

    meddler = Meddler()
    answer(meddler)
    answer("another, so that the first is not the newest")
    meddler.looks = 0
    assert answer(meddler) == 42
    assert meddler.looks >= 3


def test_few_are_kept() -> None:
    calls, total = counted()
    frames = [pd.DataFrame({"a": [number]}) for number in range(100)]
    for frame in frames:
        total(frame, "a")
    total(frames[0], "a")
    assert len(calls) == 101
