"""Every page walked by the Tab key alone: all is reached, seen in focus, and nothing traps."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

ADDRESSES = (
    *(one for one in screen.ADDRESSES if one != "profile"),
    "profile?area=Hastings",
    "sources?part=Sources",
)
MOST = 400
# How an element and those around it look: what changes when it has the focus can be seen.
LOOK = """() => { window.look = (one) => [one, one.parentElement, one.parentElement?.parentElement,
    one.closest('label'), one.nextElementSibling, one.previousElementSibling]
    .filter(Boolean).map((el) => {
        const s = getComputedStyle(el);
        return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration].join();
    }).join('|'); }"""
# What can be pressed or typed in, and is drawn; of a group of round buttons, the one chosen;
# of a bar of buttons, which the arrow keys walk, the first.
REACHABLE = """() => {
    window.walked = 0;
    const drawn = (one) => one.checkVisibility({checkVisibilityCSS: true})
        && one.getClientRects().length > 0 && !one.closest('[inert], [aria-hidden=true]');
    const all = [...document.querySelectorAll(
        'a[href], button:not([disabled]), input:not([disabled]), summary, iframe')];
    return all.filter(drawn).filter((one) => one.tabIndex >= 0)
        .filter((one) => one.type !== 'radio' || one.checked)
        .filter((one) => {
            const bar = one.closest('[role=toolbar]');
            return !bar || one === bar.querySelector('button');
        })
        .map((one) => {
            one.dataset.walk = String(++window.walked);
            one.dataset.look = window.look(one);
            return one.dataset.walk;
        });
}"""
# What moves would have to be waited for at every stop.
STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"
# Where the focus is, whether that looks different, and whether any of it is seen: inside the
# window, with nothing over it (WCAG 2.4.11). Of a round button its label is what is seen.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) { return null; }
    const shown = one.closest('label') ?? one, parts = [0.1, 0.5, 0.9];
    // A link over two lines has a box for each.
    const uncovered = [...shown.getClientRects()].some((box) => parts.some((across) => parts.some(
        (down) => shown.contains(document.elementFromPoint(
            box.x + across * box.width, box.y + down * box.height)))));
    return {mark: one.dataset.walk ?? null, tag: one.tagName, uncovered,
        seen: one.dataset.look === undefined || one.dataset.look !== window.look(one),
        html: one.outerHTML.slice(0, 160)};
}"""
MISSED = """marks => marks.map(
    (mark) => document.querySelector(`[data-walk='${mark}']`).outerHTML.slice(0, 160))"""


@pytest.mark.parametrize(
    ("address", "width"),
    [
        *((address, 390 if number % 2 else 1280) for number, address in enumerate(ADDRESSES)),
        *(("funding", width) for width in (390, 320)),
        ("profile?area=Hastings", 1280),
    ],
)
def test_all_is_reached_by_tab(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    wanted = marked(page)
    assert len(wanted) > 10
    stops = walk(page)
    reached = {one["mark"] for one in stops if one["mark"]}
    assert page.evaluate(MISSED, sorted(wanted - reached)) == []
    assert unseen(stops) == []


@pytest.mark.parametrize("width", [390, 320])
def test_all_of_the_open_menu_is_reached_and_nothing_under_it(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    screen.open_menu(page)
    wanted = marked(page)
    stops = walk(page)
    assert {one["mark"] for one in stops} == wanted
    assert page.get_by_test_id("stMain").locator("[data-walk]").count() == 0
    assert unseen(stops) == []


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("address", ["funding", "profile?area=Hastings"])
def test_nothing_covers_the_focus_in_a_low_window(
    page: Page, server: Server, address: str, key: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    screen.visit(page, f"{server.url}/{address}")
    marked(page)
    stops = walk(page, key)
    assert len(stops) > 40
    assert unseen(stops) == []


def marked(page: Page) -> set[str]:
    """Still the page, mark all that is to be reached and how it looks, and return the marks."""
    page.add_style_tag(content=STILL)
    page.evaluate(LOOK)
    return set(page.evaluate(REACHABLE))


def unseen(stops: list[dict[str, Any]]) -> list[str]:
    """Return the stops, the map's own apart, that do not look different, or are not to be seen."""
    ours = [one for one in stops if one["tag"] != "IFRAME"]
    return [one["html"] for one in ours if not (one["seen"] and one["uncovered"])]


def walk(page: Page, key: str = "Tab") -> list[dict[str, Any]]:
    """Press Tab until the walk is back where it began, and return each stop; a trap is an error."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST):
        page.keyboard.press(key)
        here = page.evaluate(FOCUSED)
        # Between the last stop and the first the focus is outside the page.
        if here is None or (
            stops and here["html"] == stops[-1]["html"] and here["tag"] == "IFRAME"
        ):
            continue
        if stops and here["mark"] and here["mark"] == stops[0]["mark"]:
            return stops
        stops.append(here)
    raise AssertionError(f"the walk did not end: {stops[-3:]}")


# What has the focus inside the map's frame: its role and name, and whether its outline is seen.
INSIDE = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    const named = one.querySelector('.heard') ?? one;
    return [one.getAttribute('role'), one.ariaLabel || one.title || named.textContent,
        look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2];
}"""


@pytest.mark.parametrize("address", ["", "map"])
def test_tab_goes_to_the_map_s_buttons_and_then_to_its_marks(
    page: Page, server: Server, address: str
) -> None:
    screen.visit(page, f"{server.url}/{address}")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    window = screen.map_window(page)
    # The last thing before the frame.
    page.evaluate("""() => {
        const all = [...document.querySelectorAll('[data-testid=stMain] :is(a[href], input)')];
        const frame = document.querySelector('iframe');
        all.findLast((one) => one.compareDocumentPosition(frame) & 4 && one.checkVisibility())
            .focus();
    }""")
    while page.evaluate("document.activeElement.tagName") != "IFRAME":
        page.keyboard.press("Tab")
    stops = []
    while page.evaluate("document.activeElement.tagName") == "IFRAME":
        stops.append(window.evaluate(INSIDE))
        page.keyboard.press("Tab")
    whole, *buttons = stops
    assert whole[:2] == ["group", "The map itself: arrow keys move it"]
    assert [name for _, name, _ in buttons[:2]] == ["Zoom in on the map", "Zoom out of the map"]
    heard = screen.map_frame(page).locator(".heard").all_text_contents()
    assert [name for _, name, _ in buttons[2:]] == heard
    assert len(heard) == 12
    assert {role for role, _, _ in buttons} == {"button"}
    assert [name for _, name, outlined in stops if not outlined] == []
    # Back to the last mark: Enter chooses its area.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    area = heard[-1].split(",")[0]
    link = screen.main(page).get_by_role("link", name=f"Everything about {area}")
    expect(link).to_be_visible()


def test_a_popover_opens_and_closes_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    button = page.get_by_role("button", name="Data and method").first
    button.focus()
    page.keyboard.press("Enter")
    said = page.get_by_test_id("stPopoverBody")
    expect(said.get_by_text("How this was worked out.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


def test_a_filter_is_chosen_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.radio(page, "All twelve").focus()
    page.keyboard.press("ArrowDown")
    expect(screen.main(page).get_by_text("6 of 12 areas: Original six")).to_be_visible()


def test_a_file_is_taken_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/sources")
    page.get_by_role("button", name="JSON document", exact=True).focus()
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename == "opportunity-areas_all-twelve.json"
