"""What nginx adds: https is kept, a stranger's name is refused, and one address cannot take all."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import urlsplit

import pytest

from browser.serve import HOST, PATIENCE, ROOT
from deploy.proxy import DEPLOY, Site, start_proxy

CONFIGURATION = (DEPLOY / "nginx.conf").read_text("utf-8")
DOCUMENT = (ROOT / "docs" / "operations.md").read_text("utf-8")
HTTPS = {"X-Forwarded-Proto": "https"}
# Addresses that are led elsewhere: by the dashboard, by Streamlit, by the data service, by nobody.
LED = (
    "/profile/Hastings",
    "/Funding/",
    "/index.html",
    "/no-such-page",
    "/component",
    "/component/streamlit_folium.st_folium",
    "/static",
    "/api/v1/areas/",
    "/plain/",
    "//elsewhere.example/",
    "/funding/?next=http://elsewhere.example",
)
OWN = {"/_stcore/metrics": ("GET", 404), "/auth/login": ("GET", 404), "/funding": ("PUT", 405)}


def ask(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    where = urlsplit(url)
    with closing(HTTPConnection(where.hostname or HOST, where.port, timeout=PATIENCE)) as own:
        own.request(method, path, headers=headers)
        answer = own.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}


@pytest.mark.parametrize("path", LED)
def test_nobody_is_led_off_https(site: Site, path: str) -> None:
    for url, host in ((site.url, "localhost"), (site.replicas[0].url, "localhost")):
        status, headers = ask(url, path, **HTTPS, Host=host)
        assert status < 500
        location = headers.get("location", "")
        assert not urlsplit(location).scheme, location
        assert not urlsplit(location).netloc, location


def test_browsers_are_asked_to_stay_with_https_where_they_came_by_it(site: Site) -> None:
    for path, (method, status) in {
        "/funding": ("GET", 200),
        "/api/v1/x": ("GET", 404),
        **OWN,
    }.items():
        assert ask(site.url, path, method)[1].get("strict-transport-security") is None
        answered, headers = ask(site.url, path, method, **HTTPS)
        assert (answered, headers.get("strict-transport-security")) == (status, "max-age=31536000")


@pytest.mark.parametrize("path", list(OWN))
def test_nginx_s_own_answers_have_the_headers(site: Site, path: str) -> None:
    method, status = OWN[path]
    answered, headers = ask(site.url, path, method)
    assert answered == status
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "10.0.0.1"])
@pytest.mark.parametrize("path", ["/", "/profile/Hastings", "/healthz"])
def test_a_name_that_is_not_this_server_s_is_refused(site: Site, host: str, path: str) -> None:
    status, headers = ask(site.url, path, Host=host)
    assert (status, headers.get("location")) == (421, None)
    assert headers["x-content-type-options"] == "nosniff"


@contextmanager
def start_silent_server() -> Iterator[str]:
    """Take connections and never answer."""
    with socket.create_server((HOST, 0), backlog=64) as silent:
        yield f"{HOST}:{silent.getsockname()[1]}"


def test_the_document_says_the_limits() -> None:
    limits = r"rate=(\d+)r/s|burst=(\d+) nodelay|limit_conn connections (\d+);"
    found = ["".join(one) for one in re.findall(limits, CONFIGURATION)]
    words = DOCUMENT.replace(",", "")
    (said,) = re.findall(
        r"may ask nginx (\d+) times a second (\d+) at once and keep (\d+) connections", words
    )
    assert list(said) == found


@pytest.mark.parametrize(
    "limits",
    [
        {"limit_conn connections 1000;": "limit_conn connections 5;"},
        {"limit_conn everyone 6000;": "limit_conn everyone 5;"},
        {"rate=200r/s": "rate=1r/m", "burst=2000 nodelay": "burst=4 nodelay"},
    ],
    ids=["connections of one address", "connections of all", "requests of one address"],
)
def test_whoever_is_over_a_limit_is_told_so(tmp_path: Path, limits: dict[str, str]) -> None:
    with (
        start_silent_server() as host,
        start_proxy(tmp_path / "proxy", [host, host], limits) as url,
    ):
        assert refuse(url, connections=8, refused=3) == [429] * 3


def refuse(url: str, *, connections: int, refused: int) -> list[int]:
    """Ask over so many connections at once; return what those are told that do not wait."""
    where = urlsplit(url)
    with ExitStack() as stack, DefaultSelector() as waiting:
        for _ in range(connections):
            own = stack.enter_context(
                closing(HTTPConnection(where.hostname or HOST, where.port, timeout=PATIENCE))
            )
            own.request("GET", "/funding")
            waiting.register(own.sock, EVENT_READ, own)
        statuses: list[int] = []
        while len(statuses) < refused and (ready := waiting.select(PATIENCE)):
            for key, _ in ready:
                statuses.append(key.data.getresponse().status)
                waiting.unregister(key.fileobj)
        return statuses
