"""Text that would like to be markup or a script stays text on every page, in the map and in
what opens under a figure, whether it comes from the figures or from the address.

The dashboard runs by ``app.py``: no policy of the server's would stop a script.
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect

import injection
from browser import screen
from browser.serve import Server, serving
from injection import Planted

# What markup that was acted on leaves behind, in a page or a frame.
ACTED_ON = """({words, outcomes}) => {
    const found = window.planted === undefined ? [] : ["ran " + window.planted];
    const where = (one) => one.closest("[data-testid]")?.dataset.testid + ": ";
    const whole = new Set(words.map((one) => "mk" + one));
    for (const one of document.querySelectorAll("body *")) {
        const drawn = one instanceof SVGElement;
        if (!drawn && whole.has(one.textContent.trim())) { found.push(where(one) + one.outerHTML); }
        for (const {name, value} of one.attributes) {
            const address = ["href", "src", "srcdoc", "action", "data"].includes(name);
            const leads = address && URL.canParse(value, document.baseURI)
                && new URL(value, document.baseURI);
            if (leads && (leads.protocol === "javascript:" || leads.host === "planted.example")) {
                found.push(where(one) + value);
            }
            if (/^on/.test(name) && value.includes("planted")) { found.push(where(one) + value); }
        }
        const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const text = own.map((node) => node.data).join("");
        if (outcomes.some((made) => text.includes(made))) { found.push(text); }
        if (one.tagName === "SCRIPT" && text.startsWith("window.planted")) { found.push(text); }
    }
    found.push(...[...document.querySelectorAll(".katex, [onerror]")].map((one) => one.outerHTML));
    return found;
}"""
ICON = '[data-testid="stIconMaterial"]'
PAGES = (*screen.ADDRESSES, "profile?area=")
# Of a page's figures, so many are opened: what opens is made in one place.
MOST = 3
ADDRESSES = (
    "?cohort={}&region={}&place={}",
    "map?colour={}&focus={}",
    "outcomes?measure={}&sort={}",
    "all_measures?held={}",
    "profile?area={}",
    "compare?areas={}&areas={}&measure={}",
    "sources?source={}&tier={}&order={}&table={}",
)


@pytest.fixture(scope="module")
def server(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server") / "log", data=planted.folder) as started:
        yield started


def refuse_what_was_acted_on(page: Page) -> None:
    asked = {"words": injection.WORDS, "outcomes": injection.OUTCOMES}
    for frame in page.frames:
        assert frame.evaluate(ACTED_ON, asked) == []
    expect(page.locator(ICON).get_by_text("bolt", exact=True)).to_have_count(0)


@pytest.fixture(autouse=True)
def no_dialog(page: Page) -> Iterator[None]:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    yield
    page.remove_listener("dialog", dismiss)
    assert dialogs == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_it_as_text(
    page: Page, server: Server, planted: Planted, address: str
) -> None:
    if address.endswith("="):
        address += quote(planted.label("north-yorkshire-coast"))
    screen.visit(page, f"{server.url}/{address}")
    screen.unfold(page)
    refuse_what_was_acted_on(page)
    for opener in page.get_by_role("button", name="Data and method").all()[:MOST]:
        opener.click()
        expect(page.get_by_text("How to cite it.").last).to_be_visible()
        refuse_what_was_acted_on(page)
        page.keyboard.press("Escape")
    expect(page.get_by_text(injection.LITERAL).first).to_be_attached()


def test_the_map_s_tooltip_shows_it_as_text(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    mark = screen.map_frame(page).locator(".leaflet-marker-icon").first
    mark.hover()
    expect(screen.map_frame(page).locator(".leaflet-tooltip").first).to_contain_text(
        injection.LITERAL
    )
    refuse_what_was_acted_on(page)
    mark.click()
    screen.settled(page)
    refuse_what_was_acted_on(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_stays_text(page: Page, server: Server, address: str) -> None:
    text = f"{injection.SCRIPT} **mkbold** :red[mkred] $mksum$"
    page.goto(f"{server.url}/{address.replace('{}', quote(text, safe=''))}")
    screen.settled(page)
    refuse_what_was_acted_on(page)


def test_what_is_typed_stays_text(page: Page, server: Server) -> None:
    screen.visit(page, server.url)
    for words in (f"{injection.LITERAL}**mkbold**", "Whitby", "Skegness"):
        box = page.get_by_role("textbox", name="Find my area")
        box.fill(words)
        box.press("Enter")
        screen.settled(page)
        refuse_what_was_acted_on(page)
