"""Where each fact of an area comes from, and how: what the basis of areas is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Where a column of ``measures.area_facts`` comes from, and how."""

    source: str
    method: str
    computed: bool = False


FACTS = {
    "cohort": Fact("announced_source_id", "The cohort is the announcement that named the area."),
    "announced_on": Fact("announced_source_id", ""),
    "region": Fact("region_source_id", "The region is the statistical region of England."),
    "place_type": Fact(
        "place_type_source_id", "The type of place is our own grouping, as in 2017.", True
    ),
    "population": Fact(
        "population_source_id",
        "People are the official estimate for mid-2017, added up over the districts of an area.",
    ),
    "children": Fact(
        "children_source_id",
        "Children are those aged 0 to 15 in the official estimate for mid-2017, added up over the "
        "districts of an area.",
    ),
    "deprived_share": Fact(
        "deprivation_source_id",
        "Deprivation is the number of the area's neighbourhoods among the most deprived tenth in "
        "England on the 2019 index, over the number of its neighbourhoods.",
        True,
    ),
    "fourth_year_gbp": Fact(
        "fourth_year_source_id",
        "Fourth-year money is the amount allocated for September 2020 to August 2021, with a share "
        "of £1 million for twinning with other places.",
    ),
    "fourth_year_per_child_gbp": Fact(
        "fourth_year_source_id",
        "Money per child is the fourth-year allocation over the children aged 0 to 15.",
        True,
    ),
}
NEEDS = {"fourth_year_per_child_gbp": ("fourth_year_gbp", "children")}
GLANCE = ("cohort", "region", "population", "fourth_year_gbp")
ALL = (
    "cohort",
    "announced_on",
    "region",
    "place_type",
    "population",
    "children",
    "deprived_share",
    "fourth_year_gbp",
)
PROFILE = {
    "place_type_note": "place_type_note_source_id",
    "upper_tier_name": "source_id",
    "plan_published_on": "plan_source_id",
    "plan_pages": "plan_source_id",
    "chair": "chair_source_id",
    "twinned_with": "twinned_source_id",
    "successor": "successor_source_id",
    "successor_ended": "successor_ended_source_id",
}
