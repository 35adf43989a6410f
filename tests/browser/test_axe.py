"""axe finds no fault: every page, light and dark, three widths, inside the map's frame too.

A page has each width once and both themes, and its neighbour in the list the other theme at each
width; a page with a map, which draws its own colours, has every theme at every width. With what
opens: the menu on a phone, what is folded, what stands behind "Data and method".

What it leaves undecided is judged in docs/accessibility.md.
"""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

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
    *(f"sources?part={one}" for one in ("Sources", "Disagreements", "Gaps", "Tables")),
    "sources?part=Versions+and+citing",
    "all_measures?held=Whole+authorities+too",
    "compare?areas=Derby&areas=Norwich&areas=Hastings&areas=Ipswich",
    "?cohort=New+six&region=South+East&region=East+of+England&place=Town&place=Coastal",
    *(
        f"{one}{NONE_FITS}"
        for one in (
            "",
            "map",
            "funding",
            "research_schools",
            "selection",
            "outcomes",
            "all_measures",
        )
    ),
)
# A map's frame follows a narrower window after a moment.
FITS = """() => [...document.querySelectorAll('iframe')]
    .every((one) => one.getBoundingClientRect().right <= innerWidth)"""
THEMES: tuple[Theme, ...] = ("light", "dark")
Way = tuple[int, Theme]
# In this order every second one has each width once, with the themes in turn.
WAYS: tuple[Way, ...] = (
    (1280, "light"),
    (1280, "dark"),
    (390, "dark"),
    (390, "light"),
    (320, "light"),
    (320, "dark"),
)


def test_no_violations(page: Page, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    found = {
        address: check_ways(page, f"{server.url}/{address}", list(WAYS)[number % 2 :: 2])
        for number, address in enumerate(PAGES)
    }
    with capsys.disabled():
        heads = [f"{width} {theme}" for width, theme in WAYS]
        print(f"\n{'violations':<82}" + "".join(f"{head:>11}" for head in heads))  # noqa: T201 - the table is the report
        for address, ways in found.items():
            counts = [str(len(ways[way])) if way in ways else "" for way in WAYS]
            print(f"/{address:<81}" + "".join(f"{count:>11}" for count in counts))  # noqa: T201
    violations = {
        (address, way): faults
        for address, ways in found.items()
        for way, faults in ways.items()
        if faults
    }
    assert violations == {}


def check_ways(page: Page, url: str, ways: list[Way]) -> dict[Way, list[str]]:
    """Return what is wrong with a page in each of these widths and themes.

    It is opened once: the window and its colours change under it, as a reader's may. A map takes
    its colours from the server, and is opened in each.
    """
    found: dict[Way, list[str]] = {}
    width, theme = ways[0]
    resize(page, width, theme)
    screen.visit(page, url)
    has_map = page.locator("iframe").count() > 0
    for width, theme in sorted(WAYS, key=lambda way: way[1]) if has_map else ways:
        resize(page, width, theme)
        if has_map and width == WIDTHS[0]:
            screen.visit(page, url)
        screen.settled(page)
        page.wait_for_function(FITS)
        found[width, theme] = checked(page)
    return found


def resize(page: Page, width: int, theme: Theme) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)


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
    screen.open_provenance(page)
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
