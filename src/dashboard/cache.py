"""Results kept for the next reader who asks the same of the same figures."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock, RLock
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
# What one choice of each filter can leave, thirty frames, and little more: twice as many took a
# replica whose readers choose at random over the memory that it may have.
_MOST = 32


class Clearable(Protocol):
    """What holds results that are worked out from the figures."""

    def clear(self) -> None:
        """Let go of all of them."""


_kept: list[Clearable] = []


def forget() -> None:
    """Let go of every result: the figures have changed, and nobody will ask of the old ones."""
    for results in _kept:
        results.clear()


def clear_on_forget(results: Clearable) -> None:
    """Have other results let go of whenever the figures change."""
    _kept.append(results)


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the function with its last results kept, shared by all readers.

    Frames, and what holds frames, count as the same when they are the same object: nobody
    changes one in place. A list arrives as a tuple, a set as a frozen one.
    What is given back is shared too, and is not to be changed. Of many readers who ask for the
    same at once, one works it out and the others wait: a server that has just started is not
    brought to its knees by all who come back to it. Who asks for something else does not wait.
    """
    results = _Results()
    _kept.append(results)

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        names = ((name, _key(value)) for name, value in kwargs.items())
        asked = _Asked(tuple(map(_key, args)), tuple(names))
        found = results.find(asked)
        if not found.known:
            # No deadlock: imports go one way, so what a function asks for never asks for it.
            with found.one_by_one:
                if not found.known:
                    places, named = map(_it, asked.places), asked.names
                    found.value = function(*places, **{name: _it(one) for name, one in named})
                    found.known = True
        value: _R = found.value
        return value

    return call


class _Results:
    """The last results of a function: many readers look at once, and all may be let go of."""

    def __init__(self) -> None:
        self._found: OrderedDict[_Asked, _Result] = OrderedDict()
        self._looking = Lock()

    def find(self, asked: "_Asked") -> "_Result":
        """Return what is kept of a question, or the place for it."""
        with self._looking:
            found = self._found.get(asked)
            if found is None:
                found = self._found[asked] = _Result()
            self._found.move_to_end(asked)
            if len(self._found) > _MOST:
                self._found.popitem(last=False)
        return found

    def clear(self) -> None:
        """Let go of all; nobody is in the middle of a look."""
        with self._looking:
            self._found.clear()


class _Result:
    """What was worked out, once it is known."""

    def __init__(self) -> None:
        self.one_by_one = RLock()
        self.known = False
        self.value: Any = None


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
