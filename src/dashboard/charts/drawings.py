"""Small charts as SVG, drawn on the server once for all readers.

A browser takes five times as long to set up a dozen charts as to show a dozen drawings.
"""

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from dashboard import cache
from dashboard.build_queue import BusyError
from dashboard.charts.theme import FONTS, Spec
from dashboard.page_lock import PAGE_LOCK
from dashboard.render import process

# Every measure, place and theme are about 600 drawings of 8 kB.
_MAX_DRAWINGS = 800
_PATIENCE_S = 30.0


@dataclass(frozen=True)
class SmallChart:
    """A small chart as a Vega-Lite specification; those drawn alike are equal."""

    spec: Spec = field(compare=False)
    _written: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Write down what it is compared by."""
        object.__setattr__(self, "_written", json.dumps(self.spec))


class _Drawings:
    """Drawings by their chart; the least recently used are dropped first."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[SmallChart, str] = OrderedDict()
        self._lock = Lock()

    def find(self, charts: Sequence[SmallChart]) -> dict[SmallChart, str]:
        """Return the drawings that there are."""
        with self._lock:
            found = {chart: self._drawn[chart] for chart in charts if chart in self._drawn}
            for chart in found:
                self._drawn.move_to_end(chart)
        return found

    def add(self, drawn: dict[SmallChart, str]) -> None:
        """Keep drawings."""
        with self._lock:
            self._drawn.update(drawn)
            while len(self._drawn) > _MAX_DRAWINGS:
                self._drawn.popitem(last=False)

    def clear(self) -> None:
        """Drop all drawings."""
        with self._lock:
            self._drawn.clear()


_drawings = _Drawings()
cache.register_cache(_drawings)
_drawing = Lock()


def draw_small_charts(charts: Sequence[SmallChart]) -> list[str]:
    """Draw charts as documents of SVG; those drawn before are kept.

    They have fonts that every system has, as an image cannot use the page's.

    Raises:
        RuntimeError: the renderer failed, with its own message, or took too long.
        BusyError: others wait for drawings already, and theirs take too long.
    """
    drawn = _drawings.find(charts)
    if len(drawn) < len(set(charts)):
        with PAGE_LOCK.pause(), _take_turn():
            # Whoever was first may have drawn the same.
            drawn = _drawings.find(charts)
            missing = list(dict.fromkeys(chart for chart in charts if chart not in drawn))
            if missing:
                made = dict(zip(missing, _render(missing), strict=True))
                _drawings.add(made)
                drawn |= made
    return [drawn[chart] for chart in charts]


def _render(charts: Sequence[SmallChart]) -> list[str]:
    # The page shows through.
    specs = [
        {**chart.spec, "background": None, "config": {**chart.spec["config"], "font": FONTS}}
        for chart in charts
    ]
    return [svg.decode() for svg in process.render_charts(specs, "svg")]


@contextmanager
def _take_turn() -> Iterator[None]:
    if not _drawing.acquire(timeout=_PATIENCE_S):
        raise BusyError
    try:
        yield
    finally:
        _drawing.release()
