"""What comes late has its room from the first: nothing below it moves, whenever it comes.

How much a page moves as it loads depends on how quick the machine is: the benchmark measures it.
"""

import pytest
from playwright.sync_api import Page

from browser import screen
from browser.serve import Server

# The heights of what keeps room, with what is in it and without.
HEIGHTS = """rooms => rooms.map((room) => {
    const full = room.getBoundingClientRect().height;
    for (const one of room.children) one.style.display = 'none';
    const empty = room.getBoundingClientRect().height;
    for (const one of room.children) one.style.display = '';
    return [full, empty];
})"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("address", "rooms"),
    [("", 1), ("map", 3), ("profile?area=Hastings", 2), ("outcomes", 1), ("compare", 1)],
)
def test_lists_and_maps_have_their_room(
    page: Page, server: Server, address: str, rooms: int
) -> None:
    screen.visit(page, f"{server.url}/{address}")
    heights = page.locator('[class*="st-key-room-"]').evaluate_all(HEIGHTS)
    assert len(heights) == rooms
    assert [full for full, empty in heights if full != empty] == []
