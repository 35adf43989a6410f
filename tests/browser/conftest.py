"""A server, a browser, and a page that is watched."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from browser.serve import Server, serving
from browser.watch import Watch

Theme = Literal["light", "dark"]
# The memory of a page that has been left is not given back at once.
_MAX_USES = 32
# Pages that are no server's, an error's for one, have no storage.
_CLEAR_STORAGE = """() => {
    try { localStorage.clear(); sessionStorage.clear(); } catch (error) { }
}"""


class Servers:
    """Starts fresh servers for one test; all are stopped at its end."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self.started: list[Server] = []

    def start(self, *, base_path: str = "", data: Path | None = None) -> Server:
        """Start a server that nobody has asked anything yet."""
        log = self._folder / f"server-{len(self.started)}.log"
        server = self._stack.enter_context(serving(log, base_path=base_path, data=data))
        self.started.append(server)
        return server


class Reader:
    """A watched page for some tests, which remembers nothing from one to the next.

    To start a page anew costs twice as much as to open another address in it.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._start()

    def _start(self) -> None:
        self._context = self._browser.new_context()
        self.watch = Watch(self._context)
        self._page = self._context.new_page()
        self._uses = 0

    def open(self, width: int, theme: Theme) -> Page:
        """Return the empty page, with a window and colours of a test's own."""
        self._uses += 1
        if self._uses > _MAX_USES or self._page.is_closed():
            self.close()
            self._start()
        self._page.set_viewport_size({"width": width, "height": 900})
        self._page.emulate_media(
            media="null", color_scheme=theme, reduced_motion="reduce", forced_colors="null"
        )
        return self._page

    def close(self) -> None:
        """End the browser's part in it."""
        self._context.close()

    def forget(self) -> None:
        """Leave what the page shows, and clear what the browser has stored."""
        for page in self._context.pages:
            if page is not self._page:
                page.close()
        if not self._page.is_closed():
            self._page.unroute_all()
            self._page.mouse.move(0, 0)
            self._page.evaluate(_CLEAR_STORAGE)
            self._page.goto("about:blank")
        self._context.clear_cookies()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show, under a test that failed, what its servers said."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        for value in item.funcargs.values():
            if isinstance(value, Server):
                report.sections.append((f"Said by {value.url}", value.said()))
            elif isinstance(value, Servers):
                report.sections += [(f"Said by {one.url}", one.said()) for one in value.started]
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that do not ask for a fresh one."""
    with serving(tmp_path_factory.mktemp("shared") / "server.log") as started:
        yield started


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    """The way to a server that has just started."""
    with ExitStack() as stack:
        yield Servers(stack, tmp_path)


@pytest.fixture
def width() -> int:
    """The window's width; a test may ask for another by this name."""
    return 1280


@pytest.fixture
def theme() -> Theme:
    """The reader's colours; a test may ask for the others by this name."""
    return "light"


@pytest.fixture(scope="session")
def reader(chromium: Browser) -> Iterator[Reader]:
    """The page that a worker's tests use one after another."""
    reader = Reader(chromium)
    yield reader
    reader.close()


@pytest.fixture
def page(reader: Reader, servers: Servers, width: int, theme: Theme) -> Iterator[Page]:
    """A page in a browser that remembers nothing and reaches this machine alone.

    It is left before the servers that a test has started are stopped: it would miss them.
    """
    assert not servers.started
    yield reader.open(width, theme)
    complaints = reader.watch.take_complaints()
    reader.forget()
    reader.watch.take_complaints()
    assert complaints == []
