"""The data that readers are shown: loaded once, and again when a file has changed.

Files that change while the program runs may be invalid or missing. Then the last valid data stay,
and the issues are logged and returned by :func:`list_issues`. While there are none, the files are
looked at twice a second at most.

A disk may never answer: a network folder whose server is gone. So files are read in a thread of
their own, and readers wait for it no longer than a timeout. A read that takes longer counts as an
issue until it ends, and further reads are started after it.
"""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from dashboard import cache
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.issues import DataError, ValidationIssue, build_unforeseen_error

_LOG = logging.getLogger(__name__)
# How long a reader waits: if there are data to show; if not; and while an earlier read hangs.
# Reading takes two seconds, or ten on a busy machine.
READ_TIMEOUT_S = 15.0
FIRST_READ_TIMEOUT_S = 45.0
_TIMEOUT_WHILE_HANGING_S = 5.0
# After so long another read is started, and after twice as long each next one: each that hangs
# keeps a thread until its disk answers, so there must be few.
RETRY_AFTER_S = 60.0
_MAX_RETRY_AFTER_S = 3600.0
# So long what a read found, if no issue, holds: a page asks more than once, and a crowd always.
LOOK_LASTS_S = 0.5

_FileStats = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Snapshot:
    """The result of a read: the files' stamp, the last valid data, and the files' issues."""

    stamp: _FileStats
    data: Data | None
    issues: tuple[ValidationIssue, ...]
    # The number of the read that made it.
    number: int = 0


class _FolderRead:
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

    def fault(self) -> ValidationIssue:
        """Describe as an issue that it has not ended."""
        rule = (
            f"has been read since {self.started_at:%H:%M:%S} UTC and has not ended: the disk or "
            "network folder that holds the files may not answer"
        )
        return ValidationIssue(self.folder.name, None, None, rule)


_snapshots: dict[Path, _Snapshot] = {}
# The reads that have not ended, the newest last, and how many were started.
_reads_by_folder: dict[Path, list[_FolderRead]] = {}
_read_counts: dict[Path, int] = {}
# When the newest began of the reads of a folder that have ended.
_last_began: dict[Path, float] = {}
_lock = Lock()


def current() -> Data:
    """Return the data of :func:`dashboard.data.loader.get_folder`, or the last valid ones.

    Raises:
        DataError: the package has issues, and was never valid before; or it cannot be read
            within the timeout.
    """
    kept = _refresh()
    if kept.data is None:
        raise DataError(kept.issues)
    return kept.data


def list_issues() -> tuple[ValidationIssue, ...]:
    """List the issues of the files as they last were, even if older data are shown."""
    return _refresh().issues


def _refresh() -> _Snapshot:
    """Read the folder if its files have changed, and return what is known by the timeout."""
    folder = loader.get_folder()
    before = _snapshots.get(folder)
    if before and not before.issues and monotonic() < _last_began.get(folder, -inf) + LOOK_LASTS_S:
        return _add_slow_read(folder, before)
    look, is_new = _start_read(folder)
    # Readers with data to show do not wait for a read that another reader started.
    if before is None or is_new:
        look.ended.wait(_compute_timeout_s(look, has_data=before is not None))
    return _add_slow_read(folder, _snapshots.get(folder))


def _compute_timeout_s(look: _FolderRead, *, has_data: bool) -> float:
    if _reads_by_folder[look.folder][:1] not in ([], [look]):
        return _TIMEOUT_WHILE_HANGING_S
    return max(0.0, (READ_TIMEOUT_S if has_data else FIRST_READ_TIMEOUT_S) - look.elapsed_s)


def _start_read(folder: Path) -> tuple[_FolderRead, bool]:
    """Return the read under way, or start a new one, and tell whether it is new."""
    with _lock:
        looks = _reads_by_folder.setdefault(folder, [])
        if looks and looks[-1].elapsed_s < _compute_retry_after_s(len(looks)):
            return looks[-1], False
        _read_counts[folder] = number = _read_counts.get(folder, 0) + 1
        look = _FolderRead(folder, number)
        looks.append(look)
    # A daemon, so that a read that hangs does not keep the server from ending.
    Thread(target=_run_read, args=(look,), name="figures", daemon=True).start()
    return look, True


def _compute_retry_after_s(hanging: int) -> float:
    return float(min(RETRY_AFTER_S * 2 ** (hanging - 1), _MAX_RETRY_AFTER_S))


def _run_read(look: _FolderRead) -> None:
    try:
        _read_folder(look, loader.list_file_stats(look.folder))
    finally:
        with _lock:
            _reads_by_folder[look.folder].remove(look)
            _last_began[look.folder] = max(look.started, _last_began.get(look.folder, 0.0))
        look.ended.set()


def _read_folder(look: _FolderRead, stamp: _FileStats) -> None:
    folder = look.folder
    before = _snapshots.get(folder)
    if before and before.stamp == stamp:
        return
    data: Data | None = None
    issues: tuple[ValidationIssue, ...] = ()
    try:
        data = loader.load(folder)
    except Exception as error:
        # Any error is kept as an issue, so that the last valid data stay and the same files are
        # not read again.
        issues = (
            error if isinstance(error, DataError) else build_unforeseen_error(folder.name)
        ).issues
    with _lock:
        before = _snapshots.get(folder)
        if before and (before.number > look.number or before.stamp == stamp):
            # A later read ended first, with newer data or the same.
            return
        _snapshots[folder] = _Snapshot(
            stamp, data or (before.data if before else None), issues, look.number
        )
    if data:
        cache.clear_all()


def _add_slow_read(folder: Path, kept: _Snapshot | None) -> _Snapshot:
    """Return what is known, with a read that takes too long as an issue."""
    with _lock:
        slow = next(
            (look for look in _reads_by_folder[folder] if look.elapsed_s >= READ_TIMEOUT_S), None
        )
        if slow is None and kept is None:
            slow = next(iter(_reads_by_folder[folder]), None)
        is_new = slow is not None and not slow.was_logged
        if slow:
            slow.was_logged = True
    kept = kept or _Snapshot((), None, ())
    if slow is None:
        return kept
    if is_new:
        since = f"{slow.started_at:%FT%TZ}"
        _LOG.error("the figures take too long to read", extra={"since": since})
    return replace(kept, issues=(*kept.issues, slow.fault()))
