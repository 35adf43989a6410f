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


@pytest.fixture
def page(chromium: Browser, width: int, theme: Theme) -> Iterator[Page]:
    """A page in a browser that remembers nothing and reaches this machine alone."""
    with chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    ) as context:
        watch = Watch(context)
        yield context.new_page()
        complaints = watch.complaints()
    assert complaints == []
