"""Limits repeated log lines, so that no client can fill a log."""

import logging
from threading import Lock
from time import monotonic

LINES_PER_MINUTE = 30
_MINUTE_S = 60.0


class RepeatLimitFilter(logging.Filter):
    """Lets each logging call write :data:`LINES_PER_MINUTE` records a minute.

    Its first record of the next minute says how many were left out. The logger named ``exempt``,
    which reports each issue in the figures once, is not limited.
    """

    def __init__(self, exempt: str) -> None:
        super().__init__()
        self._exempt = exempt
        self._lock = Lock()
        self._counts: dict[tuple[str, str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to write a record; set its ``left_out`` where earlier ones were dropped."""
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
