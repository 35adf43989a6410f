"""The figures that are shown: read once, and again when a file has changed.

Files that change while the program runs may be faulty, or gone. Then the last good figures stay,
and what is wrong is told to the log and to whoever asks for :func:`faults`.
"""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from dashboard import data, memory
from dashboard.data import Data
from dashboard.faults import DataError, Fault, unforeseen

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Kept:
    stamp: _Stamp
    good: Data | None
    faults: tuple[Fault, ...]


_kept: dict[Path, _Kept] = {}
_reading = Lock()


def current() -> Data:
    """Return the figures of :func:`data.folder`, or the last ones that were good, for all readers.

    Raises:
        DataError: the package has faults, and none before it was good.
    """
    found = _look()
    if found.good is None:
        raise DataError(found.faults)
    return found.good


def faults() -> tuple[Fault, ...]:
    """Return what is wrong with the files as they are now; they may not be those shown."""
    return _look().faults


def _look() -> _Kept:
    folder = data.folder()
    stamp = data.fingerprint(folder)
    before = _kept.get(folder)
    if before and before.stamp == stamp:
        return before
    # While one reader's page reads the files, the others go on with what they have.
    if before is None:
        _reading.acquire()
    elif not _reading.acquire(blocking=False):
        return before
    try:
        return _read(folder, stamp)
    finally:
        _reading.release()


def _read(folder: Path, stamp: _Stamp) -> _Kept:
    before = _kept.get(folder)
    if before and before.stamp == stamp:
        return before
    try:
        now = _Kept(stamp, data.load(folder), ())
    except Exception as error:
        # Whatever files hold, readers keep the figures they had, and no reader reads them again.
        found = error if isinstance(error, DataError) else unforeseen(folder.name)
        now = _Kept(stamp, before.good if before else None, found.faults)
    _kept[folder] = now
    if not now.faults:
        memory.forget()
    return now
