"""With the policy that ``server.py`` sends, every page works; other sites' pages hold it or not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import screen
from browser.serve import HOST, Server, serving
from dashboard.web import security


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("policy") / "log", script="server.py") as started:
        yield started


def test_every_page_works_under_the_policy(page: Page, server: Server) -> None:
    """What the policy stops is an error in the console, and the page's watch complains of it."""
    for address in screen.ADDRESSES:
        with page.expect_response(lambda one: one.request.is_navigation_request()) as came:
            screen.visit(page, f"{server.url}/{address}")
        assert "default-src 'none'" in came.value.headers["content-security-policy"]
    screen.visit(page, f"{server.url}/map")
    screen.marker(page, "Hastings").click()
    screen.address_is(page, f"{server.url}/map", focus="Hastings")
    screen.visit(page, f"{server.url}/funding")
    opened = screen.open_provenance(page)
    for kind in ("CSV", "PNG"):
        with page.expect_download() as coming:
            opened.get_by_role("button", name=f"{kind}: ").click()
        assert Path(coming.value.path()).stat().st_size


def test_a_script_that_gets_in_is_stopped(chromium: Browser, server: Server) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        screen.visit(page, f"{server.url}/about")
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.planted = 1";
                document.body.append(script);
                const picture = document.createElement("img");
                picture.setAttribute("onerror", "window.planted = 2");
                picture.src = "nothing";
                document.body.append(picture);
                return new Promise((go) => picture.addEventListener("error", go));
            }"""
        )
        assert page.evaluate("window.planted") is None


@contextmanager
def another_site(shown: str) -> Iterator[str]:
    """Serve a page that holds an address in a frame, and yield the site's own."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{shown}" width=1000 height=800></iframe>'.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Answer) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{site.server_port}"
        site.shutdown()


def test_a_page_of_another_site_holds_it_where_it_is_named(
    chromium: Browser, server: Server, tmp_path: Path
) -> None:
    with chromium.new_context() as context, another_site(f"{server.url}/about") as site:
        page = context.new_page()
        page.goto(site)
        expect(page.frame_locator("iframe").get_by_test_id("stApp")).to_have_count(0)
        assert page.frames[1].url.startswith("chrome-error:")
    with (
        chromium.new_context() as context,
        serving(
            tmp_path / "log",
            script="server.py",
            settings={security.ANCESTORS: f"self,http://{HOST}:*"},
        ) as open_to_all,
        another_site(f"{open_to_all.url}/about") as site,
    ):
        page = context.new_page()
        page.goto(site)
        title = page.frame_locator("iframe").get_by_role("heading", level=1)
        expect(title).to_have_text("About")
