"""Converters that take much memory, run in a process of their own that ends with its work.

A server would hold for good the memory that a typesetter or a chart renderer once took. So this
module imports neither unless it is that process: ``python -m dashboard.render.process PARENT``
takes a request as JSON on its input and writes the files as JSON to its output. The process has a
lower priority than its server and does not outlive it.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore, Lock
from typing import Any

from dashboard.build_queue import BusyError

_TIMEOUT_S = 60
# At once, whoever asks; the next ones wait. Each takes up to 180 MB and a core.
_MAX_RUNNING = 2
# Callers that may wait. Those of a queue of builds are no more than run at once.
_MAX_WAITING = 8
# Of 19: a server that is busy gets about nine tenths of a core that both want.
_NICENESS = 10
# Linux: the signal that a process gets when the thread that started it ends.
_PR_SET_PDEATHSIG = 1
_PARENT_CHECK_S = 1.0


def typeset(template: str, documents: Sequence[str], day: datetime) -> list[bytes]:
    """Return documents as PDF/UA-1: a Typst template, and what each says as JSON.

    Characters that no font of the typesetter has are said to be missing.

    Raises:
        RuntimeError: the typesetter failed, and the message is its own, or it took too long.
        BusyError: too many wait for a converter already.
    """
    return _run(
        {
            "tool": "typst",
            "template": template,
            "documents": list(documents),
            "day": day.isoformat(),
        }
    )


def draw(spec: dict[str, Any], kind: str, scale: float) -> bytes:
    """Return a Vega-Lite specification as a picture, ``kind`` "svg" or "png".

    Raises:
        RuntimeError: the renderer failed, and the message is its own, or it took too long.
        BusyError: too many wait for a converter already.
    """
    return _run({"tool": kind, "spec": spec, "scale": scale})[0]


class _Slots:
    """Lets a few callers in at a time, a few more wait, and no others."""

    def __init__(self, running: int, waiting: int) -> None:
        self._free = BoundedSemaphore(running)
        self._lock = Lock()
        self._places = running + waiting

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold a slot, once there is one.

        Raises:
            BusyError: too many wait for one already.
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


def _run(request: dict[str, Any]) -> list[bytes]:
    try:
        with _slots.hold():
            done = subprocess.run(  # noqa: S603 - this module, and a number
                [sys.executable, "-m", "dashboard.render.process", str(os.getpid())],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"The converter took more than {_TIMEOUT_S} seconds.") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise RuntimeError(lines[-1] if lines else _describe_exit(done.returncode))
    return [base64.b64decode(content) for content in json.loads(done.stdout)]


def _describe_exit(code: int) -> str:
    why = "was ended from outside" if code < 0 else "failed"
    return f"The converter {why} ({code}) and said nothing."


def _convert(request: dict[str, Any]) -> list[bytes]:
    if request["tool"] == "typst":
        from dashboard.render import typesetting

        day = datetime.fromisoformat(request["day"])
        return [
            typesetting.make_pdf(request["template"], document, day)
            for document in request["documents"]
        ]
    import vl_convert

    if request["tool"] == "svg":
        return [vl_convert.vegalite_to_svg(request["spec"]).encode()]
    return [vl_convert.vegalite_to_png(request["spec"], scale=request["scale"])]


def _end_with(parent: int) -> None:
    """Have this process ended when its parent is gone, however that ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        # It ended before it was watched.
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_S)
    os._exit(1)


def _give_way() -> None:
    """Let the server, and whatever else answers readers, have the processor first."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


if __name__ == "__main__":
    _end_with(int(sys.argv[1]))
    _give_way()
    made = _convert(json.load(sys.stdin.buffer))
    json.dump([base64.b64encode(content).decode() for content in made], sys.stdout)
