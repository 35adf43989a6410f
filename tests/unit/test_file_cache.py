"""Files are kept up to a number of bytes, built once for many, and gone when figures change."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from itertools import islice

import pytest

from dashboard import brief, cache, exports
from dashboard.build_queue import BusyError
from dashboard.charts import image_export
from dashboard.data.loader import Data
from dashboard.file_cache import FILES, FileCache
from dashboard.filters import Filters
from dashboard.render import worker

HANG_S = 30


def of_size(size: int, begun: list[int]) -> Callable[[], bytes]:
    def build() -> bytes:
        begun.append(size)
        return b"x" * size

    return build


def test_a_file_is_built_once() -> None:
    cache, begun = FileCache(), list[int]()
    assert cache.get("a", of_size(5, begun)) == cache.get("a", of_size(5, begun)) == b"xxxxx"
    assert begun == [5]


def test_bytes_are_bounded_and_the_oldest_go_first() -> None:
    cache, begun = FileCache(max_bytes=100), list[int]()
    for key in ("a", "b", "c"):
        cache.get(key, of_size(40, begun))
    assert cache.size == 80
    cache.get("b", of_size(40, begun))
    cache.get("a", of_size(40, begun))
    assert len(begun) == 4
    cache.get("b", of_size(40, begun))
    assert len(begun) == 4


def test_a_file_that_is_too_large_is_given_and_not_kept() -> None:
    cache, begun = FileCache(max_bytes=100), list[int]()
    assert len(cache.get("a", of_size(101, begun))) == 101
    assert (cache.size, len(cache.get("a", of_size(101, begun)))) == (0, 101)
    assert begun == [101, 101]


def test_what_is_found_stays_and_what_is_added_anew_counts_once() -> None:
    cache = FileCache(max_bytes=100)
    cache.add({"a": b"x" * 40, "b": b"x" * 40})
    cache.add({"a": b"x" * 50})
    assert cache.size == 90
    assert cache.find(["b", "c"]) == {"b": b"x" * 40}
    cache.add({"d": b"x" * 40})
    assert cache.find("abd").keys() == {"b", "d"}
    assert cache.size == 80


def test_many_at_once_have_it_built_once() -> None:
    cache, begun, go_on = FileCache(max_waiting=40), list[int](), threading.Event()

    def build() -> bytes:
        begun.append(1)
        assert go_on.wait(HANG_S)
        return b"zip"

    with ThreadPoolExecutor(30) as readers:
        answers = [readers.submit(cache.get, "zip", build) for _ in range(30)]
        go_on.set()
        assert {answer.result(HANG_S) for answer in answers} == {b"zip"}
    assert begun == [1]


def test_one_too_many_who_waits_is_refused_at_once() -> None:
    cache, begun, go_on = FileCache(max_waiting=2), threading.Event(), threading.Event()

    def build() -> bytes:
        begun.set()
        assert go_on.wait(HANG_S)
        return b"zip"

    with ThreadPoolExecutor(9) as readers:
        first = readers.submit(cache.get, "zip", build)
        assert begun.wait(HANG_S)
        others = [readers.submit(cache.get, "zip", build) for _ in range(8)]
        refused = list(islice(as_completed(others, HANG_S), 6))
        assert all(isinstance(answer.exception(), BusyError) for answer in refused)
        go_on.set()
        served = [first, *(answer for answer in others if answer not in refused)]
        assert [answer.result(HANG_S) for answer in served] == [b"zip"] * 3


def test_what_failed_is_built_again() -> None:
    cache, begun = FileCache(), list[int]()

    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        cache.get("a", fail)
    assert cache.get("a", of_size(1, begun)) == b"x"


def test_what_is_built_while_the_figures_change_is_not_kept() -> None:
    cache, begun = FileCache(), list[int]()

    def build() -> bytes:
        cache.clear()
        return of_size(3, begun)()

    assert cache.get("a", build) == b"xxx"
    assert cache.size == 0
    assert cache.get("a", of_size(3, begun)) == b"xxx"
    assert begun == [3, 3]


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Put a count in the converters' place: how many files each run made."""
    runs: list[int] = []

    def run(_: object, asked: list[object], *__: object, **___: object) -> list[bytes]:
        runs.append(len(asked))
        return [b"file"] * len(asked)

    for one in (worker.CHARTS, worker.FILES):
        monkeypatch.setattr(one, "run", run)
    cache.clear_all()
    return runs


def test_briefs_are_kept_until_the_figures_change(content: Data, converted: list[int]) -> None:
    for _ in range(3):
        brief.render_all_briefs(content)
        brief.render_brief(content, "hastings")
        brief.render_brief(content, "derby")
    assert converted == [12, 1, 1]
    brief.render_brief(replace(content), "derby")
    assert converted == [12, 1, 1, 1], "other figures are other files"
    cache.clear_all()
    assert FILES.size == 0
    brief.render_brief(content, "derby")
    assert converted == [12, 1, 1, 1, 1]


def test_pictures_are_kept_by_all_that_is_in_them(converted: list[int]) -> None:
    spec = {"config": {}, "datasets": {"rows": [{"a": 1}]}}
    for title in ("First", "Second"):
        for _ in range(3):
            image_export.render_svg({title: spec}, title, "Source")
            image_export.render_png({title: spec}, title, "Source")
    assert len(converted) == 4
    changed = {"config": {}, "datasets": {"rows": [{"a": 2}]}}
    image_export.render_svg({"First": changed}, "First", "Source")
    assert len(converted) == 5


@pytest.mark.parametrize("form", exports.FORMATS)
def test_forms_are_kept_by_their_filters(
    content: Data, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Filters | None] = []

    def build(_: Data, filters: Filters | None) -> bytes:
        begun.append(filters)
        return repr(filters).encode()

    known = exports.FORMATS[form]
    monkeypatch.setattr(exports, "FORMATS", {form: replace(known, build=build)})
    cache.clear_all()
    choices = [None, Filters("New six"), Filters(regions=("South West",))]
    for choice in choices * 3:
        assert exports.build(content, form, choice) == repr(choice).encode()
    assert begun == choices
    cache.clear_all()
