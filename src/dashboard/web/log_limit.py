"""Keeps a log from being filled by whoever makes a server say the same thing over and over."""

import logging
from threading import Lock
from time import monotonic

LINES_PER_MINUTE = 30
_MINUTE_S = 60.0
_Place = tuple[str, str, int]


class LimitRepeats(logging.Filter):
    """Lets a line of the program speak so often a minute, whatever it says, then not at all.

    The first line of the next minute says how many were left out. What is wrong with the figures
    is exempt: each fault is said once, by ``exempt``.
    """

    def __init__(self, exempt: str) -> None:
        super().__init__()
        self._exempt = exempt
        self._lock = Lock()
        self._counts: dict[_Place, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be written; adds ``left_out`` where others were not."""
        if record.name == self._exempt:
            return True
        place = (record.name, record.pathname, record.lineno)
        now = monotonic()
        with self._lock:
            since, count = self._counts.get(place, (now, 0))
            if now - since >= _MINUTE_S:
                if count > LINES_PER_MINUTE:
                    record.left_out = count - LINES_PER_MINUTE
                since, count = now, 0
            self._counts[place] = (since, count + 1)
        return count < LINES_PER_MINUTE
