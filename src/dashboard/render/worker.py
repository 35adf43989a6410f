"""Child processes that build files and draw charts, one task after another.

A server draws pages in one interpreter, which a file of some seconds would share; and it would
never get back the memory that a converter has used. So both are done by a child: started by the
first task, kept while others follow, at a lower priority than its server, and ended with it.

The child is :mod:`dashboard.render.child`.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import IO, Any, NamedTuple, TypeVar, cast

from dashboard.build_queue import BusyError

_T = TypeVar("_T")
_TIMEOUT_S = 60.0
_KEEP_S = 60.0
MAX_WAITING = 8


class _Task(NamedTuple):
    """A function, the data that is its first argument if it has any, and the others."""

    function: Callable[..., Any]
    data: object | None
    args: tuple[Any, ...]


class Request(NamedTuple):
    """What a child reads: a task without its data, which is sent if the child has other data."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    has_data: bool
    new_data: object | None


class Answer(NamedTuple):
    """What a child writes: a result or the words of an error, and whether it goes on."""

    is_done: bool
    result: Any
    goes_on: bool


class Worker:
    """A child process that runs functions, in the order in which they are asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: SimpleQueue[tuple[_Task, Future[Any]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, function: Callable[..., _T], *args: Any, data: object | None = None) -> _T:
        """Return what a function of a module returns in the child, given ``data`` if any, and args.

        Data is sent once, as long as it is the same object. All must be what pickle can write.

        Raises:
            RuntimeError: the function failed, with its own message, or took too long.
            BusyError: too many callers wait already.
        """
        answer = Future[_T]()
        with self._lock:
            if self._tasks.qsize() >= MAX_WAITING:
                raise BusyError
            if self._thread is None:
                # A child ends with the thread that started it, so one thread starts all. A daemon,
                # so that a server that is stopped does not wait for a task.
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
            self._tasks.put((_Task(function, data, args), answer))
        return answer.result()

    def _work(self) -> None:
        child: _Child | None = None
        while True:
            try:
                task, answer = self._tasks.get(timeout=_KEEP_S if child else None)
            except Empty:
                if child:
                    child.end()
                child = None
                continue
            try:
                if child and not child.is_there:
                    child.end()
                    child = None
                child = child or _Child()
                answer.set_result(child.run(task))
            except BaseException as error:
                # The caller gets any failure, so that the thread goes on to the next task.
                answer.set_exception(error)


class _Child:
    """A process that was started, and the data that it has."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - this module, and a number
            [sys.executable, "-m", "dashboard.render.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self._data: object | None = None
        self._goes_on = True

    @property
    def is_there(self) -> bool:
        """Whether it waits for the next task."""
        return self._goes_on and self._process.poll() is None

    def run(self, task: _Task) -> object:
        """Return what a task returns.

        Raises:
            RuntimeError: it failed, or took too long.
        """
        is_new = task.data is not None and task.data is not self._data
        request = Request(
            task.function, task.args, task.data is not None, task.data if is_new else None
        )
        content = pickle.dumps(request)
        self._goes_on = False
        timer = threading.Timer(_TIMEOUT_S, self._process.kill)
        timer.daemon = True
        timer.start()
        began = time.monotonic()
        try:
            answer = self._exchange(content)
        except Exception as error:
            is_late = time.monotonic() - began >= _TIMEOUT_S
            self._process.wait()
            raise RuntimeError(_describe_late() if is_late else self._describe_end()) from error
        finally:
            timer.cancel()
        if is_new:
            self._data = task.data
        self._goes_on = answer.goes_on
        if not answer.is_done:
            raise RuntimeError(answer.result)
        return answer.result

    def _exchange(self, content: bytes) -> Answer:
        self._requests.write(content)
        self._requests.flush()
        answer: Answer = pickle.load(self._answers)  # noqa: S301 - our child's
        return answer

    def _describe_end(self) -> str:
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        code = self._process.returncode
        why = "was ended from outside" if code < 0 else "failed"
        return lines[-1] if lines else f"The converter {why} ({code}) and said nothing."

    def end(self) -> None:
        """End the process, if it has not ended."""
        with self._process:
            self._process.kill()
        self._said.close()


def _describe_late() -> str:
    return f"The converter took more than {_TIMEOUT_S:g} seconds."


# Pages wait for charts, and must not wait for files as well.
CHARTS, FILES = Worker("charts"), Worker("files")
