"""Small charts as SVG, drawn on the server once for all readers.

A browser takes five times as long to set up a dozen charts as to show a dozen drawings.
"""

import json
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from dashboard import cache
from dashboard.build_queue import BusyError
from dashboard.charts.theme import FONTS
from dashboard.exhibits import Spec
from dashboard.file_cache import FileCache
from dashboard.page_lock import PAGE_LOCK
from dashboard.render import pictures

# Every measure, place and theme are about 600 drawings of 8 kB.
_MAX_BYTES = 8_000_000
_PATIENCE_S = 30.0


@dataclass(frozen=True)
class SmallChart:
    """A small chart as a Vega-Lite specification; those drawn alike are equal."""

    spec: Spec = field(compare=False)
    _written: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Write down what it is compared by."""
        object.__setattr__(self, "_written", json.dumps(self.spec))


# Apart from the files that readers take, which would crowd them out.
_DRAWINGS = FileCache(_MAX_BYTES)
cache.register_cache(_DRAWINGS)
_drawing = Lock()


def draw_small_charts(charts: Sequence[SmallChart]) -> list[str]:
    """Draw charts as documents of SVG; those drawn before are kept.

    They have fonts that every system has, as an image cannot use the page's.

    Raises:
        RuntimeError: the renderer failed, with its own message, or took too long.
        BusyError: others wait for drawings already, and theirs take too long.
    """
    drawn = _DRAWINGS.find(charts)
    if len(drawn) < len(set(charts)):
        with PAGE_LOCK.pause(), _take_turn():
            # Whoever was first may have drawn the same.
            drawn = _DRAWINGS.find(charts)
            missing = [chart for chart in dict.fromkeys(charts) if chart not in drawn]
            if missing:
                rendered: dict[Hashable, bytes] = dict(zip(missing, _render(missing), strict=True))
                _DRAWINGS.add(rendered)
                drawn |= rendered
    return [drawn[chart].decode() for chart in charts]


def _render(charts: Sequence[SmallChart]) -> list[bytes]:
    # The page shows through.
    specs = [
        {**chart.spec, "background": None, "config": {**chart.spec["config"], "font": FONTS}}
        for chart in charts
    ]
    return pictures.render_charts(specs, "svg")


@contextmanager
def _take_turn() -> Iterator[None]:
    if not _drawing.acquire(timeout=_PATIENCE_S):
        raise BusyError
    try:
        yield
    finally:
        _drawing.release()
