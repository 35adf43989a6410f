"""Queues that build files in a few threads, with limits in total and per visitor.

A request above a limit is refused at once. Requests for the same file share one build. A build
whose visitors have all left is dropped before its turn.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Thread

_LOG = logging.getLogger(__name__)
# Builds that take at least this long are logged.
_SLOW_BUILD_S = 0.5
# Sent as Retry-After with a refusal.
RETRY_AFTER_S = 10


class BusyError(RuntimeError):
    """Too many files are requested at once; the message is for the reader."""

    def __init__(
        self,
        sentence: str = (
            "Many files are being made at the moment. Wait a few seconds and try again."
        ),
    ) -> None:
        super().__init__(sentence)


class VisitorLeftError(RuntimeError):
    """The visitor who requested a file has left."""


@dataclass(frozen=True)
class Visitor:
    """Who requests a file: a name to count by, and whether they are still connected."""

    name: str
    is_there: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class _Request:
    visitor: Visitor
    answer: "Future[bytes]"


@dataclass(eq=False)
class _Job:
    build: Callable[[], bytes]
    key: Hashable | None
    requests: list[_Request] = field(default_factory=list)


class BuildQueue:
    """Builds files in ``workers`` threads, in the order of their requests."""

    def __init__(self, name: str, *, workers: int, max_waiting: int, max_per_visitor: int) -> None:
        self._name, self._workers = name, workers
        self._max_waiting, self._max_per_visitor = max_waiting, max_per_visitor
        self._changed = Condition()
        self._waiting: deque[_Job] = deque()
        self._running: list[_Job] = []
        self._threads: list[Thread] = []

    def submit(
        self, visitor: Visitor, build: Callable[[], bytes], key: Hashable | None = None
    ) -> "Future[bytes]":
        """Queue a build and return its future; requests with the same key (not None) share one.

        The future fails with :class:`DepartedError` if the visitor leaves before the build starts.

        Raises:
            BusyError: the visitor has reached their limit, or the queue is full.
        """
        with self._changed:
            self._drop_departed()
            jobs = [*self._running, *self._waiting]
            requests = [request for job in jobs for request in job.requests]
            own = sum(request.visitor.name == visitor.name for request in requests)
            if own >= self._max_per_visitor:
                raise BusyError(
                    f"{own} files that you asked for are still being made. "
                    "Wait for them, then try again."
                )
            job = next((job for job in jobs if key is not None and job.key == key), None)
            if job is None:
                if len(self._waiting) >= self._max_waiting:
                    raise BusyError
                job = _Job(build, key)
                self._waiting.append(job)
                self._start_thread()
                self._changed.notify()
            answer = Future[bytes]()
            # Without this a caller could cancel it, and setting its result would then fail.
            answer.set_running_or_notify_cancel()
            job.requests.append(_Request(visitor, answer))
            return answer

    @property
    def waiting(self) -> int:
        """The number of builds that have not started."""
        with self._changed:
            self._drop_departed()
            return len(self._waiting)

    def _start_thread(self) -> None:
        if len(self._threads) < self._workers:
            # A daemon, so that a server that is stopped does not wait for a build.
            thread = Thread(target=self._work, name=f"{self._name} files", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _drop_departed(self) -> None:
        """Drop the requests of visitors who have left, and builds without a request."""
        for job in list(self._waiting):
            for request in list(job.requests):
                if not request.visitor.is_there():
                    job.requests.remove(request)
                    request.answer.set_exception(VisitorLeftError())
            if not job.requests:
                self._waiting.remove(job)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._drop_departed()
                while not self._waiting:
                    self._changed.wait()
                    self._drop_departed()
                job = self._waiting.popleft()
                self._running.append(job)
            self._run(job)

    def _run(self, job: _Job) -> None:
        content, failure, began = b"", None, time.monotonic()
        try:
            content = job.build()
        except BaseException as error:
            # The requests get any failure, so that the thread goes on to the next build.
            failure = error
        with self._changed:
            # No request can join the build after this, so its list of requests is final.
            self._running.remove(job)
        self._log_slow_build(job, time.monotonic() - began)
        for request in job.requests:
            if failure:
                request.answer.set_exception(failure)
            else:
                request.answer.set_result(content)

    def _log_slow_build(self, job: _Job, seconds: float) -> None:
        """Log a build that took long, without the reader's choices."""
        if seconds >= _SLOW_BUILD_S:
            counts = {"readers": len(job.requests), "seconds": round(seconds, 1)}
            _LOG.info("a file was built", extra={"queue": self._name, **counts})


# Tables take milliseconds, so they do not queue behind builds that take seconds.
QUICK = BuildQueue("quick", workers=2, max_waiting=100, max_per_visitor=6)
# Briefs, pictures and all the data in one file, which a process of their own builds.
MAX_WAITING_SLOW = 40
SLOW = BuildQueue("slow", workers=2, max_waiting=MAX_WAITING_SLOW, max_per_visitor=2)
