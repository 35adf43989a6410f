"""What people write in an address, or paste into the box, is read as they mean it."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server, serving

NOTES = ".st-key-address_notes"
ENDINGS = {
    "Hastings": "profile",
    "Stoke-on-Trent": "profile",
    "Funding": "funding",
    "Research schools": "research_schools",
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Two servers with the data service, one under a path."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("paths")
        yield {
            base: stack.enter_context(
                serving(folder / f"{base}.log", script="server.py", base_path=base)
            )
            for base in ("", "oa")
        }


@pytest.mark.parametrize("cohort", ["new+six", "New+6", "NEW-SIX", "second"])
def test_a_filter_is_read_as_it_is_meant(page: Page, server: Server, cohort: str) -> None:
    screen.visit(page, f"{server.url}/?cohort={cohort}&utm_source=x")
    expect(screen.radio(page, "New six")).to_be_checked()
    screen.drawn(page, districts_shown=7, areas_shown=6)
    screen.address_is(page, server.url, cohort="New six", utm_source="x")
    expect(page.locator(NOTES)).to_have_count(0)


def test_what_is_not_understood_is_said_until_what_was_meant_is_chosen(
    page: Page, server: Server
) -> None:
    screen.visit(page, f"{server.url}/?cohort=nw+sx&region=east+of+england")
    screen.drawn(page, districts_shown=4, areas_shown=3)
    notes = page.locator(NOTES)
    expect(notes).to_contain_text("This address asks for the cohort “nw sx”.")
    screen.address_is(page, server.url, region="East of England")
    notes.get_by_role("button", name="New six").click()
    expect(screen.radio(page, "New six")).to_be_checked()
    expect(notes).to_have_count(0)
    screen.address_is(page, server.url, region="East of England", cohort="New six")


def test_back_keeps_what_was_meant_and_leads_on(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/about")
    screen.visit(page, f"{server.url}/funding?cohort=new+six&area=x")
    screen.address_is(page, f"{server.url}/funding", cohort="New six", area="x")
    for _ in range(2):
        page.go_back()
        screen.settled(page)
        expect(
            screen.radio(page, "New six" if "/funding" in page.url else "All twelve")
        ).to_be_checked()
        if "/about" in page.url:
            break
    assert page.url == f"{server.url}/about"


@pytest.mark.parametrize("area", ["hastings", "Hastings.", "Hastings%20", "E07000062"])
def test_an_area_is_read_as_the_finder_reads_a_name(page: Page, server: Server, area: str) -> None:
    screen.visit(page, f"{server.url}/profile?area={area}")
    expect(page.get_by_role("heading", name="Hastings", exact=True, level=1)).to_be_visible()
    screen.address_is(page, f"{server.url}/profile", area="Hastings")


def test_an_area_that_may_be_meant_is_a_press_away(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile?area=Hastngs&cohort=new+six")
    notes = page.locator(NOTES)
    notes.get_by_role("link", name="Hastings").click()
    expect(page.get_by_role("heading", name="Hastings", exact=True, level=1)).to_be_visible()
    expect(notes).to_have_count(0)
    screen.address_is(page, f"{server.url}/profile", area="Hastings", cohort="New six")


@pytest.mark.parametrize(
    ("base_path", "path", "title", "address"),
    [
        ("", "profile/Hastings", "Hastings", {"area": "Hastings"}),
        ("oa", "areas/stoke-on-trent", "Stoke-on-Trent", {"area": "Stoke-on-Trent"}),
        ("oa", "funding/index.html", "Funding", {}),
        ("", "Funding/", "Funding", {}),
        ("", "research-schools", "Research schools", {}),
        ("", "fundng", "England's twelve opportunity areas", {}),
        ("oa", "fundng", "England's twelve opportunity areas", {}),
    ],
)
def test_a_path_of_two_parts_shows_its_page(
    page: Page,
    paths: dict[str, Server],
    base_path: str,
    path: str,
    title: str,
    address: dict[str, str],
) -> None:
    url = paths[base_path].url
    screen.visit(page, f"{url}/{path}?cohort=new+six")
    expect(screen.title(page)).to_have_text(title)
    expect(page.get_by_role("dialog")).to_have_count(0)
    ending = ENDINGS.get(title, "")
    screen.address_is(page, f"{url}/{ending}", cohort="New six", **address)
    if path == "fundng":
        expect(page.locator(NOTES)).to_contain_text("There is no page called “fundng” here.")
        page.locator(NOTES).get_by_role("link", name="Funding").click()
        expect(screen.title(page)).to_have_text("Funding")


LONG = "The Head, A School with a Name, 112 Some Very Long Street Name, Whitby, North Yorkshire, "


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (f"{LONG}YO21 1AA", "YO21 1AA is in Scarborough"),
        (f"{LONG}Y021 1AA, United Kingdom", "YO21 1AA is in Scarborough"),
        ("Whitby, Cheshire", "Cheshire is in none of the twelve"),
    ],
)
def test_the_box_takes_a_whole_address(
    page: Page, server: Server, width: int, typed: str, says: str
) -> None:
    screen.visit(page, f"{server.url}/about")
    if width < 800:
        screen.open_menu(page)
    box = page.get_by_label("Find my area")
    box.fill(typed)
    expect(box).to_have_value(typed)
    box.press("Enter")
    expect(page.get_by_test_id("stSidebar").get_by_text(says)).to_be_visible()
