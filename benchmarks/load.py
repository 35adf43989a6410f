"""Many visitors at once, without browsers: each chooses a cohort every few seconds."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.visits import cpu
from browser.serve import Server

_COHORTS = ("Original six", "New six", "All twelve")


@dataclass
class Result:
    """What came of it: seconds each answer took, errors, megabytes and CPU of the server."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    cores: float = 0.0


def run(server: Server, visitors: int, seconds: float, every: float) -> Result:
    """Let so many visitors choose for so long, each every few seconds; return what came of it."""
    result = Result()
    asyncio.run(_crowd(server, visitors, seconds, every, result))
    return result


async def _crowd(
    server: Server, visitors: int, seconds: float, every: float, result: Result
) -> None:
    # Somebody has been there since the server was started.
    await _visitor(server.url, 0, time.monotonic(), every, result)
    result.memory.append(server.memory())
    began, spent = time.monotonic(), cpu(server)
    end = began + seconds
    async with asyncio.TaskGroup() as all_:
        for number in range(visitors):
            late = every * number / visitors
            all_.create_task(_visitor(server.url, late, end, every, result))
        while time.monotonic() < end:
            await asyncio.sleep(1)
            result.memory.append(server.memory())
    result.cores = (cpu(server) - spent) / (time.monotonic() - began)


async def _visitor(url: str, late: float, end: float, every: float, result: Result) -> None:
    choices = random.Random(late)  # noqa: S311 - the same visitors each time
    await asyncio.sleep(late)
    try:
        address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        async with connect(
            address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=60
        ) as socket:
            widget = await _answer(socket, None, "", result)
            while time.monotonic() < end:
                await asyncio.sleep(every * choices.uniform(0.8, 1.2))
                began = time.monotonic()
                await _answer(socket, widget, choices.choice(_COHORTS), result)
                result.seconds.append(time.monotonic() - began)
    except Exception as error:
        result.errors.append(repr(error))


async def _answer(
    socket: ClientConnection, widget: str | None, cohort: str, result: Result
) -> str | None:
    """Ask for the page with a cohort, read until it is drawn, and return the widget's id."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    if widget:
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = widget, cohort
    await socket.send(asked.SerializeToString())
    while True:
        message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(decode=False), 60))
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return widget
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            result.errors.append(element.exception.message)
        if element.WhichOneof("type") == "radio" and element.radio.label == "Cohort":
            widget = element.radio.id
