"""Every route of Streamlit is allowed or refused on purpose, and what is refused is not reached."""

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.web.server.starlette import starlette_app

from browser.serve import ROOT
from dashboard.web.framework_routes import FRAMEWORK_ROUTES, READ_METHODS, AllowedRoutesMiddleware

DOCUMENT = (ROOT / "docs/operations.md").read_text("utf-8")


@pytest.fixture
def every_route(monkeypatch: pytest.MonkeyPatch) -> list[BaseRoute]:
    """Every route that Streamlit can have, those that are off by default as well."""
    asked = config.get_option
    switched_on = {
        "server.scriptHealthCheckEnabled",
        "server.enableStaticServing",
        "server.enableAgentApi",
    }
    monkeypatch.setattr(config, "get_option", lambda name: name in switched_on or asked(name))
    return starlette_app.App(ROOT / "app.py")._build_starlette_app().routes


def test_each_route_of_streamlit_is_decided_on(every_route: list[BaseRoute]) -> None:
    declared = {r.path for r in every_route if isinstance(r, Route | WebSocketRoute)}
    decided = {route.path for route in FRAMEWORK_ROUTES}
    assert declared == decided, "decide on a new route in service/framework_routes.py"
    mounts = [route.path for route in every_route if isinstance(route, Mount)]
    assert mounts == [""], "Streamlit's page and its own files"


def test_each_route_has_its_row_in_the_document() -> None:
    for route in FRAMEWORK_ROUTES:
        verdict = "allowed" if route.methods else "refused"
        assert f"| `{route.path}` | {verdict} | {route.reason} |" in DOCUMENT


async def reached(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def connected(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def client(base_path: str) -> TestClient:
    methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"]
    routes = [
        WebSocketRoute("/{path:path}", connected),
        Route("/{path:path}", reached, methods=methods),
    ]
    guarded = [Middleware(AllowedRoutesMiddleware, base_path=base_path)]
    return TestClient(Starlette(routes=routes, middleware=guarded))


def example(path: str) -> str:
    """Return an address that a route's path matches."""
    return re.sub(r"\{\w+(:path)?\}", "x", path)


@pytest.mark.parametrize("base_path", ["", "oa", "/areas/"])
@pytest.mark.parametrize("route", FRAMEWORK_ROUTES, ids=lambda route: route.path)
def test_a_route_is_let_through_or_not(base_path: str, route: Any) -> None:
    base = f"/{base_path.strip('/')}" if base_path else ""
    path = f"{base}{example(route.path)}"
    asked = client(base_path)
    for method in ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"):
        status = asked.request(method, path).status_code
        if method in route.methods:
            assert status == 200
        else:
            assert status == (405 if route.methods & READ_METHODS else 404)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/funding", 200),
        ("GET", "/static/js/index.js", 200),
        ("GET", "/funding/_stcore/health", 200),
        ("POST", "/", 405),
        ("PUT", "/funding", 405),
        ("OPTIONS", "/map", 405),
        ("DELETE", "/static/js/index.js", 405),
        ("GET", "/_stcore/new-in-the-next-version", 404),
        ("PUT", "/_stcore/upload_file/a/b/c", 404),
        ("POST", "/auth/anything", 404),
        ("POST", "/api/v1/areas", 200),
        ("OPTIONS", "/api/v1/areas", 200),
        ("GET", "/healthz", 200),
        ("PUT", "/apiary", 405),
        ("PUT", "/healthz/x", 405),
    ],
)
def test_what_is_not_named(method: str, path: str, status: int) -> None:
    answer = client("").request(method, path)
    assert answer.status_code == status
    if status == 405:
        assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/funding", "/_stcore/health", "/_stcore/other", "/api/v1"])
def test_a_connection_at_another_address(path: str) -> None:
    with client("").websocket_connect("/_stcore/stream"):
        pass
    with pytest.raises(WebSocketDisconnect), client("").websocket_connect(path):
        pass


def test_nginx_knows_the_same_routes() -> None:
    nginx = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for route in FRAMEWORK_ROUTES:
        if route.path.startswith("/_stcore/") and route.methods and "metrics" not in route.path:
            assert Path(route.path).name in nginx, f"{route.path} must be passed on"
