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
PHONE = 390
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    *(one for one in screen.ADDRESSES if one not in ("map", "profile")),
    "map?focus=Hastings&colour=Population",
    "profile?area=Fenland+and+East+Cambridgeshire",
)
# Looked at once in each theme: what a page shows here, it shows at every width.
FURTHER = (
    "sources?part=Sources",
    "?cohort=New+six&region=South+East&region=East+of+England&place=Town&place=Coastal",
    "?cohort=Original+six&region=South+East",
)


@pytest.mark.parametrize("width", [1280, PHONE, 320])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violations(
    page: Page, server: Server, theme: str, width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = (*PAGES, *FURTHER) if width == PHONE else PAGES
    found = {address: checked(page, f"{server.url}/{address}") for address in addresses}
    with capsys.disabled():
        print(f"\n{'page':<82} {theme}, {width} px")  # noqa: T201 - the table is the report
        for address, violations in found.items():
            print(f"/{address:<81} {len(violations)} violations")  # noqa: T201
    assert {address: said for address, said in found.items() if said} == {}


def checked(page: Page, url: str) -> list[str]:
    """Return what is wrong on a page and in the frames it holds, in axe's words."""
    screen.visit(page, url)
    for frame in page.frames:
        frame.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(RUN, RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]


def test_a_fault_would_be_found(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/about")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x>')")
    page.evaluate(AXE)
    result = page.evaluate("() => axe.run(document, {runOnly: ['image-alt']})")
    assert [one["id"] for one in result["violations"]] == ["image-alt"]
