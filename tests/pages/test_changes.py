"""Every change on a page, in a brief or in a file is worked out again, from rows and breaks alone.

The years that can be compared are found from ``outcomes.csv`` and ``series_breaks.csv`` by another
route than the dashboard's, which reads the declared runs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest

from apptest import read_tables, view_page
from dashboard.brief import context as brief_content
from dashboard.data import store
from dashboard.topics.outcomes import exhibits as outcomes
from expected import AREAS, Row, read_table, strip_escapes

VALUES = read_table("outcomes")
BREAKS = read_table("series_breaks")
MEASURES = {row["measure_id"]: row for row in read_table("measures")}
ENGLAND = "E92000001"
# A change as it is shown: first year, last year, change, England's change over the same years.
Change = tuple[str, str, Decimal, Decimal]
_TABLE = re.compile(r"^(\S+) from (\d{4}/\d\d) to (\d{4}/\d\d); England (\S+)$")


def number(written: str) -> Decimal:
    return Decimal(written.replace("−", "-").replace("+", ""))


def segment(measure_id: str, period: str) -> int | None:
    """Return which stretch a year is in, counting breaks before it; None for a year apart."""
    marks = [row for row in BREAKS if row["measure_id"] == measure_id]
    if any(row["period"] == period and row["kind"] == "year apart" for row in marks):
        return None
    return sum(row["kind"] == "break" and row["period"] <= period for row in marks)


@cache
def expected(measure_id: str) -> dict[str, dict[int, Change]]:
    """Return each place's change in each stretch that holds two of its years, by GSS code."""
    nation: dict[str, Decimal] = {}
    places: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in VALUES:
        if row["measure_id"] == measure_id and row["geography_level"] != "successor district":
            own = nation if row["geography_code"] == ENGLAND else places[row["geography_code"]]
            own[row["period"]] = Decimal(row["value"])
    found: dict[str, dict[int, Change]] = {}
    for code, years in places.items():
        stretches: dict[int, list[str]] = defaultdict(list)
        for period in sorted(set(years) & set(nation)):
            if (at := segment(measure_id, period)) is not None:
                stretches[at].append(period)
        found[code] = {
            at: (
                periods[0],
                periods[-1],
                years[periods[-1]] - years[periods[0]],
                nation[periods[-1]] - nation[periods[0]],
            )
            for at, periods in stretches.items()
            if len(periods) > 1
        }
    return found


def names(measure_id: str) -> dict[str, str]:
    """Return the name that each code of a measure is shown by, as its rows and areas say it."""
    labels = {row["area_id"]: row["label"] for row in AREAS}
    rows = [row for row in VALUES if row["measure_id"] == measure_id and row["area_id"]]
    codes = defaultdict(set)
    for row in rows:
        if row["geography_level"] != "successor district":
            codes[row["area_id"]].add(row["geography_code"])
    whole = {row["area_id"] for row in rows if row["geography_level"] == "area of two districts"}
    return {
        row["geography_code"]: labels[row["area_id"]]
        if len(codes[row["area_id"]]) == 1
        or (row["area_id"] in whole and row["geography_level"] == "area of two districts")
        else row["geography_name"]
        for row in rows
        if row["geography_level"] != "successor district"
    }


def shown_in_table(table: pd.DataFrame) -> Iterator[tuple[str, Change]]:
    for row in table.to_dict("records"):
        if row["Change"] == "Not computed":
            continue
        first, last = (
            re.search(r"\d{4}/\d\d", str(row[one]))[0]  # type: ignore[index]
            for one in ("First year", "Last year")
        )
        change, nation = number(row["Change"]), number(row["England"])
        assert number(row["Against England"]) == change - nation
        yield row["Place"], (first, last, change, nation)


@pytest.mark.slow
@pytest.mark.parametrize("measure_id", MEASURES)
def test_each_change_on_outcomes(measure_id: str) -> None:
    test = view_page("outcomes", measure=MEASURES[measure_id]["title"])
    (table,) = (one.cells for one in read_tables(test) if "Against England" in one.cells)
    shown = sorted(shown_in_table(table))
    called = names(measure_id)
    drawn = {name for name, _ in shown}
    hand = sorted(
        (called[code], change)
        for code, stretches in expected(measure_id).items()
        for change in stretches.values()
        if called[code] in drawn
    )
    assert shown == hand
    assert drawn, "something is shown"


COMPARED = ["Doncaster", "West Somerset", "Fenland and East Cambridgeshire", "Stoke-on-Trent"]


# Of districts, of authorities, with breaks, and with a successor: Outcomes has the same table.
@pytest.mark.slow
@pytest.mark.parametrize(
    "measure_id",
    ["eyfsp_gld", "ks2_rwm_expected_district", "gcse_english_maths_by_19", "progress8"],
)
def test_each_change_on_compare(measure_id: str) -> None:
    test = view_page("compare", measure=MEASURES[measure_id]["title"], areas=COMPARED)
    (table,) = (one.cells for one in read_tables(test) if "Against England" in one.cells)
    called = names(measure_id)
    chosen = {row["area_id"] for row in AREAS if row["label"] in COMPARED}
    codes = {code for one in chosen for code in codes_of(one, measure_id)} & set(called)
    drawn = {name for name, _ in shown_in_table(table)}
    hand = sorted(
        (called[code], change)
        for code in codes
        for change in expected(measure_id)[code].values()
        if called[code] in drawn
    )
    assert sorted(shown_in_table(table)) == hand != []


def longest(measure_id: str) -> int:
    """Return the stretch with most years of England's, the latest of equals."""
    years: dict[int, int] = defaultdict(int)
    for row in VALUES:
        of_england = (row["measure_id"], row["geography_code"]) == (measure_id, ENGLAND)
        if of_england and (at := segment(measure_id, row["period"])) is not None:
            years[at] += 1
    return max(years, key=lambda at: (years[at], at))


# "up 3 percentage points from 2017/18 to 2024/25, England down 2", after several places' names.
_HEADING = re.compile(
    r"(?P<ways>[^;:]*?)(?: (?:percentage )?points?)? from (?P<first>\d{4}/\d\d) to "
    r"(?P<last>\d{4}/\d\d), England (?P<nation>(?:up|down) [\d.]+|unchanged)"
)
_WAY = re.compile(r"up [\d.]+|down [\d.]+|unchanged")


def moved(way: str) -> Decimal:
    """Return "up 3" as 3, "down 2" as -2 and "unchanged" as 0."""
    direction, _, points = way.partition(" ")
    return Decimal(0) if not points else Decimal(points) * (1 if direction == "up" else -1)


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS, ids=lambda row: row["area_id"])
def test_each_change_in_the_headings_of_a_profile(area: Row) -> None:
    titles = {row["short_title"]: measure_id for measure_id, row in MEASURES.items()}
    headings = [
        strip_escapes(one.value) for one in view_page("profile", area=area["label"]).main.subheader
    ]
    checked = 0
    for heading in headings:
        title, _, finding = heading.partition(": ")
        for match in _HEADING.finditer(finding):
            measure_id = titles[title]
            main = longest(measure_id)
            own = [
                stretches[main]
                for code, stretches in expected(measure_id).items()
                if code in codes_of(area["area_id"], measure_id) and main in stretches
            ]
            for way in _WAY.findall(match["ways"]):
                change = (match["first"], match["last"], moved(way), moved(match["nation"]))
                assert change in own, heading
                checked += 1
    assert checked >= 3


@pytest.mark.slow
@pytest.mark.parametrize("measure_id", MEASURES)
def test_the_heading_of_a_measure_counts_changes_of_its_longest_stretch(measure_id: str) -> None:
    test = view_page("outcomes", measure=MEASURES[measure_id]["title"])
    (heading,) = (str(one.value) for one in test.main.header if "the change was" in str(one.value))
    main = longest(measure_id)
    years = [
        stretches[main][:2] for stretches in expected(measure_id).values() if main in stretches
    ]
    first, last = min(one for one, _ in years), max(one for _, one in years)
    assert f", {first} to {last}: the change was" in strip_escapes(heading)


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS, ids=lambda row: row["area_id"])
def test_each_change_on_a_profile(area: Row) -> None:
    test = view_page("profile", area=area["label"])
    (table,) = (one.cells for one in read_tables(test) if "England, same year" in one.cells)
    titles = {row["title"]: measure_id for measure_id, row in MEASURES.items()}
    checked = 0
    for row in table.to_dict("records"):
        if not (match := _TABLE.match(row["Change"])):
            continue
        measure_id = titles[row["Measure"]]
        called = {name: code for code, name in names(measure_id).items()}
        code = called[row["Place"]]
        change = (match[2], match[3], number(match[1]), number(match[4]))
        assert change == expected(measure_id)[code][longest(measure_id)], row
        checked += 1
    assert checked >= 2


@pytest.mark.slow
@pytest.mark.parametrize("area", AREAS, ids=lambda row: row["area_id"])
def test_each_change_of_a_brief(area: Row) -> None:
    said = brief_content.build_context(store.current(), area["area_id"])
    checked = 0
    for chart in said["outcomes"]:
        match = re.search(
            r"Change: (\S+) from (\d{4}/\d\d) to (\d{4}/\d\d); england (\S+)\.$",
            chart["words"],
            re.IGNORECASE,
        )
        if not match:
            continue
        change = (match[2], match[3], number(match[1]), number(match[4]))
        own = [
            stretches
            for code, stretches in expected(chart["measure"]).items()
            if code in codes_of(area["area_id"], chart["measure"])
        ]
        assert any(change in stretches.values() for stretches in own), chart["words"]
        checked += 1
    assert checked >= 2


def codes_of(area_id: str, measure_id: str) -> set[str]:
    return {
        row["geography_code"]
        for row in VALUES
        if (row["area_id"], row["measure_id"]) == (area_id, measure_id)
    }


@pytest.mark.parametrize("measure_id", MEASURES)
def test_each_change_of_a_file(measure_id: str) -> None:
    content = store.current()
    (measure,) = (row for row in outcomes.list_measures(content) if row.measure_id == measure_id)
    view = outcomes.build_view(content, measure, content.areas)
    behind = outcomes.build_changes(content, view).provenance
    for row in behind.frame.to_dict("records"):
        change = tuple(Decimal(str(row[one])) for one in ("change", "england_change"))
        years = (row["first_period"], row["last_period"])
        own = expected(measure_id)[row["geography_code"]].values()
        assert (*years, *(one.normalize() for one in change)) in [
            (first, last, own_change.normalize(), nation.normalize())
            for first, last, own_change, nation in own
        ]


@pytest.mark.parametrize(
    ("measure_id", "code", "change"),
    [
        ("ks2_rwm_expected", "E08000017", ("2017/18", "2024/25", 3, -2)),
        ("ks2_rwm_expected_disadvantaged", "E08000017", ("2017/18", "2024/25", 1, -3)),
        ("ks2_rwm_expected_district", "E07000191", ("2018/19", "2024/25", -25, -2)),
        ("ks2_rwm_expected_district", "E07000168", ("2018/19", "2024/25", 1, -2)),
    ],
)
def test_changes_known_from_the_sources(
    measure_id: str, code: str, change: tuple[str, str, int, int]
) -> None:
    first, last, points, nation = change
    own = expected(measure_id)[code].values()
    assert (first, last, Decimal(points), Decimal(nation)) in own
