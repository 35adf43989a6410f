"""The figures that are shown: read once, and again when a file has changed.

Files that change while the program runs may be faulty, or gone. Then the last good figures stay,
and what is wrong is told to the log and to whoever asks for :func:`faults`.

A disk may also never answer: a network folder whose server is gone. So files are looked at in a
thread of its own, and nobody waits for one longer than a time limit. A look that takes longer is
a fault until it ends, and others are begun after it.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from dashboard import cache
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError, Fault, unforeseen

_LOG = logging.getLogger(__name__)
# How long a reader waits: with figures to show; without; and while an earlier look hangs. Reading
# takes two seconds, or ten where a machine has much else to do.
PATIENCE_S = 15.0
FIRST_PATIENCE_S = 45.0
_PATIENCE_AGAIN_S = 5.0
# A look that has not ended is given up after so long, twice as long with each that was, and
# another begins. Each keeps a thread until its disk answers, so there must not be many.
RETRY_AFTER_S = 60.0
_LONGEST_RETRY_S = 3600.0

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Kept:
    stamp: _Stamp
    good: Data | None
    faults: tuple[Fault, ...]
    # Of the look that found it.
    number: int = 0


class _Look:
    """A look at a folder's files: whether they have changed, and what they hold if they have."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.ended = Event()
        self.began = monotonic()
        self.began_at = datetime.now(UTC)
        self.was_logged = False

    def lasted_s(self) -> float:
        """Return for how many seconds it has been going on."""
        return monotonic() - self.began

    def fault(self) -> Fault:
        """Return that it has not ended, as a fault."""
        rule = (
            f"has been read since {self.began_at:%H:%M:%S} UTC and has not ended: the disk or "
            "network folder that holds the files may not answer"
        )
        return Fault(self.folder.name, None, None, rule)


_kept: dict[Path, _Kept] = {}
# The looks that have not ended, the newest last, and how many there were.
_looks: dict[Path, list[_Look]] = {}
_numbers: dict[Path, int] = {}
_lock = Lock()


def current() -> Data:
    """Return the figures of :func:`data.folder`, or the last ones that were good, for all readers.

    Raises:
        DataError: the package has faults, and none before it was good; or it cannot be read in
            the time that a reader waits.
    """
    found = _look()
    if found.good is None:
        raise DataError(found.faults)
    return found.good


def faults() -> tuple[Fault, ...]:
    """Return what is wrong with the files as they are now; they may not be those shown."""
    return _look().faults


def _look() -> _Kept:
    folder = loader.folder()
    before = _kept.get(folder)
    look, is_ours = _begin(folder)
    # While one reader's page reads the files, the others go on with what they have.
    if before is None or is_ours:
        look.ended.wait(_patience_s(look, has_figures=before is not None))
    return _add_slow_look(folder, _kept.get(folder))


def _patience_s(look: _Look, *, has_figures: bool) -> float:
    if _looks[look.folder][:1] not in ([], [look]):
        return _PATIENCE_AGAIN_S
    return max(0.0, (PATIENCE_S if has_figures else FIRST_PATIENCE_S) - look.lasted_s())


def _begin(folder: Path) -> tuple[_Look, bool]:
    """Return the look that is going on, or a new one, and whether it is new."""
    with _lock:
        looks = _looks.setdefault(folder, [])
        if looks and looks[-1].lasted_s() < _retry_after_s(len(looks)):
            return looks[-1], False
        _numbers[folder] = number = _numbers.get(folder, 0) + 1
        look = _Look(folder, number)
        looks.append(look)
    # One that hangs must not keep the server from ending.
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
    good: Data | None = None
    found: tuple[Fault, ...] = ()
    try:
        good = loader.load(folder)
    except Exception as error:
        # Whatever files hold, readers keep the figures they had, and no reader reads them again.
        found = (error if isinstance(error, DataError) else unforeseen(folder.name)).faults
    with _lock:
        before = _kept.get(folder)
        if before and (before.number > look.number or before.stamp == stamp):
            # This look was given up, and a later one has found what is newer, or the same.
            return
        shown = good or (before.good if before else None)
        _kept[folder] = _Kept(stamp, shown, found, look.number)
    if good:
        cache.forget()


def _add_slow_look(folder: Path, found: _Kept | None) -> _Kept:
    """Return what is known, with the look that takes too long as a fault."""
    with _lock:
        slow = next((look for look in _looks[folder] if look.lasted_s() >= PATIENCE_S), None)
        if slow is None and found is None:
            slow = next(iter(_looks[folder]), None)
        is_new = slow is not None and not slow.was_logged
        if slow:
            slow.was_logged = True
    if slow is None:
        return found or _Kept((), None, ())
    if is_new:
        _LOG.error("the figures take too long to read", extra={"since": f"{slow.began_at:%FT%TZ}"})
    return _Kept(
        found.stamp if found else (),
        found.good if found else None,
        (*(found.faults if found else ()), slow.fault()),
    )
