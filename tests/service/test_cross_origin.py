"""Pages of other sites read what the service answers, refusals too, as a browser lets them."""

from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from browser.serve import HOST, Server, serving

HANG_S = 60.0


@pytest.fixture(scope="module", params=["", "oa"], ids=["root", "under a path"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("cross") / "server.log"
    with serving(log, script="server.py", base_path=request.param) as started:
        yield started


def ask(
    server: Server, method: str, path: str, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    where = urlsplit(server.url)
    connection = HTTPConnection(where.hostname or HOST, where.port, timeout=HANG_S)
    with suppress(OSError):
        connection.request(method, f"{where.path}/{path}", headers=headers)
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, found, answer.read()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "api/v1/areas", 200),
        ("HEAD", "api/v1/areas", 200),
        ("GET", "api/v1/areas?cohort=none", 400),
        ("GET", "api/v1/areas?" + "x" * 5000, 400),
        ("GET", "api/v1/areas/atlantis", 404),
        ("GET", "api/v1/weather", 404),
        ("GET", "api/v2/areas", 404),
        ("GET", "api", 404),
        ("GET", "api/", 404),
        ("GET", "api/v1x", 404),
        ("POST", "api/v1/areas", 405),
        ("PUT", "healthz", 405),
        ("GET", "healthz", 200),
        ("GET", "healthz/", 200),
        ("GET", "api/v1/healthz", 200),
        ("GET", "api/v1/areas/", 200),
        ("GET", "robots.txt", 200),
    ],
)
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_every_answer_may_be_read(
    server: Server, method: str, path: str, status: int, origin: str
) -> None:
    answered, headers, _ = ask(server, method, path, Origin=origin)
    assert answered == status
    assert headers["access-control-allow-origin"] == "*"
    assert "etag" in headers["access-control-expose-headers"].lower()
    if status >= 400:
        assert headers["content-type"] == "application/problem+json"


def test_a_form_that_is_not_to_be_had_may_be_read_too(server: Server) -> None:
    status, headers, _ = ask(server, "GET", "api/v1/sources", Accept="image/png", Origin="null")
    assert (status, headers["access-control-allow-origin"]) == (406, "*")


@pytest.mark.parametrize("accept", ["", " ", "*/*"])
def test_an_empty_accept_takes_anything(server: Server, accept: str) -> None:
    status, headers, _ = ask(server, "GET", "api/v1/sources", Accept=accept)
    assert (status, headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("path", ["api/v1/areas", "api/v1/areas/derby", "healthz", "api/v9"])
def test_a_browser_that_asks_first_may_send_a_tag(server: Server, path: str) -> None:
    status, headers, body = ask(
        server,
        "OPTIONS",
        path,
        **{
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (status, body) == (204, b"")
    assert headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in headers["access-control-allow-headers"]
    assert "GET" in headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", ["api/v1/areas/", "api/v1/", "healthz/", "api/v1/areas/derby/"])
def test_a_slash_at_the_end_leads_nowhere_else(server: Server, path: str) -> None:
    status, headers, body = ask(server, "GET", path, **{"X-Forwarded-Proto": "https"})
    assert (status, headers.get("location")) == (200, None)
    assert body == ask(server, "GET", path.rstrip("/"))[2]


def test_robots_are_told_in_plain_text(server: Server) -> None:
    status, headers, body = ask(server, "GET", "robots.txt")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/plain")
    assert body.startswith(b"User-agent: *")
