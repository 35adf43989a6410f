"""A proxy between a reader and the server that lets ordinary requests by, and websockets or not."""

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import urlsplit

from browser.serve import HOST

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXTS = {"400": "Bad Request", "403": "Forbidden", "502": "Bad Gateway"}
# What a proxy does with a request for a websocket: refuses it with a status of its own, never
# answers it, answers in the server's place and passes nothing on, cuts what it has accepted.
REFUSES = tuple(_TEXTS)
SWALLOWS = ("unanswered", "empty")
DROPS = "dropped"
KINDS = (*REFUSES, *SWALLOWS, DROPS)


@dataclass
class Proxy:
    """Where the proxy stands, and what it does; ``kind`` None lets websockets by.

    ``delay`` is how many seconds it takes over a websocket that it lets by.
    """

    url: str
    kind: str | None = None
    delay: float = 0
    met: list[str | None] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def proxying(server: str, kind: str | None = None, *, delay: float = 0) -> Iterator[Proxy]:
    """Stand in front of a server until the end."""
    parts = urlsplit(server)
    with socket.create_server((HOST, 0)) as door:
        proxy = Proxy(f"http://{HOST}:{door.getsockname()[1]}{parts.path}", kind, delay)
        home = (parts.hostname or HOST, parts.port or 80)
        threading.Thread(target=_admit, args=(door, proxy, home), daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.ended.set()


def _admit(door: socket.socket, proxy: Proxy, home: tuple[str, int]) -> None:
    while not proxy.ended.is_set():
        try:
            reader, _ = door.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(reader, proxy, home), daemon=True).start()


def _serve(reader: socket.socket, proxy: Proxy, home: tuple[str, int]) -> None:
    with reader, suppress(OSError):
        head = _head(reader)
        wanted = _headers(head)
        if wanted.get("upgrade", "").lower() == "websocket":
            proxy.met.append(proxy.kind)
            if proxy.kind is not None:
                _block(reader, proxy, wanted.get("sec-websocket-key", ""))
                return
            proxy.ended.wait(proxy.delay)
        elif head:
            # A request each: a connection that is kept could ask for a websocket later.
            head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1).replace(
                b"\r\nConnection: keep-alive\r\n", b"\r\n", 1
            )
        with socket.create_connection(home) as server:
            _join(reader, server, head)


def _head(reader: socket.socket) -> bytes:
    """Return a request up to the end of its headers, or all that came."""
    came = b""
    while b"\r\n\r\n" not in came and (more := reader.recv(65_536)):
        came += more
    return came


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if line)
    return {name.lower(): value.strip() for name, _, value in pairs}


def _block(reader: socket.socket, proxy: Proxy, key: str) -> None:
    kind = proxy.kind
    if kind in _TEXTS:
        said = f"HTTP/1.1 {kind} {_TEXTS[kind]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        reader.sendall(said.encode())
        return
    if kind in ("empty", DROPS):
        accepted = b64encode(sha1(f"{key}{_MAGIC}".encode()).digest()).decode()  # noqa: S324 - RFC 6455
        lines = (
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accepted}",
            "Sec-WebSocket-Protocol: streamlit",
        )
        reader.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    if kind != DROPS:
        proxy.ended.wait()


def _join(reader: socket.socket, server: socket.socket, head: bytes) -> None:
    server.sendall(head)
    back = threading.Thread(target=_pass, args=(server, reader), daemon=True)
    back.start()
    _pass(reader, server)
    back.join()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while came := source.recv(65_536):
            target.sendall(came)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
