"""Every page walked: each figure stands in a frame with its basis, and agrees with the data."""

import math
import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from slugify import slugify

import expected
from apptest import (
    Download,
    ShownFigure,
    Table,
    list_downloads,
    list_provenances,
    read_drawings,
    read_figures,
    read_tables,
    view_page,
)
from dashboard.data import store
from dashboard.provenance import find_disagreements
from expected import Row, strip_escapes
from frames import find_frames, find_line, find_popover, get_name, list_bases, read_words, walk

Address = dict[str, str | list[str]]

PAGES: list[tuple[str, Address]] = [
    ("overview", {}),
    ("overview", {"cohort": "New six"}),
    ("map", {"focus": "Hastings", "colour": "Population"}),
    ("map", {"colour": "Fourth-year money per child", "region": ["East of England"]}),
    ("map", {"colour": "Deprived neighbourhoods", "cohort": "Original six"}),
    ("funding", {}),
    ("funding", {"cohort": "Original six", "place": ["Coastal"]}),
    ("research_schools", {}),
    ("selection", {}),
    ("outcomes", {"measure": "Good level of development at age five", "cohort": "New six"}),
    ("all_measures", {"held": "Whole authorities too", "cohort": "New six"}),
    ("profile", {"area": "Blackpool"}),
    ("profile", {"area": "West Somerset"}),
    ("compare", {"areas": ["Bradford", "Ipswich", "Doncaster"]}),
]
DRAWN = {"vega_lite_chart", "component_instance"}
# Tables that hold no figure: what is missing, listed in words.
LISTS = ("Figures that were not found", "Not known about")

# The columns that tell a table's rows apart, as downloads name them.
KEYS = {
    "funding_areas": ["amount_id"],
    "funding_programme": ["event_id"],
    "index_ranks": ["rank_id"],
    "outcomes": ["measure_id", "time_period", "geography_code"],
    "research_schools": ["opportunity_area_code", "host", "award_gbp"],
    "priorities": ["opportunity_area_code", "kind", "number", "priority"],
    "disagreements": ["disagreement_id", "number"],
    "claims": ["claim_id"],
    "selection_steps": ["number", "step"],
    "series_breaks": ["measure_id", "time_period", "kind"],
    "evaluations": ["finding_id"],
    "areas": ["opportunity_area_code"],
}
RENAMED = {"opportunity_area_code": "area_id", "time_period": "period"}


def tell_figures(element: Any) -> list[str]:
    """Return what an element says of the figures that it shows, once for each."""
    if element.type in DRAWN:
        return [str(getattr(element.proto, "alt", ""))]
    if element.type != "html":
        return []
    return [
        *(one.caption for one in read_tables(element)),
        *(one.label for one in read_figures(element)),
        *(one.words for one in read_drawings(element)),
    ]


def assert_based(frame: Any) -> str:
    """Assert that a frame tells its sources, how it was worked out, how to cite it, and gives its
    rows, for each of its figures.

    Return what it says of its sources.
    """
    assert find_line(frame)
    about, names = find_popover(frame), list_bases(frame)
    assert re.match(r"Data and method: \w", about.proto.popover.label)
    said = [one for one in read_words(about) if "**How this was worked out.** " in one]
    assert len(said) == len(names) > 0
    assert all(re.search(r"\*\*Sources\.\*\*\n- \S.* reference \S", one) for one in said)
    (citation,) = (str(one.value) for one, _ in walk(about) if one.type == "code")
    key = get_name(frame)
    under_heading = len(names) == 1 and key.startswith(("chart", "table"))
    leads_to = names if under_heading else [key] * len(names)
    assert [line.rpartition("#")[2] for line in citation.splitlines()] == leads_to
    return "\n".join(said)


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_no_figure_stands_outside_a_frame(page: str, address: Address) -> None:
    test = view_page(page, **address)
    for element, frame in walk(test.main):
        for told in tell_figures(element):
            assert frame is not None or told.startswith(LISTS), (element.type, told)
    found = find_frames(test)
    assert found
    for frame in found.values():
        assert_based(frame)


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_the_line_says_where_sources_disagree(page: str, address: Address) -> None:
    bases = {one.name: one for one in list_provenances(page, **address)}
    for name, frame in find_frames(view_page(page, **address)).items():
        found = [find_disagreements(store.current(), bases[one]) for one in list_bases(frame)]
        disagree = any(found)
        assert ("<strong>Sources disagree on " in find_line(frame)) == disagree, name
        assert (
            "**Sources disagree.**" in "\n".join(read_words(find_popover(frame)))
        ) == disagree, name


def test_some_lines_say_that_sources_disagree_and_some_do_not() -> None:
    lines = [find_line(frame) for frame in find_frames(view_page("funding")).values()]
    assert len({"<strong>Sources disagree on " in line for line in lines}) == 2


def list_csv_files(page: str, address: Address) -> list[Download]:
    return [file for file in list_downloads(page, **address) if file.name.endswith(".csv")]


def map_csv_files(page: str, address: Address) -> dict[str, Download]:
    """Return a page's CSV files by the name of what they hold; a file has its title's name."""
    names = {slugify(one.title): one.name for one in list_provenances(page, **address)}
    return {
        names[re.sub(r"_.*|[.]csv$", "", file.name)]: file for file in list_csv_files(page, address)
    }


IDS = [area["area_id"] for area in expected.AREAS]
SCHOOL, CHOSEN = "card-research-school", "table-facts"


@pytest.mark.parametrize(
    ("page", "address", "card", "areas"),
    [
        ("profile", {"area": "Bradford"}, SCHOOL, ["bradford"]),
        ("map", {"focus": "Hastings"}, CHOSEN, ["hastings"]),
        ("map", {}, CHOSEN, []),
    ],
)
def test_each_area_shown_has_a_card_with_its_basis(
    page: str, address: Address, card: str, areas: list[str]
) -> None:
    found = find_frames(view_page(page, **address))
    cards = {name: frame for name, frame in found.items() if name.startswith((SCHOOL, CHOSEN))}
    assert list(cards) == [f"{card}-{area_id}" for area_id in areas]
    files = map_csv_files(page, address)
    for area_id, (name, frame) in zip(areas, cards.items(), strict=True):
        (row,) = files[name.partition("-")[2]].rows()
        assert row["opportunity_area_code"] == area_id
        source = expected.SOURCES[row.get("source_id", row.get("announced_source_id", ""))]
        assert source["title"] in strip_escapes(assert_based(frame))


@pytest.mark.parametrize(
    ("address", "area_ids"),
    [({}, IDS), ({"cohort": "New six"}, IDS[6:]), ({"region": ["South East"]}, ["hastings"])],
)
def test_the_cards_of_research_schools_share_a_basis(address: Address, area_ids: list[str]) -> None:
    cards = find_frames(view_page("research_schools", **address))["card-research-schools"]
    (file, *_) = [
        one
        for one in list_csv_files("research_schools", address)
        if one.name.startswith("research-schools_")
    ]
    assert [row["opportunity_area_code"] for row in file.rows()] == area_ids
    assert "inferred" in assert_based(cards)


HAND = {name: expected.read_table(name) for name in KEYS}
COMPUTED = {area_id: expected.compute_facts(area_id) for area_id in IDS}


def table_of(row: Row) -> str | None:
    """Return the table that a taken row is of, by its columns; None for computed rows."""
    others = (row.get("place_kind"), row.get("geography_name"))
    if "first_period" in row or {*others} & {"other cold spots", "Other cold spots"}:
        return None
    return next((name for name, keys in KEYS.items() if set(keys) <= set(row)), None)


def raw(name: str, row: Row) -> Row:
    """Return the row of ``data/`` that a taken row must be."""

    def wanted(key: str) -> str:
        said = row[key]
        return f"{said[:4]}/{said[4:]}" if key == "time_period" else said

    (found,) = (
        one
        for one in HAND[name]
        if all(one[RENAMED.get(key, key)] == wanted(key) for key in KEYS[name])
    )
    return found | COMPUTED[found["area_id"]] if name == "areas" else found


def same(taken: str, written: str) -> bool:
    if taken == written:
        return True
    try:
        return math.isclose(float(taken), float(written), rel_tol=1e-12)
    except ValueError:
        return False


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_rows_behind_figures_are_those_of_the_data(page: str, address: Address) -> None:
    tables = list_csv_files(page, address)
    assert tables
    for taken in tables:
        rows = taken.rows()
        assert rows, taken.name
        for row in random.Random(4).sample(rows, min(30, len(rows))):
            sources = [row[name] for name in row if name.endswith("source_id") and row[name]]
            assert sources, taken.name
            assert set(sources) <= set(expected.SOURCES)
            name = table_of(row)
            if name is None:
                continue
            written = raw(name, row)
            shared = {key for key in row if RENAMED.get(key, key) in written} - {"time_period"}
            wrong = {
                key: (row[key], written[RENAMED.get(key, key)])
                for key in shared
                if not same(row[key], written[RENAMED.get(key, key)])
            }
            assert wrong == {}, taken.name


# The column of the file that a column on the screen shows.
SHOWN = {
    r"Amount$": "amount_gbp",
    r"People$|Population$": "population",
    r"Deprived neighbourhoods$": "deprived_share",
    r"Fourth-year money$": "fourth_year_gbp",
    r"Fourth-year money per child\b": "fourth_year_per_child_gbp",
    r"Rank$": "rank",
    r"\d{4}/\d{2}": "value",
}
# The columns on the screen that say which row of the file is shown.
TELLING = ("Area", "Place", "District", "What", "Index")
# What is added up is named by its period, and the sum stands in no file.
PERIOD = re.compile(r"Core money|Fourth year|Fifth year|Published total|Not in the sum")
TOKEN = re.compile(r"-?£?\d+(?:,\d{3})*(?:\.\d+)?(?: million)?%?")


def forms(value: str) -> set[str]:
    """Return the ways in which a figure of a file may stand on the screen."""
    try:
        number = float(value)
    except ValueError:
        return set()
    plain = {f"{number:,.0f}", f"{number:.4g}", f"{number:.1f}", f"{number:,.2f}"}
    millions = f"{number / 1e6:.2f}".rstrip("0").rstrip(".")
    return {form for one in plain for form in (one, f"{one}%", f"£{one}", f"£{millions} million")}


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_figures_on_screen_are_those_of_the_file(page: str, address: Address) -> None:
    test = view_page(page, **address)
    files = {name: file.rows() for name, file in map_csv_files(page, address).items()}
    checked = 0
    for element, frame in walk(test.main):
        if element.type != "html" or frame is None:
            continue
        names = list_bases(frame)
        for token, values in [
            *(one for table in read_tables(element) for one in figures(table, files[names[0]])),
            *(
                one
                for name, shown in zip(names, read_figures(element), strict=False)
                for one in headline(shown, files[name])
            ),
        ]:
            checked += 1
            assert token in {form for value in values for form in forms(value)}, (names, token)
    # Each cell of all measures is worked out again in tests/unit/test_all_measures.py.
    least = {"research_schools": 0, "all_measures": 0, "selection": 20}
    assert checked >= least.get(page, 3)


Figure = tuple[str, list[str]]


def headline(shown: ShownFigure, rows: list[Row]) -> Iterator[Figure]:
    """Yield the figures of a headline, as written, each with the values it may be."""
    if "of" not in shown.value.split() and "People" not in shown.label:
        every = [value for row in rows for value in row.values()]
        yield from ((token, every) for token in TOKEN.findall(shown.value))


def figures(table: Table, rows: list[Row]) -> Iterator[Figure]:
    """Yield the figures of a table, as written, each with the values of its own row."""
    for line in table.cells.to_dict("records"):
        if line.get("What") == "Sum of these amounts":
            continue
        own = rows_of(line, rows)
        for column, field in list_shown(line):
            year = column[:7].replace("/", "") if field == "value" else None
            values = [row[field] for row in own if year in (None, row.get("time_period"))]
            cell = re.sub(r"\(.*", "", str(line[column]).replace("−", "-"))
            yield from ((token, values) for token in TOKEN.findall(cell))


def list_shown(line: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """Yield each column of a table that holds figures, and the file's column it shows."""
    for column in line:
        yield from ((column, field) for head, field in SHOWN.items() if re.match(head, column))


def rows_of(line: Mapping[Any, str], rows: list[Row]) -> list[Row]:
    """Return the rows of a file that a row on the screen is of, by what it says it is of."""
    for name in {*TELLING} & {*line}:
        told = line[name]
        if PERIOD.match(told):
            continue
        rows = [row for row in rows if {told, told.split(", ")[0]} & {*row.values()}]
    return rows


@pytest.mark.parametrize(
    ("address", "name", "areas"),
    [
        ({}, "the-areas-at-a-glance_all-twelve.csv", 12),
        ({"cohort": "New six"}, "the-areas-at-a-glance_new-six.csv", 6),
        ({"region": ["East of England"]}, "the-areas-at-a-glance_east-of-england.csv", 3),
    ],
)
def test_a_file_has_just_the_rows_seen(address: Address, name: str, areas: int) -> None:
    test = view_page("overview", **address)
    (taken,) = (file for file in list_csv_files("overview", address) if file.name == name)
    seen = list(read_tables(test)[0].cells["Area"])
    rows = taken.rows()
    assert [row["opportunity_area_name"] for row in rows] == seen
    assert len(rows) == areas


def test_what_is_about_the_whole_programme_is_not_said_to_be_filtered() -> None:
    names = {file.name for file in list_downloads("funding", cohort="New six")}
    assert {f"the-announced-totals.{kind}" for kind in ("csv", "png", "svg")} <= names
    assert "fourth-year-money_new-six.csv" in names


@pytest.mark.parametrize("page", ["funding", "outcomes"])
def test_charts_are_taken_as_pictures(page: str) -> None:
    files = list_downloads(page)
    pictures = [file.build() for file in files if file.name.endswith(".svg")]
    assert pictures
    for picture in pictures:
        text = picture.decode()
        assert text.startswith("<svg")
        assert "Opportunity areas dashboard" in text
        assert "Open Government" in text
    in_dots = [file for file in files if file.name.endswith(".png")]
    assert len(in_dots) == len(pictures)
    # Both kinds are made of one specification, and dots take ten times as long.
    assert in_dots[0].build().startswith(b"\x89PNG")
