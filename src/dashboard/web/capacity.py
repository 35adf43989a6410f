"""How many visitors a server takes, so that one too many gets a sentence and the others go on.

A visitor costs four file descriptors: the connection, and the event loop that Streamlit makes for
a session. Streamlit keeps up to 128 sessions of visitors who left, three descriptors each, for
those who come back. When descriptors run out, a server can accept nobody and says so for ever.
"""

import logging
import resource
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
DESCRIPTORS_PER_VISITOR = 4
# For sessions that are kept, answers by plain HTTP, files and converters.
RESERVED_DESCRIPTORS = 512
_WANTED_DESCRIPTORS = 16_384
_LOG_INTERVAL_S = 60.0
# "Try again later"; before a connection is open, a browser sees the status 403.
_TRY_AGAIN_LATER = 1013
_RETRY_AFTER_S = 30
_FULL = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Too many visitors | Opportunity areas</title></head>
<body><main>
<h1>Too many people are using this dashboard</h1>
<p>It can show its pages to no more visitors at the moment. Try again in a minute.</p>
</main></body>
</html>
"""


def raise_descriptor_limit() -> None:
    """Let this process open as many files as the operating system lets it ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_DESCRIPTORS
    if hard != resource.RLIM_INFINITY:
        wanted = min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def count_places() -> int:
    """Return how many visitors fit under the limit of descriptors that is in force."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        soft = _WANTED_DESCRIPTORS
    return max((soft - RESERVED_DESCRIPTORS) // DESCRIPTORS_PER_VISITOR, 0)


class VisitorLimitMiddleware:
    """Counts open connections; refuses pages and connections of visitors for whom none is left."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._visitors = 0
        self._logged_at = -_LOG_INTERVAL_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a sentence when there is no room."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif _asks_for_page(scope) and self._visitors >= count_places():
            self._report()
            headers = {"Retry-After": str(_RETRY_AFTER_S), "Cache-Control": "no-store"}
            await HTMLResponse(_FULL, 503, headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._visitors >= count_places():
            self._report()
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self._visitors += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._visitors -= 1

    def _report(self) -> None:
        now = monotonic()
        if now - self._logged_at >= _LOG_INTERVAL_S:
            self._logged_at = now
            _LOG.warning("no room for another visitor", extra={"visitors": self._visitors})


def _asks_for_page(scope: Scope) -> bool:
    """Tell whether a browser asks for a page to look at, and not for a file."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")
