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
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) { return null; }
    return {mark: one.dataset.walk ?? null, tag: one.tagName,
        seen: one.dataset.look === undefined || one.dataset.look !== window.look(one),
        html: one.outerHTML.slice(0, 160)};
}"""
MISSED = """marks => marks.map(
    (mark) => document.querySelector(`[data-walk='${mark}']`).outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_all_is_reached_by_tab(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    page.add_style_tag(content=STILL)
    page.evaluate(LOOK)
    wanted = set(page.evaluate(REACHABLE))
    assert len(wanted) > 10
    stops = walk(page)
    reached = {one["mark"] for one in stops if one["mark"]}
    assert page.evaluate(MISSED, sorted(wanted - reached)) == []
    assert [one["html"] for one in stops if not one["seen"] and one["tag"] != "IFRAME"] == []


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the walk is back where it began, and return each stop; a trap is an error."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
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


def test_a_popover_opens_and_closes_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    button = page.get_by_role("button", name="About this").first
    button.focus()
    page.keyboard.press("Enter")
    said = page.get_by_test_id("stPopoverBody")
    expect(said.get_by_text("How it came about.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


def test_a_filter_is_chosen_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.radio(page, "All twelve").focus()
    page.keyboard.press("ArrowDown")
    expect(screen.main(page).get_by_text("6 of 12 areas: Original six")).to_be_visible()


def test_a_file_is_taken_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/sources")
    page.get_by_role("button", name="JSON", exact=True).focus()
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename == "opportunity-areas_all-twelve.json"
