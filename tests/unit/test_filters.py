from itertools import product
from urllib.parse import parse_qs, urlencode

import pandas as pd
import pytest

from dashboard.data.loader import Data
from dashboard.filters import COHORTS, PLACE_TYPES, Filters

ORIGINAL = {
    "blackpool",
    "derby",
    "norwich",
    "oldham",
    "north-yorkshire-coast",
    "west-somerset",
}
NEW = {
    "bradford",
    "doncaster",
    "fenland-and-east-cambridgeshire",
    "hastings",
    "ipswich",
    "stoke-on-trent",
}
REGIONS = {
    "North West": {"blackpool", "oldham"},
    "East Midlands": {"derby"},
    "East of England": {"norwich", "fenland-and-east-cambridgeshire", "ipswich"},
    "Yorkshire and The Humber": {"north-yorkshire-coast", "bradford", "doncaster"},
    "South West": {"west-somerset"},
    "South East": {"hastings"},
    "West Midlands": {"stoke-on-trent"},
}
KINDS = {
    "City": {"derby", "norwich", "bradford", "stoke-on-trent"},
    "Town": {"oldham", "doncaster", "ipswich"},
    "Coastal": {"blackpool", "north-yorkshire-coast", "west-somerset", "hastings"},
    "Rural": {"north-yorkshire-coast", "west-somerset", "fenland-and-east-cambridgeshire"},
}
EVERY = ORIGINAL | NEW

CHOICES = list(
    product(
        [None, *COHORTS],
        [(), ("North West",), ("East of England", "South West"), tuple(REGIONS)],
        [
            (),
            *((place,) for place in PLACE_TYPES),
            ("City", "Town"),
            ("Coastal", "Rural"),
            PLACE_TYPES,
        ],
    )
)


def by_hand(cohort: str | None, regions: tuple[str, ...], places: tuple[str, ...]) -> set[str]:
    kept = {None: EVERY, "Original six": ORIGINAL, "New six": NEW}[cohort]
    if regions:
        kept = kept & set().union(*(REGIONS[one] for one in regions))
    if places:
        kept = kept & set().union(*(KINDS[one] for one in places))
    return kept


@pytest.mark.parametrize(("cohort", "regions", "places"), CHOICES)
def test_filters_keep_what_a_hand_would(
    content: Data, cohort: str | None, regions: tuple[str, ...], places: tuple[str, ...]
) -> None:
    kept = Filters(cohort, regions, places).apply(content.areas)
    assert set(kept["area_id"]) == by_hand(cohort, regions, places)


def test_the_order_stays(content: Data) -> None:
    kept = Filters(places=("City", "Rural")).apply(content.areas)
    assert list(kept.index) == sorted(kept.index)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(cohort="Third six"),
        Filters(regions=("Narnia",)),
        Filters(places=("Moon",)),
        Filters("New six", ("South West",)),
    ],
)
def test_what_fits_nothing_keeps_nothing(content: Data, filters: Filters) -> None:
    assert filters.apply(content.areas).empty


def test_nothing_filtered_stays_nothing(content: Data) -> None:
    assert Filters("New six", ("South East",), ("City",)).apply(content.areas[:0]).empty


@pytest.mark.parametrize(
    ("filters", "narrows"),
    [
        (Filters(), False),
        (Filters(cohort=""), False),
        (Filters(cohort="New six"), True),
        (Filters(regions=("South East",)), True),
        (Filters(places=("City",)), True),
    ],
)
def test_filters_tell_whether_they_narrow(filters: Filters, narrows: bool) -> None:
    assert bool(filters) is narrows


@pytest.mark.parametrize(
    ("filters", "address"),
    [
        (Filters(), {}),
        (Filters(cohort="New six"), {"cohort": "New six"}),
        (Filters(regions=("A", "B")), {"region": ["A", "B"]}),
        (
            Filters("New six", ("A",), ("City",)),
            {"cohort": "New six", "region": ["A"], "place": ["City"]},
        ),
    ],
)
def test_address(filters: Filters, address: dict[str, object]) -> None:
    assert filters.address() == address


@pytest.mark.parametrize(("cohort", "regions", "places"), CHOICES)
def test_an_address_leads_back(
    cohort: str | None, regions: tuple[str, ...], places: tuple[str, ...]
) -> None:
    read = parse_qs(urlencode(Filters(cohort, regions, places).address(), doseq=True))
    again = Filters(
        cohort=read.get("cohort", [None])[0],
        regions=tuple(read.get("region", ())),
        places=tuple(read.get("place", ())),
    )
    assert again == Filters(cohort, regions, places)


@pytest.mark.parametrize("column", ["cohort", "region"])
def test_every_area_can_be_chosen(content: Data, column: str) -> None:
    offered = set(COHORTS) if column == "cohort" else set(REGIONS)
    assert set(content.areas[column]) == offered


def test_every_place_type_is_on_offer(content: Data) -> None:
    found = Filters(places=PLACE_TYPES).apply(content.areas)
    pd.testing.assert_frame_equal(found, content.areas)


def test_choices_that_leave_the_same_rows_give_the_same_frame(content: Data) -> None:
    choices = product(
        [None, *COHORTS],
        [(), *((one,) for one in REGIONS)],
        [(), *((one,) for one in PLACE_TYPES)],
    )
    found = [Filters(*one).apply(content.areas) for one in choices]
    assert len(found) == 120
    assert len({id(frame) for frame in found}) == 30
