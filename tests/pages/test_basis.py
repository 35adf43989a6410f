"""Every page walked: each figure stands in a frame with its basis, and agrees with the data."""

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import streamlit as st

from opening import ROOT, opened

Address = dict[str, str | list[str]]
Row = dict[str, str]

PAGES: list[tuple[str, Address]] = [
    ("overview", {}),
    ("overview", {"cohort": "New six"}),
    ("map", {"focus": "Hastings", "colour": "Population"}),
    ("map", {"colour": "Fourth-year money per child", "region": ["East of England"]}),
    ("funding", {}),
    ("funding", {"cohort": "Original six", "place": ["Coastal"]}),
    ("research_schools", {}),
    ("selection", {}),
    ("outcomes", {"measure": "Good level of development at age five", "cohort": "New six"}),
    ("profile", {"area": "Blackpool"}),
    ("profile", {"area": "West Somerset"}),
    ("compare", {"areas": ["Bradford", "Ipswich", "Doncaster"]}),
]
FIGURES = {"metric", "table", "vega_lite_chart", "component_instance"}
# Tables that hold no figure: what is missing, listed in words.
LISTS = ("Figures that were looked for and not found", "Not known about")
FRAME = re.compile(r"-(figure|charts?|table|map|card|text)-[a-z0-9-]+$")

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


def walk(block: Any, frame: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield each element with the frame around it, or None."""
    for child in getattr(block, "children", {}).values():
        key = str(getattr(getattr(child, "proto", None), "id", ""))
        inside = child if child.type == "flex_container" and FRAME.search(key) else frame
        yield child, inside
        yield from walk(child, inside)


def alt(element: Any) -> str:
    return str(getattr(element.proto, "alt", ""))


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_no_figure_stands_outside_a_frame(page: str, address: Address) -> None:
    frames = set()
    for element, frame in walk(opened(page, **address).main):
        if element.type not in FIGURES or alt(element).startswith(LISTS):
            continue
        assert frame is not None, (element.type, alt(element))
        frames.add(id(frame))
        words = [str(one.value) for one, _ in walk(frame) if one.type == "markdown"]
        assert [one for one in words if re.match(r":small\[Sources?: ", one)], words
        assert [one for one in words if one.startswith("**How it came about.**")]
        assert [one for one, _ in walk(frame) if one.type == "download_button"]
    assert frames or page == "research_schools"


@dataclass(frozen=True)
class Taken:
    """A file that a page offers."""

    name: str
    build: Callable[[], bytes]

    def rows(self) -> list[Row]:
        text = self.build().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[Taken]:
    """The files that pages opened in this test offer."""
    found: list[Taken] = []
    draw = st.download_button

    def kept(label: str, data: Callable[[], bytes], *, file_name: str, **rest: Any) -> bool:
        found.append(Taken(file_name, data))
        return bool(draw(label, data, file_name=file_name, **rest))

    monkeypatch.setattr(st, "download_button", kept)
    return found


def by_hand(name: str) -> list[Row]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HAND = {name: by_hand(name) for name in KEYS}
SOURCES = {row["source_id"] for row in by_hand("sources")}


def table_of(row: Row) -> str | None:
    """Return the table that a taken row is of, by its columns; None for computed rows."""
    if "first_period" in row:
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
    return found


def same(taken: str, written: str) -> bool:
    if taken == written:
        return True
    try:
        return float(taken) == float(written)
    except ValueError:
        return False


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_rows_behind_figures_are_those_of_the_data(
    page: str, address: Address, offered: list[Taken]
) -> None:
    opened(page, **address)
    tables = [one for one in offered if one.name.endswith(".csv")]
    assert tables
    for taken in tables:
        rows = taken.rows()
        assert rows, taken.name
        for row in random.Random(4).sample(rows, min(30, len(rows))):
            sources = [row[name] for name in row if name.endswith("source_id") and row[name]]
            assert sources, taken.name
            assert set(sources) <= SOURCES
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


# Columns of tables on screen that hold figures.
SHOWN = re.compile(r"^(Amount|People|Population|Fourth-year money.*|Rank|\d{4}/\d{2}.*)$")
TOKEN = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?(?: million)?%?")


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
def test_figures_on_screen_are_those_of_the_file(
    page: str, address: Address, offered: list[Taken]
) -> None:
    test = opened(page, **address)
    files = {one.name: one for one in offered if one.name.endswith(".csv")}
    buttons = {
        id(frame): one
        for one, frame in walk(test.main)
        if one.type == "download_button" and one.proto.label == "CSV"
    }
    checked = 0
    by_title = {f"{re.sub(r'_.*|[.]csv$', '', name)}": one for name, one in files.items()}
    for element, frame in walk(test.main):
        if element.type not in ("table", "metric") or id(frame) not in buttons:
            continue
        name = buttons[id(frame)].proto.id.split("-csv-")[1].split("-", 1)[1]
        values = {
            form for row in by_title[name].rows() for one in row.values() for form in forms(one)
        }
        for token in tokens(element):
            checked += 1
            assert token in values, (name, token)
    assert checked >= {"research_schools": 0, "selection": 20}.get(page, 3)


def tokens(element: Any) -> Iterator[str]:
    """Yield the figures that a table or a headline shows, as written."""
    if element.type == "metric":
        if "of" not in str(element.value).split() and "People" not in element.label:
            yield from TOKEN.findall(str(element.value))
        return
    frame = element.value
    for column in frame.columns:
        if not SHOWN.match(str(column)):
            continue
        for cell in frame[column].astype(str):
            bare = re.sub(r"\(.*|\\", "", cell.replace("−", "-"))
            yield from TOKEN.findall(bare)


@pytest.mark.parametrize(
    ("address", "name", "areas"),
    [
        ({}, "areas-at-a-glance_all-twelve.csv", 12),
        ({"cohort": "New six"}, "areas-at-a-glance_new-six.csv", 6),
        ({"region": ["East of England"]}, "areas-at-a-glance_east-of-england.csv", 3),
    ],
)
def test_a_file_has_just_the_rows_seen(
    address: Address, name: str, areas: int, offered: list[Taken]
) -> None:
    test = opened("overview", **address)
    (taken,) = (one for one in offered if one.name == name)
    cells = test.table[0].value["Area"]
    seen = [re.sub(r"^\[(.*)\]\(.*\)$", r"\1", one).replace("\\", "") for one in cells]
    rows = taken.rows()
    assert [row["opportunity_area_name"] for row in rows] == seen
    assert len(rows) == areas


def test_what_is_about_the_whole_programme_is_not_said_to_be_filtered(
    offered: list[Taken],
) -> None:
    opened("funding", cohort="New six")
    names = {one.name for one in offered}
    assert {"announced-totals.csv", "announced-totals.png", "announced-totals.svg"} <= names
    assert "by-area-fourth-year-gbp_new-six.csv" in names


@pytest.mark.parametrize(("kind", "starts"), [("png", b"\x89PNG"), ("svg", b"<svg")])
@pytest.mark.parametrize("page", ["funding", "outcomes"])
def test_charts_are_taken_as_pictures(
    page: str, kind: str, starts: bytes, offered: list[Taken]
) -> None:
    opened(page)
    taken = [one for one in offered if one.name.endswith(kind)]
    assert taken
    for one in taken:
        assert one.build().startswith(starts)
    if kind == "svg":
        said = taken[0].build().decode()
        assert "Opportunity areas dashboard" in said
        assert "Open Government" in said
