"""Small charts, which the server draws, are seen whole in their place, in the reader's theme."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

ADDRESSES = (
    "outcomes",
    "outcomes?measure=GCSEs in English and maths by age 19",
    "outcomes?measure=Attainment 8, disadvantaged pupils",
    "profile?area=Fenland+and+East+Cambridgeshire",
)
# Of each: its own size, that on the page, and what is read aloud.
SHOWN = """all => Promise.all(all.map(async (one) => {
    await one.decode();
    const box = one.getBoundingClientRect();
    return [one.naturalWidth, one.naturalHeight, box.width, box.height, one.alt];
}))"""
FILTER = "one => getComputedStyle(one).filter"
# A letter is 12 pixels high in a drawing.
LEAST = 10 / 12


@pytest.mark.parametrize("width", [1366, 390, 320])
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_is_seen_whole_and_can_be_read(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    found = screen.drawings(page).evaluate_all(SHOWN)
    assert found
    for own_width, own_height, width, height, words in found:
        assert height / width == pytest.approx(own_height / own_width, rel=0.02)
        assert width / own_width > LEAST
        assert words
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The words that a drawing cuts, laid out in the fonts of this machine.
CUT = """all => Promise.all(all.map(async (one) => {
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = await (await fetch(one.src)).text();
    const box = place.firstElementChild.getBoundingClientRect();
    const words = [...place.querySelectorAll('text')].filter((word) => word.textContent.trim());
    const cut = words.filter((word) => {
        const { left, right, top, bottom } = word.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1
            || top < box.top - 1 || bottom > box.bottom + 1;
    }).map((word) => word.textContent);
    place.remove();
    return [words.length, cut];
}))"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_is_cut(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    found = screen.drawings(page).evaluate_all(CUT)
    # The first and the last year, England's figure and the place's own.
    assert min(words for words, _ in found) >= 4
    assert [cut for _, cut in found if cut] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_the_colours_of_the_theme_and_of_paper(
    page: Page, server: Server, theme: str
) -> None:
    screen.visit(page, f"{server.url}/outcomes")
    drawing = screen.drawings(page).first
    expect(drawing).to_be_visible()
    page.emulate_media(media="print")
    assert ("invert" in drawing.evaluate(FILTER)) == (theme == "dark")


def test_its_name_leads_to_the_profile(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/outcomes?cohort=New+six")
    screen.main(page).locator(".drawings").get_by_role("link", name="Hastings").click()
    expect(screen.title(page)).to_have_text("Hastings")
    screen.address_is(page, f"{server.url}/profile", cohort="New six", area="Hastings")
