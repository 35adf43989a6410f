"""What tests of several folders share: the browser, and the planted figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import planting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> planting.Planted:
    """Figures whose texts would like to be markup; nobody changes them."""
    return planting.plant(tmp_path_factory.mktemp("planted") / "data")


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
