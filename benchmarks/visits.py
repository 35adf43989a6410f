"""What a browser sees and a server spends: one first load, one click, one switch of page."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the browser tests' server, browser and waiting

from browser import screen  # noqa: E402
from browser.serve import Server  # noqa: E402

_TICKS = 100
# Milliseconds without a change on screen that end an answer, once the server is done.
_QUIET = 400
# Runs in the page and in each frame: when something last changed, and when something was pressed.
_OBSERVE = """(() => {
    new MutationObserver(() => { window.top.changed = Date.now(); }).observe(document,
        {subtree: true, childList: true, characterData: true, attributes: true});
    if (window === window.top) {
        document.addEventListener('click', () => { window.pressed = Date.now(); }, true);
    }
})()"""
_AT_REST = f"""() => window.pressed && document.querySelector('{screen.RESTING}')
    && Date.now() - Math.max(window.changed, window.pressed) > {_QUIET}"""
_TAKEN = "window.changed - window.pressed"


@dataclass(frozen=True)
class App:
    """An app that is measured: its server, and how a reader uses it."""

    name: str
    server: Server
    headline: Callable[[Page], None]
    drawn: Callable[[Page], None]
    click: Callable[[Page, int], None]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """A first load: seconds to the headline figures and to all drawn, bytes, requests, CPU."""

    headline: float
    drawn: float
    received: float
    requests: float
    cpu: float


def cpu(server: Server) -> float:
    """Return the seconds of CPU that a server has used."""
    stat = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / _TICKS


@contextmanager
def opened(browser: Browser, *, watched: bool = False) -> Iterator[Page]:
    """Yield a page of a browser that remembers nothing; watched, it notes what changes when."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as one:
        one.set_default_timeout(screen.PATIENCE)
        if watched:
            one.add_init_script(_OBSERVE)
        yield one.new_page()


def first_load(browser: Browser, app: App) -> Load:
    """Open an app as somebody who has never been there."""
    with opened(browser) as page:
        sizes: list[float] = []
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", lambda one: sizes.append(_size(one)))
        before = cpu(app.server)
        page.goto(app.server.url, wait_until="commit")
        began = page.evaluate("performance.timeOrigin")
        app.headline(page)
        headline = page.evaluate("Date.now()")
        app.drawn(page)
        page.locator(screen.RESTING).wait_for()
        drawn = page.evaluate("Date.now()")
        page.wait_for_load_state("networkidle")
        spent = cpu(app.server) - before
    times = ((headline - began) / 1e3, (drawn - began) / 1e3)
    return Load(*times, sum(sizes), len(sizes), spent)


def _size(message: dict[str, dict[str, str]]) -> float:
    """Return the bytes of a message, which is told in base 64."""
    return len(message["response"]["payloadData"]) * 3 / 4


def clicks(browser: Browser, app: App, number: int) -> tuple[list[float], float]:
    """Return milliseconds from each click to the last change on screen, and CPU seconds a click."""
    with opened(browser, watched=True) as page:
        _open(page, app)
        for at in range(-3, 0):  # the first of each choice brings what is kept from then on
            _click(page, app, at)
        before = cpu(app.server)
        taken = [_click(page, app, at) for at in range(number)]
        return taken, (cpu(app.server) - before) / number


def _open(page: Page, app: App) -> None:
    page.goto(app.server.url)
    app.drawn(page)
    page.locator(screen.RESTING).wait_for()
    page.wait_for_load_state("networkidle")


def _click(page: Page, app: App, at: int) -> float:
    page.evaluate("window.pressed = null")
    app.click(page, at)
    return _taken(page)


def _taken(page: Page) -> float:
    page.wait_for_function(_AT_REST)
    taken: float = page.evaluate(_TAKEN)
    return taken


def switches(browser: Browser, app: App) -> dict[str, float]:
    """Return milliseconds from a click in the menu to the last change, by page, each seen once."""
    taken = {}
    with opened(browser, watched=True) as page:
        _open(page, app)
        menu = page.get_by_role("navigation")
        for name in app.pages:
            for _ in range(2):  # the first brings the page's code, the second is what counts
                menu.get_by_role("link").first.click()
                page.wait_for_load_state("networkidle")
                page.locator(screen.RESTING).wait_for()
                page.evaluate("window.pressed = null")
                menu.get_by_text(name, exact=True).click()
                taken[name] = _taken(page)
    return taken
