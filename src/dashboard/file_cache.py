"""A cache of built files, limited in bytes.

Simultaneous requests for the same file share one build. A change of the data clears the cache.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import ParamSpec

from dashboard import cache
from dashboard.build_queue import BusyError

_P = ParamSpec("_P")
# All formats of the twelve areas, their briefs and every table together take 6 MB.
MAX_BYTES = 16_000_000
# Threads that may wait for another's build, of the forty in which a server answers requests.
MAX_WAITING = 16


class FileCache:
    """Files by what they were built from; the least recently used are dropped first."""

    def __init__(self, max_bytes: int = MAX_BYTES, max_waiting: int = MAX_WAITING) -> None:
        self._max_bytes, self._max_waiting = max_bytes, max_waiting
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._builds: dict[Hashable, Future[bytes]] = {}
        self._lock = Lock()
        self._waiting = 0
        self._generation = 0
        self.size = 0

    def get(self, key: Hashable, build: Callable[[], bytes]) -> bytes:
        """Return the file of a key, built if it is not cached.

        Raises:
            BusyError: too many threads wait for another's build already.
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

    def find(self, keys: Iterable[Hashable]) -> dict[Hashable, bytes]:
        """Return the files that are cached, by key."""
        with self._lock:
            cached = {key: self._files[key] for key in keys if key in self._files}
            for key in cached:
                self._files.move_to_end(key)
        return cached

    def add(self, files: Mapping[Hashable, bytes]) -> None:
        """Cache files by keys that tell all that is in them, so that no change makes them old."""
        with self._lock:
            for key, content in files.items():
                self._keep(key, content)

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
            # A file that was built from data that have changed since must not be cached.
            if generation == self._generation:
                self._keep(key, content)
        own.set_result(content)
        return content

    def _keep(self, key: Hashable, content: bytes) -> None:
        if len(content) > self._max_bytes:
            return
        self.size -= len(self._files.pop(key, b""))
        self._files[key] = content
        self.size += len(content)
        while self.size > self._max_bytes:
            self.size -= len(self._files.popitem(last=False)[1])

    def clear(self) -> None:
        """Drop all files; files that are being built now will not be kept."""
        with self._lock:
            self._generation += 1
            self._files.clear()
            self.size = 0


FILES = FileCache()
cache.register_cache(FILES)


def cache_file(function: Callable[_P, bytes]) -> Callable[_P, bytes]:
    """Cache the files that a function builds in :data:`FILES`.

    Its arguments must be hashable; :class:`dashboard.data.loader.Data` is compared by identity.
    """

    @wraps(function)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> bytes:
        key = (function, args, tuple(sorted(kwargs.items())))
        return FILES.get(key, lambda: function(*args, **kwargs))

    return wrapper
