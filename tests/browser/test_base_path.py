"""The dashboard works behind a proxy that gives it a folder of its own."""

from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Servers


def test_under_a_base_path(page: Page, servers: Servers) -> None:
    server = servers.start(base_path="areas")
    assert server.url.endswith("/areas")
    screen.visit(page, f"{server.url}/")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    expect(page).to_have_title("Overview | Opportunity areas")
    screen.visit(page, f"{server.url}/map?cohort=New+six")
    screen.drawn(page, districts_shown=7, areas_shown=6)
    expect(page).to_have_title("Map | Opportunity areas")
    screen.menu(page).get_by_text("Funding", exact=True).click()
    screen.address_is(page, f"{server.url}/funding", cohort="New six")
    expect(screen.title(page)).to_have_text("Funding")
