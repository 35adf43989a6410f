"""The map of the Social Mobility Index: every district is drawn, and the areas' stand out."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from browser import screen
from browser.serve import Server
from dashboard.palette import LIGHT
from expected import DISTRICTS, read_table

# By the name in its tooltip, the colour at the middle of each district that holds its own middle,
# where no line is near.
_COLOURS = """canvas => {
    const drawing = canvas.getContext('2d'), box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    const every = Object.values(map._layers).filter((one) => one.feature?.properties?.says);
    const middles = every.map((one) => map.latLngToLayerPoint(one.getBounds().getCenter()));
    return every.map((one, index) => {
        const point = middles[index];
        const near = [-2, 0, 2].flatMap((x) => [-2, 0, 2].map((y) => point.add([x, y])));
        const colours = near.map((spot) => {
            const {x, y} = map.layerPointToContainerPoint(spot);
            const {data} = drawing.getImageData(
                (x - box.x) * ratio, (y - box.y) * ratio, 1, 1);
            return String([...data].slice(0, 3));
        });
        const isClear = near.every((spot) => one._containsPoint(spot))
            && new Set(colours).size === 1;
        const name = new DOMParser().parseFromString(one.feature.properties.says, 'text/html');
        return [name.querySelector('b').textContent, isClear && colours[0]];
    });
}"""
_IS_EMPTY = """canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    .data.every((part) => part === 0)"""
_WEST_KENT = "Tonbridge and Malling"


def test_every_district_is_drawn_in_the_colour_of_its_sixth(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection?cohort=New+six")
    drawn = screen.districts_pane(page).evaluate(_COLOURS)
    rank_of = {row["district"]: int(row["rank"]) for row in read_table("index_2016")}
    assert sorted(name for name, _ in drawn) == sorted(rank_of)
    assert len(drawn) == 324
    seen = {name: colour for name, colour in drawn if colour}
    assert len(seen) > 50
    assert {(rank_of[name] - 1) // 54 for name in seen} == {*range(6)}
    for name, colour in seen.items():
        sixth = LIGHT.grades[(rank_of[name] - 1) // 54]
        assert colour == ",".join(str(int(sixth[at : at + 2], 16)) for at in (1, 3, 5)), name


def test_the_areas_are_outlined_whatever_is_filtered(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection?cohort=New+six")
    screen.drawn(page, districts_shown=len(DISTRICTS), areas_shown=12)
    outlines = screen.map_frame(page).locator('path[stroke-width="5"]')
    expect(outlines).to_have_count(len(DISTRICTS))
    assert set(outlines.evaluate_all("all => all.map((one) => one.getAttribute('stroke'))")) == {
        LIGHT.text
    }


def test_a_district_says_its_rank(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection")
    window = screen.map_window(page)
    spot = window.evaluate(
        """name => {
            const one = Object.values(map._layers).find(
                (layer) => layer.feature?.properties?.says?.includes(name));
            map.fitBounds(one.getBounds(), {animate: false});
            const {x, y} = map.latLngToContainerPoint(one.getBounds().getCenter());
            return {x, y};
        }""",
        _WEST_KENT,
    )
    screen.map_frame(page).locator(".leaflet-container").hover(position=spot)
    row = next(one for one in read_table("index_2016") if one["district"] == _WEST_KENT)
    tooltip = screen.map_frame(page).locator(".leaflet-tooltip")
    expect(tooltip).to_have_text(
        f"{_WEST_KENT}{row['region']}. Rank {row['rank']} of 324. Not chosen"
    )


def test_an_area_is_chosen_by_keyboard_on_the_map(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection")
    mark = screen.marker(page, "Hastings")
    expect(mark).to_have_accessible_name("Hastings, South East. Rank 282 of 324. Chosen")
    mark.focus()
    page.keyboard.press("Enter")
    link = screen.main(page).get_by_role("link", name="Everything about Hastings")
    expect(link).to_be_visible()
    expect(screen.districts_pane(page)).to_be_visible()


def test_the_areas_are_reached_by_keyboard_from_the_tables(page: Page, server: Server) -> None:
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


def test_other_pages_show_no_districts_of_the_index(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/selection")
    assert not screen.districts_pane(page).evaluate(_IS_EMPTY)
    for name, is_empty in (("Map", True), ("Why these areas", False), ("Overview", True)):
        screen.menu(page).get_by_text(name, exact=True).click()
        expect(screen.map_frame(page).locator(".legend div")).to_have_count(2 if is_empty else 8)
        screen.settled(page)
        assert screen.districts_pane(page).evaluate(_IS_EMPTY) == is_empty
