"""Reads the files of a package as text and as JSON, or reports why they cannot be read."""

import errno
import json
import math
import os
import stat
from pathlib import Path
from typing import Any

from dashboard.data.validation.issues import ValidationIssue

# Our largest file has 0.3 MB. Reading a file for minutes would delay all others.
MAX_FILE_BYTES = 20_000_000
_MEGABYTE = 1_000_000

_BOM = "\ufeff"
_EXCERPT_BYTES = 30
# Reading one of these may never end.
_SPECIAL_FILES = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_json(path: Path) -> tuple[Any, list[ValidationIssue]]:
    """Read a JSON file, or return None and the one issue that keeps it from being read."""
    content, issues = read_text(path)
    if issues:
        return None, issues
    try:
        content = json.loads(content, parse_float=_parse_finite, parse_constant=_parse_finite)
        json.dumps(content, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        rule = f"is not JSON from character {error.colno} on ({error.msg})"
        return None, [ValidationIssue(path.name, error.lineno, None, rule)]
    except RecursionError:
        return None, [
            ValidationIssue(path.name, None, None, "is not JSON that can be read (too deep)")
        ]
    except UnicodeEncodeError:
        return None, [
            ValidationIssue(path.name, None, None, "holds half a character (\\ud800 to \\udfff)")
        ]
    except ValueError:
        rule = "holds NaN, Infinity or a number that is too long to be read"
        return None, [ValidationIssue(path.name, None, None, rule)]
    return content, []


def _parse_finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise ValueError(literal)
    return number


def find_obstacle(path: Path) -> ValidationIssue | None:
    """Find why a file must not be read: it is not a regular file of its folder, or too large."""
    try:
        status = path.stat()
        is_inside = path.resolve().is_relative_to(path.parent.resolve())
    except RuntimeError:
        return ValidationIssue(path.name, None, None, "is a link that leads to itself")
    except OSError as error:
        return _build_read_issue(path, error)
    kind = stat.S_IFMT(status.st_mode)
    if kind in _SPECIAL_FILES:
        return ValidationIssue(path.name, None, None, f"is {_SPECIAL_FILES[kind]} and not a file")
    if not is_inside:
        rule = "is a link that leads out of the folder: put the file itself there"
        return ValidationIssue(path.name, None, None, rule)
    return _build_size_issue(path) if status.st_size > MAX_FILE_BYTES else None


def read_bytes(path: Path) -> bytes:
    """Read a file, up to one byte more than the maximum.

    Raises:
        OSError: it cannot be read, or is no longer a regular file.
    """
    # Without O_NONBLOCK, opening a file that has been replaced by a pipe could wait for ever.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Not a file")
        return file.read(MAX_FILE_BYTES + 1)


def _build_size_issue(path: Path) -> ValidationIssue:
    rule = f"is larger than {MAX_FILE_BYTES // _MEGABYTE} MB, the most that is read of a file"
    return ValidationIssue(path.name, None, None, rule)


def _build_read_issue(path: Path, error: OSError) -> ValidationIssue:
    if isinstance(error, FileNotFoundError):
        return ValidationIssue(path.name, None, None, "is a missing file")
    return ValidationIssue(path.name, None, None, f"cannot be read ({error.strerror})")


def read_text(path: Path) -> tuple[str, list[ValidationIssue]]:
    """Read a file's text, with an issue if it is not valid UTF-8 text without a BOM or NUL."""
    if obstacle := find_obstacle(path):
        return "", [obstacle]
    try:
        raw = read_bytes(path)
    except OSError as error:
        return "", [_build_read_issue(path, error)]
    if len(raw) > MAX_FILE_BYTES:
        return "", [_build_size_issue(path)]
    if not raw.strip():
        return "", [ValidationIssue(path.name, None, None, "is an empty file")]
    try:
        content = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before, after = raw[: error.start], raw[error.start :]
        near = before.rsplit(b"\n")[-1][-_EXCERPT_BYTES:] + after.split(b"\n")[0][:_EXCERPT_BYTES]
        row = before.count(b"\n") + 1
        return "", [
            ValidationIssue(path.name, row, None, "is not UTF-8 text", near.decode("latin-1"))
        ]
    issues = []
    if "\0" in content:
        row = content[: content.index("\0")].count("\n") + 1
        issues = [ValidationIssue(path.name, row, None, "is not text: it holds a NUL character")]
    elif content.startswith(_BOM):
        rule = "starts with a byte order mark: save it as UTF-8 without one"
        issues = [ValidationIssue(path.name, 1, None, rule)]
    return content, issues
