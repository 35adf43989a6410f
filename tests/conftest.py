"""What tests of several folders share: the browser, and the planted figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import planting

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> planting.Planted:
    """Figures whose texts would like to be markup; nobody changes them."""
    return planting.plant(tmp_path_factory.mktemp("planted") / "data")


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The browser; without one, the tests fail."""
    from playwright.sync_api import sync_playwright

    from browser.chromium import launch

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
