"""Visitors without a browser who press download buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.request import urlopen

from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from websockets.sync.client import ClientConnection

from deploy.visitors import connected, read_page
from streamlit_messages import TABLES, find_buttons, find_session, parse_message, request_file

# Seconds after which an answer hangs; Streamlit's page gives up after 180.
HANG_S = 120.0
BRIEFS = "Twelve briefs (ZIP of PDFs)"
BRIEF = "Brief of Hastings (PDF)"
# Where the button of a file is, by its label; that of others is on Data and sources.
_PAGES = {BRIEF: ("profile", "area=Hastings")}


@dataclass
class Visitor:
    """A visitor of a page: its download buttons by label, and what was answered to presses."""

    url: str
    socket: ClientConnection
    session: str
    buttons: dict[str, str]
    answers: dict[str, BackendOperationResponse] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def press(self, label: str) -> str:
        """Press a button, and return the press's id without waiting for its answer."""
        press = f"press-{next(self._numbers)}"
        message = request_file(press, self.session, self.buttons[label])
        self.socket.send(message.SerializeToString())
        return press

    def wait_for(self, press: str) -> BackendOperationResponse:
        """Return the answer to a press: where the file is, or why there is none."""
        while press not in self.answers:
            message = parse_message(self.socket.recv(timeout=HANG_S, decode=False))
            if message.WhichOneof("type") == "backend_operation_response":
                answer = message.backend_operation_response
                self.answers[answer.request_id] = answer
        return self.answers[press]

    def fetch(self, press: str) -> bytes:
        """Return the file that a press was answered with."""
        answer = self.wait_for(press)
        assert not answer.error_msg, answer.error_msg
        with urlopen(f"{self.url}{answer.deferred_file.url}", timeout=HANG_S) as file:  # noqa: S310
            return bytes(file.read())


@contextmanager
def visiting(url: str, page: str = "sources", query: str = "") -> Iterator[Visitor]:
    """Let a visitor open a page; they leave at the end."""
    with connected(url) as socket:
        # Until some visitor has been there, a page may run without the shell around it.
        session = find_session(read_page(socket))
        yield Visitor(url, socket, session, find_buttons(read_page(socket, page, query)))


@contextmanager
def looking_at(url: str, label: str) -> Iterator[Visitor]:
    """Let a visitor open the page that has a button: a table is taken where it is looked at."""
    page, query = _PAGES.get(label, ("sources", TABLES.get(label, "")))
    with visiting(url, page, query) as visitor:
        yield visitor
