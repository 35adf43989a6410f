"""What is sent goes out at once, on connections there are and on those to come."""

import os
import socket
import sys
from pathlib import Path

import pytest

from dashboard.ui import tcp_nodelay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere answers wait")


def test_no_connection_holds_back_what_is_small() -> None:
    with socket.socket() as port, socket.socket() as early, socket.socket() as late:
        port.bind(("127.0.0.1", 0))
        port.listen()
        early.connect(port.getsockname())
        there, _ = port.accept()
        assert not _at_once(there)
        tcp_nodelay.set_tcp_nodelay.__wrapped__()
        late.connect(port.getsockname())
        to_come, _ = port.accept()
        with there, to_come:
            assert _at_once(there)
            assert _at_once(to_come)


def test_what_is_no_connection_is_left_alone() -> None:
    """Neither a file nor a connection within the machine; and nothing more is open afterwards."""
    with socket.socket(socket.AF_UNIX) as own, open(os.devnull) as file:  # noqa: PTH123
        before = len(list(Path("/proc/self/fd").iterdir()))
        tcp_nodelay.set_tcp_nodelay.__wrapped__()
        assert len(list(Path("/proc/self/fd").iterdir())) == before
        assert own.fileno() >= 0
        assert file.read() == ""


def _at_once(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
