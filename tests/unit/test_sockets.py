"""What is sent goes out at once, on connections there are and on those to come."""

import socket
import sys

import pytest

from dashboard.ui import sockets

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere answers wait")


def test_no_connection_holds_back_what_is_small() -> None:
    with socket.socket() as port, socket.socket() as early, socket.socket() as late:
        port.bind(("127.0.0.1", 0))
        port.listen()
        early.connect(port.getsockname())
        there, _ = port.accept()
        assert not _at_once(there)
        sockets.send_at_once.__wrapped__()
        late.connect(port.getsockname())
        to_come, _ = port.accept()
        with there, to_come:
            assert _at_once(there)
            assert _at_once(to_come)


def _at_once(one: socket.socket) -> bool:
    return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
