"""Every choice of a list takes, however often and from wherever, and Back brings it back."""

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
    for area, next_area in (("Norwich", "Oldham"), ("Ipswich", "Blackpool")):
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
    expect(box).to_have_value(value)
    screen.menu(page).get_by_text("Funding", exact=True).click()
    expect(screen.title(page)).to_have_text("Funding")
    page.go_back()
    expect(box).to_have_value(value)
    screen.settled(page)
    assert value.replace(" ", "+") in page.url
