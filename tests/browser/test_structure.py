"""What every page owes every reader: one title, headings in order, no scrolling sideways."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

OPENINGS = (
    *screen.ADDRESSES,
    "map?focus=North+Yorkshire+Coast+%28Scarborough%29",
    "profile?area=Fenland+and+East+Cambridgeshire",
    "?cohort=Original+six&region=South+East",
)


@pytest.mark.parametrize("width", [390])
@pytest.mark.parametrize("opening", OPENINGS)
def test_headings_and_room_on_a_phone(page: Page, server: Server, opening: str) -> None:
    screen.visit(page, f"{server.url}/{opening}")
    levels = page.get_by_role("heading").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    skipped = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert skipped == []
    for part in ("html", '[data-testid="stMain"]'):
        sizes = page.locator(part).evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert sizes[0] <= sizes[1], part


def test_every_page_has_a_title_of_its_own(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    links = screen.menu(page)
    expect(links).to_have_count(len(screen.ADDRESSES))
    names = links.all_inner_texts()
    assert len(set(names)) == len(names)
    for name in names:
        links.get_by_text(name, exact=True).click()
        expect(page).to_have_title(f"{name} | Opportunity areas")
