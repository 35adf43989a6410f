"""What readers ask of their machine is done: their own colours, no motion, larger text."""

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

GROUND = """one => {
    const look = getComputedStyle(one);
    return [look.forcedColorAdjust, look.backgroundColor];
}"""
# A change of opacity is a fade and no motion: what is out of date pales in Streamlit.
MOVING = """() => document.getAnimations()
    .filter((one) => one.playState === 'running')
    .filter((one) => one.effect.getComputedTiming().duration > 0)
    .map((one) => one.animationName ?? one.transitionProperty)
    .filter((name) => name !== 'opacity')"""
WORDS = """charts => charts.flatMap((chart) => [...chart.querySelectorAll('text')]
    .filter((one) => one.textContent.trim())
    .filter((one) => {
        const word = one.getBoundingClientRect(), box = chart.getBoundingClientRect();
        return word.left < box.left - 1 || word.right > box.right + 1;
    }).map((one) => one.textContent))"""


@pytest.mark.parametrize(("theme", "ground"), [("light", "255, 255, 255"), ("dark", "16, 20, 24")])
def test_charts_and_map_keep_their_ground_under_forced_colours(
    page: Page, server: Server, ground: str
) -> None:
    page.emulate_media(forced_colors="active")
    screen.visit(page, f"{server.url}/funding")
    chart = page.get_by_test_id("stVegaLiteChart").first
    assert chart.evaluate(GROUND) == ["none", f"rgb({ground})"]
    screen.visit(page, f"{server.url}/map")
    sea = screen.map_frame(page).locator(".leaflet-container")
    assert sea.evaluate(GROUND) == ["none", f"rgb({ground})"]


# Whether things have the reader's own colour for what is chosen.
HIGHLIGHTED = """all => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = 'forced-color-adjust: none; background: Highlight';
    const wanted = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return all.map((one) => getComputedStyle(one).backgroundColor === wanted);
}"""
CHOICES = {
    "round buttons": '[data-testid="stRadioOption"] div:has(> div:empty)',
    "pills": 'button[data-variant="pills"]',
    "tabs": '[role="tab"]',
    "switches": 'label:has([role="switch"]) div:has(> div:empty)',
}


def test_what_is_chosen_stands_out_under_forced_colours(page: Page, server: Server) -> None:
    page.emulate_media(forced_colors="active")
    screen.visit(page, f"{server.url}/sources?part=Sources&cohort=New+six&region=South+East")
    page.get_by_text("Show all of them").click()
    screen.settled(page)
    found = {kind: page.locator(which).evaluate_all(HIGHLIGHTED) for kind, which in CHOICES.items()}
    assert {kind: sum(chosen) for kind, chosen in found.items()} == dict.fromkeys(CHOICES, 1)
    assert {kind: len(all_) for kind, all_ in found.items() if kind != "switches"} == {
        "round buttons": 3,
        "pills": 14,
        "tabs": 6,
    }


def test_nothing_moves_where_motion_is_not_wanted(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    screen.choose_cohort(page, "New six")
    screen.drawn(page, districts_shown=7, areas_shown=6)
    assert page.evaluate(MOVING) == []
    assert screen.map_window(page).evaluate(MOVING) == []
    # Leaflet knows nothing of the preference: its map jumps for everyone.
    zoom = screen.map_frame(page).get_by_role("button", name="Zoom in on the map")
    zoom.click()
    expect(screen.map_frame(page).locator(".leaflet-zoom-anim")).to_have_count(0)


# At 200 % a window of 1,280 pixels has room for 640, at 400 % for 320.
@pytest.mark.parametrize("width", [640, 320])
@pytest.mark.parametrize(
    "address",
    [
        *("funding", "outcomes", "selection", "compare"),
        "outcomes?measure=Attainment 8, disadvantaged pupils",
    ],
)
def test_no_word_of_a_chart_is_cut(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    charts = page.get_by_test_id("stVegaLiteChart")
    assert charts.count() > 0
    assert charts.evaluate_all(WORDS) == []


def test_the_language_is_marked(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert screen.map_window(page).evaluate("document.documentElement.lang") == "en-GB"
