"""Security headers, and the requests that the server refuses.

A page fails without any of the sources that the Content-Security-Policy allows.
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
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.api import problems
from dashboard.web.api.problems import Problem

_LOG = logging.getLogger(__name__)
# Environment variables, comma-separated: hosts to answer for, and pages that may frame this one.
HOSTS, ANCESTORS = "DASHBOARD_HOSTS", "DASHBOARD_FRAME_ANCESTORS"
_ANY = "*"
_ANCESTOR = re.compile(r"(https?://)?(\*\.)?[\w.-]+(:(\d+|\*))?", re.ASCII)
_HOST = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*|\[[\da-f:.]+\]", re.ASCII | re.IGNORECASE)
# Characters: longer than any address that the dashboard writes.
MAX_QUERY_LENGTH = 4_000
_SELF = "self"
_QUOTED = {_SELF: "'self'", "none": "'none'"}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_COMMON_POLICY = {
    "default-src": "'none'",
    "img-src": "'self'",
    "font-src": "'self' data:",
    # Streamlit and Leaflet set inline styles.
    "style-src": "'self' 'unsafe-inline'",
    # Streamlit's websocket, and downloads.
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HSTS_ONE_YEAR = "max-age=31536000"


def build_middleware(page: str) -> list[Middleware]:
    """Return the security middleware; the policy allows the inline scripts of ``page``.

    Raises:
        ValueError: an environment variable holds a malformed frame ancestor or host.
    """
    ancestors = _split_names(os.environ.get(ANCESTORS, _SELF))
    if invalid := [name for name in ancestors if not _ANCESTOR.fullmatch(name)]:
        raise ValueError(f"{ANCESTORS} names what is no address of a page: {', '.join(invalid)}")
    hosts = _split_names(os.environ.get(HOSTS, "").strip() or _ANY)
    if invalid := [name for name in hosts if not _HOST.fullmatch(name)]:
        raise ValueError(
            f"{HOSTS} names what is no server's name: {', '.join(map(repr, invalid))}. Write names "
            "alone, such as areas.example.gov.uk or *.example.gov.uk, with commas between them, "
            "and neither https:// nor a port"
        )
    return [
        Middleware(SecurityHeadersMiddleware, policies=build_policies(page, ancestors)),
        Middleware(AllowedHostsMiddleware, hosts=hosts),
        Middleware(WebSocketOriginMiddleware),
        Middleware(MaxQueryLengthMiddleware),
    ]


def _split_names(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def build_policies(page: str, ancestors: list[str]) -> tuple[str, str]:
    """Return the Content-Security-Policy of pages, and that of the map's frame."""
    inline = " ".join(f"'sha256-{_compute_digest(script)}'" for script in _INLINE.findall(page))
    pages = {
        **_COMMON_POLICY,
        "script-src": f"'self' {inline}".strip(),
        "frame-src": "'self'",
        "frame-ancestors": " ".join(_QUOTED.get(name, name) for name in ancestors),
    }
    # streamlit-folium evaluates the map's script from a string, in its own frame.
    frame = {
        **_COMMON_POLICY,
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "frame-ancestors": "'self'",
    }
    return _format_policy(pages), _format_policy(frame)


def _format_policy(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def _compute_digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


class SecurityHeadersMiddleware:
    """Adds the security headers to every answer; of most, an answer's own value stays."""

    def __init__(self, app: ASGIApp, policies: tuple[str, str]) -> None:
        self._app = app
        self._pages, self._frame = policies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                headers = MutableHeaders(scope=message)
                policy = self._frame if _is_component(scope) else self._pages
                headers["Content-Security-Policy"] = policy
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _HSTS_ONE_YEAR)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # Starlette's answer to an error would bypass this middleware. It still logs the error.
            if not is_started:
                response = PlainTextResponse("Internal Server Error", status_code=500)
                await response(scope, receive, send_with_headers)
            raise


def _is_component(scope: Scope) -> bool:
    """Tell whether the route of components' files answered, under any base path.

    Streamlit's page, its fallback for every other path, is none whatever its address.
    """
    file = scope.get("path_params", {}).get("path")
    if not file or isinstance(scope.get("endpoint"), StaticFiles):
        return False
    return str(scope["path"]).endswith(f"/component/{file}")


class AllowedHostsMiddleware:
    """Refuses requests and websockets for other hosts."""

    def __init__(self, app: ASGIApp, hosts: list[str]) -> None:
        self._app = app
        self._hosts = hosts
        self._checked = self._build_host_check(app)

    def _build_host_check(self, app: ASGIApp) -> ASGIApp:
        return TrustedHostMiddleware(app, allowed_hosts=self._hosts, www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is for an allowed host."""
        if scope["type"] != "websocket":
            await self._checked(scope, receive, send)
        elif await self._is_allowed(scope, receive):
            await self._app(scope, receive, send)
        else:
            _log_refusal("it is for a server of another name", scope)
            await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})

    async def _is_allowed(self, scope: Scope, receive: Receive) -> bool:
        """Tell whether a websocket is for an allowed host; Starlette's refusal is for HTTP only."""
        is_allowed = False

        async def allow(*_: object) -> None:
            nonlocal is_allowed
            is_allowed = True

        async def discard(_: Message) -> None:
            pass

        await self._build_host_check(allow)(scope, receive, discard)
        return is_allowed


class MaxQueryLengthMiddleware:
    """Refuses queries that are longer than any the dashboard or its service uses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with status 400."""
        if scope["type"] == "http" and len(scope["query_string"]) > MAX_QUERY_LENGTH:
            detail = f"What follows the ? is longer than {MAX_QUERY_LENGTH} characters."
            await problems.build_response(Request(scope), Problem(400, detail))(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)


class WebSocketOriginMiddleware:
    """Refuses websockets that pages of other sites open.

    Streamlit refuses them too, but first asks an outside server for its own address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, or close it."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin, host = headers.get("origin"), headers.get("host")
            if origin is not None and (not host or _parse_netloc(origin) != host):
                _log_refusal("its page is not of this host", scope)
                await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})
                return
        await self._app(scope, receive, send)


def _parse_netloc(origin: str) -> str:
    """Return host and port of an origin; "" if it has none, as of null, file: and data:."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _log_refusal(why: str, scope: Scope) -> None:
    headers = Headers(scope=scope)
    origin = headers.get("origin", "")
    details = {"origin": _parse_netloc(origin) or origin, "host": headers.get("host")}
    _LOG.warning("a connection was refused: %s", why, extra=details)
