"""Relative redirects: a server behind a proxy does not know the host and scheme of its address."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A second slash at the start would make the next part a host.
_OWN_START = re.compile(r"^https?://[^/?#]*(?=/)/*", re.IGNORECASE)


class RelativeRedirectMiddleware:
    """Removes scheme and host from redirects: all of them lead to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and make a redirect in the answer relative."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_relative(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if location := headers.get("Location"):
                    headers["Location"] = _OWN_START.sub("/", location)
            await send(message)

        await self._app(scope, receive, send_relative)
