"""Limits the number of visitors, so that the server never runs out of file descriptors.

A visitor takes four: the connection, and the event loop of a Streamlit session. Streamlit keeps up
to 128 sessions of visitors who left, with three each. A server without free descriptors accepts no
connection and never recovers.
"""

import logging
import resource
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.status import WS_1013_TRY_AGAIN_LATER
from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
DESCRIPTORS_PER_VISITOR = 4
# For kept sessions, plain HTTP answers, files and converters.
RESERVED_DESCRIPTORS = 512
_WANTED_DESCRIPTORS = 16_384
_LOG_INTERVAL_S = 60.0
_RETRY_AFTER_S = 30
_FULL_PAGE = """<!doctype html>
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
    """Raise the number of files this process may open, within what the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_DESCRIPTORS
    if hard != resource.RLIM_INFINITY:
        wanted = min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def count_places() -> int:
    """Return how many visitors fit under the current limit of descriptors."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        soft = _WANTED_DESCRIPTORS
    return max((soft - RESERVED_DESCRIPTORS) // DESCRIPTORS_PER_VISITOR, 0)


class VisitorLimitMiddleware:
    """Counts open connections; refuses pages and connections once no place is left."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._visitors = 0
        self._logged_at = -_LOG_INTERVAL_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with status 503."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif _is_page_request(scope) and self._visitors >= count_places():
            self._report()
            headers = {"Retry-After": str(_RETRY_AFTER_S), "Cache-Control": "no-store"}
            await HTMLResponse(_FULL_PAGE, 503, headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._visitors >= count_places():
            self._report()
            await send({"type": "websocket.close", "code": WS_1013_TRY_AGAIN_LATER})
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


def _is_page_request(scope: Scope) -> bool:
    """Tell whether a browser asks for a page rather than a file."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")
