"""What a server says to browsers, whom it answers, and whom it does not."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from browser.serve import Server, serving
from dashboard.service import guard
from deploy.proxy import SETTINGS

INDEX = "<script>go()</script><script src='x'></script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("guard") / "server.log"
    more = {guard.HOSTS: "127.0.0.1,areas.example", guard.ANCESTORS: "self, https://www.example"}
    with serving(log, script="server.py", settings=SETTINGS | more) as started:
        yield started


def ask(url: str, *, put: bytes | None = None, **headers: str) -> tuple[int, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    method = "GET" if put is None else "PUT"
    request = Request(url, put, named, method=method)  # noqa: S310 - our own server
    try:
        with urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}


def policy(headers: dict[str, str]) -> dict[str, str]:
    parts = (one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    return {one[0]: one[1] for one in parts}


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


def test_the_map_s_frame_alone_may_run_what_is_inline(server: Server) -> None:
    _, headers = ask(f"{server.url}/component/streamlit_folium.st_folium/index.html")
    assert "'unsafe-eval'" in policy(headers)["script-src"]
    assert policy(headers)["frame-ancestors"] == "'self'"


def test_a_policy_names_no_other_site() -> None:
    for written in guard.policies(INDEX, ["self"]):
        assert "http" not in written
        assert "*" not in written


def test_streamlit_s_own_inline_script_is_named_by_its_digest() -> None:
    pages, _ = guard.policies(INDEX, ["self"])
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


@pytest.mark.parametrize("named", ["https://a.example,https://b.example:8443", "*.gov.uk", "none"])
def test_pages_that_may_show_it(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(guard.ANCESTORS, named)
    assert guard.middleware(INDEX)


@pytest.mark.parametrize(
    "named", ["https://a.example;", "javascript:x", "*", "a.example; default-src *", "", "a,,b"]
)
def test_what_is_no_page_s_address_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(guard.ANCESTORS, named)
    with pytest.raises(ValueError, match=guard.ANCESTORS):
        guard.middleware(INDEX)


def test_another_site_s_page_cannot_open_a_connection(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _connect(server, "https://elsewhere.example")
    assert refused.value.response.status_code == 403
    _connect(server, server.url)


def _connect(server: Server, origin: str) -> None:
    address = f"ws://{urlsplit(server.url).netloc}/_stcore/stream"
    with connect(address, origin=Origin(origin)) as socket:
        assert socket.protocol


def test_another_site_s_page_reads_figures_and_nothing_else(server: Server) -> None:
    origin = "https://elsewhere.example"
    allowed = "access-control-allow-origin"
    assert ask(f"{server.url}/api/v1/areas", Origin=origin)[1][allowed] == "*"
    for path in ("", "_stcore/health", "_stcore/host-config", "healthz"):
        _, headers = ask(f"{server.url}/{path}", Origin=origin)
        assert headers.get(allowed) not in (origin, "*"), path


def test_nobody_can_leave_a_file_without_the_page_s_token(server: Server) -> None:
    address = f"{server.url}/_stcore/upload_file/some-session/some-file"
    assert ask(address, put=b"x")[0] == 403
    assert ask(address, put=b"x", Cookie="_streamlit_xsrf=1", X_Xsrftoken="2")[0] == 403


def test_no_cookie_but_the_framework_s(server: Server) -> None:
    for path in ("", "funding", "healthz", "api/v1/areas", "_stcore/health", "_stcore/host-config"):
        cookie = ask(f"{server.url}/{path}")[1].get("set-cookie", "")
        assert cookie.split("=")[0] in ("", "_streamlit_xsrf"), path
