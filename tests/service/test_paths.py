"""An address that is nearly a page's leads to it, and never off this server."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from browser.serve import Server
from dashboard.parameters import PAGES, TITLES
from dashboard.ui import shell
from dashboard.web.paths import find_redirect

HERE = "https://areas.example.org"
BASES = ("", "/oa")

LEAD = [
    ("/profile/Hastings", "/profile?area=Hastings"),
    ("/profile/Stoke%20on%20Trent", "/profile?area=Stoke+on+Trent"),
    ("/profile/St.%20Leonards/", "/profile?area=St.+Leonards"),
    ("/profile/Hastings?cohort=New+six", "/profile?cohort=New+six&area=Hastings"),
    ("/profile/Hastings?area=Derby", "/profile?area=Derby"),
    ("/areas/hastings", "/profile?area=hastings"),
    ("/Profiles/hastings/facts", "/profile?area=hastings"),
    ("/hastings", "/profile?area=hastings"),
    ("/E06000021", "/profile?area=E06000021"),
    ("/compare/hastings/derby", "/compare?areas=hastings&areas=derby"),
    ("/map/Derby?colour=Population", "/map?colour=Population&focus=Derby"),
    ("/outcomes/attainment8", "/outcomes?measure=attainment8"),
    ("/funding/index.html", "/funding"),
    ("/funding.html", "/funding"),
    ("/Funding", "/funding"),
    ("/funding/", "/funding"),
    ("/funding/?cohort=New+six", "/funding?cohort=New+six"),
    ("/funding/2017", "/funding"),
    ("/profile//Hastings", "/profile?area=Hastings"),
    ("/https://evil.example", "/?page=https%3A"),
    ("/research-schools", "/research_schools"),
    ("/ResearchSchools/", "/research_schools"),
    ("/why-these-areas", "/selection"),
    ("/data%20and%20sources", "/sources"),
    ("/overview", "/"),
    ("/index.html", "/"),
    ("/home/", "/"),
    ("/fundng", "/?page=fundng"),
    ("/foo/bar/baz", "/?page=foo"),
]
STAY = (
    "/",
    "/funding",
    "/funding?cohort=New+six",
    "/_stcore/health",
    "/static/js/index.js",
    "/profile/static/js/index.js",
    "/component/dashboard.ui.mapview.leaflet/leaflet.js",
    "/media/abc.csv",
    "/api/v1/areas",
    "/api/v2/areas",
    "/healthz",
    "/favicon.png",
    "/robots.txt",
    "/.well-known/security.txt",
    "/wp-login.php",
    "//evil.example/profile",
    "/profile/..%2f..",
)


def resolve(base: str, target: str) -> str | None:
    """Return where a browser goes from an address, if it is led anywhere."""
    path, _, query = target.partition("?")
    way = find_redirect(f"{base}{path}", query.encode(), base)
    return None if way is None else urljoin(f"{HERE}{base}{path}", way)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("asked", "page"), LEAD)
def test_it_leads_to_the_page_that_is_meant(asked: str, page: str, base: str) -> None:
    assert resolve(base, asked) == f"{HERE}{base}{page}"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("asked", STAY)
def test_what_is_served_as_it_is(asked: str, base: str) -> None:
    assert resolve(base, asked) is None


def test_nothing_outside_the_base_path_is_led() -> None:
    assert find_redirect("/profile/Hastings", b"", "/oa") is None
    assert find_redirect("/oaprofile/Hastings", b"", "/oa") is None


PARTS = st.sampled_from(
    [
        "profile",
        "Funding",
        "evil.example",
        "https:",
        "",
        "..",
        "%2F%2Fevil.example",
        "%5Cevil",
        "%00",
    ]
) | st.text(max_size=8).map(lambda text: "".join(c for c in text if 32 < ord(c) < 127))


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARTS, max_size=6), st.binary(max_size=30), st.sampled_from(BASES))
def test_no_way_leads_off_this_server_or_in_a_circle(
    parts: list[str], query: bytes, base: str
) -> None:
    path = f"{base}/{'/'.join(parts)}".partition("?")[0].partition("#")[0]
    way = find_redirect(path, query, base)
    if way is None:
        return
    assert way.startswith(("./", f"{base}/"))
    assert not way.startswith("//")
    assert way.isprintable()
    assert way.isascii()
    led = urlsplit(urljoin(f"{HERE}{path}", way))
    assert f"{led.scheme}://{led.netloc}" == HERE
    assert led.path.removeprefix(f"{base}/") in PAGES
    assert find_redirect(led.path, led.query.encode(), base) is None


def test_pages_and_their_titles_are_those_of_the_menu() -> None:
    menu = {name: title for group in shell._MENU.values() for name, title in group}
    menu[""] = menu.pop("overview")
    assert menu == {page: titles[0] for page, titles in TITLES.items()}
    assert list(PAGES) == list(TITLES)


class Unled(HTTPRedirectHandler):
    """Leads nowhere, so that a test sees the way."""

    def redirect_request(self, *_: object) -> None:
        """Return no further request."""


def ask(server: Server, path: str, method: str = "GET") -> tuple[int, dict[str, str]]:
    request = Request(f"{server.url}{path}", method=method)  # noqa: S310 - our own server
    try:
        with build_opener(Unled).open(request, timeout=20) as answer:
            return int(answer.status), dict(answer.headers)
    except HTTPError as error:
        return error.code, dict(error.headers)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_server_leads_with_its_headers(server: Server, method: str) -> None:
    status, headers = ask(server, "/profile/Hastings?cohort=New+six&utm_source=x", method)
    assert status == 307
    assert "default-src 'none'" in {**headers}["content-security-policy"]
    way = urlsplit(urljoin(f"{server.url}/profile/Hastings", headers["location"]))
    assert f"{way.scheme}://{way.netloc}{way.path}" == f"{server.url}/profile"
    named = {"cohort": "New six", "utm_source": "x", "area": "Hastings"}
    assert dict(parse_qsl(way.query)) == named


def test_the_server_s_own_paths_are_left_alone(server: Server) -> None:
    for path in ("/", "/funding", "/_stcore/health", "/healthz", "/api/v1/areas", "/favicon.png"):
        assert ask(server, path)[0] == 200, path
    assert Path(server.log).read_text().count("Traceback") == 0
