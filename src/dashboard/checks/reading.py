"""Reads the files of a package as text and as JSON, or says what keeps them from being read."""

import json
import math
from pathlib import Path
from typing import Any

from dashboard.faults import Fault

_BOM = "\ufeff"
_AROUND = 30


def json_of(path: Path) -> tuple[Any, list[Fault]]:
    """Return what a JSON file holds, or None and the one fault that keeps it from being read."""
    written, faults = text(path)
    if faults:
        return None, faults
    try:
        content = json.loads(written, parse_float=_finite, parse_constant=_finite)
        json.dumps(content, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        rule = f"is not JSON from character {error.colno} on ({error.msg})"
        return None, [Fault(path.name, error.lineno, None, rule)]
    except RecursionError:
        return None, [Fault(path.name, None, None, "is not JSON that can be read (too deep)")]
    except UnicodeEncodeError:
        return None, [Fault(path.name, None, None, "holds half a character (\\ud800 to \\udfff)")]
    except ValueError:
        rule = "holds NaN, Infinity or a number that is too long to be read"
        return None, [Fault(path.name, None, None, rule)]
    return content, []


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def text(path: Path) -> tuple[str, list[Fault]]:
    """Return a file's text, or the one fault that keeps it from being read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [Fault(path.name, None, None, "is a missing file")]
    except OSError as error:
        return "", [Fault(path.name, None, None, f"cannot be read ({error.strerror})")]
    if not raw.strip():
        return "", [Fault(path.name, None, None, "is an empty file")]
    try:
        written = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before, after = raw[: error.start], raw[error.start :]
        near = before.rsplit(b"\n")[-1][-_AROUND:] + after.split(b"\n")[0][:_AROUND]
        row = before.count(b"\n") + 1
        return "", [Fault(path.name, row, None, "is not UTF-8 text", near.decode("latin-1"))]
    faults = []
    if "\0" in written:
        row = written[: written.index("\0")].count("\n") + 1
        faults = [Fault(path.name, row, None, "is not text: it holds a NUL character")]
    elif written.startswith(_BOM):
        rule = "starts with a byte order mark: save it as UTF-8 without one"
        faults = [Fault(path.name, 1, None, rule)]
    return written, faults
