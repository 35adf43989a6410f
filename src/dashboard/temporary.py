"""Temporary folders of a server, removed when it ends.

A server that is stopped by a signal may skip Python's exit handlers, so ``server.py`` calls
:func:`remove_folders` when it shuts down. Only a server that is killed leaves them behind.
"""

import atexit
import shutil
from pathlib import Path
from tempfile import mkdtemp

_folders: list[Path] = []


def make_folder(prefix: str) -> Path:
    """Create a folder for this process alone."""
    folder = Path(mkdtemp(prefix=prefix))
    _folders.append(folder)
    return folder


@atexit.register
def remove_folders() -> None:
    """Remove all temporary folders and their content."""
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)
