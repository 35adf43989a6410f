"""What visitors wait for behind nginx: when a replica dies, and while others are slow."""

import os
import signal
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks import report, visits
from benchmarks.report import Line
from browser import chromium, screen
from browser.serve import PATIENCE
from deploy import visitors
from deploy.proxy import Site, standing

_SLOW = 40


def run(rounds: int) -> str:
    """Return a table of seconds; a replica is killed once a round."""
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        back = [_back(browser) for _ in range(rounds)]
    with tempfile.TemporaryDirectory() as folder, standing(Path(folder)) as site:
        before = _answers(site)
        path = visitors.script(site.url)
        with visitors.slow_clients(site.url, path, count=_SLOW):
            beside = _answers(site)
    lines = [
        Line("Back on the other replica, s", [back], 15),
        Line("Slowest answer of the service, ms", [before], form="{:.0f}", of_all=max),
        Line(f"The same beside {_SLOW} slow clients, ms", [beside], 1000, "{:.0f}", max),
    ]
    return f"{report.machine()}; {rounds} rounds.\n\n{report.table(['dashboard'], lines)}"


def _back(browser: Browser) -> float:
    """Return how long after its replica was killed a visitor's next filter was answered."""
    with (
        tempfile.TemporaryDirectory() as folder,
        standing(Path(folder)) as site,
        visits.opened(browser) as page,
    ):
        screen.visit(page, f"{site.url}/funding?cohort=New+six")
        (home,) = [one for one in site.replicas if visitors.sessions(one.url)]
        with visitors.visiting(site.url, pages=3, answers=2) as crowd:
            crowd.more(pages=3, answers=10)
            began = time.monotonic()
            with page.expect_websocket():
                os.kill(home.pid, signal.SIGKILL)
            expect(page.locator(screen.CONNECTED)).to_be_visible()
            screen.pill(page, "Region", "South East").click()
            expect(screen.main(page).get_by_text("1 of 12 areas").first).to_be_visible()
            return time.monotonic() - began


def _answers(site: Site) -> list[float]:
    """Return the milliseconds that some answers took."""
    taken = []
    for _ in range(10):
        began = time.monotonic()
        with urlopen(f"{site.url}/api/v1/outcomes", timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            answer.read()
        taken.append(1e3 * (time.monotonic() - began))
    return taken
