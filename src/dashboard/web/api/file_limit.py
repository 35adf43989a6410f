"""Files of the service that take seconds to make: a few at a time, and an end to who waits."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import exports
from dashboard.build_queue import BusyError

Endpoint = Callable[[Request], Response | Awaitable[Response]]
# Files that are made at once, and requests for them that may be open: one more is refused.
_makers = asyncio.Semaphore(4)
MAX_OPEN = 20
_open: set[Request] = set()


def limit(answer: Callable[[Request], Response]) -> Endpoint:
    """Return an answer that is a file to be made, a few at a time where that takes seconds.

    Threads that wait for a converter are the same that serve a page's own files. Who has left is
    not served, and a file that is quickly made does not wait for one that is not.
    """

    async def make(request: Request) -> Response:
        form = exports.FORMATS.get(request.path_params.get("form", ""))
        if form and not form.slow:
            return await run_in_threadpool(answer, request)
        if len(_open) >= MAX_OPEN:
            raise BusyError
        _open.add(request)
        try:
            async with _makers:
                if await request.is_disconnected():
                    raise BusyError
                return await run_in_threadpool(answer, request)
        finally:
            _open.discard(request)

    return make
