"""What tests of several folders share: the browser, and the planted figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import injection

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker open all pages and one start all servers, each once; or take modules."""
    for item in items:
        folder = item.path.parent
        group = folder if folder.name in ("pages", "service") else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))


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
