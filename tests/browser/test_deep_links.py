"""An address is all it takes, the first on a server that nobody has asked anything yet."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import Server

ORIGINAL_SIX = (
    "Blackpool",
    "Derby",
    "North Yorkshire Coast",
    "Norwich",
    "Oldham",
    "West Somerset",
)
NEW_SIX = (
    "Bradford",
    "Doncaster",
    "Fenland and East",
    "Hastings",
    "Ipswich",
    "Stoke-on-Trent",
)


def test_funding_of_the_new_six(page: Page, servers: Servers) -> None:
    server = servers.start()
    screen.visit(page, f"{server.url}/funding?cohort=New+six")
    expect(screen.menu(page)).to_have_count(len(screen.ADDRESSES))
    expect(screen.radio(page, "New six")).to_be_checked()
    expect(page).to_have_title("Funding | Opportunity areas")
    expect(screen.title(page)).to_have_text("Funding")
    screen.address_is(page, f"{server.url}/funding", cohort="New six")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(4)
    for chart in charts.all()[2:]:
        shown = chart.text_content() or ""
        assert [name for name in NEW_SIX if name not in shown] == []
        assert [name for name in ORIGINAL_SIX if name in shown] == []
    for total in ("£72 million", "£108 million"):
        expect(charts.first).to_contain_text(total)


@pytest.mark.parametrize("address", ["map", "profile"])
def test_the_first_page_of_a_server(page: Page, servers: Servers, address: str) -> None:
    open_filtered(page, servers.start(), address)


@pytest.mark.parametrize("address", screen.ADDRESSES)
def test_any_page_with_filters(page: Page, server: Server, address: str) -> None:
    open_filtered(page, server, address)


def open_filtered(page: Page, server: Server, address: str) -> None:
    """Open a page with filters, and see that they are in force."""
    screen.visit(page, f"{server.url}/{address}?cohort=New+six&region=South+East")
    expect(screen.menu(page)).to_have_count(len(screen.ADDRESSES))
    expect(screen.radio(page, "New six")).to_be_checked()
    expect(screen.pill(page, "Region", "South East")).to_have_attribute("aria-pressed", "true")
    if address in screen.UNFILTERED:
        expect(screen.radio(page, "New six")).to_be_hidden()
    else:
        expect(screen.main(page).get_by_text("1 of 12 areas").first).to_be_visible()
    here = page.get_by_role("navigation").locator(f'a[href="{server.url}/{address}"]')
    expect(page).to_have_title(f"{here.inner_text()} | Opportunity areas")
    screen.address_is(page, f"{server.url}/{address}", cohort="New six", region="South East")
    if address in ("", "map"):
        screen.drawn(page, districts_shown=1, areas_shown=1)
