"""What the core takes without a browser: the check of the figures, and a line of the log."""

import io
import logging
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import TypeVar

from benchmarks import report
from benchmarks.report import Line
from dashboard.data import loader
from dashboard.web import logging_config

T = TypeVar("T")

# Values of the log that a pattern could get lost in.
_LONG = 100_000
_PATTERNS = ("/", "/?", "?", "/?a ", "'a/?x ", "'a")


def run(rounds: int) -> str:
    """Return a table of the processor's time that each takes."""
    loader.check(loader.DEFAULT_FOLDER)  # what it imports is read once
    with redirect_stderr(io.StringIO()):
        logging_config.configure()
    written = [1e3 * max(_taken(_write, one) for one in _PATTERNS) for _ in range(rounds)]
    lines = [
        Line(
            "Check of the figures, CPU s",
            [[_taken(loader.check, loader.DEFAULT_FOLDER) for _ in range(rounds)]],
            2.5,
        ),
        Line(f"A log line of {_LONG} odd characters, CPU ms", [written], 100, "{:.0f}"),
    ]
    return f"{report.machine()}; {rounds} rounds.\n\n{report.table(['dashboard'], lines)}"


def _taken(work: Callable[[T], object], of: T) -> float:
    began = time.process_time()
    work(of)
    return time.process_time() - began


def _write(pattern: str) -> None:
    logging.getLogger("any").warning("%s", pattern * (_LONG // len(pattern)))
