"""Limits how many files the service builds and keeps waiting at a time."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard.build_queue import BusyError

Handler = Callable[[Request], Response | Awaitable[Response]]
# Files built at a time, and requests for them that may be open: one more is refused.
_build_slots = asyncio.Semaphore(4)
MAX_OPEN_REQUESTS = 20
_open: set[Request] = set()


def limit_builds(handler: Callable[[Request], Response]) -> Handler:
    """Return a handler that builds files a few at a time.

    Waiting builds would take the threads that serve pages' files. Requests of clients that have
    left are dropped.
    """

    async def handle(request: Request) -> Response:
        if len(_open) >= MAX_OPEN_REQUESTS:
            raise BusyError
        _open.add(request)
        try:
            async with _build_slots:
                if await request.is_disconnected():
                    raise BusyError
                return await run_in_threadpool(handler, request)
        finally:
            _open.discard(request)

    return handle
