"""Lets pages of any site read the data service: it is open, read-only and uses no cookies."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.api.endpoints import is_service_path

_EXPOSED_HEADERS = "Allow, Content-Disposition, Content-Length, ETag, Link, Retry-After"
_PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    # Older browsers do not know "*".
    "Access-Control-Allow-Headers": "*, Accept, If-None-Match, Cache-Control",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class CrossOriginMiddleware:
    """Adds to every answer, refusal and error of the service that any origin may read it.

    Starlette's CORSMiddleware adds the header only to requests with an Origin, but a cache could
    give the answer to a request without one to a page of another site.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to an answer of the service."""
        if scope["type"] != "http" or not is_service_path(scope["path"], self._base_path):
            await self._app(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS
            await send(message)

        await self._app(scope, receive, send_open)


class PreflightMiddleware:
    """Answers preflight requests: pages of other sites may read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the question, or pass a request on."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT_HEADERS)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
