"""Writes the command line's output: a file, completely or not at all, a pipe or a device."""

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

    A file is replaced once the new one is complete. A file with several hard links, a pipe or a
    device is written into. ``-`` is standard output.

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
        # Resolved, so that the target of a link is replaced and not the link.
        _replace(content, path.resolve())


def is_standard_output(to: str) -> bool:
    """Tell whether a path is standard output, by ``-`` or by another name of the same file."""
    if _find_descriptor(to) == _STDOUT:
        return True
    try:
        return os.path.samestat(Path(to).stat(), os.fstat(_STDOUT))
    except (OSError, ValueError):
        return False


def _find_descriptor(to: str) -> int | None:
    """Find which of this process's file descriptors a path names: 1 for ``/dev/stdout``.

    Opening such a path again would write from the start of its file.
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
        # Another file may have its number by now.
        raise OSError(errno.EBADF, "it is closed")
    for own in (sys.stdout, sys.stderr):
        if own is not None:
            own.flush()
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(content)


def _is_written_into(path: Path) -> bool:
    """Tell whether a path must not be replaced: no regular file, or one with other hard links.

    Raises:
        OSError: its links form a circle, or it may not be read or written.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return not stat.S_ISREG(status.st_mode) or status.st_nlink > 1


def _replace(content: bytes, path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _NEW_FILE & ~_read_umask()
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _read_umask() -> int:
    # It can only be read by setting it.
    umask = os.umask(0o077)
    os.umask(umask)
    return umask
