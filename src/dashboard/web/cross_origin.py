"""Lets a page of any other site read the data service: its answers, refusals and errors alike.

The figures are open, read-only and the same for everyone, and no cookie has a part in them.
"""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.api.endpoints import is_service_path

# What a script of another site may see of an answer beside its body.
_EXPOSED = "Allow, Content-Disposition, Content-Length, ETag, Link, Retry-After"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    # Named one by one as well: "*" leaves out what older browsers do not know.
    "Access-Control-Allow-Headers": "*, Accept, If-None-Match, Cache-Control",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class CrossOriginMiddleware:
    """Adds to every answer under the service's paths that any origin may read it.

    Starlette's own adds it only where a request names an origin, and a cache that kept such an
    answer would then refuse the next reader.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or not is_service_path(scope["path"], self._base_path):
            await self._app(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = _EXPOSED
            await send(message)

        await self._app(scope, receive, send_open)


class PreflightMiddleware:
    """Answers what a browser asks before another site's page may ask: whether it may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the question, or pass a request on."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
