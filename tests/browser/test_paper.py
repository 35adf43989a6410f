"""Pages on paper: A4, nothing to press, black on white, nothing cut."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from browser import screen
from browser.serve import Server

# Addresses, the most pages each may take, and words near the page's end.
PRINTED = (
    ("profile?area=Hastings", 11, "More about this area"),
    ("funding", 7, "not found"),
    ("map", 4, "Stoke-on-Trent"),
    ("outcomes", 8, "What studies say"),
    ("", 4, "Stoke-on-Trent Research School"),
)
NOT_ON_PAPER = (
    *("Find my area", "Reset filters", "Menu and filters", "CSV", "PNG", "Sort small charts by"),
    *("The map could not be loaded", "More about Blackpool", "In the order of the dashboard"),
)
# Words that belong together on a sheet: a heading and its chart, a card's first line and its last.
TOGETHER = {
    "funding": [
        ("The announced total grew", "£72 million"),
        ("Fourth year: highest in Blackpool", "£1.58 million"),
        ("Per child: highest in West Somerset", "£24.31"),
        ("Fifth year: allocations were found", "nearly £2.1 million"),
    ],
    "profile?area=Hastings": [
        ("Host: Ark Blacklands Primary Academy", "Award: £200,000"),
        ("Good development at five:", "England 71.8%"),
        ("English and maths by 19:", "England 74.9%"),
        ("Expected standard at 11:", "England 63%"),
    ],
}
A4 = (595, 842)
# Pixels of CSS between the margins of a sheet.
SHEET = 688
# A map is as wide as the screen it was drawn on until Streamlit has measured the sheet.
STILL_WIDE = """() => document.querySelectorAll('iframe')
    .forEach((one) => one.setAttribute('width', '1200'))"""
MAPS = """() => [...document.querySelectorAll('iframe')]
    .map((one) => Math.round(one.getBoundingClientRect().width))"""
# A tab tells which part is printed.
PRESSED = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(button, input)')]
    .filter((one) => one.checkVisibility() && one.role !== 'tab')
    .map((one) => one.outerHTML.slice(0, 120))"""
AREAS = ("Blackpool", "Derby", "Oldham", "Bradford", "Doncaster", "Ipswich", "Stoke-on-Trent")
WIDER = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter((one) => one.checkVisibility() && !one.closest('svg'))
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""


def words_on(sheet: PageObject) -> str:
    """Return a sheet's words in a line, without the signs that keep addresses from being links."""
    return " ".join(sheet.extract_text().replace("\u2060", "").split())


def squeeze(words: str) -> str:
    """Return words without spaces: letters made smaller are read back with some between."""
    return words.replace(" ", "")


def printed(page: Page) -> list[str]:
    """Return the words of each sheet that a page takes."""
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [words_on(sheet) for sheet in pdf.pages]


@pytest.mark.parametrize(
    ("address", "most", "last", "width", "theme"),
    [
        (*PRINTED[0], 1280, "dark"),
        (*PRINTED[1], 1280, "light"),
        (*PRINTED[1], 390, "dark"),
        (*PRINTED[2], 1280, "dark"),
        (*PRINTED[3], 390, "light"),
        (*PRINTED[4], 1280, "light"),
        (*PRINTED[4], 390, "light"),
    ],
)
def test_clean_sheets(page: Page, server: Server, address: str, most: int, last: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    heading = screen.title(page).inner_text()
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(one)) for one in sheet.mediabox[2:]) for sheet in sheets} == {A4}
    words = [words_on(sheet) for sheet in sheets]
    assert heading in words[0]
    assert last in " ".join(words)
    assert len(sheets) <= most
    assert [number for number, said in enumerate(words, 1) if len(said) < 200] == []
    assert [said for said in NOT_ON_PAPER if said in " ".join(words)] == []
    assert "On the screen, “Data and method”" in words[0]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", TOGETHER)
def test_what_belongs_together_is_on_one_sheet(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    sheets = printed(page)
    apart = [
        (one, other)
        for one, other in TOGETHER[address]
        if not any(squeeze(one) in said and squeeze(other) in said for said in map(squeeze, sheets))
    ]
    assert apart == []


def test_the_last_sheet_has_more_than_one_source(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile?area=Hastings")
    assert printed(page)[-1].count("<http") >= 3


def test_charts_have_their_names_and_what_is_folded_is_named(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/outcomes")
    said = " ".join(printed(page))
    # Once over its chart, once in the table of changes.
    assert [name for name in AREAS if said.count(name) < 2] == []
    assert "Every figure, year by year (open it on the screen to print it)" in said
    assert "Chosen: Good level of development at age five" in said


def test_there_is_nothing_to_press(page: Page, server: Server) -> None:
    found = {}
    for address in screen.ADDRESSES:
        page.emulate_media(media="screen")
        screen.visit(page, f"{server.url}/{address}")
        page.emulate_media(media="print")
        found[address] = page.evaluate(PRESSED)
    assert {address: pressed for address, pressed in found.items() if pressed} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_black_on_white_and_nothing_cut(page: Page, server: Server) -> None:
    for address, *_ in PRINTED:
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        screen.visit(page, f"{server.url}/{address}")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": SHEET, "height": 1000})
        page.evaluate(STILL_WIDE)
        assert page.evaluate(WIDER) == [], address
        assert {*page.evaluate(MAPS)} <= {SHEET}, f"a map has the whole sheet: {address}"
        for words in (screen.title(page), screen.main(page).locator("td").first):
            look = words.evaluate(
                "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
            )
            assert look == ["rgb(11, 12, 12)", "rgba(0, 0, 0, 0)"], address
