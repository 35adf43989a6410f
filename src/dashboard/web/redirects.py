"""Redirects that stay where the reader is: a server behind a proxy knows not by what name or scheme
it was reached.
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOCATION = "Location"
# A second slash at the start would make what follows the name of a server.
_OWN_START = re.compile(r"^https?://[^/?#]*(?=/)/*", re.IGNORECASE)


class RelativeRedirectMiddleware:
    """Takes scheme and host from where a redirect leads: every one here leads to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_relative(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if _LOCATION in headers:
                    headers[_LOCATION] = _OWN_START.sub("/", headers[_LOCATION])
            await send(message)

        await self._app(scope, receive, send_relative)
