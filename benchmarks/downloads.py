"""Visitors without browsers who ask for files: thirty at once for one, and a share of a crowd."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse, ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from streamlit_messages import (
    FORMS,
    SUBPROTOCOLS,
    TABLES,
    build_stream_url,
    find_buttons,
    find_session,
    is_last,
    parse_message,
    request_file,
    request_page,
)

# How many ask at once for the twelve briefs.
TOGETHER = 30
BRIEFS, TABLE = "Twelve briefs (ZIP of PDFs)", "outcomes.csv"
# What a crowd asks for, each as often as the others.
FILES = (TABLE, "areas.csv", *(FORMS[one] for one in ("json", "geojson", "xlsx", "ods")), BRIEFS)
_HANG_S = 180
_PAGE = "sources"


@dataclass
class Result:
    """Seconds to each document, table and page, refusals with a sentence, and errors."""

    documents: list[float] = field(default_factory=list)
    tables: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    refused: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass
class Reader:
    """A reader of the page of downloads: its buttons by label."""

    url: str
    socket: ClientConnection
    session: str
    buttons: dict[str, str]
    _numbers: Iterator[int] = field(default_factory=count)

    async def take(self, label: str) -> tuple[float, str]:
        """Press a button and fetch the file; return the seconds, and the refusal if any."""
        began = time.monotonic()
        request_id = f"file-{next(self._numbers)}"
        message = request_file(request_id, self.session, self.buttons[label])
        await self.socket.send(message.SerializeToString())
        answer = await self._answer(request_id)
        if not answer.error_msg:
            address = f"{self.url}{answer.deferred_file.url}"
            await asyncio.to_thread(_fetch, address)
        return time.monotonic() - began, answer.error_msg

    async def _answer(self, request_id: str) -> BackendOperationResponse:
        while True:
            message = await receive(self.socket)
            answer = message.backend_operation_response
            if answer.request_id == request_id:
                return answer

    async def read(self, page: str, query: str = "") -> float:
        """Go to a page, and return the seconds until it is drawn."""
        began = time.monotonic()
        self.buttons = find_buttons(await read_page(self.socket, request_page(page, query)))
        return time.monotonic() - began


def _fetch(address: str) -> bytes:
    with urlopen(address, timeout=_HANG_S) as file:  # noqa: S310 - of the server that is measured
        return bytes(file.read())


async def receive(socket: ClientConnection) -> ForwardMsg:
    """Return the next message of the server's."""
    return parse_message(await asyncio.wait_for(socket.recv(decode=False), _HANG_S))


async def read_page(socket: ClientConnection, request: BackMsg) -> list[ForwardMsg]:
    """Ask for a page and return all messages that draw it."""
    await socket.send(request.SerializeToString())
    messages: list[ForwardMsg] = []
    while not messages or not is_last(messages[-1]):
        messages.append(await receive(socket))
        element = messages[-1].delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(element.exception.message)
    return messages


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[ClientConnection]:
    """Open the connection over which a page is drawn."""
    async with connect(
        build_stream_url(url), subprotocols=SUBPROTOCOLS, max_size=None, open_timeout=60
    ) as socket:
        yield socket


@asynccontextmanager
async def reading(url: str, label: str, query: str = "") -> AsyncIterator[Reader]:
    """Yield a reader who has opened the page that has a button, with filters of a query."""
    async with connected(url) as socket:
        # Until somebody has been there, a page may run without the shell around it.
        session = find_session(await read_page(socket, request_page("", query)))
        own = "&".join(filter(None, [query, TABLES.get(label, "")]))
        buttons = find_buttons(await read_page(socket, request_page(_PAGE, own)))
        yield Reader(url, socket, session, buttons)


def run(url: str, together: int = TOGETHER) -> Result:
    """Let many ask at once for the twelve briefs, and one for a table and pages meanwhile."""
    result = Result()
    asyncio.run(_at_once(url, together, result))
    return result


async def _at_once(url: str, together: int, result: Result) -> None:
    ready = asyncio.Barrier(together + 1)
    served = asyncio.Event()

    async def ask() -> None:
        async with reading(url, BRIEFS) as reader:
            await ready.wait()
            note(result, result.documents, await reader.take(BRIEFS))

    async def watch() -> None:
        async with reading(url, TABLE) as reader:
            await ready.wait()
            while not served.is_set():
                note(result, result.tables, await reader.take(TABLE))
                result.pages.append(await reader.read("funding"))
                await reader.read(_PAGE, TABLES[TABLE])

    async def serve() -> None:
        await asyncio.gather(*(ask() for _ in range(together)))
        served.set()

    await asyncio.gather(serve(), watch())


def note(result: Result, seconds: list[float], taken: tuple[float, str]) -> None:
    """Add what a file took, or count its refusal."""
    if taken[1]:
        result.refused += 1
    else:
        seconds.append(taken[0])


async def take(url: str, label: str, query: str, result: Result) -> None:
    """Let a visitor of a crowd take one file, in a session of its own."""
    kept = result.tables if label.endswith(".csv") else result.documents
    try:
        async with reading(url, label, query) as reader:
            note(result, kept, await reader.take(label))
    except Exception as error:
        result.errors.append(repr(error))
