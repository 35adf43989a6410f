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
from websockets.typing import Subprotocol

# How many ask at once for the twelve briefs.
TOGETHER = 30
BRIEFS, TABLE = "Twelve briefs (ZIP of PDFs)", "outcomes.csv"
# What a crowd asks for, each as often as the others.
FILES = (TABLE, "areas.csv", "JSON", "GEOJSON", "XLSX", "ODS", BRIEFS)
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
        asked = BackMsg()
        request = asked.backend_operation_request
        request.request_id, request.session_id = f"file-{next(self._numbers)}", self.session
        request.deferred_file.file_id = self.buttons[label]
        await self.socket.send(asked.SerializeToString())
        answer = await self._answer(request.request_id)
        if not answer.error_msg:
            address = f"{self.url}{answer.deferred_file.url}"
            await asyncio.to_thread(_fetch, address)
        return time.monotonic() - began, answer.error_msg

    async def _answer(self, request_id: str) -> BackendOperationResponse:
        while True:
            message = await _receive(self.socket)
            answer = message.backend_operation_response
            if answer.request_id == request_id:
                return answer

    async def read(self, page: str) -> float:
        """Go to a page, and return the seconds until it is drawn."""
        began = time.monotonic()
        _, self.buttons = await _open(self.socket, page)
        return time.monotonic() - began


def _fetch(address: str) -> bytes:
    with urlopen(address, timeout=_HANG_S) as file:  # noqa: S310 - of the server that is measured
        return bytes(file.read())


async def _receive(socket: ClientConnection) -> ForwardMsg:
    content = await asyncio.wait_for(socket.recv(decode=False), _HANG_S)
    message: ForwardMsg = ForwardMsg.FromString(content)
    return message


async def _open(socket: ClientConnection, page: str, query: str = "") -> tuple[str, dict[str, str]]:
    """Ask for a page; return the session and the page's download buttons once it is drawn."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    await socket.send(asked.SerializeToString())
    session, buttons = "", {}
    while True:
        message = await _receive(socket)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            session = message.new_session.initialize.session_id
        if kind == "delta":
            button = message.delta.new_element.download_button
            if button.label:
                buttons[button.label] = button.deferred_file_id
        if (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        ):
            return session, buttons


@asynccontextmanager
async def reading(url: str, query: str = "") -> AsyncIterator[Reader]:
    """Yield a reader who has opened the page of downloads, with filters that a query names."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=60
    ) as socket:
        # Until somebody has been there, a page may run without the shell around it.
        session, _ = await _open(socket, "", query)
        _, buttons = await _open(socket, _PAGE, query)
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
        async with reading(url) as reader:
            await ready.wait()
            note(result, result.documents, await reader.take(BRIEFS))

    async def watch() -> None:
        async with reading(url) as reader:
            await ready.wait()
            while not served.is_set():
                note(result, result.tables, await reader.take(TABLE))
                result.pages.append(await reader.read("funding"))
                await reader.read(_PAGE)

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
        async with reading(url, query) as reader:
            note(result, kept, await reader.take(label))
    except Exception as error:
        result.errors.append(repr(error))
