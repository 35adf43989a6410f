"""Runs the PDF and chart renderers in a short-lived child process.

A server would never get back the memory that a renderer has used. So only the child imports one:
``python -m dashboard.render.process PARENT`` reads a request as JSON from its input and writes the
files as JSON to its output. The child has a lower priority than its server and ends with it.
"""

import base64
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore, Lock
from typing import Any

from dashboard.build_queue import BusyError

_TIMEOUT_S = 60
# Each process takes up to 180 MB and a core.
_MAX_RUNNING = 2
_MAX_WAITING = 8
# Of 19: a busy server gets about nine tenths of a core that it shares with a child.
_NICENESS = 10
# The option of Linux's prctl that sends a process a signal when its parent thread ends.
_PR_SET_PDEATHSIG = 1
_PARENT_CHECK_S = 1.0


def render_pdfs(template: str, documents: Sequence[str], day: datetime) -> list[bytes]:
    """Render documents, each the content of a Typst template as JSON, as PDF/UA-1.

    Characters that no font has are replaced by a note of how many are not shown.

    Raises:
        RuntimeError: the typesetter failed, with its own message, or took too long.
        BusyError: too many callers wait for a process already.
    """
    return _run(
        {
            "tool": "typst",
            "template": template,
            "documents": list(documents),
            "day": day.isoformat(),
        }
    )


def render_charts(
    specs: Sequence[Mapping[str, object]], kind: str, scale: float = 1
) -> list[bytes]:
    """Render Vega-Lite specifications as images, ``kind`` "svg" or "png".

    Raises:
        RuntimeError: the renderer failed, with its own message, or took too long.
        BusyError: too many callers wait for a process already.
    """
    return _run({"tool": kind, "specs": list(specs), "scale": scale})


class _Slots:
    """A semaphore for ``running`` callers at a time, with at most ``waiting`` in line."""

    def __init__(self, running: int, waiting: int) -> None:
        self._free = BoundedSemaphore(running)
        self._lock = Lock()
        self._places = running + waiting

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold a slot for the block, after waiting until one is free.

        Raises:
            BusyError: too many callers wait already.
        """
        with self._lock:
            if not self._places:
                raise BusyError
            self._places -= 1
        try:
            with self._free:
                yield
        finally:
            with self._lock:
                self._places += 1


_slots = _Slots(_MAX_RUNNING, _MAX_WAITING)


def _run(request: Mapping[str, object]) -> list[bytes]:
    try:
        with _slots.hold():
            child = subprocess.run(  # noqa: S603 - this module, and a number
                [sys.executable, "-m", "dashboard.render.process", str(os.getpid())],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"The converter took more than {_TIMEOUT_S} seconds.") from error
    if child.returncode:
        lines = child.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(lines[-1] if lines else _describe_exit(child.returncode))
    return [base64.b64decode(content) for content in json.loads(child.stdout)]


def _describe_exit(code: int) -> str:
    why = "was ended from outside" if code < 0 else "failed"
    return f"The converter {why} ({code}) and said nothing."


def _convert(request: dict[str, Any]) -> list[bytes]:
    if request["tool"] == "typst":
        from dashboard.render import typesetting

        day = datetime.fromisoformat(request["day"])
        return [
            typesetting.render_pdf(request["template"], document, day)
            for document in request["documents"]
        ]
    import vl_convert

    if request["tool"] == "svg":
        return [vl_convert.vegalite_to_svg(spec).encode() for spec in request["specs"]]
    return [vl_convert.vegalite_to_png(spec, scale=request["scale"]) for spec in request["specs"]]


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
    files = _convert(json.load(sys.stdin.buffer))
    json.dump([base64.b64encode(content).decode() for content in files], sys.stdout)
