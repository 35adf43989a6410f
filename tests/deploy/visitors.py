"""Visitors without a browser, who keep asking: pages over a websocket, figures over HTTP."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import urlopen

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from browser.serve import PATIENCE
from streamlit_messages import (
    SUBPROTOCOLS,
    build_stream_url,
    is_last,
    parse_message,
    request_page,
)

_SESSIONS = re.compile(r"^active_sessions (\d+)$", re.MULTILINE)
_SCRIPT = re.compile(r'src="\./(static/js/index\.[^"]+\.js)"')
# Seconds between two questions of the same visitor.
_PAUSE = 0.1


@contextmanager
def connected(url: str) -> Iterator[ClientConnection]:
    """Open the connection over which a page is drawn."""
    with connect(build_stream_url(url), subprotocols=SUBPROTOCOLS, max_size=None) as own:
        yield own


def read_page(own: ClientConnection, page: str = "", query: str = "") -> list[ForwardMsg]:
    """Ask for a page and return all messages that draw it."""
    own.send(request_page(page, query).SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or not is_last(messages[-1]):
        messages.append(parse_message(own.recv(timeout=PATIENCE, decode=False)))
    return messages


@dataclass
class Crowd:
    """Counts what visitors got, and what they did not."""

    pages: int = 0
    answers: int = 0
    cut_off: int = 0
    failures: list[str] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def more(self, pages: int, answers: int) -> bool:
        """Wait until so many more have come, and tell whether they have."""
        with self._news:
            wanted = (self.pages + pages, self.answers + answers)
            return self._news.wait_for(
                lambda: self.pages >= wanted[0] and self.answers >= wanted[1], PATIENCE
            )

    def got(self, kind: str) -> None:
        """Count one more page, answer or cut."""
        with self._news:
            setattr(self, kind, getattr(self, kind) + 1)
            self._news.notify_all()


@contextmanager
def visiting(url: str, *, pages: int, answers: int) -> Iterator[Crowd]:
    """Let so many visitors read pages, and so many programs figures, until the end."""
    crowd, stop = Crowd(), threading.Event()
    calls = [_reader] * pages + [_program] * answers
    threads = [threading.Thread(target=call, args=(url, crowd, stop)) for call in calls]
    for one in threads:
        one.start()
    try:
        yield crowd
    finally:
        stop.set()
        for one in threads:
            one.join(PATIENCE)


def _reader(url: str, crowd: Crowd, stop: threading.Event) -> None:
    """Read a page over and over; come back when cut off, as a browser does."""
    while not stop.is_set():
        try:
            with connected(url) as own:
                while not stop.is_set():
                    read_page(own, "funding", "cohort=New+six")
                    crowd.got("pages")
                    stop.wait(_PAUSE)
        except ConnectionClosed:
            crowd.got("cut_off")
        except Exception as error:
            crowd.failures.append(f"page: {error!r}")


def _program(url: str, crowd: Crowd, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with urlopen(f"{url}/api/v1/areas?cohort=New+six", timeout=PATIENCE) as answer:  # noqa: S310
                answer.read()
            crowd.got("answers")
        except Exception as error:
            crowd.failures.append(f"answer: {error!r}")
        stop.wait(_PAUSE)


def script(url: str) -> str:
    """Return the path of the page's script, the largest file that a visitor asks for."""
    with urlopen(f"{url}/", timeout=PATIENCE) as answer:  # noqa: S310 - our own server
        match = _SCRIPT.search(answer.read().decode())
    assert match
    return f"/{match[1]}"


def sessions(url: str) -> int:
    """Return how many visitors a server has."""
    with urlopen(f"{url}/_stcore/metrics", timeout=PATIENCE) as answer:  # noqa: S310 - our own server
        match = _SESSIONS.search(answer.read().decode())
    assert match
    return int(match[1])


@contextmanager
def slow_clients(url: str, path: str, count: int) -> Iterator[list[socket.socket]]:
    """Let clients ask for a file and take a few bytes of it, and others not finish asking.

    Those who have asked are yielded.
    """
    where = urlsplit(url)
    asked = f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n"
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for number, one in enumerate(sockets):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            one.settimeout(PATIENCE)
            one.connect((where.hostname or "", where.port or 0))
            one.sendall((asked + ("\r\n" if number % 2 else "")).encode())
        yield [one for number, one in enumerate(sockets) if number % 2]
