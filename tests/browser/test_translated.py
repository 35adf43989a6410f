"""A page that the browser translates says what is so after every filter, choice and change of page.

A translation puts an element in the place of each text. Here it holds the same words, so that the
page must read as one does that nobody translated.
"""

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server, serving

# How programs put their words in a text's place: in one step, in two, or around the text.
WAYS = ("replaced", "inserted", "wrapped")
_TRANSLATE = """way => {
    const translate = (page) => {
        const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT), texts = [];
        while (walker.nextNode()) { texts.push(walker.currentNode); }
        for (const text of texts) {
            if (!text.nodeValue.trim() || text.parentElement.closest('script, style, svg, font')) {
                continue;
            }
            const outer = page.createElement('font'), inner = page.createElement('font');
            outer.append(inner);
            if (way === 'wrapped') { text.before(outer); inner.append(text); continue; }
            inner.textContent = text.nodeValue;
            if (way === 'replaced') { text.replaceWith(outer); continue; }
            text.before(outer);
            text.remove();
        }
    };
    translate(document);
    for (const frame of document.querySelectorAll('iframe')) { translate(frame.contentDocument); }
}"""
# What is read: the page, its filters and links, and what the map tells and its legend.
_READ = """() => {
    const words = (node) => node.innerText.replace(/\\s+/g, ' ').trim();
    const parts = [...document.querySelectorAll(
        '[data-testid=stMain], [data-testid=stSidebarContent] [data-testid=stVerticalBlock], nav')];
    const frames = [...document.querySelectorAll('iframe')].map((one) => one.contentDocument);
    return [...parts.map(words), ...frames.flatMap((page) => [
        ...[...page.querySelectorAll('.heard')].map((one) => one.textContent).sort(),
        ...[...page.querySelectorAll('.legend')].map(words),
    ])];
}"""


def translate(page: Page, way: str) -> None:
    screen.settled(page)
    page.evaluate(_TRANSLATE, way)
    assert page.locator("font").count()


def reads_as_untranslated(page: Page) -> None:
    """Compare what a page says with what a new one of the same address says."""
    screen.settled(page)
    fresh = page.context.new_page()
    screen.visit(fresh, page.url)
    assert page.evaluate(_READ) == fresh.evaluate(_READ)
    fresh.close()
    expect(page.get_by_test_id("stException")).to_have_count(0)


# Each way on a third of the pages: what a text is put into does not depend on its page.
@pytest.mark.parametrize(("address", "way"), list(zip(screen.ADDRESSES, cycle(WAYS), strict=False)))
def test_filters_and_other_pages(page: Page, server: Server, address: str, way: str) -> None:
    asked = "?area=Hastings" if address == "profile" else ""
    screen.visit(page, f"{server.url}/{address}{asked}")
    for cohort in () if address in screen.UNFILTERED else ("New six", "Original six"):
        translate(page, way)
        screen.choose_cohort(page, cohort)
        expect(page.get_by_text(f"6 of 12 areas: {cohort}").first).to_be_visible()
        reads_as_untranslated(page)
    translate(page, way)
    screen.menu(page).get_by_text("Outcomes", exact=True).click()
    expect(screen.title(page)).to_have_text("Outcomes")
    reads_as_untranslated(page)


def choose_profile(page: Page) -> None:
    screen.choose(page, "Area", "Norwich")
    expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value("Norwich")


def choose_colour(page: Page) -> None:
    screen.choose(page, "Colour the areas by", "Population")
    expect(page.get_by_role("heading", name="Hastings", exact=True)).to_be_visible()
    expect(screen.map_frame(page).locator(".legend div")).to_have_count(6)


def choose_order(page: Page) -> None:
    screen.choose(page, "Measure", "Attainment 8")
    expect(page.get_by_text("Chosen: Attainment 8")).to_be_visible()


def take_one_away(page: Page) -> None:
    group = page.get_by_role("toolbar", name="Areas, up to 4 of them")
    group.get_by_role("button", name="Ipswich").click()
    expect(page.get_by_role("columnheader", name="Ipswich").first).to_be_visible()


def open_part(page: Page) -> None:
    page.get_by_role("tab", name="Sources").click()
    expect(page.get_by_role("heading", name="Sources", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("address", "choose"),
    [
        ("profile?area=Hastings", choose_profile),
        ("map?focus=Hastings", choose_colour),
        ("outcomes", choose_order),
        ("compare", take_one_away),
        ("sources", open_part),
    ],
)
def test_choices(page: Page, server: Server, address: str, choose: Callable[[Page], None]) -> None:
    screen.visit(page, f"{server.url}/{address}")
    translate(page, "replaced")
    before = page.url
    choose(page)
    # The browser's address follows what the page shows.
    page.wait_for_url(lambda url: url != before)
    reads_as_untranslated(page)


def test_under_the_policy_of_the_data_service(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(tmp_path_factory.mktemp("policy") / "log", script="server.py") as server:
        screen.visit(page, f"{server.url}/funding")
        translate(page, "replaced")
        screen.choose_cohort(page, "New six")
        expect(page.get_by_text("6 of 12 areas: New six").first).to_be_visible()
        reads_as_untranslated(page)
