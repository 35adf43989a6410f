"""Turns off Nagle's algorithm, which delays answers by up to 40 ms.

Streamlit 1.67 opens its port without naming TCP as the protocol, and asyncio turns the algorithm
off only for sockets that name it. With it on, data waits until the browser has acknowledged the
data before. uvicorn's issue 3149 is the same fault. Remove this module once Streamlit names TCP.
"""

import os
import socket
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

# Linux lists the open files of a process here; on other systems nothing is changed.
_OPEN_FILES = Path("/proc/self/fd")


@cache
def set_tcp_nodelay() -> None:
    """Set TCP_NODELAY, once a process, on the port, which new connections inherit it from, and on
    the connections that are open."""
    for entry in list(_OPEN_FILES.iterdir()) if _OPEN_FILES.is_dir() else []:
        with suppress(OSError):
            number = int(entry.name)
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as connection:
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
