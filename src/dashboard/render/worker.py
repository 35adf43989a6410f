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
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Any, NamedTuple, TypeVar, cast

from dashboard.build_queue import BusyError

_T = TypeVar("_T")
_KEEP_S = 60.0
# For the last words of a process that has ended.
_LISTEN_S = 1.0
MAX_WAITING = 8
# What a child ends its complaints with when a task is done: a later end has other reasons.
TASK_DONE = b"\x04\n"


class _Task(NamedTuple):
    """A function, the data that is its first argument if it has any, and the others."""

    function: Callable[..., object]
    data: object | None
    args: tuple[object, ...]


class Request(NamedTuple):
    """What a child reads: a task without its data, which is sent if the child has other data."""

    function: Callable[..., object]
    args: tuple[object, ...]
    has_data: bool
    new_data: object | None


class Answer(NamedTuple):
    """What a child writes: a result or the words of an error, and whether it goes on."""

    is_done: bool
    result: object
    goes_on: bool


class Worker:
    """A child process that runs functions, in the order in which they are asked for.

    ``name`` says what it does, as in "The process that draws charts".
    """

    def __init__(self, name: str, timeout_s: float) -> None:
        self._name, self._timeout_s = name, timeout_s
        self._tasks: SimpleQueue[tuple[_Task, Future[Any]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, function: Callable[..., _T], *args: object, data: object | None = None) -> _T:
        """Return what a function of a module returns in the child, given ``data`` if any, and args.

        Data is sent once, as long as it is the same object. All must be what pickle can write.

        Raises:
            RuntimeError: the function failed, with its own message, or took too long, or no child
                could be started.
            BusyError: too many callers wait already.
        """
        answer = Future[_T]()
        with self._lock:
            if self._tasks.qsize() >= MAX_WAITING:
                raise BusyError
            if self._thread is None or not self._thread.is_alive():
                # A child ends with the thread that started it, so one thread starts all. A daemon,
                # so that a server that is stopped does not wait for a task.
                thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                thread.start()
                self._thread = thread
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
                child = child or _Child(self._name)
                answer.set_result(child.run(task, self._timeout_s))
            except BaseException as error:
                # The caller gets any failure, so that the thread goes on to the next task.
                answer.set_exception(_describe(error))
            # Figures that have changed since would be held until the next task.
            del task, answer


def _describe(error: BaseException) -> BaseException:
    """Return an error that callers expect: what the system refuses has no words for a reader."""
    if isinstance(error, OSError):
        return RuntimeError(f"No process could be started: {error.strerror or error}.")
    return error


class _Child:
    """A process that was started, and the data that it has."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._process = subprocess.Popen(  # noqa: S603 - this module, and a number
            [sys.executable, "-m", "dashboard.render.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self._complaints = cast("IO[bytes]", self._process.stderr)
        self._last_words = ""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._data: object | None = None
        self._goes_on = True

    @property
    def is_there(self) -> bool:
        """Whether it waits for the next task."""
        return self._goes_on and self._process.poll() is None

    def run(self, task: _Task, timeout_s: float) -> object:
        """Return what a task returns.

        Raises:
            RuntimeError: it failed, or took too long.
        """
        is_new = task.data is not None and task.data is not self._data
        content = pickle.dumps(
            Request(task.function, task.args, task.data is not None, task.data if is_new else None)
        )
        self._goes_on = False
        late = threading.Event()
        timer = threading.Timer(timeout_s, self._stop, [late])
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(content)
        except Exception as error:
            if not isinstance(error, EOFError | OSError):
                self._process.kill()
            self._process.wait()
            words = f"took more than {timeout_s:g} seconds." if late.is_set() else ""
            raise RuntimeError(self._describe_end(words)) from error
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

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _listen(self) -> None:
        """Keep the last line that the process complains with, until a task is done."""
        # It is closed in the end, whether all was read or not.
        with suppress(OSError, ValueError):
            for line in self._complaints:
                if line.endswith(TASK_DONE):
                    self._last_words = ""
                elif words := line.decode(errors="replace").strip():
                    self._last_words = words

    def _describe_end(self, words: str) -> str:
        self._listener.join(_LISTEN_S)
        if not words and self._last_words:
            return self._last_words
        code = self._process.returncode
        why = "was ended from outside" if code < 0 else "failed"
        return f"The process that {self._name} {words or f'{why} ({code}) and said nothing.'}"

    def end(self) -> None:
        """End the process, if it has not ended."""
        self._process.kill()
        self._process.wait()
        self._listener.join(_LISTEN_S)
        for pipe in (self._requests, self._answers, self._complaints):
            # What was not written yet has nobody to read it.
            with suppress(OSError):
                pipe.close()


# Pages wait for charts, so they do not wait for files: at the lowest priority all briefs may take
# a minute.
CHARTS, FILES = Worker("draws charts", 60), Worker("builds files", 240)
