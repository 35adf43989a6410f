"""What is seen before anything is scrolled, how long pages are, and where addresses lead."""

import pytest
from playwright.sync_api import Locator, Page, expect

from browser import screen
from browser.conftest import Servers
from browser.serve import Server

FIGURES = ("£72 million", "£108 million", "£3.5 million", "12 of 12", "2,434,296")
ANSWERS = {
    "Where are they?": "7 of England's 9 regions",
    "How much money?": "£108 million over five years",
    "Who helped?": "12 in all",
    "Why these?": "All 13 districts",
    "What happened next?": "3 of 13 places",
}
# The most pixels that each page may take, with nothing opened, in a window 1280 wide.
HEIGHTS = {
    "": 1600,
    "map": 1700,
    "funding": 3000,
    "research_schools": 2400,
    "selection": 2600,
    "outcomes": 2600,
    "all_measures": 1800,
    "all_measures?held=Whole+authorities+too": 1900,
    "profile?area=Blackpool": 3600,
    "profile?area=Fenland+and+East+Cambridgeshire": 3600,
    "profile?area=Hastings": 3600,
    "compare": 2400,
    "sources": 1800,
}
ANCHORS = (
    "#areas-at-a-glance",
    "funding#fourth-year-money",
    "funding?cohort=New+six#fifth-year-money",
    "research_schools#research-school-hastings",
    "research_schools?cohort=New+six#research-school-hastings",
    "selection#claims",
    "selection?cohort=New+six#claims",
    "outcomes#studies",
    "outcomes?region=South+East#studies",
    "all_measures#last-figures",
    "all_measures?cohort=New+six#last-figures",
    "profile?area=Hastings#index-ranks-hastings",
    "compare#money-side-by-side",
    "map#map-cohort",
)
GROUPS = """all => all.map((one) => getComputedStyle(one, '::before').content)
    .filter((one) => one !== 'none')"""
HEIGHT = "document.querySelector('[data-testid=\"stMain\"]').scrollHeight"


def is_whole(thing: Locator, height: int) -> bool:
    """Tell whether all of something lies within a window so high that has not been scrolled."""
    box = thing.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height


def test_five_answers_are_on_the_first_screen_of_a_laptop(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    screen.visit(page, f"{server.url}/")
    main = screen.main(page)
    seen = {figure: main.locator(".figures dd", has_text=figure).first for figure in FIGURES}
    for question, answer in ANSWERS.items():
        link = main.get_by_role("link", name=question)
        expect(link).to_contain_text(answer)
        seen[question] = link
    seen["map"] = page.locator(f'iframe[title="{screen.MAP}"]')
    seen["filters"] = page.get_by_role("button", name="Reset filters")
    seen["what is filtered"] = main.get_by_text("All 12 areas.")
    assert [name for name, thing in seen.items() if not is_whole(thing, 768)] == []
    assert screen.map_frame(page).locator(".legend").is_visible()
    groups = screen.menu(page).locator("xpath=ancestor::li").evaluate_all(GROUPS)
    assert groups == ['"The programme"', '"What happened"', '"Look up"']


@pytest.mark.parametrize("width", [390])
def test_on_a_phone_figures_come_first(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    screen.visit(page, f"{server.url}/")
    main = screen.main(page)
    first = [main.locator(".figures dd", has_text=figure).first for figure in FIGURES[:2]]
    seen = [main.get_by_text("All 12 areas."), *first, main.get_by_role("textbox")]
    assert [is_whole(thing, 844) for thing in seen] == [True] * 4
    boxes = [thing.bounding_box() for thing in first]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]


def test_pages_end(page: Page, server: Server) -> None:
    found = {}
    for address in HEIGHTS:
        screen.visit(page, f"{server.url}/{address}")
        found[address] = page.evaluate(HEIGHT)
    assert {name: high for name, high in found.items() if high > HEIGHTS[name]} == {}


def test_an_address_leads_to_its_figure(page: Page, server: Server) -> None:
    found = {}
    for address in ANCHORS:
        # Another address of the same page would not be opened anew.
        page.goto("about:blank")
        screen.visit(page, f"{server.url}/{address}")
        heading = page.locator(f"#{address.rpartition('#')[2]}")
        expect(heading).to_be_in_viewport()
        found[address] = screen.uncovered(heading)
    assert [address for address, seen in found.items() if not seen] == []


def test_an_address_leads_to_its_figure_cold(page: Page, servers: Servers) -> None:
    cold = servers.start()
    screen.visit(page, f"{cold.url}/funding?cohort=New+six#fourth-year-money")
    expect(page.locator("#fourth-year-money")).to_be_in_viewport()
    expect(page.locator("#fourth-year-money")).to_contain_text("Fourth year: highest in Bradford")


def test_what_a_filter_changes_is_told(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    told = page.locator("body > [role=status]")
    expect(told).to_have_text("")
    screen.choose_cohort(page, "New six")
    expect(told).to_have_text("6 of 12 areas: New six.")
    page.get_by_role("button", name="Reset filters").click()
    expect(told).to_have_text("All 12 areas.")
    screen.menu(page).filter(has_text="Funding").click()
    expect(screen.title(page)).to_have_text("Funding")
    expect(told).to_have_text("All 12 areas.")


def test_a_table_is_sorted_by_keyboard_and_says_so(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    table = screen.main(page).get_by_role("table")
    first = table.get_by_role("rowheader").first
    button = table.get_by_role("button", name="Sort by People")
    head = table.locator("th", has=page.get_by_role("button", name="Sort by People"))
    button.focus()
    for key, way, words, area in (
        ("Enter", "descending", "highest first", "Bradford"),
        ("Space", "ascending", "lowest first", "West Somerset"),
    ):
        page.keyboard.press(key)
        expect(head).to_have_attribute("aria-sort", way)
        expect(first).to_have_text(area)
        expect(table.locator(".order")).to_have_text(f"Sorted by People, {words}.")
    table.get_by_role("button", name="Sort by Area").click()
    expect(first).to_have_text("Blackpool")
    expect(table.locator("[aria-sort]")).to_have_count(1)


def test_a_table_of_all_measures_is_sorted_by_its_figures(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    screen.visit(page, f"{server.url}/all_measures?held=Whole+authorities+too")
    table = screen.main(page).get_by_role("table")
    first = table.get_by_role("rowheader").first
    button = table.get_by_role("button", name="Sort by English and maths by 19").first
    button.click()
    expect(first).to_have_text("East Cambridgeshire, in Fenland and East Cambridgeshire")
    button.click()
    expect(first).to_have_text("Hastings")
    # Names stay in view however far the table is moved, and the page itself is not.
    table.get_by_role("button", name="Sort by Persistent absence").first.focus()
    box = first.bounding_box()
    part = screen.main(page).locator(".wide").bounding_box()
    assert box
    assert part
    assert abs(box["x"] - part["x"]) <= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
