"""The list of measures on a phone: each option whole, and with room for a finger."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server
from expected import read_table

OPTIONS = """all => all.map((one) => {
    const words = one.firstElementChild;
    return [one.textContent, words.scrollWidth > words.clientWidth,
        Math.round(one.getBoundingClientRect().height)];
})"""


@pytest.mark.parametrize("width", [390, 320])
def test_no_option_is_cut(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/outcomes")
    page.get_by_role("combobox", name="Measure", exact=True).click()
    options = page.get_by_role("option")
    expect(options).to_have_count(len(read_table("measures")))
    found = options.evaluate_all(OPTIONS)
    assert [words for words, cut, _ in found if cut] == []
    assert min(height for *_, height in found) >= 24


@pytest.mark.parametrize("width", [320])
def test_what_is_chosen_is_told_in_full(page: Page, server: Server) -> None:
    title = "Reading, writing and maths at the end of primary school, disadvantaged pupils"
    screen.visit(page, f"{server.url}/outcomes?measure={title}")
    expect(screen.main(page).get_by_text(f"Chosen: {title}.")).to_be_visible()
