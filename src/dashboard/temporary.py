"""Folders for what a server writes while it runs; they go when it ends.

A server that is told to stop by a signal may end without what Python does at exit: ``server.py``
removes them when it shuts down. Only a server that is killed leaves them.
"""

import atexit
import shutil
from pathlib import Path
from tempfile import mkdtemp

_folders: list[Path] = []


def make_folder(prefix: str) -> Path:
    """Return a new folder of this process alone."""
    folder = Path(mkdtemp(prefix=prefix))
    _folders.append(folder)
    return folder


@atexit.register
def remove_folders() -> None:
    """Remove all of them, with what is in them."""
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)
