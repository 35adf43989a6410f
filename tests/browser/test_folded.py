"""What is folded comes when it is opened, and nothing else on the page is drawn anew for it."""

import re

from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

TABLE = "As a table"
# A mark on each chart, which a chart drawn anew would lose.
MARK = """() => document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')
    .forEach((one) => one.setAttribute('data-first', ''))"""


def test_a_table_is_opened_and_closed_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    charts = page.get_by_test_id("stVegaLiteChart").locator("svg.marks")
    before = charts.count()
    tables = screen.main(page).get_by_role("table")
    shown = tables.count()
    page.evaluate(MARK)
    line = screen.main(page).locator("summary").filter(has_text=TABLE).first
    line.focus()
    page.keyboard.press("Enter")
    expect(tables).to_have_count(shown + 1)
    expect(tables.first.get_by_role("row")).not_to_have_count(0)
    screen.settled(page)
    expect(line).to_be_focused()
    assert page.locator("svg.marks[data-first]").count() == before > 1
    page.keyboard.press("Enter")
    expect(tables).to_have_count(shown)


def test_an_open_table_stays_open_under_a_filter(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding")
    screen.main(page).get_by_text("The amounts as a table").click()
    table = page.get_by_role("table", name="Every amount found for the areas shown")
    rows = table.get_by_role("row")
    expect(table).to_be_visible()
    everything = rows.count()
    screen.choose_cohort(page, "New six")
    expect(rows).not_to_have_count(everything)
    screen.settled(page)
    assert 1 < rows.count() < everything


def test_what_was_folded_knows_the_filters(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/funding?cohort=New+six")
    screen.main(page).get_by_text("The amounts as a table").click()
    table = page.get_by_role("table", name="Every amount found for the areas shown")
    expect(table).to_be_visible()
    # A button that is pressed while its part is still drawn may be replaced under the pointer.
    screen.settled(page)
    screen.come_to_rest(page)
    lead = table.get_by_role("link", name="Hastings").first
    expect(lead).to_have_attribute("href", re.compile(r"profile\?cohort=New\+six&area=Hastings$"))
    with page.expect_download() as coming:
        opened = screen.open_provenance(page.locator(".st-key-table-every-amount"))
        opened.get_by_role("button", name="CSV: Every amount found").click()
    assert coming.value.suggested_filename == "every-amount-found_new-six.csv"
