"""What a server says to browsers to keep its readers safe, and whom it does not answer.

Every source that the policy allows is there because a page was seen to fail without it.
"""

import logging
import os
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
# Names that the server answers to, and pages that may show it in a frame: lists with commas.
HOSTS, ANCESTORS = "DASHBOARD_HOSTS", "DASHBOARD_FRAME_ANCESTORS"
_ANY = "*"
_ANCESTOR = re.compile(r"(https?://)?(\*\.)?[\w.-]+(:(\d+|\*))?", re.ASCII)
_OWN = "self"
_QUOTED = {_OWN: "'self'", "none": "'none'"}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FRAMES = re.compile(r"/component/")

_COMMON = {
    "default-src": "'none'",
    "img-src": "'self'",
    "font-src": "'self' data:",
    # Streamlit and Leaflet write styles as they draw.
    "style-src": "'self' 'unsafe-inline'",
    # The connection that a page's changes come by, and files that are taken away.
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}
_PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def middleware(page: str) -> list[Middleware]:
    """Return what stands before every answer; ``page`` is the page that scripts begin in.

    Raises:
        ValueError: a page that may show this one in a frame is not written as an address.
    """
    ancestors = _listed(ANCESTORS, _OWN)
    if odd := [one for one in ancestors if not _ANCESTOR.fullmatch(one)]:
        raise ValueError(f"{ANCESTORS} names what is no address of a page: {', '.join(odd)}")
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=_listed(HOSTS, _ANY), www_redirect=False),
        Middleware(_OwnPagesOnly),
        Middleware(_Headers, policies=policies(page, ancestors)),
    ]


def _listed(name: str, otherwise: str) -> list[str]:
    return [one.strip() for one in os.environ.get(name, otherwise).split(",")]


def policies(page: str, ancestors: list[str]) -> tuple[str, str]:
    """Return the Content-Security-Policy of pages, and that of the frame the map stands in."""
    inline = " ".join(f"'sha256-{_digest(one)}'" for one in _INLINE.findall(page))
    pages = {
        **_COMMON,
        "script-src": f"'self' {inline}".strip(),
        "frame-src": "'self'",
        "frame-ancestors": " ".join(_QUOTED.get(one, one) for one in ancestors),
    }
    # streamlit-folium runs the map's script from a text: it needs both, in its own frame alone.
    frame = {
        **_COMMON,
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "frame-ancestors": "'self'",
    }
    return _written(pages), _written(frame)


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


class _Headers:
    """Adds the headers to every answer; one that names its own keeps it."""

    def __init__(self, app: ASGIApp, policies: tuple[str, str]) -> None:
        self._app = app
        self._pages, self._frame = policies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = self._frame if _FRAMES.search(scope["path"]) else self._pages

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                for name, value in _PLAIN.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


class _OwnPagesOnly:
    """Refuses a connection that another site's page opens.

    Streamlit refuses it too, but asks an outside server for its own address first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = urlsplit(headers.get("origin", "")).netloc
            if origin and origin != headers.get("host"):
                named = {"origin": origin, "host": headers.get("host")}
                _LOG.warning("a connection was refused: its page is not of this host", extra=named)
                await send({"type": "websocket.close", "code": 1008})
                return
        await self._app(scope, receive, send)
