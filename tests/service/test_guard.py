"""What a server says to browsers, whom it answers, and whom it does not."""

import json
import logging
import socket
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from browser.serve import PATIENCE, ROOT, Server, serving
from dashboard.web import security
from dashboard.web.api import problems
from deploy.proxy import SETTINGS
from deploy.visitors import connected, read_page

# What a browser says of a page without a place of its own, and what nothing but a program says.
NOWHERE = ["null", "file://", "data:text/html,x", "evil", "", "http://[", "//"]
INDEX = "<script>go()</script><script src='x'></script>"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's processes write whom they ask."""
    record = tmp_path_factory.mktemp("asked") / "asked"
    record.touch()
    return record


@pytest.fixture(scope="module")
def server(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("guard") / "server.log"
    more = {
        security.HOSTS: "127.0.0.1,areas.example",
        security.ANCESTORS: "self, https://www.example",
        "ASKED": str(asked),
        "PYTHONPATH": str(ROOT / "tests" / "deploy" / "recorder"),
    }
    with serving(log, script="server.py", settings=SETTINGS | more) as started:
        yield started


def said(server: Server) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.said().splitlines()]


def ask(url: str, *, put: bytes | None = None, **headers: str) -> tuple[int, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    method = "GET" if put is None else "PUT"
    request = Request(url, put, named, method=method)  # noqa: S310 - our own server
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}


def policy(headers: dict[str, str]) -> dict[str, str]:
    parts = (one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    return {one[0]: one[1] for one in parts}


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["", "funding?cohort=New+six", "healthz", "api/v1/areas", "api/v1/nothing", "_stcore/health"],
)
def test_every_answer_has_the_headers(server: Server, path: str) -> None:
    _, headers = ask(f"{server.url}/{path}")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    found = policy(headers)
    assert found["default-src"] == "'none'"
    assert "unsafe" not in found["script-src"]
    assert found["frame-ancestors"] == "'self' https://www.example"


@pytest.mark.slow
def test_the_map_s_frame_alone_may_run_what_is_inline(server: Server) -> None:
    with connected(server.url) as visitor:
        read_page(visitor, "map")
    status, headers = ask(f"{server.url}/component/streamlit_folium.st_folium/index.html")
    assert status == 200
    assert "'unsafe-eval'" in policy(headers)["script-src"]
    assert policy(headers)["frame-ancestors"] == "'self'"


@pytest.mark.parametrize(
    "path", ["x/component/y", "x/component/streamlit_folium.st_folium/index.html"]
)
def test_a_page_is_no_frame_whatever_its_address(server: Server, path: str) -> None:
    status, headers = ask(f"{server.url}/{path}")
    assert status == 200
    assert "unsafe" not in policy(headers)["script-src"]


def here(routes: list[BaseRoute]) -> TestClient:
    """Return a client of a server with routes of the test's own behind the guard."""
    app = Starlette(routes=routes, middleware=security.build_middleware(INDEX))
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("base", ["", "/oa", "/component"])
def test_frames_and_pages_under_a_base_path(base: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x", "utf-8")
    pages = StaticFiles(directory=tmp_path, html=True)
    frame = Route(f"{base}/component/{{path:path}}", lambda _: PlainTextResponse("x"))
    client = here([frame, Mount(base or "/", app=pages)])
    for path, lax in {
        "/component/a/index.html": True,
        "/index.html": False,
        "/x/component/y": False,
        "/funding": False,
    }.items():
        script = policy(dict(client.get(f"{base}{path}").headers))["script-src"]
        assert ("'unsafe-eval'" in script) is lax, path


def test_an_error_s_answer_has_the_headers_too() -> None:
    def fails(_: object) -> None:
        raise ValueError("odd")

    answer = here([Route("/", fails)]).get("/")
    assert answer.status_code == 500
    assert answer.text == "Internal Server Error"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_query_beyond_measure_is_refused_at_once(server: Server) -> None:
    for path in ("api/v1/areas", "funding"):
        status, headers = ask(f"{server.url}/{path}?{'region=North+West&' * 300}")
        assert status == 400
        assert headers["content-type"] == problems.MEDIA_TYPE
        assert "content-security-policy" in headers
    assert ask(f"{server.url}/api/v1/areas?{'region=North+West&' * 200}")[0] == 200


def test_a_policy_names_no_other_site() -> None:
    for written in security.build_policies(INDEX, ["self"]):
        assert "http" not in written
        assert "*" not in written


def test_streamlit_s_own_inline_script_is_named_by_its_digest() -> None:
    pages, _ = security.build_policies(INDEX, ["self"])
    digest = b64encode(sha256(b"go()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in pages


@pytest.mark.parametrize("host", ["areas.example", "127.0.0.1:80"])
def test_a_name_that_is_the_server_s(server: Server, host: str) -> None:
    assert ask(f"{server.url}/healthz", Host=host)[0] == 200


@pytest.mark.parametrize("host", ["elsewhere.example", "areas.example.evil.example", ""])
def test_a_name_that_is_not(server: Server, host: str) -> None:
    status, headers = ask(f"{server.url}/", Host=host)
    assert status == 400
    assert "location" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in headers


def test_a_connection_for_another_name_is_refused_without_an_error(server: Server) -> None:
    before = len(said(server))
    where = urlsplit(server.url)
    with (
        socket.create_connection((where.hostname or "", where.port or 0)) as line,
        pytest.raises(InvalidStatus) as refused,
        connect("ws://elsewhere.example/_stcore/stream", sock=line),
    ):
        pass
    assert refused.value.response.status_code == 403
    (event,) = said(server)[before:]
    assert event["level"] == "WARNING"
    assert event["event"].startswith("a connection was refused")
    assert event["host"] == "elsewhere.example"


@pytest.mark.parametrize(
    "named", ["", " ", "*", "a.example", "A.example,*.gov.uk", "[::1]", "10.0.0.9"]
)
def test_names_that_a_server_can_have(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(security.HOSTS, named)
    client = here([Route("/", lambda _: PlainTextResponse("x"))])
    host = {"A.example,*.gov.uk": "areas.gov.uk"}.get(named, named.strip() or "any.example")
    assert client.get("/", headers={"Host": host.replace("*", "any.example")}).status_code == 200


@pytest.mark.parametrize(
    "named", ["https://a.example", "*.gov.uk:8501", "a.example:80", "a,,b", "a b", "*a", "a/"]
)
def test_what_is_no_server_s_name_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(security.HOSTS, named)
    with pytest.raises(ValueError, match=rf"{security.HOSTS} names what is no server's name: .*"):
        security.build_middleware(INDEX)


@pytest.mark.parametrize("named", ["https://a.example,https://b.example:8443", "*.gov.uk", "none"])
def test_pages_that_may_show_it(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(security.ANCESTORS, named)
    assert security.build_middleware(INDEX)


@pytest.mark.parametrize(
    "named", ["https://a.example;", "javascript:x", "*", "a.example; default-src *", "", "a,,b"]
)
def test_what_is_no_page_s_address_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(security.ANCESTORS, named)
    with pytest.raises(ValueError, match=security.ANCESTORS):
        security.build_middleware(INDEX)


def test_another_site_s_page_cannot_open_a_connection(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _connect(server, "https://elsewhere.example")
    assert refused.value.response.status_code == 403
    _connect(server, server.url)


@pytest.mark.parametrize("origin", NOWHERE)
def test_a_page_of_no_place_cannot_open_one_either(
    server: Server, asked: Path, origin: str
) -> None:
    """And the server asks nobody outside for its own address, as Streamlit would."""
    before = asked.read_text("utf-8")
    with pytest.raises(InvalidStatus) as refused:
        _connect(server, origin)
    assert refused.value.response.status_code == 403
    for path in ("", "_stcore/health", "_stcore/host-config", "media/x", "component/a/b"):
        ask(f"{server.url}/{path}", Origin=origin)
    noted = asked.read_text("utf-8").removeprefix(before).splitlines()
    assert [one for one in noted if "127.0.0.1" not in one] == []


@pytest.mark.parametrize("origin", [*NOWHERE, "https://elsewhere.example", "http://testserver:81"])
def test_a_connection_is_for_a_page_of_the_same_host(
    origin: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def opened(connection: WebSocket) -> None:
        await connection.accept()
        await connection.close()

    client = here([WebSocketRoute("/", opened)])
    with (
        caplog.at_level(logging.WARNING),
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/", headers={"Origin": origin}),
    ):
        pass
    assert refused.value.code == 1008
    assert [one.levelname for one in caplog.records] == ["WARNING"]
    for own in ({"Origin": "http://testserver"}, {}):
        with client.websocket_connect("/", headers=own):
            pass


def _connect(server: Server, origin: str) -> None:
    address = f"ws://{urlsplit(server.url).netloc}/_stcore/stream"
    with connect(address, origin=Origin(origin)) as connection:
        assert connection.protocol


def test_another_site_s_page_reads_figures_and_nothing_else(server: Server) -> None:
    origin = "https://elsewhere.example"
    allowed = "access-control-allow-origin"
    for path in ("api/v1/areas", "api/v1/nothing", "api/v2", "healthz", "robots.txt"):
        assert ask(f"{server.url}/{path}", Origin=origin)[1][allowed] == "*"
    for path in ("", "funding", "_stcore/health", "_stcore/host-config", "plain"):
        _, headers = ask(f"{server.url}/{path}", Origin=origin)
        assert headers.get(allowed) not in (origin, "*"), path


def test_nobody_can_leave_a_file(server: Server) -> None:
    address = f"{server.url}/_stcore/upload_file/some-session/some-file"
    assert ask(address, put=b"x")[0] == 404
    assert ask(address, put=b"x", Cookie="_streamlit_xsrf=1", X_Xsrftoken="2")[0] == 404


def test_no_cookie_but_the_framework_s(server: Server) -> None:
    for path in ("", "funding", "healthz", "api/v1/areas", "_stcore/health", "_stcore/host-config"):
        cookie = ask(f"{server.url}/{path}")[1].get("set-cookie", "")
        assert cookie.split("=")[0] in ("", "_streamlit_xsrf"), path
