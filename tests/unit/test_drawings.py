"""Small charts are drawn once for all readers, and drawn anew after a failure."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest

from browser.serve import PATIENCE
from dashboard import cache, charts
from dashboard.build_queue import BusyError
from dashboard.charts import SmallChart, drawings
from dashboard.data.loader import Data
from dashboard.file_cache import FileCache
from dashboard.page_lock import PageLock
from dashboard.palette import LIGHT
from dashboard.render import pictures
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series

Batches = list[list[str]]


def chart(name: str) -> SmallChart:
    return SmallChart({"name": name, "config": {"font": "x"}})


@pytest.fixture(autouse=True)
def _nothing_drawn() -> Iterator[None]:
    drawings._DRAWINGS.clear()
    yield
    drawings._DRAWINGS.clear()


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> Batches:
    """What the renderer was asked for, in order."""
    asked: Batches = []

    def render(specs: Sequence[Mapping[str, Any]], kind: str) -> list[bytes]:
        assert kind == "svg"
        asked.append([spec["name"] for spec in specs])
        return [f"<svg>{spec['name']}</svg>".encode() for spec in specs]

    monkeypatch.setattr(pictures, "render_charts", render)
    return asked


def test_each_is_drawn_once_and_given_in_order(batches: Batches) -> None:
    first = charts.draw_small_charts([chart("a"), chart("b")])
    assert first == ["<svg>a</svg>", "<svg>b</svg>"]
    # Made anew, it is equal; only what is missing is asked for, at once and no more than once.
    second = charts.draw_small_charts([chart("c"), chart("b"), chart("d"), chart("c")])
    assert [one[5:6] for one in second] == ["c", "b", "d", "c"]
    assert batches == [["a", "b"], ["c", "d"]]
    assert charts.draw_small_charts([]) == []


def test_new_figures_are_drawn_anew(batches: Batches) -> None:
    charts.draw_small_charts([chart("a")])
    cache.clear_all()
    charts.draw_small_charts([chart("a")])
    assert batches == [["a"], ["a"]]


def test_the_oldest_are_dropped(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "_DRAWINGS", FileCache(len("<svg>a</svg>") * 2))
    charts.draw_small_charts([chart("a"), chart("b")])
    charts.draw_small_charts([chart("a")])
    assert len(charts.draw_small_charts([chart("c"), chart("a")])) == 2
    charts.draw_small_charts([chart("a")])
    charts.draw_small_charts([chart("b")])
    assert batches == [["a", "b"], ["c"], ["b"]]


def test_more_than_are_kept_are_drawn_all_the_same(
    batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "_DRAWINGS", FileCache(len("<svg>a</svg>") * 2))
    assert len(charts.draw_small_charts([chart(name) for name in "abcd"])) == 4
    assert batches == [["a", "b", "c", "d"]]


def test_after_a_failure_they_are_drawn_at_the_next_visit(
    monkeypatch: pytest.MonkeyPatch, batches: Batches
) -> None:
    def fail(*_: Any) -> list[bytes]:
        raise RuntimeError("no memory")

    with monkeypatch.context() as broken:
        broken.setattr(pictures, "render_charts", fail)
        with pytest.raises(RuntimeError, match="no memory"):
            charts.draw_small_charts([chart("a")])
    assert charts.draw_small_charts([chart("a")])[0] == "<svg>a</svg>"
    assert batches == [["a"]]


def test_many_at_once_have_them_drawn_once(
    monkeypatch: pytest.MonkeyPatch, batches: Batches
) -> None:
    begun, go_on, render = threading.Event(), threading.Event(), pictures.render_charts

    def wait(*args: Any) -> list[bytes]:
        begun.set()
        assert go_on.wait(PATIENCE)
        return render(*args)

    monkeypatch.setattr(pictures, "render_charts", wait)
    with ThreadPoolExecutor(8) as readers:
        answers = [readers.submit(charts.draw_small_charts, [chart("a")]) for _ in range(8)]
        assert begun.wait(PATIENCE)
        go_on.set()
        assert {one.result(PATIENCE)[0] for one in answers} == {"<svg>a</svg>"}
    assert batches == [["a"]]


@pytest.mark.usefixtures("batches")
def test_who_waits_too_long_is_told_and_what_is_drawn_is_given_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawings, "_PATIENCE_S", 0.0)
    charts.draw_small_charts([chart("a")])
    with drawings._take_turn():
        with pytest.raises(BusyError), ThreadPoolExecutor(1) as reader:
            reader.submit(charts.draw_small_charts, [chart("b")]).result(PATIENCE)
        assert charts.draw_small_charts([chart("a")])


def test_other_pages_are_drawn_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, begun, go_on = PageLock(limit_s=PATIENCE), threading.Event(), threading.Event()
    monkeypatch.setattr(drawings, "PAGE_LOCK", lock)

    def wait(specs: Sequence[Mapping[str, Any]], _: str) -> list[bytes]:
        begun.set()
        assert go_on.wait(PATIENCE)
        return [b"<svg/>" for _ in specs]

    def draw() -> list[str]:
        with lock.hold():
            return charts.draw_small_charts([chart("a")])

    monkeypatch.setattr(pictures, "render_charts", wait)
    with ThreadPoolExecutor(1) as reader:
        answer = reader.submit(draw)
        assert begun.wait(PATIENCE)
        with lock.hold():
            go_on.set()
        assert len(answer.result(PATIENCE)) == 1


def test_a_drawing_has_the_words_of_its_chart_and_nothing_behind_them(content: Data) -> None:
    measure = outcomes.get_measure(content, "eyfsp_gld")
    lines = series.select_lines(content, measure.measure_id, content.areas)
    context = outcomes.build_context(content, measure, lines, LIGHT)
    blackpool, *_, last = charts.build_small_multiples(lines, context)
    for one, words in ((blackpool, {"55%", "67%"}), (last, {"56%", "68%"})):
        (svg,) = charts.draw_small_charts([one])
        drawn = ElementTree.fromstring(svg)  # noqa: S314 - made by our own renderer
        texts = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
        assert words | {"2013/14", "2018/19"} <= texts
        assert not [part for part in drawn if part.tag.endswith("}rect")]
        fonts = {text.get("font-family") for text in drawn.iter() if text.get("font-family")}
        assert all(font and font.endswith("sans-serif") for font in fonts)
