"""axe finds no fault: every page, light and dark, three widths, inside the map's frame too.

With what opens: the menu on a phone, what is folded, what stands behind "About this".

What it leaves undecided is judged in docs/accessibility.md.
"""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Theme
from browser.serve import Server

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """rules => axe.run(document, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
})"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390, 320)
NONE_FITS = "?cohort=Original+six&region=South+East"
PAGES = (
    *screen.ADDRESSES,
    "map?focus=Hastings&colour=Population",
    "profile?area=Fenland+and+East+Cambridgeshire",
    *(f"sources?part={one}" for one in ("Sources", "Disagreements", "Gaps", "Columns")),
    "sources?part=Versions+and+citing",
    "compare?areas=Derby&areas=Norwich&areas=Hastings&areas=Ipswich",
    "?cohort=New+six&region=South+East&region=East+of+England&place=Town&place=Coastal",
    *(
        f"{one}{NONE_FITS}"
        for one in ("", "map", "funding", "research_schools", "selection", "outcomes")
    ),
)
# A map's frame follows a narrower window after a moment.
FITS = """() => [...document.querySelectorAll('iframe')]
    .every((one) => one.getBoundingClientRect().right <= innerWidth)"""
THEMES: tuple[Theme, ...] = ("light", "dark")


def test_no_violations(page: Page, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    found = {address: every_way(page, f"{server.url}/{address}") for address in PAGES}
    with capsys.disabled():
        heads = [f"{width} {theme}" for theme in THEMES for width in WIDTHS]
        print(f"\n{'violations':<82}" + "".join(f"{one:>11}" for one in heads))  # noqa: T201 - the table is the report
        for address, ways in found.items():
            print(f"/{address:<81}" + "".join(f"{len(one):>11}" for one in ways.values()))  # noqa: T201
    said = {
        address: {way: all_ for way, all_ in ways.items() if all_}
        for address, ways in found.items()
    }
    assert {address: ways for address, ways in said.items() if ways} == {}


def every_way(page: Page, url: str) -> dict[tuple[str, int], list[str]]:
    """Return what is wrong with a page in each theme and width.

    It is opened once: the window grows narrower, and its colours change under it, as a reader's
    may. A map takes its colours from the server, and is opened in each.
    """
    found: dict[tuple[str, int], list[str]] = {}
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            first = width == WIDTHS[0]
            if first and (theme == THEMES[0] or page.locator("iframe").count()):
                screen.visit(page, url)
            screen.settled(page)
            page.wait_for_function(FITS)
            found[theme, width] = checked(page)
    return found


def checked(page: Page) -> list[str]:
    """Return what is wrong on a page and in the frames it holds, in axe's words."""
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(RUN, RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_violations_with_a_popover_open(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    page.get_by_role("button", name="About this").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.mouse.move(0, 0)
    assert checked(page) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [390])
def test_no_violations_with_the_menu_open(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    screen.open_menu(page)
    assert checked(page) == []


@pytest.mark.parametrize("address", ["funding", "outcomes"])
def test_no_violations_in_what_was_folded(page: Page, server: Server, address: str) -> None:
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    screen.visit(page, f"{server.url}/{address}")
    screen.unfold(page)
    assert checked(page) == []


def test_a_fault_would_be_found(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/about")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x>')")
    page.evaluate(AXE)
    result = page.evaluate("() => axe.run(document, {runOnly: ['image-alt']})")
    assert [one["id"] for one in result["violations"]] == ["image-alt"]
