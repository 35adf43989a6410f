from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboard import citations, headlines
from dashboard.data.loader import Data
from dashboard.filters import Filters

Read = Callable[[str], list[dict[str, str]]]

CHOICES = {
    "all": Filters(),
    "new": Filters(cohort="New six"),
    "east": Filters(regions=("East of England",)),
    "none": Filters("New six", ("South West",)),
}


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_areas_people_and_districts_by_hand(content: Data, by_hand: Read, filters: Filters) -> None:
    shown = filters.apply(content.areas)
    ids = set(shown["area_id"])
    people = sum(int(row["population"]) for row in by_hand("areas") if row["area_id"] in ids)
    districts = sum(row["area_id"] in ids for row in by_hand("districts"))
    assert [(one.value, one.covers) for one in headlines.of_areas(content, shown)] == [
        (f"{len(ids)} of 12", f"{districts} districts"),
        (f"{people:,}", "Mid-2017, the areas shown added up"),
    ]


def test_the_programme(content: Data) -> None:
    assert [(one.value, one.covers) for one in headlines.of_programme(content)] == [
        ("£72 million", "Dated 18 January 2017, for three years (2017 to 2020)"),
        ("£108 million", "Dated 2022, for 2017 to 2022"),
        ("£3.5 million", "Dated 18 January 2017"),
    ]


@pytest.mark.parametrize("number", range(3))
def test_the_programme_by_hand(content: Data, by_hand: Read, number: int) -> None:
    event_id = ("twelve-areas-total", "five-year-total", "research-schools-total")[number]
    (row,) = (one for one in by_hand("funding_programme") if one["event_id"] == event_id)
    headline = headlines.of_programme(content)[number]
    rests_on = headline.basis.source_ids
    millions = float(headline.value.removeprefix("£").removesuffix(" million"))
    assert millions * 1_000_000 == float(row["amount_gbp"])
    assert set(rests_on) == {row["source_id"], row["cross_check_source_id"]} - {""}


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_every_source_resolves(content: Data, filters: Filters) -> None:
    figures = headlines.of_areas(content, filters.apply(content.areas))
    figures += headlines.of_programme(content)
    for figure in figures:
        rests_on = figure.basis.source_ids
        assert len(citations.rows(content, rests_on)) == len(set(rests_on)) > 0


def test_the_sources_are_of_the_areas_shown(content: Data) -> None:
    shown = content.areas[content.areas["cohort"] == "New six"]
    assert headlines.of_areas(content, shown)[0].basis.source_ids == ("EDHUB_2017",)


def test_a_qualifier_goes_with_the_amount(content: Data) -> None:
    programme = content.funding_programme.assign(
        qualifier=pd.array(["about"] * len(content.funding_programme), dtype="string")
    )
    changed = replace(content, funding_programme=programme)
    assert headlines.of_programme(changed)[0].value == "about £72 million"
