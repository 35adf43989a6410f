"""On a phone: the filters at the top, the map in the page's flow, skip link for keyboards."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import screen
from browser.serve import Server


@pytest.mark.parametrize("width", [390, 320])
def test_filters_open_from_the_top_of_a_page(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    change = page.get_by_role("button", name="Change filters")
    for cohort, said in (("New six", "6 of 12 areas: New six"), ("All twelve", "All 12 areas")):
        box = change.bounding_box()
        assert box
        assert box["y"] + box["height"] < 300
        change.click()
        choices = page.get_by_role("radiogroup", name="Cohort")
        expect(choices).to_be_in_viewport()
        choices.get_by_text(cohort, exact=True).click()
        # The choice made, the page is seen again.
        expect(screen.main(page).get_by_text(said, exact=True)).to_be_visible()
        expect(choices).not_to_be_in_viewport()


def test_wide_windows_have_the_filters_beside_the_page(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    expect(page.get_by_role("button", name="Change filters")).to_be_hidden()
    expect(page.get_by_role("radiogroup", name="Cohort")).to_be_in_viewport()


def test_one_finger_scrolls_the_page_and_two_zoom_the_map(
    chromium: Browser, server: Server
) -> None:
    with chromium.new_context(
        viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True
    ) as context:
        page = context.new_page()
        screen.visit(page, f"{server.url}/map")
        window = screen.map_window(page)
        allowed = "getComputedStyle(document.querySelector('.leaflet-container')).touchAction"
        assert window.evaluate(allowed) == "pan-x pan-y"
        assert window.evaluate("map.touchZoom.enabled()")
        assert "user-scalable=no" not in window.content()
        assert "maximum-scale" not in window.content()


# The box of each name beside a mark, and the frame's.
NAMES = """() => [...document.querySelectorAll('.area span:not(.heard)')].map((name) => {
    const range = document.createRange();
    range.selectNodeContents(name);
    return [name.textContent, [...range.getClientRects()].map(
        ({left, right, top, bottom}) => ({left, right, top, bottom}))];
})"""


@pytest.mark.parametrize("width", [390, 320])
def test_names_on_the_map_are_whole_and_apart(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    window = screen.map_window(page)
    across = window.evaluate("innerWidth")
    lines = [(name, line) for name, all_ in window.evaluate(NAMES) for line in all_]
    assert len({name for name, _ in lines}) == 12
    assert [name for name, one in lines if one["left"] < 0 or one["right"] > across] == []
    # A line's box is higher than its letters by a pixel or two.
    touching = [
        (name, other)
        for at, (name, one) in enumerate(lines)
        for other, two in lines[:at]
        if name != other
        and one["left"] < two["right"]
        and two["left"] < one["right"]
        and one["top"] + 2 < two["bottom"]
        and two["top"] + 2 < one["bottom"]
    ]
    assert touching == []


def test_skip_link(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")
