"""One area, several, and what happened next: cold addresses, links between pages, Back."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import Server


def test_a_profile_opens_cold(page: Page, servers: Servers) -> None:
    server = servers.start()
    screen.visit(page, f"{server.url}/profile?area=Hastings")
    expect(screen.title(page)).to_have_text("Hastings")
    screen.drawn(page, districts_shown=1, areas_shown=1)
    screen.address_is(page, f"{server.url}/profile", area="Hastings")


def test_a_comparison_opens_cold(page: Page, servers: Servers) -> None:
    server = servers.start()
    screen.visit(page, f"{server.url}/compare?areas=Derby&areas=Norwich")
    head = screen.main(page).get_by_role("table").first.get_by_role("row").first
    expect(head).to_contain_text("Derby")
    expect(head).to_contain_text("Norwich")
    assert "areas=Derby&areas=Norwich" in page.url


def test_outcomes_open_cold(page: Page, servers: Servers) -> None:
    server = servers.start()
    screen.visit(page, f"{server.url}/outcomes?measure=Progress+8&sort=Change&cohort=New+six")
    expect(page.get_by_role("combobox", name="Measure")).to_have_value("Progress 8 (6 areas)")
    expect(page.get_by_role("radio", name="Change")).to_be_checked()
    # The changes, then three areas: their gap, and year by year.
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    expect(screen.drawings(page)).to_have_count(3 + 3)


def test_next_area_and_back_keep_the_filters(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile?cohort=New+six&area=Hastings")
    page.get_by_role("link", name="Next area").click()
    expect(screen.title(page)).to_have_text("Ipswich")
    screen.address_is(page, f"{server.url}/profile", cohort="New six", area="Ipswich")
    page.go_back()
    expect(screen.title(page)).to_have_text("Hastings")
    screen.address_is(page, f"{server.url}/profile", cohort="New six", area="Hastings")
    expect(screen.radio(page, "New six")).to_be_checked()


def test_an_area_chosen_from_the_list_is_in_the_address(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile?cohort=New+six")
    expect(screen.main(page).get_by_role("rowheader").get_by_role("link")).to_have_count(12)
    screen.choose(page, "Area", "Norwich")
    expect(screen.title(page)).to_have_text("Norwich")
    screen.address_is(page, f"{server.url}/profile", cohort="New six", area="Norwich")


def test_the_map_leads_to_the_profile_with_the_filters(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map?cohort=New+six&focus=Hastings")
    page.get_by_role("link", name="Everything about Hastings").click()
    expect(screen.title(page)).to_have_text("Hastings")
    screen.address_is(page, f"{server.url}/profile", cohort="New six", area="Hastings")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("bd5 0be", "Bradford"),
        ("BD50BE", "Bradford"),
        ("Whitby", "North Yorkshire Coast"),
        ("SW1A 1AA", "Not in any of the twelve areas"),
        ("<b>nonsense</b>", "We do not know"),
    ],
)
def test_the_box_finds_an_area_and_keeps_nothing(
    page: Page, server: Server, typed: str, answer: str
) -> None:
    screen.visit(page, f"{server.url}/funding?cohort=New+six")
    box = page.get_by_label("Find my area")
    box.fill(typed)
    box.press("Enter")
    expect(page.get_by_test_id("stSidebar").get_by_text(answer).first).to_be_visible()
    screen.address_is(page, f"{server.url}/funding", cohort="New six")


def test_what_was_found_leads_to_the_profile(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    box = page.get_by_label("Find my area")
    box.fill("TN34 2HU")
    box.press("Enter")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Open Hastings").click()
    expect(screen.title(page)).to_have_text("Hastings")
    screen.address_is(page, f"{server.url}/profile", area="Hastings")
