"""The front page with the network cut: nothing is missing, nothing was asked for."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_draws_everything_from_this_server_alone(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    expect(screen.main(page).get_by_role("row")).to_have_count(1 + 12)
    sizes = screen.districts(page).evaluate_all("all => all.map(one => one.getBBox().width)")
    assert min(sizes) > 0


@pytest.mark.parametrize(("theme", "page_colour"), [("light", 255), ("dark", 16)])
def test_map_has_the_page_s_colours(page: Page, server: Server, page_colour: int) -> None:
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    sea = screen.map_frame(page).locator(".leaflet-container")
    red = sea.evaluate("one => Number(getComputedStyle(one).backgroundColor.match(/\\d+/)[0])")
    assert red == page_colour


@pytest.mark.parametrize("width", [1280, 390])
def test_keyboard_and_screen_reader_find_their_way_into_the_map(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    frame = screen.map_frame(page)
    expect(page.locator("iframe")).to_have_attribute("title", screen.MAP)
    for name in ("Zoom in on the map", "Zoom out of the map"):
        expect(frame.get_by_role("button", name=name, exact=True)).to_be_visible()
    for viewport in frame.locator("meta[name=viewport]").all():
        said = viewport.get_attribute("content") or ""
        assert "user-scalable" not in said
        assert "maximum-scale" not in said
