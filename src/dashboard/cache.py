"""Caches of what is computed from the data, shared by all readers, cleared when it changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
# One choice of each filter leaves up to thirty different frames. With twice as many results, a
# replica whose readers choose at random exceeded its memory limit.
_MAX_RESULTS = 32


class Clearable(Protocol):
    """A cache of results that are computed from the data."""

    def clear(self) -> None:
        """Drop all results."""


_caches: list[Clearable] = []


def clear_all() -> None:
    """Clear every registered cache, because the data have changed."""
    for cache in _caches:
        cache.clear()


def register_cache(cache: Clearable) -> None:
    """Register a cache, to be cleared whenever the data change."""
    _caches.append(cache)


def memoize(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Cache the last results of a function for all readers; callers must not change a result.

    Frames, and values that hold frames, are compared by identity, as no frame is changed in
    place. The function gets a list as a tuple, and a set as a frozenset. Simultaneous calls with
    the same arguments wait for one computation; calls with other arguments do not wait.
    """
    results = _ResultCache()
    _caches.append(results)

    @wraps(function)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        keywords = tuple((name, _wrap(value)) for name, value in kwargs.items())
        key = _CacheKey(tuple(map(_wrap, args)), keywords)
        entry = results.find(key)
        if not entry.is_computed:
            # No deadlock: imports go one way, so no function that this one calls calls it back.
            with entry.lock:
                if not entry.is_computed:
                    named = {name: _unwrap(value) for name, value in key.keywords}
                    entry.value = function(*map(_unwrap, key.positional), **named)
                    entry.is_computed = True
        value: _R = entry.value
        return value

    return wrapper


class _ResultCache:
    """The results of one function, up to ``_MOST``; the least recently used are dropped first."""

    def __init__(self) -> None:
        self._entries: OrderedDict[_CacheKey, _CacheEntry] = OrderedDict()
        self._lock = Lock()

    def find(self, key: "_CacheKey") -> "_CacheEntry":
        """Return the entry of a key, an empty one if there is none."""
        with self._lock:
            entry = self._entries.setdefault(key, _CacheEntry())
            self._entries.move_to_end(key)
            if len(self._entries) > _MAX_RESULTS:
                self._entries.popitem(last=False)
        return entry

    def clear(self) -> None:
        """Drop all entries; a computation under way goes to its callers and is not kept."""
        with self._lock:
            self._entries.clear()


class _CacheEntry:
    """An entry of a cache, empty until its value is computed."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.is_computed = False
        self.value: Any = None


class _CacheKey(NamedTuple):
    """The arguments of a call, made hashable."""

    positional: tuple[Hashable, ...]
    keywords: tuple[tuple[str, Hashable], ...]


class _ByIdentity:
    """A hashable wrapper that is equal only to wrappers of the same object, and keeps it alive."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.value is other.value


def _unwrap(key: Hashable) -> Any:
    return key.value if isinstance(key, _ByIdentity) else key


def _wrap(value: object) -> Hashable:
    if isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, set):
        value = frozenset(value)
    try:
        hash(value)
    except TypeError:
        return _ByIdentity(value)
    return value
