import pytest

from dashboard import citations
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.topics.areas import exhibits as areas
from expected import read_table

CHOICES = {
    "all": Filters(),
    "new": Filters(cohort="New six"),
    "east": Filters(regions=("East of England",)),
    "none": Filters("New six", ("South West",)),
}


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_areas_people_and_districts_by_hand(content: Data, filters: Filters) -> None:
    shown = filters.apply(content.areas)
    ids = set(shown["area_id"])
    people = sum(int(row["population"]) for row in read_table("areas") if row["area_id"] in ids)
    districts = sum(row["area_id"] in ids for row in read_table("districts"))
    assert [(one.value, one.note) for one in areas.list_figures(content, shown)] == [
        (f"{len(ids)} of 12", f"{districts} districts"),
        (f"{people:,}", "Mid-2017, the areas shown added up"),
    ]


@pytest.mark.parametrize("filters", CHOICES.values(), ids=CHOICES)
def test_every_source_resolves(content: Data, filters: Filters) -> None:
    figures = areas.list_figures(content, filters.apply(content.areas))
    for figure in figures:
        rests_on = figure.provenance.source_ids
        assert len(citations.list_sources(content, rests_on)) == len(set(rests_on)) > 0


def test_the_sources_are_of_the_areas_shown(content: Data) -> None:
    shown = content.areas[content.areas["cohort"] == "New six"]
    assert areas.list_figures(content, shown)[0].provenance.source_ids == ("EDHUB_2017",)
