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
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.api import problems
from dashboard.web.api.problems import Problem

_LOG = logging.getLogger(__name__)
# Names that the server answers to, and pages that may show it in a frame: lists with commas.
HOSTS, ANCESTORS = "DASHBOARD_HOSTS", "DASHBOARD_FRAME_ANCESTORS"
_ANY = "*"
_ANCESTOR = re.compile(r"(https?://)?(\*\.)?[\w.-]+(:(\d+|\*))?", re.ASCII)
_HOST = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*|\[[\da-f:.]+\]", re.ASCII | re.IGNORECASE)
# More than any address that the dashboard writes, and less than is slow to look through.
_LONGEST_QUERY = 4_000
# Why a websocket was closed: against the rules of its server. Before it is open, that is a 403.
_NOT_ALLOWED = 1008
_OWN = "self"
_QUOTED = {_OWN: "'self'", "none": "'none'"}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_COMMON = {
    "default-src": "'none'",
    "img-src": "'self'",
    "font-src": "'self' data:",
    # Streamlit and Leaflet write styles as they draw.
    "style-src": "'self' 'unsafe-inline'",
    # The connection that a page's changes come by, and files that are downloaded.
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
# To one who came by https once: to come by it the next time, whatever a link says.
_A_YEAR = "max-age=31536000"


def build_middleware(page: str) -> list[Middleware]:
    """Return what stands before every answer; ``page`` is the page that scripts begin in.

    Raises:
        ValueError: a page that may show this one in a frame is not written as an address, or a
            name that the server answers to is not written as one.
    """
    ancestors = _parse_list(os.environ.get(ANCESTORS, _OWN))
    if odd := [one for one in ancestors if not _ANCESTOR.fullmatch(one)]:
        raise ValueError(f"{ANCESTORS} names what is no address of a page: {', '.join(odd)}")
    hosts = _parse_list(os.environ.get(HOSTS, "").strip() or _ANY)
    if odd := [one for one in hosts if not _HOST.fullmatch(one)]:
        raise ValueError(
            f"{HOSTS} names what is no server's name: {', '.join(map(repr, odd))}. Write names "
            "alone, such as areas.example.gov.uk or *.example.gov.uk, with commas between them, "
            "and neither https:// nor a port"
        )
    return [
        Middleware(SecurityHeadersMiddleware, policies=build_policies(page, ancestors)),
        Middleware(AllowedHostsMiddleware, hosts=hosts),
        Middleware(WebSocketOriginMiddleware),
        Middleware(MaxQueryLengthMiddleware),
    ]


def _parse_list(names: str) -> list[str]:
    return [one.strip() for one in names.split(",")]


def build_policies(page: str, ancestors: list[str]) -> tuple[str, str]:
    """Return the Content-Security-Policy of pages, and that of the frame the map stands in."""
    inline = " ".join(f"'sha256-{_hash_script(one)}'" for one in _INLINE.findall(page))
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
    return _write_policy(pages), _write_policy(frame)


def _write_policy(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def _hash_script(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


class SecurityHeadersMiddleware:
    """Adds the headers to every answer; one that names its own keeps it."""

    def __init__(self, app: ASGIApp, policies: tuple[str, str]) -> None:
        self._app = app
        self._pages, self._frame = policies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                policy = self._frame if _is_a_component_s(scope) else self._pages
                headers["Content-Security-Policy"] = policy
                for name, value in _PLAIN.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _A_YEAR)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            # Starlette's own answer to an error would go out past this. It still logs the error.
            if not begun:
                answer = PlainTextResponse("Internal Server Error", status_code=500)
                await answer(scope, receive, sending)
            raise


def _is_a_component_s(scope: Scope) -> bool:
    """Tell whether a route answered that serves components' files, under any base path.

    Streamlit's page, which answers where nothing else does, is not one, whatever its address.
    """
    file = scope.get("path_params", {}).get("path")
    if not file or isinstance(scope.get("endpoint"), StaticFiles):
        return False
    return str(scope["path"]).endswith(f"/component/{file}")


class AllowedHostsMiddleware:
    """Refuses a request for a server of another name, and a connection likewise."""

    def __init__(self, app: ASGIApp, hosts: list[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._checked = self._before(app)

    def _before(self, app: ASGIApp) -> ASGIApp:
        return TrustedHostMiddleware(app, allowed_hosts=self._hosts, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "websocket":
            await self._checked(scope, receive, send)
        elif await self._allows(scope, receive):
            await self._app(scope, receive, send)
        else:
            _refuse("it is for a server of another name", scope)
            await send({"type": "websocket.close", "code": _NOT_ALLOWED})

    async def _allows(self, scope: Scope, receive: Receive) -> bool:
        """Tell whether a connection may be opened; the answer to one that may not is not sent."""
        allowed = False

        async def reached(*_: object) -> None:
            nonlocal allowed
            allowed = True

        async def unsent(_: Message) -> None:
            pass

        await self._before(reached)(scope, receive, unsent)
        return allowed


class MaxQueryLengthMiddleware:
    """Refuses a question that is longer than any that the dashboard or its service asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http" and len(scope["query_string"]) > _LONGEST_QUERY:
            detail = f"What follows the ? is longer than {_LONGEST_QUERY} characters."
            answer = problems.answer(Request(scope), Problem(400, detail))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


class WebSocketOriginMiddleware:
    """Refuses a connection that another site's page opens.

    Streamlit refuses it too, but asks an outside server for its own address first.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin, host = headers.get("origin"), headers.get("host")
            if origin is not None and (not host or _place(origin) != host):
                _refuse("its page is not of this host", scope)
                await send({"type": "websocket.close", "code": _NOT_ALLOWED})
                return
        await self._app(scope, receive, send)


def _place(origin: str) -> str:
    """Return host and port of a page's origin; nothing of one that has none: null, file:, data:."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _refuse(why: str, scope: Scope) -> None:
    headers = Headers(scope=scope)
    origin = headers.get("origin", "")
    named = {"origin": _place(origin) or origin, "host": headers.get("host")}
    _LOG.warning("a connection was refused: %s", why, extra=named)
