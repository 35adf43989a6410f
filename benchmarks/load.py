"""Many visitors at once, without browsers: each sets filters or changes page every few seconds."""

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection

from benchmarks import downloads
from benchmarks.visits import cpu
from browser.screen import ADDRESSES
from browser.serve import Server
from dashboard.data import loader
from dashboard.filters import COHORTS, PLACE_TYPES
from streamlit_messages import request_page

_REGIONS = sorted(loader.load().areas["region"].unique())
# How often a visitor goes to another page instead of staying.
_TURNS = 0.25
# Seconds until some visitor takes another file.
_FILE_EVERY_S = 1


@dataclass
class Result:
    """What came of it: seconds each filter and each change of page took, errors, MB and CPU."""

    seconds: list[float] = field(default_factory=list)
    switches: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    of_children: list[float] = field(default_factory=list)
    cores: float = 0.0
    files: downloads.Result = field(default_factory=downloads.Result)


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
        choices = random.Random(visitors)  # noqa: S311 - the same files each time
        while time.monotonic() < end:
            await asyncio.sleep(_FILE_EVERY_S)
            result.memory.append(server.memory())
            result.of_children.append(server.memory_of_children())
            label, query = choices.choice(downloads.FILES), _query(_choose(choices))
            all_.create_task(downloads.take(server.url, label, query, result.files))
    result.errors += result.files.errors
    result.cores = (cpu(server) - spent) / (time.monotonic() - began)


async def _visitor(url: str, late: float, end: float, every: float, result: Result) -> None:
    choices = random.Random(late)  # noqa: S311 - the same visitors each time
    await asyncio.sleep(late)
    try:
        async with downloads.connected(url) as socket:
            page, widgets = "", await _answer(socket, request_page())
            while time.monotonic() < end:
                await asyncio.sleep(every * choices.uniform(0.8, 1.2))
                turns = choices.random() < _TURNS
                page = choices.choice(ADDRESSES) if turns else page
                asked = _asked(page, widgets, choices)
                began = time.monotonic()
                widgets = await _answer(socket, asked)
                kept = result.switches if turns else result.seconds
                kept.append(time.monotonic() - began)
    except Exception as error:
        result.errors.append(repr(error))


def _asked(page: str, widgets: dict[str, str], choices: random.Random) -> BackMsg:
    """Return what a browser sends of a page and one choice at most in each filter."""
    chosen = _choose(choices)
    asked = request_page(page, _query(chosen))
    for name, value in chosen.items():
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = widgets[name]
        if isinstance(value, str):
            state.string_value = value
        else:
            # None chosen is said as well.
            state.string_array_value.SetInParent()
            state.string_array_value.data.extend(value)
    return asked


def _choose(choices: random.Random) -> dict[str, Any]:
    return {
        "cohort": choices.choice(("All twelve", *COHORTS)),
        "region": choices.sample(_REGIONS, choices.choice((0, 1))),
        "place": choices.sample(PLACE_TYPES, choices.choice((0, 0, 1))),
    }


def _query(chosen: dict[str, Any]) -> str:
    return urlencode(chosen, doseq=True)


async def _answer(socket: ClientConnection, asked: BackMsg) -> dict[str, str]:
    """Ask for a page, read until it is drawn, and return the ids of the filters by name."""
    widgets: dict[str, str] = {}
    for message in await downloads.read_page(socket, asked):
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("radio", "button_group"):
            widget = getattr(element, kind).id
            widgets[widget.rsplit("-", 1)[-1]] = widget
    return widgets
