"""The figures that are served: read once, and again only when a file has changed."""

from functools import lru_cache
from pathlib import Path

from dashboard import data
from dashboard.data import Data
from dashboard.faults import DataError
from dashboard.service.problems import Problem

_Stamp = tuple[tuple[str, int, int], ...]


def current() -> Data:
    """Return the figures of the folder to read.

    Raises:
        Problem: 503, the folder has faults.
    """
    folder = data.folder()
    try:
        return _load(folder, data.fingerprint(folder))
    except DataError as error:
        faults = f"{len(error.faults)} {'fault' if len(error.faults) == 1 else 'faults'}"
        raise Problem(503, f"The files that hold the figures have {faults}.") from error


@lru_cache(maxsize=2)
def _load(folder: Path, stamp: _Stamp) -> Data:  # noqa: ARG001 - part of the key
    return data.load(folder)
