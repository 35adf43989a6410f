"""Pages of other sites read what the service answers, refusals too, as a browser lets them."""

import json
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from browser.serve import HOST, Server
from dashboard import web
from dashboard.web.redirects import RelativeRedirectMiddleware

HANG_S = 60.0


def ask(
    server: Server, method: str, path: str, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    where = urlsplit(server.url)
    with closing(HTTPConnection(where.hostname or HOST, where.port, timeout=HANG_S)) as connection:
        connection.request(method, f"{where.path}/{path}", headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, found, answer.read()


@pytest.mark.slow
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
        ("GET", "api/v1/areas/../derby", 400),
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
    exposed = headers["access-control-expose-headers"].lower().split(", ")
    assert {"etag", "link", "content-disposition"} <= set(exposed)
    if status >= 400 and ".." not in path:
        assert headers["content-type"] == "application/problem+json"


@pytest.mark.slow
def test_a_form_that_is_not_to_be_had_may_be_read_too(server: Server) -> None:
    status, headers, _ = ask(server, "GET", "api/v1/sources", Accept="image/png", Origin="null")
    assert (status, headers["access-control-allow-origin"]) == (406, "*")


@pytest.mark.parametrize("accept", ["", " ", ",", " , ,", "*/*"])
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
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["api/v1/areas/", "api/v1/", "healthz/", "api/v1/areas/derby/"])
def test_a_slash_at_the_end_leads_nowhere_else(server: Server, path: str) -> None:
    status, headers, body = ask(server, "GET", path, **{"X-Forwarded-Proto": "https"})
    assert (status, headers.get("location")) == (200, None)
    assert body == ask(server, "GET", path.rstrip("/"))[2]


@pytest.mark.parametrize("path", ["api/v1/areas", "api/v1/nothing", "healthz", "robots.txt"])
def test_it_may_be_read_without_naming_an_origin(path: str) -> None:
    """A cache between may keep an answer that was given to nobody's page."""
    answer = TestClient(Starlette(routes=web.build_routes("oa"))).get(f"/oa/{path}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Origin" not in answer.headers.get("vary", "")


def test_figures_that_cannot_be_read_are_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", "nowhere")
    client = TestClient(Starlette(routes=web.build_routes()))
    for path in ("/api/v1", "/api/v1/areas", "/api/v1/areas/derby/brief.pdf", "/healthz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["status"]) == (503, 503)
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["api", "api/", "api/v2", "api/v2/areas", "api//", "api/v1x"])
def test_whoever_asks_beside_the_service_is_led_to_it(server: Server, path: str) -> None:
    status, headers, body = ask(server, "GET", path)
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    index = f"{urlsplit(server.url).path}/api/v1"
    assert json.loads(body)["detail"] == f"No such path. {index} lists those there are."


@pytest.mark.parametrize(
    "path", ["favicon.ico", "sitemap.xml", ".well-known/security.txt", "healthz/live"]
)
def test_what_programs_ask_for_is_no_page(server: Server, path: str) -> None:
    status, headers, _ = ask(server, "GET", path)
    assert (status, headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        ("http://testserver/oa/", "/oa/"),
        ("https://testserver:81/oa/?a=http://b/c", "/oa/?a=http://b/c"),
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("../areas?a=1", "../areas?a=1"),
        ("/areas", "/areas"),
    ],
)
def test_a_redirect_says_neither_scheme_nor_host(location: str, sent: str) -> None:
    leads = Route("/", lambda _: Response(status_code=307, headers={"Location": location}))
    client = TestClient(
        Starlette(routes=[leads], middleware=[Middleware(RelativeRedirectMiddleware)])
    )
    assert client.get("/", follow_redirects=False).headers["location"] == sent


def test_the_way_to_a_base_path_stays_on_https(server: Server) -> None:
    status, headers, _ = ask(server, "GET", "", **{"X-Forwarded-Proto": "https"})
    assert (status, headers.get("location")) == (200, None)
    if base := urlsplit(server.url).path:
        bare = Server(server.url.removesuffix(base), server.log, server.pid)
        status, headers, _ = ask(bare, "GET", base.strip("/"), **{"X-Forwarded-Proto": "https"})
        assert (status, headers["location"]) == (307, f"{base}/")


def test_robots_are_told_in_plain_text(server: Server) -> None:
    status, headers, body = ask(server, "GET", "robots.txt")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/plain")
    assert body.startswith(b"User-agent: *")
