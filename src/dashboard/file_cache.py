"""Files kept as bytes for the next reader who asks for the same, up to a number of bytes.

Of many who ask for the same at once, one has it built and the others wait for that build.
:func:`dashboard.cache.forget` lets go of all, because the figures have changed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import ParamSpec

from dashboard import cache
from dashboard.build_queue import BusyError

_P = ParamSpec("_P")
# All forms of all twelve, their twelve briefs and every table are 6 MB.
MAX_BYTES = 16_000_000
# Threads that may wait for builds of others: a server has forty for all its answers.
MAX_WAITING = 16


class FileCache:
    """Files by what they were built from; those asked for longest ago go first."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_waiting: int = MAX_WAITING) -> None:
        self._max_bytes, self._max_waiting = max_bytes, max_waiting
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._builds: dict[Hashable, Future[bytes]] = {}
        self._lock = Lock()
        self._waiting = 0
        self._generation = 0
        self.size = 0

    def get(self, key: Hashable, build: Callable[[], bytes]) -> bytes:
        """Return the file of a key, built if it is not kept.

        Raises:
            BusyError: too many wait for builds of others already.
        """
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
            running = self._builds.get(key)
            if running is None:
                own = self._builds[key] = Future[bytes]()
                generation = self._generation
            elif self._waiting >= self._max_waiting:
                raise BusyError
            else:
                self._waiting += 1
        if running is None:
            return self._build(key, build, own, generation)
        try:
            return running.result()
        finally:
            with self._lock:
                self._waiting -= 1

    def _build(
        self, key: Hashable, build: Callable[[], bytes], own: "Future[bytes]", generation: int
    ) -> bytes:
        try:
            content = build()
        except BaseException as error:
            with self._lock:
                del self._builds[key]
            own.set_exception(error)
            raise
        with self._lock:
            del self._builds[key]
            # What was built from figures that have changed meanwhile is nobody's any more.
            if generation == self._generation:
                self._keep(key, content)
        own.set_result(content)
        return content

    def _keep(self, key: Hashable, content: bytes) -> None:
        if len(content) > self._max_bytes:
            return
        self._files[key] = content
        self.size += len(content)
        while self.size > self._max_bytes:
            self.size -= len(self._files.popitem(last=False)[1])

    def clear(self) -> None:
        """Let go of all, and keep nothing of what is being built now."""
        with self._lock:
            self._generation += 1
            self._files.clear()
            self.size = 0


FILES = FileCache()
cache.clear_on_forget(FILES)


def cached_file(function: Callable[_P, bytes]) -> Callable[_P, bytes]:
    """Return the function with the files that it builds kept in :data:`FILES`.

    Its arguments must be hashable; the figures (:class:`dashboard.data.Data`) are the same when
    they are the same object, which is made anew when a file has changed.
    """

    @wraps(function)
    def get(*args: _P.args, **kwargs: _P.kwargs) -> bytes:
        key = (function, args, tuple(sorted(kwargs.items())))
        return FILES.get(key, lambda: function(*args, **kwargs))

    return get
