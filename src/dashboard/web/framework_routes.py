"""Which routes of Streamlit this dashboard answers, and which it refuses, each with its reason.

Everything is refused that is not named here as allowed: a route that an upgrade of Streamlit adds
under its own prefixes stays closed until someone decides on it, and a test names it.
"""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.web.api import problems
from dashboard.web.api.endpoints import is_service_path, normalise_base
from dashboard.web.api.problems import Problem

READING = frozenset({"GET", "HEAD"})
# Closed before it is open: a browser sees the status 403.
_POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class FrameworkRoute:
    """A route as Streamlit declares it; ``methods`` are those that are let through."""

    path: str
    methods: frozenset[str]
    reason: str


# docs/operations.md holds this list for readers; a test keeps the two alike.
FRAMEWORK_ROUTES = (
    FrameworkRoute("/_stcore/stream", frozenset({"WEBSOCKET"}), "a page's changes come by it"),
    FrameworkRoute("/_stcore/health", READING, "says whether the process answers"),
    FrameworkRoute("/_stcore/host-config", READING, "a page asks it before it connects"),
    FrameworkRoute(
        "/_stcore/metrics", READING, "for whoever runs the server; nginx answers 404 to others"
    ),
    FrameworkRoute("/media/{file_id:path}", READING, "the icon, and files to download"),
    FrameworkRoute("/component/{path:path}", READING, "the map's frame and its files"),
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
# Whatever Streamlit keeps under these is refused unless it is named above.
_PREFIXES = ("/_stcore/", "/auth/", "/app/static/")


class AllowedRoutesMiddleware:
    """Refuses each route of Streamlit that is not allowed, and every method but reading.

    The data service, under ``/api/`` and ``/healthz``, says itself what it answers.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._base = normalise_base(base_path)
        self._routes = [(compile_path(route.path)[0], route) for route in FRAMEWORK_ROUTES]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before its body is read."""
        if scope["type"] == "websocket":
            if "WEBSOCKET" in self._allowed_methods(scope["path"]):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        elif scope["type"] == "http" and (problem := self._find_refusal(scope)):
            response = problems.answer(Request(scope), problem)
            # What the request still holds is not read: the connection ends with the answer.
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _find_refusal(self, scope: Scope) -> Exception | None:
        path, method = str(scope["path"]), str(scope["method"])
        if is_service_path(path, self._base):
            return None
        allowed = self._allowed_methods(path)
        if not allowed & READING:
            return Problem(404, "This server does not answer that address.")
        if method not in allowed:
            return HTTPException(405, headers={"Allow": ", ".join(sorted(allowed & READING))})
        return None

    def _allowed_methods(self, path: str) -> frozenset[str]:
        """Return what a path may be asked with: Streamlit's as listed, any other as a page."""
        below = path.removeprefix(self._base)
        for pattern, route in self._routes:
            if pattern.match(below):
                return route.methods
        return frozenset() if below.startswith(_PREFIXES) else READING
