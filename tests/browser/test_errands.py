"""What readers come for, counted in clicks."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from browser import screen
from browser.serve import Server

MOST_CLICKS = 3
FOURTH_YEAR = re.compile(r"£1\.25 million")


class Clicks:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, target: Locator) -> None:
        """Click once."""
        target.click()
        self.count += 1


@pytest.fixture
def clicks() -> Iterator[Clicks]:
    """A counter that allows three."""
    counter = Clicks()
    yield counter
    assert 0 < counter.count <= MOST_CLICKS


@pytest.mark.parametrize("width", [1280, 390])
def test_hastings_money_by_the_menu(page: Page, server: Server, clicks: Clicks) -> None:
    screen.visit(page, f"{server.url}/")
    narrow = page.get_by_role("button", name="Menu and filters").is_visible()
    if narrow:
        clicks.on(page.get_by_role("button", name="Menu and filters"))
    clicks.on(screen.menu(page).get_by_text("Funding", exact=True))
    expect(screen.title(page)).to_have_text("Funding")
    if narrow:
        screen.page_is_seen(page)
    charts = page.get_by_test_id("stVegaLiteChart")
    chart = charts.and_(page.get_by_label(re.compile("^Fourth-year money by area")))
    expect(chart).to_contain_text("Hastings")
    expect(chart).to_contain_text(FOURTH_YEAR)
    assert screen.uncovered(chart)


@pytest.mark.parametrize("width", [1280, 390])
def test_hastings_money_by_the_map(page: Page, server: Server, clicks: Clicks) -> None:
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    clicks.on(screen.marker(page, "Hastings"))
    clicks.on(screen.main(page).get_by_role("link", name="Everything about Hastings"))
    expect(page).to_have_url(re.compile(r"/profile\?area=Hastings$"))
    expect(page.get_by_role("heading", level=1, name="Hastings", exact=True)).to_be_visible()
    money = screen.main(page).get_by_text(FOURTH_YEAR).first
    expect(money).to_be_visible()
    assert screen.uncovered(money)


@pytest.mark.parametrize("address", ["", "map"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_brief_by_the_map(page: Page, server: Server, clicks: Clicks, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    clicks.on(screen.marker(page, "Hastings"))
    with page.expect_download() as coming:
        clicks.on(screen.main(page).get_by_role("button", name="Brief of Hastings (PDF)"))
    assert coming.value.suggested_filename == "opportunity-area-brief_hastings.pdf"
