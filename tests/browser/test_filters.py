"""The filters and the address say the same, whichever came first."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server


def test_filters_write_the_address_and_reset_clears_it(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.address_is(page, server.url)
    screen.choose_cohort(page, "New six")
    screen.address_is(page, server.url, cohort="New six")
    screen.pill(page, "Region", "East of England").click()
    chosen = {"cohort": "New six", "region": "East of England"}
    screen.address_is(page, server.url, **chosen)
    screen.pill(page, "Type of place", "Rural").click()
    screen.address_is(page, server.url, **chosen, place="Rural")
    screen.drawn(page, districts_shown=2, areas_shown=1)
    page.get_by_role("button", name="Reset filters").click()
    screen.address_is(page, server.url)
    screen.drawn(page, districts_shown=13, areas_shown=12)
    expect(screen.radio(page, "All twelve")).to_be_checked()


def test_defaults_leave_the_address(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/?cohort=New+six&region=South+East")
    screen.choose_cohort(page, "All twelve")
    screen.address_is(page, server.url, region="South East")
    screen.pill(page, "Region", "South East").click()
    screen.address_is(page, server.url)


def test_menu_and_back_keep_the_filters(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    screen.choose_cohort(page, "New six")
    screen.address_is(page, server.url, cohort="New six")
    screen.menu(page).get_by_text("Funding", exact=True).click()
    expect(screen.title(page)).to_have_text("Funding")
    screen.address_is(page, f"{server.url}/funding", cohort="New six")
    expect(screen.radio(page, "New six")).to_be_checked()
    page.go_back()
    screen.drawn(page, districts_shown=7, areas_shown=6)
    screen.address_is(page, server.url, cohort="New six")
    expect(screen.radio(page, "New six")).to_be_checked()


@pytest.mark.parametrize("address", ["", "map", "funding"])
def test_unknown_values_open_the_default_view(page: Page, server: Server, address: str) -> None:
    screen.visit(
        page, f"{server.url}/{address}?cohort=Nonsense&region=Atlantis&area=Camelot&focus=Camelot"
    )
    expect(screen.radio(page, "All twelve")).to_be_checked()
    expect(screen.main(page).get_by_text("All 12 areas.", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert").filter(has_text="rror")).to_have_count(0)


@pytest.mark.parametrize("address", ["", "map"])
def test_no_area_fits(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}?cohort=Original+six&region=South+East")
    expect(page.get_by_text("No opportunity area fits these choices together.")).to_be_visible()
    screen.drawn(page, districts_shown=0, areas_shown=0)
    page.get_by_role("button", name="Show all twelve areas").click()
    screen.drawn(page, districts_shown=13, areas_shown=12)
    screen.address_is(page, f"{server.url}/{address}")
