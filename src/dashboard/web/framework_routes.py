"""The routes of Streamlit that this server answers or refuses, each with its reason.

A route that an upgrade of Streamlit adds under its prefixes is refused until it is listed here; a
test reports it.
"""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.status import WS_1008_POLICY_VIOLATION
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.web.api import problems
from dashboard.web.api.endpoints import is_service_path, normalise_base
from dashboard.web.api.problems import Problem

READ_METHODS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class FrameworkRoute:
    """A route as Streamlit declares it, with the methods that are allowed."""

    path: str
    methods: frozenset[str]
    reason: str


# Also listed in docs/operations.md; a test compares the two.
FRAMEWORK_ROUTES = (
    FrameworkRoute("/_stcore/stream", frozenset({"WEBSOCKET"}), "a page's changes come by it"),
    FrameworkRoute("/_stcore/health", READ_METHODS, "says whether the process answers"),
    FrameworkRoute("/_stcore/host-config", READ_METHODS, "a page asks it before it connects"),
    FrameworkRoute(
        "/_stcore/metrics", READ_METHODS, "for whoever runs the server; nginx answers 404 to others"
    ),
    FrameworkRoute("/media/{file_id:path}", READ_METHODS, "the icon, and files to download"),
    FrameworkRoute("/component/{path:path}", READ_METHODS, "the map's frame and its files"),
    FrameworkRoute(
        "/_stcore/upload_file/{session_id}/{file_id}", frozenset(), "nothing is uploaded here"
    ),
    FrameworkRoute(
        "/_stcore/bidi-components/{path:path}", frozenset(), "no component of that kind is used"
    ),
    FrameworkRoute(
        "/_stcore/script-health-check", frozenset(), "would run a page for whoever asks"
    ),
    FrameworkRoute("/app/static/{path:path}", frozenset(), "no file is served that way"),
    FrameworkRoute("/auth/login", frozenset(), "nobody signs in"),
    FrameworkRoute("/auth/logout", frozenset(), "nobody signs in"),
    FrameworkRoute("/oauth2callback", frozenset(), "nobody signs in"),
    FrameworkRoute("/_stcore/agent/interact", frozenset(), "pages are for people"),
    FrameworkRoute("/_stcore/agent/openapi.json", frozenset(), "pages are for people"),
    FrameworkRoute("/_stcore/agent/mcp", frozenset(), "pages are for people"),
)
_PREFIXES = ("/_stcore/", "/auth/", "/app/static/")


class AllowedRoutesMiddleware:
    """Refuses Streamlit's routes that are not allowed, and all methods but GET and HEAD.

    Requests to the data service pass: it checks them itself.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._base = normalise_base(base_path)
        self._routes = [(compile_path(route.path)[0], route) for route in FRAMEWORK_ROUTES]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it before its body is read."""
        if scope["type"] == "websocket":
            if "WEBSOCKET" in self._find_allowed_methods(scope["path"]):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": WS_1008_POLICY_VIOLATION})
        elif scope["type"] == "http" and (problem := self._find_refusal(scope)):
            response = problems.build_response(Request(scope), problem)
            # The rest of the request is not read, so the connection cannot be used again.
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _find_refusal(self, scope: Scope) -> Exception | None:
        path, method = str(scope["path"]), str(scope["method"])
        if is_service_path(path, self._base):
            return None
        allowed = self._find_allowed_methods(path)
        if not allowed & READ_METHODS:
            return Problem(404, "This server does not answer that address.")
        if method not in allowed:
            return HTTPException(405, headers={"Allow": ", ".join(sorted(allowed & READ_METHODS))})
        return None

    def _find_allowed_methods(self, path: str) -> frozenset[str]:
        """Return the methods allowed for a path: reading only, unless Streamlit's list differs."""
        below = path.removeprefix(self._base)
        for pattern, route in self._routes:
            if pattern.match(below):
                return route.methods
        return frozenset() if below.startswith(_PREFIXES) else READ_METHODS
