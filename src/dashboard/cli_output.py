"""Where the command line writes: a file, whole or not at all, or whatever else a path leads to."""

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

STANDARD_OUTPUT = "-"

_MOST_LINKS = 40
_STDOUT, _STDERR = 1, 2
_NEW_FILE = 0o666


def write_to(content: bytes, to: str) -> None:
    """Write to a path as a shell's ``>`` would: links, pipes and devices stay what they are.

    A file is put in its place once it is whole; until then what was there stays. A file with
    several names, a pipe or a device is written into. ``-`` is standard output.

    Raises:
        OSError: it cannot be written.
    """
    number = _find_descriptor(to)
    if number is not None:
        _write_into_descriptor(content, number)
        return
    path = Path(to)
    if to.endswith(os.sep) or path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder, so name a file in it", to)
    if _is_written_into(path):
        with path.open("wb") as file:
            file.write(content)
    else:
        # What a link leads to is replaced, and not the link.
        _replace(content, path.resolve())


def is_standard_output(to: str) -> bool:
    """Tell whether a path is standard output, by that name or by another of the same file."""
    if _find_descriptor(to) == _STDOUT:
        return True
    try:
        return os.path.samestat(Path(to).stat(), os.fstat(_STDOUT))
    except (OSError, ValueError):
        return False


def _find_descriptor(to: str) -> int | None:
    """Return which of this process's own open files a path names: 1 for ``/dev/stdout``.

    To open such a path anew would begin its file again from the start.
    """
    if to == STANDARD_OUTPUT:
        return _STDOUT
    path = Path(to)
    for _ in range(_MOST_LINKS):
        folder = Path(os.path.realpath(path.parent))
        if folder == Path(f"/proc/{os.getpid()}/fd") and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = folder / path.readlink()
    return None


def _write_into_descriptor(content: bytes, number: int) -> None:
    if {_STDOUT: sys.stdout, _STDERR: sys.stderr}.get(number, "open") is None:
        # Its number may be another file's by now.
        raise OSError(errno.EBADF, "it is closed")
    for own in (sys.stdout, sys.stderr):
        if own is not None:
            own.flush()
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(content)


def _is_written_into(path: Path) -> bool:
    """Tell whether a path must not be replaced: no plain file, or a file with other names too.

    Raises:
        OSError: its links lead round in a circle, or it may not be looked at or written.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return not stat.S_ISREG(found.st_mode) or found.st_nlink > 1


def _replace(content: bytes, path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _NEW_FILE & ~_read_umask()
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(mode)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def _read_umask() -> int:
    # It can only be read by setting it.
    own = os.umask(0o077)
    os.umask(own)
    return own
