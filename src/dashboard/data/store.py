"""The data that readers are shown: loaded once, and again when a file has changed.

Files that change while the program runs may be invalid or missing. Then the last valid data stay,
and the issues are logged and returned by :func:`faults`.

A disk may never answer: a network folder whose server is gone. So files are read in a thread of
their own, and readers wait for it no longer than a timeout. A read that takes longer counts as an
issue until it ends, and further reads are started after it.
"""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from dashboard import cache
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError, Fault, unforeseen

_LOG = logging.getLogger(__name__)
# How long a reader waits: if there are data to show; if not; and while an earlier read hangs.
# Reading takes two seconds, or ten on a busy machine.
PATIENCE_S = 15.0
FIRST_PATIENCE_S = 45.0
_PATIENCE_AGAIN_S = 5.0
# After so long another read is started, and after twice as long each next one: each that hangs
# keeps a thread until its disk answers, so there must be few.
RETRY_AFTER_S = 60.0
_LONGEST_RETRY_S = 3600.0

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Kept:
    """The result of a read: the files' stamp, the last valid data, and the files' issues."""

    stamp: _Stamp
    data: Data | None
    faults: tuple[Fault, ...]
    # The number of the read that made it.
    number: int = 0


class _Look:
    """A read of a folder's files, if they have changed, in a thread of its own."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.ended = Event()
        self.started = monotonic()
        self.started_at = datetime.now(UTC)
        self.was_logged = False

    @property
    def elapsed_s(self) -> float:
        """The seconds since it was started."""
        return monotonic() - self.started

    def fault(self) -> Fault:
        """Describe as an issue that it has not ended."""
        rule = (
            f"has been read since {self.started_at:%H:%M:%S} UTC and has not ended: the disk or "
            "network folder that holds the files may not answer"
        )
        return Fault(self.folder.name, None, None, rule)


_kept: dict[Path, _Kept] = {}
# The reads that have not ended, the newest last, and how many were started.
_looks: dict[Path, list[_Look]] = {}
_numbers: dict[Path, int] = {}
_lock = Lock()


def current() -> Data:
    """Return the data of :func:`dashboard.data.loader.folder`, or the last valid ones.

    Raises:
        DataError: the package has issues, and was never valid before; or it cannot be read
            within the timeout.
    """
    kept = _look()
    if kept.data is None:
        raise DataError(kept.faults)
    return kept.data


def faults() -> tuple[Fault, ...]:
    """List the issues of the files as they are now, even if older data are shown."""
    return _look().faults


def _look() -> _Kept:
    """Read the folder if its files have changed, and return what is known by the timeout."""
    folder = loader.folder()
    before = _kept.get(folder)
    look, is_new = _begin(folder)
    # Readers with data to show do not wait for a read that another reader started.
    if before is None or is_new:
        look.ended.wait(_patience_s(look, has_data=before is not None))
    return _add_slow_look(folder, _kept.get(folder))


def _patience_s(look: _Look, *, has_data: bool) -> float:
    if _looks[look.folder][:1] not in ([], [look]):
        return _PATIENCE_AGAIN_S
    return max(0.0, (PATIENCE_S if has_data else FIRST_PATIENCE_S) - look.elapsed_s)


def _begin(folder: Path) -> tuple[_Look, bool]:
    """Return the read under way, or start a new one, and tell whether it is new."""
    with _lock:
        looks = _looks.setdefault(folder, [])
        if looks and looks[-1].elapsed_s < _retry_after_s(len(looks)):
            return looks[-1], False
        _numbers[folder] = number = _numbers.get(folder, 0) + 1
        look = _Look(folder, number)
        looks.append(look)
    # A daemon, so that a read that hangs does not keep the server from ending.
    Thread(target=_run, args=(look,), name="figures", daemon=True).start()
    return look, True


def _retry_after_s(hanging: int) -> float:
    return float(min(RETRY_AFTER_S * 2 ** (hanging - 1), _LONGEST_RETRY_S))


def _run(look: _Look) -> None:
    try:
        _read(look, loader.fingerprint(look.folder))
    finally:
        with _lock:
            _looks[look.folder].remove(look)
        look.ended.set()


def _read(look: _Look, stamp: _Stamp) -> None:
    folder = look.folder
    before = _kept.get(folder)
    if before and before.stamp == stamp:
        return
    data: Data | None = None
    issues: tuple[Fault, ...] = ()
    try:
        data = loader.load(folder)
    except Exception as error:
        # Any error is kept as an issue, so that the last valid data stay and the same files are
        # not read again.
        issues = (error if isinstance(error, DataError) else unforeseen(folder.name)).faults
    with _lock:
        before = _kept.get(folder)
        if before and (before.number > look.number or before.stamp == stamp):
            # A later read ended first, with newer data or the same.
            return
        _kept[folder] = _Kept(stamp, data or (before.data if before else None), issues, look.number)
    if data:
        cache.forget()


def _add_slow_look(folder: Path, kept: _Kept | None) -> _Kept:
    """Return what is known, with a read that takes too long as an issue."""
    with _lock:
        slow = next((look for look in _looks[folder] if look.elapsed_s >= PATIENCE_S), None)
        if slow is None and kept is None:
            slow = next(iter(_looks[folder]), None)
        is_new = slow is not None and not slow.was_logged
        if slow:
            slow.was_logged = True
    kept = kept or _Kept((), None, ())
    if slow is None:
        return kept
    if is_new:
        since = f"{slow.started_at:%FT%TZ}"
        _LOG.error("the figures take too long to read", extra={"since": since})
    return replace(kept, faults=(*kept.faults, slow.fault()))
