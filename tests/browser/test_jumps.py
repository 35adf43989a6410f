"""Nothing jumps while a page loads: its layout shift stays under 0.1.

Not counted: at a wide window Streamlit draws its sidebar when the list of pages arrives, and moves
the page sideways for it, by 0.23 on a page with nothing of ours; and what moves inside the sidebar
while the menu is put in. Both happen before a page has words.
"""

import pytest
from playwright.sync_api import Page

from browser import screen
from browser.serve import Server

MOST = 0.1
# Where a page may move more: above its rest stand buttons or a table whose code Streamlit loads
# when it first meets them, with no room kept. How much shows depends on how slow that is.
FIRST_VISIT = {"compare": 0.7, "profile?area=Hastings": 0.4, "profile": 0.2}
SECOND_VISIT = {"compare": 0.7, "profile": 0.15}
RECORD = """() => {
    window.moved = 0;
    const ours = (source) => source.node instanceof Element
        && source.node.closest('[data-testid="stMain"]')
        && source.previousRect.x === source.currentRect.x;
    new PerformanceObserver((list) => list.getEntries()
        .filter((one) => !one.hadRecentInput && one.sources.some(ours))
        .forEach((one) => { window.moved += one.value; })
    ).observe({type: 'layout-shift', buffered: true});
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", [*screen.ADDRESSES, "profile?area=Hastings"])
def test_nothing_jumps(page: Page, server: Server, address: str) -> None:
    page.add_init_script(f"({RECORD})()")
    screen.visit(page, f"{server.url}/{address}")
    first = page.evaluate("window.moved")
    assert first < FIRST_VISIT.get(address, MOST)
    if first >= MOST:
        screen.visit(page, f"{server.url}/{address}")
        assert page.evaluate("window.moved") < SECOND_VISIT.get(address, MOST)
