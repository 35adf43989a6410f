"""Results kept for the next reader who asks the same of the same figures."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, NamedTuple, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
# What one choice of each filter can leave, thirty frames, and little more: twice as many took a
# replica whose readers choose at random over the memory that it may have.
_MOST = 32


_kept: list[Any] = []


def forget() -> None:
    """Let go of every result: the figures have changed, and nobody will ask of the old ones."""
    for one in _kept:
        one.cache_clear()


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the function with its last results kept, shared by all readers.

    Frames, and what holds frames, count as the same when they are the same object: nobody
    changes one in place. A list arrives as a tuple, a set as a frozen one.
    What is given back is shared too, and is not to be changed. Of many readers who ask for the
    same at once, one works it out and the others wait: a server that has just started is not
    brought to its knees by all who come back to it.
    """

    @lru_cache(maxsize=_MOST)
    def kept(asked: _Asked) -> _R:
        return function(*map(_it, asked.places), **{name: _it(one) for name, one in asked.names})

    _kept.append(kept)
    one_by_one = RLock()

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        names = ((name, _key(value)) for name, value in kwargs.items())
        asked = _Asked(tuple(map(_key, args)), tuple(names))
        # No deadlock: imports go one way, so what a function asks for never asks for it.
        with one_by_one:
            return kept(asked)

    return call


class _Asked(NamedTuple):
    """The arguments of a call, as keys."""

    places: tuple[Any, ...]
    names: tuple[tuple[str, Any], ...]


class _Same:
    """Stands for an object in a key: equal to itself alone, and keeps it alive."""

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def _it(key: Any) -> Any:
    return key.it if isinstance(key, _Same) else key


def _key(value: object) -> Hashable:
    if isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, set):
        value = frozenset(value)
    try:
        hash(value)
    except TypeError:
        return _Same(value)
    return value
