"""What a browser sees and a server spends: one first load, one click, one switch of page."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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


# Runs in the page, at each frame that the browser draws: when something was first there. A wait
# from outside looks twice a second, too seldom for what takes one.
_STAMP = """([headline, drawn]) => {
    const once = (name, there) => { if (!window[name] && there) window[name] = Date.now(); };
    const look = () => {
        once('headlineAt', headline());
        once('drawnAt', window.headlineAt && drawn());
        if (!window.drawnAt) requestAnimationFrame(look);
    };
    look();
}"""
_RESTS = f"document.querySelector('{screen.RESTING}')"


@dataclass(frozen=True)
class App:
    """An app that is measured: its server, and how a reader uses it.

    ``headline`` and ``drawn`` are expressions that are true in the page once those are there.
    """

    name: str
    server: Server
    headline: str
    drawn: str
    click: Callable[[Page, int], None]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """A first load: seconds to the headline figures and to all drawn, bytes, counts, CPU."""

    headline: float
    drawn: float
    received: float
    requests: float
    messages: float
    cpu: float


@dataclass(frozen=True)
class Switch:
    """A change of page: milliseconds to the last change on screen, and of the server's CPU."""

    taken: float
    cpu: float


def cpu(server: Server) -> float:
    """Return the seconds of CPU that a server has used."""
    stat = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / _TICKS


@contextmanager
def opened(browser: Browser, *, watched: bool = False) -> Iterator[Page]:
    """Yield a page of a browser that remembers nothing; watched, it notes what changes when."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as one:
        if watched:
            one.add_init_script(_OBSERVE)
        yield one.new_page()


def first_load(browser: Browser, app: App) -> Load:
    """Open an app as somebody who has never been there."""
    with opened(browser) as page:
        files: list[float] = []
        messages: list[float] = []
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda one: files.append(one["encodedDataLength"]))
        wire.on("Network.webSocketFrameReceived", lambda one: messages.append(_size(one)))
        page.add_init_script(
            f"if (window === top) ({_STAMP})([() => {app.headline}, () => {app.drawn} && {_RESTS}])"
        )
        before = cpu(app.server)
        page.goto(app.server.url, wait_until="commit")
        page.wait_for_function("window.drawnAt")
        page.wait_for_load_state("networkidle")
        headline, drawn = page.evaluate(
            "[headlineAt, drawnAt].map((at) => (at - performance.timeOrigin) / 1e3)"
        )
        spent = cpu(app.server) - before
    return Load(headline, drawn, sum(files + messages), len(files), len(messages), spent)


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
    page.wait_for_function(f"{app.drawn} && {_RESTS}")
    page.wait_for_load_state("networkidle")


def _click(page: Page, app: App, at: int) -> float:
    page.evaluate("window.pressed = null")
    app.click(page, at)
    return _taken(page)


def _taken(page: Page) -> float:
    page.wait_for_function(_AT_REST)
    taken: float = page.evaluate(_TAKEN)
    return taken


def switches(browser: Browser, app: App) -> dict[str, Switch]:
    """Return what a click in the menu took, by page, each seen once before."""
    found = {}
    with opened(browser, watched=True) as page:
        _open(page, app)
        menu = page.get_by_role("navigation")
        for name in app.pages:
            for _ in range(2):  # the first brings the page's code, the second is what counts
                menu.get_by_role("link").first.click()
                page.wait_for_load_state("networkidle")
                page.locator(screen.RESTING).wait_for()
                page.evaluate("window.pressed = null")
                before = cpu(app.server)
                menu.get_by_text(name, exact=True).click()
                found[name] = Switch(_taken(page), 1e3 * (cpu(app.server) - before))
    return found


def memory_of_more(browser: Browser, app: App, number: int) -> float:
    """Return the megabytes of the server's memory that each of so many more visitors costs."""
    before = app.server.memory()
    with ExitStack() as stack:
        for _ in range(number):
            _open(stack.enter_context(opened(browser)), app)
        return (app.server.memory() - before) / number
