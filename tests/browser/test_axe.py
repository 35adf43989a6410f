"""axe finds no fault: every page, light and dark, three widths, inside the map's frame too.

What it leaves undecided is judged in docs/accessibility.md.
"""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from browser import screen
from browser.serve import Server

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """rules => axe.run(document, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
})"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390, 320)
PAGES = (
    *(one for one in screen.ADDRESSES if one not in ("map", "profile")),
    "map?focus=Hastings&colour=Population",
    "profile?area=Fenland+and+East+Cambridgeshire",
    "sources?part=Sources",
    "?cohort=New+six&region=South+East&region=East+of+England&place=Town&place=Coastal",
    "?cohort=Original+six&region=South+East",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violations(
    page: Page, server: Server, theme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {address: at_every_width(page, f"{server.url}/{address}") for address in PAGES}
    with capsys.disabled():
        print(f"\n{f'violations, {theme}':<82}" + "".join(f"{one:>6} px" for one in WIDTHS))  # noqa: T201 - the table is the report
        for address, widths in found.items():
            print(f"/{address:<81}" + "".join(f"{len(one):>9}" for one in widths.values()))  # noqa: T201
    said = {
        address: {width: all_ for width, all_ in widths.items() if all_}
        for address, widths in found.items()
    }
    assert {address: widths for address, widths in said.items() if widths} == {}


def at_every_width(page: Page, url: str) -> dict[int, list[str]]:
    """Return what is wrong with a page at each width; a map is drawn anew for each."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width == WIDTHS[0] or page.locator("iframe").count():
            screen.visit(page, url)
        screen.settled(page)
        found[width] = checked(page)
    return found


def checked(page: Page) -> list[str]:
    """Return what is wrong on a page and in the frames it holds, in axe's words."""
    for frame in page.frames:
        frame.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(RUN, RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]


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
