"""What tests of several folders share: the browser, and the planted figures."""

import pickle
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadFileScheduling

import injection
from dashboard.data import store
from dashboard.data.loader import Data
from dashboard.render import worker

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


class _FolderScheduling(LoadFileScheduling):  # type: ignore[misc]
    """Has one worker open all pages and one start all servers, each once."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.partition("::")[0].rpartition("/")[0]
        whole = folder in ("tests/pages", "tests/service")
        return folder if whole else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    """Return what ``--dist loadfile`` means here; nothing for the other ways."""
    return _FolderScheduling(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def _looks_at_once() -> Iterator[None]:
    """Have a change of the files seen at once: that a look is valid for a while has its test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "LOOK_LASTS_S", 0.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _works_here() -> Iterator[None]:
    """Do in this process what a child does, sooner: the child is tests/unit/test_worker.py's."""

    def run(function: Callable[..., Any], *args: Any, data: object | None = None) -> Any:
        pickle.dumps((function, args))
        try:
            return function(*args) if data is None else function(data, *args)
        except Exception as error:
            raise RuntimeError(str(error)) from error

    with pytest.MonkeyPatch.context() as patch:
        for one in (worker.CHARTS, worker.FILES):
            patch.setattr(one, "run", run)
        yield


@pytest.fixture(scope="session")
def content() -> Data:
    """The figures, read once for all tests of a process: pages have the same."""
    return store.current()


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> injection.Planted:
    """Figures whose texts would like to be markup; nobody changes them."""
    return injection.plant(tmp_path_factory.mktemp("planted") / "data")


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """What drives browsers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright") -> "Iterator[Browser]":
    """The browser; without one, the tests fail."""
    from browser.chromium import launch

    with launch(playwright) as browser:
        yield browser
