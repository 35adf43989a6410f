"""Every choice of a list takes, however often and from wherever, and Back brings it back."""

import re
from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server

AREAS = ("Derby", "Norwich", "Oldham", "Ipswich", "Stoke-on-Trent")


@pytest.mark.parametrize(
    "start", ["", "area=Hastings", "cohort=New+six", "area=Derby&region=South+East"]
)
def test_each_choice_of_the_profile_takes(page: Page, server: Server, start: str) -> None:
    screen.visit(page, f"{server.url}/profile?{start}")
    kept = dict(part.split("=") for part in start.replace("+", " ").split("&") if part)
    for area in AREAS:
        screen.choose(page, "Area", area)
        expect(page.get_by_role("heading", name=area, exact=True).first).to_be_visible()
        expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value(area)
        screen.address_is(page, f"{server.url}/profile", **{**kept, "area": area})


def test_a_choice_by_link_and_by_list_in_turn(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile?area=Derby")
    for area, next_area in (("Norwich", "Oldham"), ("Ipswich", "Stoke-on-Trent")):
        screen.choose(page, "Area", area)
        expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value(area)
        screen.main(page).get_by_role("link", name=next_area).first.click()
        expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value(next_area)
        screen.address_is(page, f"{server.url}/profile", area=next_area)


@pytest.mark.parametrize(
    "address", ["map?focus=Derby", "profile?area=Derby", "map?colour=Population"]
)
def test_escape_leaves_the_choice(page: Page, server: Server, address: str) -> None:
    screen.visit(page, f"{server.url}/{address}")
    for box in screen.main(page).get_by_role("combobox").all():
        before = box.input_value()
        box.click()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        screen.settled(page)
        expect(box).to_have_value(before)
    assert page.url == f"{server.url}/{address}"


@pytest.mark.parametrize(
    ("address", "label", "value"),
    [
        ("map?colour=Population&focus=Derby", "Colour the areas by", "Population"),
        ("map?focus=Hastings", "Area", "Hastings"),
        ("outcomes?measure=Attainment+8", "Measure", "Attainment 8"),
        ("compare?measure=Progress+8&areas=Derby&areas=Oldham", "Measure", "Progress 8"),
    ],
)
def test_back_brings_a_choice_back(
    page: Page, server: Server, address: str, label: str, value: str
) -> None:
    screen.visit(page, f"{server.url}/{address}")
    box = page.get_by_role("combobox", name=label, exact=True)
    shown = re.compile(rf"^{re.escape(value)}( \(\d+ areas\))?$")
    expect(box).to_have_value(shown)
    screen.menu(page).get_by_text("Funding", exact=True).click()
    expect(screen.title(page)).to_have_text("Funding")
    page.go_back()
    expect(box).to_have_value(shown)
    screen.settled(page)
    assert value.replace(" ", "+") in page.url


def choose_colour(page: Page) -> None:
    screen.choose(page, "Colour the areas by", "Population")
    screen.choose(page, "Area", "Hastings")


def choose_measure(page: Page) -> None:
    screen.choose(page, "Measure", "Attainment 8")
    page.get_by_role("radiogroup", name="Sort small charts by").get_by_text("Change").click()


def choose_areas(page: Page) -> None:
    group = page.get_by_role("toolbar", name="Areas, up to 4 of them")
    group.get_by_role("button", name="Ipswich").click()
    expect(group.get_by_role("button", name="Ipswich", pressed=True)).to_be_visible()
    group.get_by_role("button", name="Norwich").click()


def choose_source(page: Page) -> None:
    page.get_by_role("tab", name="Sources").click()
    screen.choose(page, "Sort by", "Newest")
    page.get_by_role("toolbar", name="Tier").get_by_role("button", name="primary").click()


def choose_table(page: Page) -> None:
    page.get_by_role("tab", name="Tables").click()
    screen.choose(page, "Table", "Breaks in the series")


def choose_profile(page: Page) -> None:
    screen.choose(page, "Area", "Oldham")


def choose_held(page: Page) -> None:
    group = page.get_by_role("radiogroup", name="Measures held for")
    group.get_by_text("Whole authorities too", exact=True).click()


CHOICES: dict[str, tuple[Callable[[Page], None], dict[str, str]]] = {
    "map": (choose_colour, {"colour": "Population", "focus": "Hastings"}),
    "outcomes": (choose_measure, {"measure": "Attainment 8", "sort": "Change"}),
    "all_measures": (choose_held, {"held": "Whole authorities too"}),
    "compare": (choose_areas, {"areas": "Norwich"}),
    "sources": (choose_source, {"part": "Sources", "order": "Newest", "tier": "primary"}),
    "sources#": (choose_table, {"part": "Tables", "table": "Breaks in the series"}),
    "profile": (choose_profile, {"area": "Oldham"}),
}


def held(page: Page) -> list[object]:
    """Return what every widget of the page itself holds."""
    part = screen.main(page)
    return [
        [box.input_value() for box in part.get_by_role("combobox").all()],
        [one.is_checked() for one in part.get_by_role("radio").all()],
        part.locator('[aria-pressed="true"]').all_inner_texts(),
        part.locator('[role="tab"][aria-selected="true"]').all_inner_texts(),
    ]


@pytest.mark.parametrize(
    ("name", "cohort"), [*zip(CHOICES, cycle(["", "New six"]), strict=False), ("map", "New six")]
)
def test_back_and_forward_bring_back_what_was_chosen_by_hand(
    page: Page, server: Server, name: str, cohort: str
) -> None:
    choose, address = CHOICES[name]
    wanted = {**address, **({"cohort": cohort} if cohort else {})}
    url = f"{server.url}/{name.rstrip('#')}"
    screen.visit(page, f"{url}?cohort={cohort.replace(' ', '+')}" if cohort else url)
    choose(page)
    screen.address_is(page, url, **wanted)
    screen.settled(page)
    before = held(page)
    screen.menu(page).get_by_text("About", exact=True).click()
    expect(screen.title(page)).to_have_text("About")
    page.go_back()
    expect(screen.title(page)).not_to_have_text("About")
    screen.address_is(page, url, **wanted)
    screen.settled(page)
    assert held(page) == before
    page.go_forward()
    expect(screen.title(page)).to_have_text("About")


def test_back_undoes_one_choice_after_another(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    choose_colour(page)
    box = page.get_by_role("combobox", name="Area", exact=True)
    screen.address_is(page, f"{server.url}/map", colour="Population", focus="Hastings")
    page.go_back()
    expect(box).to_have_value("Choose an area")
    screen.address_is(page, f"{server.url}/map", colour="Population")
    page.go_forward()
    expect(box).to_have_value("Hastings")


def test_areas_are_chosen_by_keyboard(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/profile")
    box = page.get_by_role("combobox", name="Area", exact=True)
    for area in ("Derby", "Norwich", "Oldham", "Ipswich"):
        box.focus()
        box.press("ControlOrMeta+a")
        page.keyboard.type(area)
        page.keyboard.press("Enter")
        expect(box).to_have_value(area)
        expect(page.get_by_role("heading", name=area, exact=True).first).to_be_visible()
        screen.address_is(page, f"{server.url}/profile", area=area)


def test_a_filter_right_after_a_choice_loses_neither(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    screen.choose(page, "Colour the areas by", "Population")
    screen.choose_cohort(page, "New six")
    screen.choose(page, "Area", "Hastings")
    screen.pill(page, "Region", "South East").click()
    screen.address_is(
        page,
        f"{server.url}/map",
        colour="Population",
        cohort="New six",
        focus="Hastings",
        region="South East",
    )


def test_no_area_can_be_unchosen_and_all_pills_taken_away(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map?focus=Hastings")
    screen.choose(page, "Area", "Choose an area")
    screen.address_is(page, f"{server.url}/map")
    screen.visit(page, f"{server.url}/compare?areas=Derby")
    pressed = page.get_by_role("toolbar", name="Areas, up to").locator('[aria-pressed="true"]')
    pressed.first.click()
    expect(pressed).to_have_count(0)
    box = page.get_by_label("Find my area")
    box.fill("Whitby")
    box.press("Enter")
    expect(page.get_by_test_id("stSidebar").get_by_text("North Yorkshire").first).to_be_visible()
    expect(pressed).to_have_count(0)


def test_what_to_take_stays_chosen_while_its_words_change(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/sources?cohort=New+six")
    page.get_by_text("Everything (all 12 areas)").click()
    everything = page.get_by_role("radio", name="Everything")
    expect(everything).to_be_checked()
    screen.choose_cohort(page, "Original six")
    expect(page.get_by_text("6 of 12 areas: Original six").last).to_be_visible()
    expect(everything).to_be_checked()
