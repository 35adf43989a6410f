"""Frames in, frames out: what is computed from the figures, and how the map classes them."""

from dataclasses import dataclass

import pandas as pd

from dashboard.cache import remembered
from dashboard.data.loader import Data


@remembered
def area_facts(data: Data) -> pd.DataFrame:
    """Return the areas with what is computed from their districts and the fourth year.

    Adds, one row an area: ``children`` (aged 0 to 15, mid-2017), ``neighbourhoods``,
    ``deprived_share`` (per cent of neighbourhoods in England's most deprived tenth, 2019),
    ``fourth_year_gbp`` and ``fourth_year_per_child_gbp`` (pounds a child). Shares of an area of
    two districts come from the districts' counts added up, never from averaged shares. Each has
    its source in ``children_source_id``, ``deprivation_source_id``, ``fourth_year_source_id``.
    """
    districts = data.districts.groupby("area_id").agg(
        children=("children_0_15_mid2017", "sum"),
        children_source_id=("population_source_id", "first"),
        neighbourhoods=("neighbourhoods", "sum"),
        deprived=("imd2019_most_deprived_tenth", "sum"),
        deprivation_source_id=("deprivation_source_id", "first"),
    )
    fourth = scope_amounts(data, "fourth year").set_index("area_id")[["amount_gbp", "source_id"]]
    fourth = fourth.set_axis(["fourth_year_gbp", "fourth_year_source_id"], axis="columns")
    facts = data.areas.join(districts, on="area_id").join(fourth, on="area_id")
    return facts.assign(
        deprived_share=100 * facts["deprived"] / facts["neighbourhoods"],
        fourth_year_per_child_gbp=facts["fourth_year_gbp"] / facts["children"],
    )


@remembered
def deprivation_2025(data: Data, area_id: str) -> pd.DataFrame:
    """Return an area's districts with ``share``, in per cent, and ``by``, who says so.

    The share is missing where a district was abolished before the indices of 2025; ``by`` is then
    who says that. It is never set against 2019's: the boundaries of neighbourhoods changed.
    """
    districts = data.districts[data.districts["area_id"] == area_id]
    return districts.assign(
        share=districts["imd2025_most_deprived_tenth_percent"],
        by=districts["imd2025_source_id"].fillna(districts["change_source_id"]),
    )


@remembered
def scope_amounts(data: Data, scope: str) -> pd.DataFrame:
    """Return the one amount shown for each area in a scope ("fourth year"), none where unknown."""
    amounts = data.funding_areas
    return amounts[(amounts["scope"] == scope) & (amounts["role"] == "main")]


@remembered
def gaps(data: Data, page: str, areas: pd.DataFrame) -> pd.DataFrame:
    """Return what was looked for and not found on a page's subject, for some areas or for all."""
    listed = data.gaps[data.gaps["page"] == page]
    return listed[listed["area_id"].isna() | listed["area_id"].isin(areas["area_id"])]


@dataclass(frozen=True)
class MapMeasure:
    """A measure that can colour the map.

    ``column`` is of :func:`area_facts`. ``bounds`` part the values into
    four classes, the same whatever is filtered, so that an area keeps its colour. ``note`` says
    how it is computed.
    """

    name: str
    column: str
    unit: str
    bounds: tuple[float, float, float]
    note: str

    def class_of(self, value: float) -> int:
        """Return the class, 0 to 3, that a value falls in; a bound opens the class above it."""
        return sum(value >= bound for bound in self.bounds)


MAP_MEASURES = (
    MapMeasure(
        name="Population",
        column="population",
        unit="people",
        bounds=(100_000, 200_000, 300_000),
        note="People living there in mid-2017. The two districts of Fenland and East "
        "Cambridgeshire are added up.",
    ),
    MapMeasure(
        name="Deprived neighbourhoods",
        column="deprived_share",
        unit="per cent",
        bounds=(10, 20, 30),
        note="Computed: share of the area's neighbourhoods that are among the most deprived "
        "tenth in England on the 2019 index.",
    ),
    MapMeasure(
        name="Fourth-year money",
        column="fourth_year_gbp",
        unit="pounds",
        bounds=(1_200_000, 1_400_000, 1_600_000),
        note="Allocated for September 2020 to August 2021, with a share of £1 million for "
        "twinning with other places.",
    ),
    MapMeasure(
        name="Fourth-year money per child",
        column="fourth_year_per_child_gbp",
        unit="pounds per child",
        bounds=(25, 50, 100),
        note="Computed: the fourth-year allocation over the children aged 0 to 15 living there "
        "in mid-2017.",
    ),
)


@remembered
def neighbours(data: Data, area_id: str) -> tuple[str, str]:
    """Return the labels of the areas before and after one, round the list."""
    ids, labels = list(data.areas["area_id"]), list(data.areas["label"])
    at = ids.index(area_id)
    return labels[at - 1], labels[(at + 1) % len(labels)]
