"""On a phone: menu and filters over the page, the map's names, room for fingers, skip link."""

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from browser import screen
from browser.serve import Server

# A window on a phone, on a small one, at 400 % of 1280, and the widest that is too narrow.
NARROW = pytest.mark.parametrize("width", [390, 320, 767])
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@NARROW
def test_filters_open_from_the_top_of_a_page(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    for cohort, said in (("New six", "6 of 12 areas: New six."), ("All twelve", "All 12 areas.")):
        box = page.get_by_role("button", name="Menu and filters").bounding_box()
        assert box
        assert box["y"] + box["height"] < 60
        screen.open_menu(page)
        choices = page.get_by_role("radiogroup", name="Cohort")
        expect(choices).to_be_in_viewport()
        choices.get_by_text(cohort, exact=True).click()
        # The choice made, the page is seen again.
        expect(screen.main(page).get_by_text(said, exact=True)).to_be_visible()
        screen.page_is_seen(page)


@NARROW
def test_a_page_chosen_in_the_menu_is_seen(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/about")
    choose_pages(page)


def test_a_page_chosen_in_the_menu_is_seen_on_a_telephone(
    chromium: Browser, server: Server
) -> None:
    """Streamlit itself does something else where the browser says that it is a telephone's."""
    with chromium.new_context(
        viewport={"width": 390, "height": 800}, is_mobile=True, has_touch=True, user_agent=PHONE
    ) as context:
        page = context.new_page()
        screen.visit(page, f"{server.url}/about")
        choose_pages(page)


def choose_pages(page: Page) -> None:
    """Go to three pages by the menu; each is seen, and what is pressed beside it does no harm."""
    for name in ("Outcomes", "Map", "Funding"):
        screen.open_menu(page)
        expect(screen.menu(page).first).to_be_in_viewport()
        screen.menu(page).get_by_text(name, exact=True).click()
        expect(screen.title(page)).to_have_text(name)
        screen.page_is_seen(page)
        screen.settled(page)
        assert screen.uncovered(screen.title(page))
        page.mouse.click(5, 400)


@NARROW
def test_the_menu_is_left_without_a_choice(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    for _ in range(2):
        screen.open_menu(page)
        page.get_by_role("button", name="Back to the page").click()
        screen.page_is_seen(page)


@pytest.mark.parametrize("width", [390])
def test_a_search_is_answered_in_the_open_menu(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    screen.open_menu(page)
    page.get_by_role("textbox", name="Find my area").fill("Hastings")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hastings is one of the twelve areas.")).to_be_in_viewport()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Hastings").click()
    expect(screen.title(page)).to_have_text("Hastings")
    screen.page_is_seen(page)


def test_what_is_narrow_on_paper_is_no_phone(page: Page, server: Server) -> None:
    """A search leaves the menu open for a narrow window; a sheet is as narrow."""
    screen.visit(page, f"{server.url}/funding")
    page.get_by_role("textbox", name="Find my area").fill("Hastings")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hastings is one of the twelve areas.")).to_be_visible()
    page.set_viewport_size({"width": 688, "height": 900})
    expect(screen.main(page).get_by_text("All 12 areas")).to_be_hidden()
    page.emulate_media(media="print")
    expect(screen.main(page).get_by_text("All 12 areas")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_keys_go_on_inside_the_menu(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    page.get_by_role("button", name="Menu and filters").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Back to the page")).to_be_focused()
    expect(page.get_by_role("radiogroup", name="Cohort")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Find my area")).to_be_focused()


def test_wide_windows_have_the_filters_beside_the_page(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    expect(page.get_by_role("button", name="Menu and filters")).to_be_hidden()
    expect(page.get_by_role("radiogroup", name="Cohort")).to_be_in_viewport()


# What a finger can press is 24 pixels wide and high (WCAG 2.5.8), links in running text apart.
SMALL = """() => [...document.querySelectorAll('label:has(input), button, summary, [role=tab]')]
    .filter((one) => one.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}))
    .map((one) => [one.innerText || one.ariaLabel, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([words, box]) => `${words}: ${box.width} by ${box.height}`)"""


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("address", ["funding", "outcomes", "sources?part=Sources"])
def test_a_finger_finds_what_can_be_pressed(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    assert page.evaluate(SMALL) == []
    screen.open_menu(page)
    assert page.evaluate(SMALL) == []


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


# The box of each line of each name that is seen beside a mark.
NAMES = """() => [...document.querySelectorAll('.area span:not(.heard)')]
    .filter((name) => name.checkVisibility({checkVisibilityCSS: true}))
    .map((name) => {
        const range = document.createRange();
        range.selectNodeContents(name);
        return [name.textContent, [...range.getClientRects()].map(
            ({left, right, top, bottom}) => ({left, right, top, bottom}))];
    })"""
Box = dict[str, float]


@pytest.mark.parametrize("address", ["", "map?colour=Population"])
def test_names_on_the_map_are_whole_and_apart(page: Page, server: Server, address: str) -> None:
    for width in (320, 390, 414, 600, 800, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        screen.visit(page, f"{server.url}/{address}")
        check_names(screen.map_window(page))


def test_names_find_their_place_in_a_window_made_narrower(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    page.set_viewport_size({"width": 320, "height": 900})
    window = screen.map_window(page)
    window.wait_for_function("innerWidth < 300 && map.getSize().x === innerWidth")
    check_names(window)


def check_names(window: Frame) -> None:
    """Assert that the names of the twelve are seen, inside the frame, none over another."""
    window.wait_for_function(f"({NAMES})().length === 12")
    across = window.evaluate("innerWidth")
    found = f"in a frame of {across} px"
    lines = [(name, line) for name, all_ in window.evaluate(NAMES) for line in all_]
    assert [name for name, one in lines if one["left"] < 0 or one["right"] > across] == [], found
    touching = [
        (name, other)
        for at, (name, one) in enumerate(lines)
        for other, two in lines[:at]
        if name != other and touch(one, two)
    ]
    assert touching == [], found


def touch(one: Box, two: Box) -> bool:
    """Return whether two lines meet: a line's box is higher than its letters by a few pixels."""
    return (
        one["left"] < two["right"]
        and two["left"] < one["right"]
        and one["top"] + 2 < two["bottom"]
        and two["top"] + 2 < one["bottom"]
    )


# How far England's outline keeps from the frame's edges and from the legend, in pixels. At the
# left is sea, and the Isles of Scilly.
MARGINS = """() => {
    const box = (of) => document.querySelector(of).getBoundingClientRect();
    const land = box('.leaflet-land-pane path');
    return [land.top, innerWidth - land.right, box('.legend').top - land.bottom];
}"""


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_whole_of_england_is_seen_above_the_legend(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map?colour=Population")
    window = screen.map_window(page)
    window.wait_for_function(f"({NAMES})().length === 12")
    assert min(window.evaluate(MARGINS)) >= 0


def test_skip_link(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")
