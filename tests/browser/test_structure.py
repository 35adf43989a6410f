"""What every page owes every reader: one title, headings in order, no scrolling sideways, and
controls that nothing lies over."""

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

# The controls with words of which a point inside the rounded corners belongs to another element.
COVERED = """controls => controls.filter((one) => one.checkVisibility() && one.innerText)
    .filter((one) => {
        one.scrollIntoView({block: 'center'});
        const box = one.getBoundingClientRect();
        return [0.1, 0.5, 0.9].some((down) => [0.2, 0.5, 0.8].some((across) => !one.contains(
            document.elementFromPoint(box.x + box.width * across, box.y + box.height * down))));
    }).map((one) => one.innerText)"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("opening", OPENINGS)
def test_headings_room_and_controls(page: Page, server: Server, opening: str) -> None:
    screen.visit(page, f"{server.url}/{opening}")
    levels = page.get_by_role("heading").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    skipped = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert skipped == []
    for part in ("html", '[data-testid="stMain"]'):
        sizes = page.locator(part).evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert sizes[0] <= sizes[1], part
    assert page.get_by_test_id("stMain").locator("button").evaluate_all(COVERED) == []


def test_every_page_has_a_title_of_its_own(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/")
    links = screen.menu(page)
    expect(links).to_have_count(len(screen.ADDRESSES))
    names = links.all_inner_texts()
    assert len(set(names)) == len(names)
    for name in names:
        links.get_by_text(name, exact=True).click()
        expect(page).to_have_title(f"{name} | Opportunity areas")
