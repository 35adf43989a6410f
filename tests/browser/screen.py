"""What a reader sees and does, in terms of roles and labels."""

import re
from contextlib import suppress
from urllib.parse import parse_qsl

from playwright.sync_api import Frame, FrameLocator, Locator, Page, TimeoutError, expect

from browser import serve
from browser.serve import ROOT

MAP = "Map of England with the opportunity areas"
# Every page's address: its file's name, except for the front page.
ADDRESSES = tuple(
    "" if path.stem == "overview" else path.stem for path in sorted(ROOT.glob("pages/*.py"))
)
# Pages without filters, which would do nothing there.
UNFILTERED = ("about", "compare", "profile")
# Milliseconds before the browser gives a wait up.
PATIENCE = 1000 * serve.PATIENCE
expect.set_options(timeout=PATIENCE)
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_UNCOVERED = """one => {
    const box = one.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return one.contains(seen);
}"""
_MARKS = "svg .mark-rule, svg .mark-text"
_DRAWN = f"""() => {{
    const each = (what) => [...document.querySelectorAll(what)];
    const seen = (one) => one?.checkVisibility({{checkVisibilityCSS: true}});
    const fills = ({{map, innerWidth, innerHeight}}, frame) => map && Number(frame.height)
        && innerWidth === frame.clientWidth && innerHeight === frame.clientHeight
        && map.getSize().x === innerWidth;
    const named = ({{document: inside, innerWidth, innerHeight}}) => [
        ...inside.querySelectorAll('.leaflet-marker-icon')].every((icon) => {{
        const {{left, top}} = icon.getBoundingClientRect(), {{style}} = icon.querySelector('span');
        return !icon.querySelector('span').textContent || (style.left && style.visibility === '')
            || left < -12 || left > innerWidth - 12 || top < -12 || top > innerHeight - 12;
    }});
    return seen(document.querySelector('{RESTING}'))
        && seen(document.querySelector('h1'))
        && !each('[data-stale="true"], [data-testid="stSkeleton"]').length
        && document.fonts.status === 'loaded'
        && each('[data-testid="stVegaLiteChart"]').every((one) => one.querySelector('{_MARKS}'))
        && each('.drawings img').every((one) => one.complete)
        && each('iframe').every((one) => seen(one.contentDocument?.querySelector('.legend'))
            && fills(one.contentWindow, one) && named(one.contentWindow)
            && !one.contentDocument.querySelector('[aria-busy="true"]')
            && [...one.contentDocument.querySelectorAll('link')].every((link) => link.sheet));
}}"""
_NEXT_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Whether the page is as high as when it was last asked, and the time before.
_GROWS_NO_MORE = """() => {
    const heights = (window.heights ??= []);
    heights.push(document.querySelector('[data-testid="stMain"]').scrollHeight);
    return new Set(heights.slice(-3)).size === 1 && heights.length > 2;
}"""
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'


def drawings(page: Page) -> Locator:
    """Return the small charts, which the server has drawn."""
    return main(page).locator(".drawings img")


def visit(page: Page, url: str) -> None:
    """Open an address and wait until everything on its page is drawn."""
    page.goto(url)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the script has come to rest and every map and chart is drawn.

    All at once: a page that is not yet connected rests too, and one look after another would
    find its heading while the script still draws what comes below. A map is drawn when it
    fills its frame, which gets its height last, and its names have their places and its style
    sheet has come too, which the browser fetches beside the scripts that draw it, and all districts
    where it shows them; a chart when its font has: without it, paper has no labels, or lines of
    another length.
    """
    page.wait_for_function(_DRAWN)


def come_to_rest(page: Page) -> None:
    """Wait until the page is as high as it stays: what is unfolded grows for a while."""
    page.wait_for_function(_GROWS_NO_MORE, polling=100)


def unfold(page: Page) -> None:
    """Open all that is folded, and wait until what was behind it is drawn."""
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    settled(page)


def open_provenance(place: Page | Locator, title: str = "") -> Locator:
    """Press the control of a figure by its title, or the first, and return what it opens."""
    page = place if isinstance(place, Page) else place.page
    name = re.compile(f"^Data and method: {re.escape(title)}")
    place.get_by_role("button", name=name).first.click()
    opened = page.get_by_test_id("stPopoverBody")
    expect(opened.get_by_text("How to cite it.")).to_be_visible()
    return opened


def main(page: Page) -> Locator:
    """Return the page's own part, beside the menu."""
    return page.get_by_test_id("stMain")


def menu(page: Page) -> Locator:
    """Return the links to the pages."""
    return page.get_by_role("navigation").get_by_role("link")


def open_menu(page: Page) -> None:
    """Open menu and filters in a window too narrow to show them beside the page."""
    page.get_by_role("button", name=re.compile("^Menu")).click()
    expect(page.get_by_role("button", name="Back to the page")).to_be_visible()
    expect(page.locator(RESTING)).to_be_visible()


def page_is_seen(page: Page) -> None:
    """Wait until a page's heading is seen and the menu does not lie over it."""
    expect(title(page)).to_be_in_viewport()
    expect(page.get_by_role("radiogroup", name="Cohort")).not_to_be_in_viewport()
    expect(menu(page)).to_have_count(0)


def uncovered(target: Locator) -> bool:
    """Scroll to something and return whether a reader sees its middle: nothing lies over it."""
    target.scroll_into_view_if_needed()
    return bool(target.evaluate(_UNCOVERED))


def title(page: Page) -> Locator:
    """Return the page's heading of the first level."""
    return page.get_by_role("heading", level=1)


def map_frame(page: Page) -> FrameLocator:
    """Return what is inside the map's frame, to find things in."""
    return page.frame_locator(f'iframe[title="{MAP}"]')


def map_window(page: Page) -> Frame:
    """Return the map's frame, to ask its script; Leaflet's map is ``map`` there."""
    frame = page.locator(f'iframe[title="{MAP}"]').element_handle().content_frame()
    assert frame
    return frame


def districts(page: Page) -> Locator:
    """Return the outlines of the districts on the map."""
    return map_frame(page).locator("path.leaflet-interactive")


def districts_pane(page: Page) -> Locator:
    """Return where the map draws all districts, under the areas."""
    return map_frame(page).locator(".leaflet-districts-pane canvas")


def markers(page: Page) -> Locator:
    """Return the areas' marks on the map."""
    return map_frame(page).get_by_role("button").filter(has=page.locator(".area"))


def marker(page: Page, area: str) -> Locator:
    """Return the mark of one area."""
    return map_frame(page).get_by_role("button", name=re.compile(f"^{re.escape(area)}"))


def drawn(page: Page, *, districts_shown: int, areas_shown: int) -> None:
    """Wait until the map shows so many districts and areas."""
    expect(districts(page)).to_have_count(districts_shown)
    expect(markers(page)).to_have_count(areas_shown)


def radio(page: Page, cohort: str) -> Locator:
    """Return a choice of cohort, shown or not: a page without filters keeps them."""
    group = page.get_by_role("radiogroup", name="Cohort", include_hidden=True)
    return group.get_by_role("radio", name=cohort, include_hidden=True)


def choose_cohort(page: Page, cohort: str) -> None:
    """Choose a cohort; the round button itself lies hidden under its label."""
    page.get_by_role("radiogroup", name="Cohort").get_by_text(cohort, exact=True).click()
    expect(radio(page, cohort)).to_be_checked()


def pill(page: Page, group: str, name: str) -> Locator:
    """Return a choice of region or type of place, shown or not."""
    choices = page.get_by_role("toolbar", name=group, include_hidden=True)
    return choices.get_by_role("button", name=name, include_hidden=True)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list."""
    box = page.get_by_role("combobox", name=label, exact=True)
    bring_into_view(box)
    box.click()
    # How many areas have a measure stands behind its name.
    named = page.get_by_role("option", name=re.compile(rf"^{re.escape(option)}( \(\d+ areas?\))?$"))
    page.get_by_role("option").first.wait_for()
    # A long list holds what is near: typing brings the rest.
    if not named.count():
        box.fill(option)
    named.click()


def bring_into_view(box: Locator) -> None:
    """Scroll to a list and wait until that is over: an open list shuts when the page scrolls."""
    box.scroll_into_view_if_needed()
    box.page.evaluate(_NEXT_FRAMES)


def address_is(page: Page, url: str, **parameters: str) -> None:
    """Wait until the address is this one with these parameters, whatever their order."""
    wanted = (url.rstrip("/"), parameters)
    with suppress(TimeoutError):
        page.wait_for_url(lambda now: _parts(now) == wanted)
    assert _parts(page.url) == wanted, page.url


def _parts(url: str) -> tuple[str, dict[str, str]]:
    before, _, after = url.partition("?")
    return before.rstrip("/"), dict(parse_qsl(after))
