"""The child process of a worker: ``python -m dashboard.render.child PARENT``.

It reads functions and their arguments from its input and writes what they return, or the words of
what they raise, to its output, pickled: nobody else can write to either.
"""

import ctypes
import os
import pickle
import signal
import sys
import threading
import time
from pathlib import Path

from dashboard import cache
from dashboard.render.worker import TASK_DONE, Answer, Request

# Of 19: a busy server gets about nine tenths of a core that it shares with a child.
_NICENESS = 10
# The option of Linux's prctl that sends a process a signal when its parent thread ends.
_PR_SET_PDEATHSIG = 1
_PARENT_CHECK_S = 1.0
# A process that holds more is not kept: the typesetter gives no memory back.
_MAX_KEPT_MB = 300.0
# Linux's own: its second number are the pages that a process holds.
_MEMORY = Path("/proc/self/statm")


def serve() -> None:
    """Answer requests until there are no more, or the process has grown too large to be kept."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not run into an answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    data: object | None = None
    goes_on = True
    while goes_on:
        try:
            request: Request = pickle.load(requests)  # noqa: S301 - of the parent
        except EOFError:
            return
        if request.new_data is not None:
            cache.clear_all()
            data = request.new_data
        try:
            given = (data, *request.args) if request.has_data else request.args
            is_done, result = True, request.function(*given)
        except Exception as error:
            is_done, result = False, str(error) or type(error).__name__
        goes_on = _measure_memory_mb() < _MAX_KEPT_MB
        os.write(sys.stderr.fileno(), TASK_DONE)
        pickle.dump(Answer(is_done, result, goes_on), answers)
        answers.flush()


def _measure_memory_mb() -> float:
    """Return the memory that this process holds, or 0 where that is not told."""
    if not _MEMORY.exists():
        return 0.0
    return int(_MEMORY.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _end_with(parent: int) -> None:
    """Make this process end when its parent ends, even if that is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        # The parent ended before the line above took effect.
        os._exit(1)


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_S)
    os._exit(1)


def _give_way() -> None:
    """Lower this process's priority below the server's."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


if __name__ == "__main__":
    _end_with(int(sys.argv[1]))
    _give_way()
    serve()
