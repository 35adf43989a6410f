"""No text is cut when a reader spaces it out or makes it larger (WCAG 1.4.4, 1.4.10, 1.4.12).

What counts as cut is in cut.js. Not spaced out are the words of charts, whose places are reckoned
before they are drawn: docs/accessibility.md.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from browser import chromium, screen
from browser.conftest import Theme
from browser.serve import Server
from browser.watch import Watch

CUT = Path(__file__).with_name("cut.js").read_text(encoding="utf-8")
WIDTHS = (1280, 390, 320)
PAGES = (
    *screen.ADDRESSES,
    "profile?area=Fenland+and+East+Cambridgeshire",
    "map?focus=Hastings&colour=Population",
)
# What WCAG 1.4.12 names, in a style sheet as the usual bookmarklet writes it.
SPACED = """
    * {
        line-height: 1.5 !important;
        letter-spacing: .12em !important;
        word-spacing: .16em !important;
    }
    p { margin-bottom: 2em !important; }
"""
# The same with all the weight that a style can have.
SPACED_EACH = """() => document.querySelectorAll('body *').forEach((one) => {
    if (one.closest('svg')) return;
    const look = {'line-height': '1.5', 'letter-spacing': '.12em', 'word-spacing': '.16em'};
    if (one.tagName === 'P') look['margin-bottom'] = '2em';
    for (const name in look) one.style.setProperty(name, look[name], 'important');
})"""
# The names that the map shows neither by their marks nor, by number, in the legend.
LOST = """() => [...document.querySelectorAll('.area span:not(.heard)')]
    .filter((one) => {
        const {x, y} = one.parentElement.getBoundingClientRect();
        const told = document.querySelector('.legend').innerText;
        return !one.checkVisibility({checkVisibilityCSS: true})
            || !`${one.innerText} ${told}`.includes(one.dataset.words);
    }).map((one) => `lost: ${one.dataset.words}`)"""
# Comes to an end once nothing has changed in a dozen of the browser's frames.
STILL = """() => new Promise((go) => {
    const what = '[data-testid="stMainBlockContainer"], iframe, .legend, .area span';
    let before = '', same = 0;
    const look = () => {
        const now = [...document.querySelectorAll(what)].map((one) => {
            const {x, y, width, height} = one.getBoundingClientRect();
            return [x, y, width, height];
        }).join();
        same = now === before ? same + 1 : 0;
        before = now;
        same < 12 ? requestAnimationFrame(look) : go();
    };
    look();
})"""
# A map's frame follows a narrower window after a moment, and what is in it follows the frame.
FITS = """() => [...document.querySelectorAll('iframe')].every((one) =>
    one.getBoundingClientRect().right <= innerWidth
    && one.contentWindow.map?.getSize().x === one.contentWindow.innerWidth)"""
Change = Callable[[Page], None]


def space_out(page: Page) -> None:
    """Space out the text of a page and of the frames in it, as the usual bookmarklet does."""
    for frame in page.frames:
        frame.add_style_tag(content=SPACED)


def space_out_each(page: Page) -> None:
    """Space out the text of every element, whatever another style sheet says."""
    for frame in page.frames:
        frame.evaluate(SPACED_EACH)


def enlarge(page: Page) -> None:
    """Double what Streamlit measures its text by."""
    page.add_style_tag(content=":root { font-size: 32px !important }")


def leave(page: Page) -> None:
    """Change nothing: the browser's own setting has done so."""


@pytest.fixture(scope="module")
def large(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose least size of letters is 24 pixels."""
    with chromium.launch(playwright, "--blink-settings=minimumFontSize=24") as browser:
        yield browser


@pytest.fixture
def large_page(large: Browser, theme: Theme) -> Iterator[Page]:
    """A page in that browser."""
    with large.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    ) as context:
        watch = Watch(context)
        yield context.new_page()
        assert watch.complaints() == []


def faults(page: Page) -> list[str]:
    """Return what is cut on a page and in its map."""
    said: list[str] = []
    page.wait_for_function(FITS)
    for frame in page.frames:
        frame.evaluate(STILL)
    for frame in page.frames:
        said += frame.evaluate(CUT)
        if frame != page.main_frame:
            said += frame.evaluate(LOST)
    return said


def read(
    page: Page, url: str, addresses: Sequence[str], widths: Sequence[int], change: Change
) -> dict[str, list[str]]:
    """Return what is cut on pages in each width, where anything is."""
    found = {}
    for address in addresses:
        page.set_viewport_size({"width": widths[0], "height": 900})
        screen.visit(page, f"{url}/{address}")
        change(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{address} {width}"] = faults(page)
    return {where: all_ for where, all_ in found.items() if all_}


def test_spaced_out(page: Page, server: Server) -> None:
    assert read(page, server.url, PAGES, WIDTHS, space_out) == {}


def test_least_size(large_page: Page, server: Server) -> None:
    assert read(large_page, server.url, PAGES, WIDTHS, leave) == {}


# At 200 % a window of 1,280 pixels has room for 640.
def test_twice_as_large(page: Page, server: Server) -> None:
    assert read(page, server.url, PAGES, (1280, 640), enlarge) == {}


@pytest.mark.parametrize("theme", ["dark"])
def test_each_element_spaced_out(page: Page, server: Server) -> None:
    assert read(page, server.url, ("map", "funding", "compare"), WIDTHS, space_out_each) == {}


def open_popover(page: Page) -> None:
    screen.open_provenance(page)


def open_list(page: Page) -> None:
    box = page.get_by_role("combobox").last
    screen.bring_into_view(box)
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def ask_for_help(page: Page) -> None:
    page.get_by_role("button", name="Help for Cohort").focus()
    expect(page.get_by_role("tooltip").first).to_be_visible()


def point_at_an_area(page: Page) -> None:
    screen.marker(page, "Fenland").hover()
    expect(screen.map_frame(page).locator(".leaflet-tooltip")).to_be_visible()


def search(page: Page) -> None:
    box = page.get_by_role("textbox", name="Find my area")
    if not box.is_visible():
        screen.open_menu(page)
    box.fill("Stoke-on-Trent")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stoke-on-Trent is one of the twelve areas.")).to_be_visible()


# What opens, and in which widths.
OPENED: tuple[tuple[str, Change, Sequence[int]], ...] = (
    ("funding", screen.unfold, WIDTHS),
    ("research_schools", screen.unfold, WIDTHS),
    ("outcomes", screen.unfold, WIDTHS),
    ("all_measures", screen.unfold, WIDTHS),
    ("funding", open_popover, (1280, 320)),
    ("outcomes", open_list, (1280, 320)),
    ("map", open_list, (320,)),
    ("selection", ask_for_help, (1280,)),
    ("map", point_at_an_area, (1280, 320)),
    ("about", screen.open_menu, (390, 320)),
    ("about", search, (1280, 320)),
    ("sources?part=Sources", leave, WIDTHS),
    ("sources?part=Disagreements", leave, WIDTHS),
    ("sources?part=Tables", leave, WIDTHS),
)
# What stays open as the window grows narrower.
STAYING = (screen.unfold, leave)


def opened(page: Page, url: str, change: Change) -> dict[str, list[str]]:
    """Return what is cut in what opens, where anything is."""
    found = {}
    for address, open_, widths in OPENED:
        for number, width in enumerate(widths):
            page.set_viewport_size({"width": width, "height": 900})
            if number == 0 or open_ not in STAYING:
                screen.visit(page, f"{url}/{address}")
                change(page)
                open_(page)
            found[f"{address} {open_.__name__} {width}"] = faults(page)
    return {where: all_ for where, all_ in found.items() if all_}


def test_what_opens_spaced_out(page: Page, server: Server) -> None:
    assert opened(page, server.url, space_out) == {}


def test_what_opens_in_the_least_size(large_page: Page, server: Server) -> None:
    assert opened(large_page, server.url, leave) == {}


def test_names_find_their_place_anew_and_back(page: Page, server: Server) -> None:
    """A reader's letters come and go; the names follow, and the frame has its height again."""
    page.set_viewport_size({"width": 320, "height": 900})
    screen.visit(page, f"{server.url}/map?colour=Population")
    frame, window = page.locator("iframe"), screen.map_window(page)
    numbers = screen.map_frame(page).locator(".legend li")
    before = frame.evaluate("one => one.clientHeight")
    assert faults(page) == []
    expect(numbers).to_have_count(0)
    for size in (24, 28):
        window.evaluate(LETTERS, size)
        assert faults(page) == []
        expect(numbers).not_to_have_count(0)
        assert frame.evaluate("one => one.clientHeight") > before
    window.evaluate(LETTERS, None)
    assert faults(page) == []
    expect(numbers).to_have_count(0)
    assert frame.evaluate("one => one.clientHeight") == before


# Makes all letters so large, or as they were.
LETTERS = """size => {
    document.querySelector('#larger')?.remove();
    const style = document.head.appendChild(document.createElement('style'));
    style.id = 'larger';
    style.textContent = size ? `* { font-size: ${size}px !important }` : '';
}"""
# Faults of each kind, put on a page on purpose.
PLANTED = {
    "a fixed height": "<div style='height: 12px; overflow: hidden'>Cut in half</div>",
    "one line": "<div style='width: 40px; overflow: hidden; white-space: nowrap'>Too long</div>",
    "a box that scrolls": "<div style='height: 12px; overflow: auto'>Hidden below</div>",
    "an edge of the window": "<div style='position: relative; left: -600px'>Left of it</div>",
    "text over text": "<div style='height: 5px'>First words</div><div>Other words</div>",
    "an input": "<input value='Much too long for it' style='width: 50px'>",
    "a picture": "<svg width='20' height='20'><text y='15'>Too wide</text></svg>",
}
PLANT = """markup => {
    document.querySelector('#planted')?.remove();
    const place = document.createElement('div');
    place.id = 'planted';
    place.style.marginBottom = '4rem';
    place.innerHTML = markup;
    document.querySelector('[data-testid="stMainBlockContainer"]').prepend(place);
}"""


def test_faults_would_be_found(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/about")
    assert faults(page) == []
    for kind, markup in PLANTED.items():
        page.evaluate(PLANT, markup)
        assert len(faults(page)) == 1, kind
