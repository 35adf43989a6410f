"""The map stays put while what it shows changes, and every way to choose an area works."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import screen
from browser.serve import Server

# A point of the district, zoomed to fill the frame, that no mark, name or legend covers.
_BARE_SPOT = """area => {
    const shape = Object.values(map._layers).find(
        (layer) => layer._path && layer.feature && layer.feature.properties.label === area);
    map.fitBounds(shape.getBounds(), {animate: false});
    const box = shape._path.getBoundingClientRect(), near = [-3, 0, 3];
    const bare = (x, y) => near.every((dx) => near.every(
        (dy) => document.elementFromPoint(x + dx, y + dy) === shape._path));
    for (let x = box.left; x < box.right; x += 5)
        for (let y = box.top; y < box.bottom; y += 5)
            if (bare(x, y)) return {x, y};
}"""


def press_mark(page: Page, area: str) -> None:
    screen.marker(page, area).click()


def press_enter(page: Page, area: str) -> None:
    screen.marker(page, area).press("Enter")


def press_space(page: Page, area: str) -> None:
    screen.marker(page, area).press("Space")


def press_district(page: Page, area: str) -> None:
    spot = screen.map_window(page).evaluate(_BARE_SPOT, area)
    screen.map_frame(page).locator(".leaflet-container").click(position=spot)


def use_list(page: Page, area: str) -> None:
    screen.choose(page, "Area", area)


def shows(page: Page, server: Server, area: str) -> None:
    """Wait until an area's facts are shown and the address names it."""
    expect(page.get_by_role("heading", name=area, exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Area", exact=True)).to_have_value(area)
    screen.address_is(page, f"{server.url}/map", focus=area)


@pytest.mark.parametrize("way", [press_mark, press_enter, press_space, press_district, use_list])
def test_every_way_to_choose_an_area(
    page: Page, server: Server, way: Callable[[Page, str], None]
) -> None:
    screen.visit(page, f"{server.url}/map")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    for area in ("West Somerset", "Hastings"):
        way(page, area)
        shows(page, server, area)


def test_a_mark_can_be_chosen_again(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    for way, area in (
        (press_mark, "Hastings"),
        (use_list, "Norwich"),
        (press_mark, "Hastings"),
    ):
        way(page, area)
        shows(page, server, area)


def test_keys_stay_on_the_mark_that_was_chosen(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    press_enter(page, "Hastings")
    shows(page, server, "Hastings")
    expect(screen.marker(page, "Hastings")).to_be_focused()
    screen.choose_cohort(page, "New six")
    screen.drawn(page, districts_shown=7, areas_shown=6)
    expect(screen.radio(page, "New six")).to_be_focused()


def filter_new_six(page: Page) -> None:
    screen.choose_cohort(page, "New six")
    screen.drawn(page, districts_shown=7, areas_shown=6)


def choose_measure(page: Page) -> None:
    screen.choose(page, "Colour the areas by", "Population")
    expect(screen.map_frame(page).locator(".legend div")).to_have_count(6)


def choose_area(page: Page) -> None:
    screen.choose(page, "Area", "Hastings")
    expect(screen.marker(page, "Hastings").locator('[stroke-width="3"]')).to_have_count(1)


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("map", filter_new_six),
        ("map", choose_measure),
        ("map", choose_area),
        ("", filter_new_six),
    ],
)
def test_map_stays_where_the_reader_left_it(
    page: Page, server: Server, address: str, change: Callable[[Page], None]
) -> None:
    screen.visit(page, f"{server.url}/{address}")
    screen.drawn(page, districts_shown=13, areas_shown=12)
    before = zoom_in_twice(page)
    page.locator("iframe").evaluate("frame => { frame.stayed = frame.contentWindow.stayed = 1; }")
    change(page)
    stayed = "frame => [frame.stayed, frame.contentWindow.stayed]"
    assert page.locator("iframe").evaluate(stayed) == [1, 1]
    assert view(page) == before


def test_its_middle_stays_in_a_narrower_window(page: Page, server: Server) -> None:
    screen.visit(page, f"{server.url}/map")
    zoom, *middle = zoom_in_twice(page)
    before = page.locator("iframe").evaluate("frame => frame.clientWidth")
    page.set_viewport_size({"width": 1000, "height": 900})
    screen.map_window(page).wait_for_function(
        "before => innerWidth !== before && map.getSize().x === innerWidth", arg=before
    )
    assert view(page) == [
        zoom,
        pytest.approx(middle[0], abs=0.01),
        pytest.approx(middle[1], abs=0.01),
    ]


def zoom_in_twice(page: Page) -> list[float]:
    """Press the map's own button twice; return the view that this leads to."""
    window = screen.map_window(page)
    for _ in range(2):
        sought = view(page)[0] + 1
        screen.map_frame(page).get_by_role("button", name="Zoom in on the map").click()
        window.wait_for_function(
            "zoom => map.getZoom() === zoom && !map._animatingZoom", arg=sought
        )
    return view(page)


def view(page: Page) -> list[float]:
    """Return the map's zoom, latitude and longitude."""
    asked = "() => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]"
    found: list[float] = screen.map_window(page).evaluate(asked)
    return found


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "{Area}, {Cohort}, {Region}"),
        ("?cohort=New+six&colour=Population", "{Area}, Population: {Population}"),
    ],
)
def test_the_table_holds_what_the_map_says(
    page: Page, server: Server, asked: str, says: str
) -> None:
    screen.visit(page, f"{server.url}/map{asked}")
    heard = screen.map_frame(page).locator(".heard").all_text_contents()
    table = screen.main(page).get_by_role("table").last
    heads = [head.strip() for head in table.get_by_role("columnheader").all_inner_texts()]
    rows = [
        [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
        for row in table.get_by_role("row").all()[1:]
    ]
    assert sorted(heard) == sorted(
        says.format(**dict(zip(heads, row, strict=True))) for row in rows
    )


# The pages with a map of all areas, and one without: their names in the menu, and their titles.
TITLES = {
    "Map": "Map",
    "Overview": "twelve opportunity areas",
    "Research schools": "Research schools",
    "Why these areas": "Why these areas",
    "Area profile": "Area profile",
    "About": "About",
}
FETCHED = """() => performance.getEntriesByType('resource')
    .filter((one) => one.transferSize > 0).map((one) => one.name)"""


def go_to(page: Page, name: str) -> None:
    screen.menu(page).get_by_text(name, exact=True).click()
    expect(screen.title(page)).to_contain_text(TITLES[name])


# The size of the frame, the box of England's outline, and what each mark says.
SHOWN = """() => {
    const england = document.querySelector('.leaflet-land-pane path');
    const {x, y, width, height} = england.getBoundingClientRect();
    return [[innerWidth, innerHeight, x, y, width, height].map(Math.round),
            [...document.querySelectorAll('.heard')].map((one) => one.textContent)];
}"""


def test_a_map_stays_from_page_to_page_and_shows_what_each_would(
    page: Page, server: Server
) -> None:
    fresh = {}
    for name, address in (
        ("Map", "map"),
        ("Research schools", "research_schools"),
        ("Why these areas", "selection"),
        ("Area profile", "profile"),
        ("Overview", ""),
    ):
        screen.visit(page, f"{server.url}/{address}")
        fresh[name] = screen.map_window(page).evaluate(SHOWN)
    assert len({str(one) for one in fresh.values()}) == len(fresh)
    page.locator("iframe").evaluate("frame => { frame.contentWindow.stayed = 1; }")
    for name in (
        *("Map", "Why these areas", "Research schools", "Area profile", "Map", "Overview"),
        *("Research schools", "Why these areas"),
    ):
        zoom_in_twice(page)
        go_to(page, name)
        screen.settled(page)
        expect(page.locator("iframe")).to_have_count(1)
        assert screen.map_window(page).evaluate("window.stayed") == 1
        # The frame hears of the new page after the page is at rest.
        screen.map_window(page).wait_for_function(
            f"""([sizes, said]) => {{
                const [sizesNow, saidNow] = ({SHOWN})();
                return JSON.stringify(saidNow) === JSON.stringify(said)
                    && sizesNow.every((one, index) => Math.abs(one - sizes[index]) <= 1);
            }}""",
            arg=fresh[name],
        )


def test_a_second_map_fetches_nothing_and_is_as_complete(chromium: Browser, server: Server) -> None:
    with chromium.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        screen.visit(page, f"{server.url}/")
        assert screen.map_window(page).evaluate(FETCHED)
        for name in ("Map", "Overview", "Map"):
            go_to(page, "About")
            expect(page.locator("iframe")).to_have_count(0)
            go_to(page, name)
            # The map is drawn at once, as its files are there before its frame is shown.
            names = screen.map_frame(page).locator(".area span:not(.heard)")
            expect(names.filter(visible=True)).to_have_count(12)
            screen.settled(page)
            assert screen.map_window(page).evaluate(FETCHED) == []


@pytest.mark.parametrize(
    ("address", "endings"),
    [("", {"js", "css"}), ("selection", {"js", "css", "json"}), ("outcomes", {"svg"})],
)
def test_a_browser_is_told_that_it_may_keep_the_files(
    page: Page, server: Server, address: str, endings: set[str]
) -> None:
    answers: dict[str, str] = {}
    page.on("response", lambda one: answers.update({one.url: one.headers.get("expires", "")}))
    screen.visit(page, f"{server.url}/{address}")
    files = {url: until for url, until in answers.items() if "/component/" in url}
    kept = {url for url in files if not url.partition("?")[0].endswith(".html")}
    assert {url.rpartition(".")[2] for url in kept} == endings
    now = datetime.now(UTC)
    for url, until in files.items():
        assert bool(until) == (url in kept), url
        assert not until or parsedate_to_datetime(until) > now
