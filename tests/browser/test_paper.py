"""Pages on paper: A4, nothing to press, black on white, nothing cut."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from browser import screen
from browser.serve import Server

# Addresses, the most pages each may take, and words near the page's end.
PRINTED = (
    ("profile?area=Hastings", 12, "Sources used on this page"),
    ("funding", 8, "not found"),
    ("map", 4, "Stoke-on-Trent"),
    ("", 4, "Where to go next"),
)
NOT_ON_PAPER = (
    *("Find my area", "Reset filters", "Change filters", "CSV", "PNG"),
    "The map could not be loaded",
)
A4 = (595, 842)
# Pixels of CSS between the margins of a sheet.
SHEET = 688
# A map is as wide as the screen it was drawn on until Streamlit has measured the sheet.
STILL_WIDE = """() => document.querySelectorAll('iframe')
    .forEach((one) => one.setAttribute('width', '1200'))"""
MAPS = """() => [...document.querySelectorAll('iframe')]
    .map((one) => Math.round(one.getBoundingClientRect().width))"""
WIDER = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter((one) => one.checkVisibility() && !one.closest('svg'))
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("address", "most", "last"), PRINTED)
def test_clean_sheets(page: Page, server: Server, address: str, most: int, last: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    heading = screen.title(page).inner_text()
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(one)) for one in sheet.mediabox[2:]) for sheet in sheets} == {A4}
    words = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert heading in words[0]
    assert last in " ".join(words)
    assert len(sheets) <= most
    assert [number for number, said in enumerate(words, 1) if len(said) < 40] == []
    assert [said for said in NOT_ON_PAPER if said in " ".join(words)] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", [printed[0] for printed in PRINTED])
def test_black_on_white_and_nothing_cut(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 1000})
    page.evaluate(STILL_WIDE)
    assert page.evaluate(WIDER) == []
    assert all(width == SHEET for width in page.evaluate(MAPS)), "a map has the whole sheet"
    for words in (screen.title(page), screen.main(page).locator("td").first):
        look = words.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert look == ["rgb(11, 12, 12)", "rgba(0, 0, 0, 0)"]
