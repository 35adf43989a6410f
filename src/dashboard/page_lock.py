"""A lock that draws pages one after another, with a time limit.

Threads of one interpreter slow each other down so much that of many simultaneous pages, each would
take as long as all together. So each page is drawn completely before the next. A page that exceeds
the limit loses the lock to the next reader, continues beside it, and is logged.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, local
from time import monotonic

_LOG = logging.getLogger(__name__)
TURN_LIMIT_S = 3.0
# A page that is drawn for longer than this counts as hanging; the health address reports it.
HANGING_AFTER_S = 15.0


@dataclass(eq=False)
class _Turn:
    since: float
    is_overdue: bool = False
    is_paused: bool = False


class PageLock:
    """A lock that a page holds while it is drawn, for ``limit_s`` seconds at most."""

    def __init__(self, limit_s: float = TURN_LIMIT_S) -> None:
        self._limit_s = limit_s
        self._changed = Condition()
        self._holder: _Turn | None = None
        self._drawing: set[_Turn] = set()
        self._own = local()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the lock for the block, after waiting until it is free or its holder overdue."""
        turn = self._own.turn = _Turn(monotonic())
        self._take(turn)
        self._drawing.add(turn)
        try:
            yield
        finally:
            self._drawing.discard(turn)
            self._release(turn)
            self._own.turn = None

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Release the lock for the block, which may wait for a disk, then take it again.

        In a pause within another, only the outer one does.
        """
        turn = getattr(self._own, "turn", None)
        if turn is None or turn.is_paused:
            yield
            return
        self._release(turn)
        turn.is_paused = True
        try:
            yield
        finally:
            turn.is_paused = False
            self._take(turn)

    def measure_longest_s(self) -> float:
        """Return for how many seconds the oldest page under way has been drawn, or 0."""
        now = monotonic()
        return max((now - turn.since for turn in tuple(self._drawing)), default=0.0)

    def _take(self, turn: _Turn) -> None:
        with self._changed:
            while (holder := self._holder) is not None:
                left_s = holder.since + self._limit_s - monotonic()
                if left_s <= 0:
                    self._report(holder)
                    break
                self._changed.wait(left_s)
            turn.since = monotonic()
            self._holder = turn

    def _release(self, turn: _Turn) -> None:
        with self._changed:
            if self._holder is turn:
                self._holder = None
                self._changed.notify()

    def _report(self, holder: _Turn) -> None:
        if not holder.is_overdue:
            holder.is_overdue = True
            _LOG.warning(
                "a page takes longer than %s seconds: other readers go ahead", self._limit_s
            )


PAGE_LOCK = PageLock()
