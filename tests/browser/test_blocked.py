"""Where a network blocks the live connection, a reader is told so, and has the files."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser import screen
from browser.blocking import KINDS, Proxy, proxying
from browser.conftest import Theme
from browser.serve import Server, serving
from browser.test_axe import THEMES, checked

# Two themes and three widths, over the ways to block a websocket.
LOOKS: list[tuple[Theme, int]] = [(theme, width) for theme in THEMES for width in (1366, 390, 320)]


@pytest.fixture(scope="module", params=["", "oa"], ids=["root", "under a path"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("blocked") / "server.log"
    with serving(log, script="server.py", base_path=request.param) as started:
        yield started


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Where pages and proxies are kept open; these pages may complain of their connection."""
    with ExitStack() as stack:
        yield stack


def new_page(
    opened: ExitStack, chromium: Browser, theme: Theme = "light", width: int = 1366
) -> Page:
    context: BrowserContext = opened.enter_context(
        chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    )
    context.set_default_timeout(screen.PATIENCE)
    return context.new_page()


def words(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="This page has not been able to connect")


def test_a_reader_is_told_and_has_the_files(
    server: Server, chromium: Browser, opened: ExitStack
) -> None:
    pages: list[tuple[Proxy, Page]] = []
    for kind, (theme, width) in zip(KINDS, LOOKS, strict=True):
        proxy = opened.enter_context(proxying(server.url, kind))
        pages.append((proxy, new_page(opened, chromium, theme, width)))
    for proxy, page in pages:
        page.goto(f"{proxy.url}/funding?cohort=New+six")
    for proxy, page in pages:
        expect(words(page)).to_be_visible()
        expect(words(page)).to_contain_text("nothing has come over that connection")
        asked = page.get_by_role("main").get_by_text("allow websocket connections (ws)")
        expect(asked).to_be_visible()
        stream = f"{proxy.url.replace('http', 'ws', 1)}/_stcore/stream"
        expect(page.get_by_text(stream, exact=True)).to_be_visible()
        assert proxy.met, proxy.kind
        assert checked(page) == [], proxy.kind
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    proxy, page = pages[0]
    the_links_answer(page, proxy.url)


def the_links_answer(page: Page, home: str) -> None:
    page.get_by_role("link", name="All tables, and a brief of each area").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("files without the live page")
    assert checked(page) == []
    briefs = page.get_by_role("listitem").filter(has_text="(PDF)")
    expect(briefs).to_have_count(12)
    for name, start in {
        "Hastings": b"%PDF",
        "The research school of each area": b"\xef\xbb\xbf",
        "Excel workbook": b"PK",
    }.items():
        link = page.get_by_role("link", name=name)
        path = str(link.first.get_attribute("href")).removeprefix(".")
        with urlopen(f"{home}{path}", timeout=60) as answer:  # noqa: S310 - our own server
            assert answer.read().startswith(start), name


def test_the_words_give_way_when_the_connection_comes(
    server: Server, chromium: Browser, opened: ExitStack
) -> None:
    pages = []
    for kind in ("403", "unanswered", "dropped"):
        proxy = opened.enter_context(proxying(server.url, kind))
        pages.append((proxy, new_page(opened, chromium)))
    for proxy, page in pages:
        page.goto(f"{proxy.url}/funding")
    for proxy, page in pages:
        expect(words(page)).to_be_visible()
        proxy.kind = None
    for _, page in pages:
        # For a moment both headings are there: the words go first of all.
        expect(page.locator("#connection-help")).to_have_count(0, timeout=2 * screen.PATIENCE)
        expect(screen.title(page)).to_have_text("Funding")
        screen.settled(page)
        button = page.get_by_role("button", name="Data and method").first
        assert screen.uncovered(button)
        button.focus()
        expect(button).to_be_focused()


# Milliseconds of the page's own clock, which the test moves: no machine is too slow for it.
@pytest.mark.parametrize(("after", "shown"), [(6_000, False), (9_000, True)])
def test_a_slow_page_is_not_called_blocked(
    server: Server, chromium: Browser, opened: ExitStack, after: int, shown: bool
) -> None:
    page = new_page(opened, chromium)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)
    page.route_web_socket(re.compile("_stcore/stream"), lambda _: None)
    page.goto(f"{server.url}/funding")
    page.clock.run_for(after - 1_000)
    page.evaluate("fetch('./_stcore/health').then((answer) => answer.text())")
    # The words are shown in the next frame, which the clock holds back too.
    expect(page.locator("#connection-help")).to_have_count(int(shown))


def test_whoever_connects_is_not_told(server: Server, chromium: Browser, opened: ExitStack) -> None:
    """Where the page has come, its clock can go on as long as it likes."""
    proxy = opened.enter_context(proxying(server.url, delay=2))
    page = new_page(opened, chromium)
    screen.visit(page, f"{proxy.url}/funding")
    page.evaluate("new Promise((done) => setTimeout(done, 10_000))")
    expect(page.locator("#connection-help")).to_have_count(0)
    assert not page.evaluate("document.getElementById('root').inert")


def test_a_server_that_is_gone_is_not_called_blocked(
    server: Server, chromium: Browser, opened: ExitStack
) -> None:
    page = new_page(opened, chromium)
    page.route_web_socket(re.compile("_stcore/stream"), lambda _: None)
    page.route(re.compile("_stcore/health"), lambda route: route.abort())
    page.goto(f"{server.url}/funding")
    expect(words(page)).to_contain_text("The server does not answer at the moment")
    expect(page.get_by_text("What to ask for")).to_have_count(0)
    assert checked(page) == []


def test_without_javascript_the_files_are_named(server: Server, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}/funding?cohort=New+six")
        expect(page.get_by_role("heading", name="This page needs JavaScript")).to_be_visible()
        page.get_by_role("link").first.click()
        expect(page.get_by_role("link", name="Hastings")).to_be_visible()
