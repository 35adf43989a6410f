"""How much each page moves while it loads: its layout shift, of which 0.1 is thought good.

Not counted: at a wide window Streamlit draws its sidebar when the list of pages arrives, and moves
the page sideways for it, by 0.23 on a page with nothing of ours; and what moves inside the sidebar
while the menu is put in. Both happen before a page has words.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import report, visits
from benchmarks.report import Line
from browser import chromium, screen
from browser.serve import serving

MOST = 0.1
WIDTHS = (1280, 390)
ADDRESSES = (*screen.ADDRESSES, "profile?area=Hastings")
_RECORD = """() => {
    window.moved = 0;
    const ours = (source) => source.node instanceof Element
        && source.node.closest('[data-testid="stMain"]')
        && source.previousRect.x === source.currentRect.x;
    new PerformanceObserver((list) => list.getEntries()
        .filter((one) => !one.hadRecentInput && one.sources.some(ours))
        .forEach((one) => { window.moved += one.value; })
    ).observe({type: 'layout-shift', buffered: true});
}"""


def run(rounds: int) -> str:
    """Return a table of each page's layout shift at a first and a second visit."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "jumps.log") as server,
        sync_playwright() as playwright,
        chromium.launch(playwright) as browser,
    ):
        lines = [line for one in ADDRESSES for line in _lines(browser, server.url, one, rounds)]
        machine = f"{report.machine()}, Chromium {browser.version}; {rounds} rounds."
    return f"{machine}\n\n{report.table(['most (least to most)'], lines)}"


def _lines(browser: Browser, url: str, address: str, rounds: int) -> list[Line]:
    found = [_moved(browser, f"{url}/{address}", width) for _ in range(rounds) for width in WIDTHS]
    name = f"/{address}"
    return [
        Line(f"{name}, first visit", [[one for one, _ in found]], MOST, of_all=max),
        Line(f"{name}, second visit", [[one for _, one in found]], MOST, of_all=max),
    ]


def _moved(browser: Browser, address: str, width: int) -> tuple[float, float]:
    """Return the layout shift of a page's first visit and of a second."""
    with visits.opened(browser) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.add_init_script(f"({_RECORD})()")
        found = []
        for _ in range(2):
            screen.visit(page, address)
            found.append(float(page.evaluate("window.moved")))
    return found[0], found[1]
