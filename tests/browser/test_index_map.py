"""The map of the Social Mobility Index: every district is drawn, and the areas' stand out."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server
from expected import DISTRICTS, read_table

# The stroke and the extent of each shape of a layer: an empty one has none.
_SHAPES = """layer => [...layer.children].map((one) => {
    const {width, height} = one.getBBox();
    return [one.getAttribute('stroke'), one.getAttribute('stroke-width'), width * height];
})"""
_TEXT = "#0b0c0c"


def test_every_district_is_drawn_and_the_areas_are_outlined(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection?cohort=New+six")
    chart = screen.main(page).get_by_test_id("stVegaLiteChart").first
    # The shapes come as a file, after the chart.
    expect(chart.locator("g.mark-shape").last.locator("path")).to_have_count(len(DISTRICTS))
    every, outlines, inside = chart.locator("g.mark-shape").all()
    drawn = every.evaluate(_SHAPES)
    assert len(drawn) == len(read_table("index_2016")) == 324
    # A ring that runs the wrong way would fill the whole map.
    assert 0 < min(size for *_, size in drawn) < max(size for *_, size in drawn) < 100 * 100
    assert [line[:2] for line in outlines.evaluate(_SHAPES)] == [[_TEXT, "5"]] * len(DISTRICTS)
    # The worst of all comes first.
    inside.locator("path").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("West Somerset")


def test_the_areas_are_reached_by_keyboard_from_the_tables(page: Page, server: Server) -> None:
    """The chart itself takes no focus: its tables lead to the profiles."""
    screen.visit(page, f"{server.url}/selection")
    for name in ("As a table: Districts by sixth", "The worst sixth by region"):
        fold = screen.main(page).locator("summary", has_text=name)
        fold.focus()
        page.keyboard.press("Enter")
        links = fold.locator("xpath=..").get_by_role("table").get_by_role("link")
        expect(links.first).to_be_visible()
        led = [parse_qs(urlsplit(str(link.get_attribute("href"))).query) for link in links.all()]
        assert {area for query in led for area in query["area"]} == {
            row["label"] for row in read_table("areas")
        }
        links.last.focus()
        expect(links.last).to_be_focused()
