"""Where JavaScript, the connection or the map fails, a plain word says so."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import Server
from expected import DISTRICTS

NO_MAP = "The map could not be loaded."


def test_without_javascript(chromium: Browser, server: Server) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}/")
        assert "enable JavaScript" in page.content()


@pytest.mark.parametrize("missing", ["**/leaflet.js", "**/streamlit_folium.st_folium/index.html*"])
def test_without_the_map(chromium: Browser, server: Server, missing: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.route(missing, lambda route: route.abort())
        page.goto(f"{server.url}/map")
        expect(page.get_by_text(NO_MAP)).to_be_visible()
        expect(screen.main(page).get_by_role("table").first).to_be_visible()


def test_without_the_districts_the_map_says_so_and_asks_again(
    chromium: Browser, server: Server
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        missing = re.compile(r"browser_files\.files/\w+\.json")
        page.route(missing, lambda route: route.abort())
        screen.visit(page, f"{server.url}/selection")
        legend = screen.map_frame(page).locator(".legend")
        expect(legend).to_contain_text("The districts could not be loaded.")
        screen.drawn(page, districts_shown=len(DISTRICTS), areas_shown=12)
        page.unroute(missing)
        screen.menu(page).get_by_text("Map", exact=True).click()
        expect(legend.locator("div")).to_have_count(2)
        screen.menu(page).get_by_text("Why these areas", exact=True).click()
        expect(screen.districts_pane(page)).to_be_visible()
        expect(legend).not_to_contain_text("could not be loaded")


def test_districts_that_come_late_are_drawn_once_and_only_where_they_belong(
    chromium: Browser, server: Server
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    drawn = "Object.values(map._layers).filter((one) => one.feature?.properties?.says).length"
    with chromium.new_context() as context:
        page = context.new_page()
        page.route(re.compile(r"browser_files\.files/\w+\.json"), hold)
        page.goto(f"{server.url}/selection")
        legend = screen.map_frame(page).locator(".legend div")
        for name, entries in (("Map", 2), ("Why these areas", 8), ("Map", 2)):
            expect(legend).to_have_count(10 - entries)
            screen.menu(page).get_by_text(name, exact=True).click()
            expect(legend).to_have_count(entries)
        (asked,) = held
        asked.continue_()
        screen.settled(page)
        page.wait_for_timeout(500)
        assert screen.map_window(page).evaluate(drawn) == 0
        screen.menu(page).get_by_text("Why these areas", exact=True).click()
        expect(legend).to_have_count(8)
        screen.settled(page)
        assert screen.map_window(page).evaluate(drawn) == 324


def test_with_the_map_nothing_is_said(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    expect(page.get_by_text(NO_MAP)).to_be_hidden()


def test_without_a_connection(chromium: Browser, servers: Servers) -> None:
    started = servers.start()
    with chromium.new_context() as context:
        page = context.new_page()
        screen.visit(page, f"{started.url}/about")
        started.stop()
        expect(page.get_by_text("Connection error")).to_be_visible()
        expect(screen.title(page)).to_have_text("About")
