"""Answers that go out at once.

Streamlit 1.67 opens its port by a socket that does not name TCP as its protocol, and Python turns
off Nagle's algorithm only for those that do. With it on, what a page's run sends waits until the
browser has acknowledged what came before, which it may put off for 40 ms. uvicorn's issue 3149 is
the same fault in uvicorn.
"""

import os
import socket
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

# Where Linux lists what a process has open; elsewhere answers wait, as they do without this.
_OPEN = Path("/proc/self/fd")


@cache
def send_at_once() -> None:
    """Turn Nagle's algorithm off for the port, which connections to come inherit from, and for
    the connections there are: once a process."""
    for entry in list(_OPEN.iterdir()) if _OPEN.is_dir() else []:
        with suppress(OSError):
            number = int(entry.name)
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as one:
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
