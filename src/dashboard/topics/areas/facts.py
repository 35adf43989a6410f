"""What is known of an area: from its own row, from its districts, and from the fourth year."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, District
from dashboard.provenance import PUBLISHED, Provenance, list_distinct


@dataclass(frozen=True, slots=True)
class AreaFacts(Area):
    """An area with what is computed: a row of :func:`compute_area_facts`."""

    children: int
    children_source_id: str
    neighbourhoods: int
    deprived: int
    deprivation_source_id: str
    deprived_share: float
    fourth_year_gbp: int | None
    fourth_year_source_id: str | None
    fourth_year_per_child_gbp: float | None


@dataclass(frozen=True)
class Fact:
    """Where a column of :func:`compute_area_facts` comes from, and how."""

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
        "Fourth-year money is the amount allocated for September 2020 to August 2021, with "
        "money for work with other places, from a national £1 million.",
    ),
    "fourth_year_per_child_gbp": Fact(
        "fourth_year_source_id",
        "Money per child is the fourth-year allocation over the children aged 0 to 15.",
        True,
    ),
}
# A reader of "0.0%" has to know what to hold it against.
ENGLAND_TENTH = "England: 10% by definition"
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


@memoize
def compute_area_facts(data: Data) -> pd.DataFrame:
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
    amounts = select_fourth_year(data)
    fourth = amounts.set_index("area_id")[["amount_gbp", "source_id"]]
    fourth = fourth.set_axis(["fourth_year_gbp", "fourth_year_source_id"], axis="columns")
    facts = data.areas.join(districts, on="area_id").join(fourth, on="area_id")
    return facts.assign(
        deprived_share=100 * facts["deprived"] / facts["neighbourhoods"],
        fourth_year_per_child_gbp=facts["fourth_year_gbp"] / facts["children"],
    )


@memoize
def get_area_facts(data: Data, area_id: str) -> AreaFacts:
    """Return the facts of one area.

    Raises:
        KeyError: there is no such area.
    """
    facts = compute_area_facts(data)
    rows = to_rows(facts[facts["area_id"] == area_id], AreaFacts)
    if not rows:
        raise KeyError(area_id)
    return rows[0]


def select_fourth_year(data: Data) -> pd.DataFrame:
    """Return the main amount of each area for the fourth year."""
    amounts = data.funding_areas
    return amounts[(amounts["scope"] == "fourth year") & (amounts["role"] == "main")]


@memoize
def select_deprivation_2025(data: Data, area_id: str) -> pd.DataFrame:
    """Return an area's districts with ``share``, in per cent, and ``by``, who says so.

    The share is missing where a district was abolished before the indices of 2025; ``by`` is then
    who says that. It is never set against 2019's: the boundaries of neighbourhoods changed.
    """
    districts = data.districts[data.districts["area_id"] == area_id]
    return districts.assign(
        share=districts["imd2025_most_deprived_tenth_percent"],
        by=districts["imd2025_source_id"].fillna(districts["change_source_id"]),
    )


def describe_deprivation_2025(data: Data, area_id: str) -> str:
    """Return the share of 2025 of each district of an area, and that it is no trend."""
    frame = select_deprivation_2025(data, area_id)
    shares = [None if pd.isna(share) else float(share) for share in frame["share"]]
    if all(share is None for share in shares):
        abolished = frame["abolished_on"].notna().all()
        return "Not given: the district was abolished" if abolished else "Not found"
    words = [
        f"{name if len(shares) > 1 else ''} "
        f"{'not found' if share is None else formatting.format_per_cent(share)}".strip()
        for name, share in zip(frame["name"], shares, strict=True)
    ]
    return (
        f"{formatting.join_names(words)} ({ENGLAND_TENTH}; not comparable with 2019, as the "
        "neighbourhoods changed)"
    )


def list_districts(data: Data, area_id: str) -> tuple[District, ...]:
    """Return the districts of an area."""
    return to_rows(data.districts[data.districts["area_id"] == area_id], District)


def list_abolished(data: Data, area_id: str) -> list[District]:
    """Return the districts of an area that were abolished."""
    return [district for district in list_districts(data, area_id) if district.abolished_on]


def list_neighbours(data: Data, area_id: str) -> tuple[str, str]:
    """Return the labels of the areas before and after one, round the list."""
    ids, labels = list(data.areas["area_id"]), list(data.areas["label"])
    at = ids.index(area_id)
    return labels[at - 1], labels[(at + 1) % len(labels)]


@memoize
def list_source_ids(data: Data, area: AreaFacts) -> list[str]:
    """Return every source that the area's page rests on, in order of first use."""
    area_id = area.area_id
    codes = data.districts[data.districts["area_id"] == area_id]["lad_code"]
    frames = [
        data.districts[data.districts["area_id"] == area_id],
        data.priorities[data.priorities["area_id"] == area_id],
        data.index_ranks[data.index_ranks["lad_code"].isin(codes)],
        data.funding_areas[data.funding_areas["area_id"] == area_id],
        data.research_schools[data.research_schools["area_id"] == area_id],
        data.outcomes[data.outcomes["area_id"] == area_id],
    ]
    names = [field.name for field in fields(area) if field.name.endswith("source_id")]
    own = [source_id for name in names if (source_id := getattr(area, name))]
    rest = [
        str(source_id)
        for frame in frames
        for name in frame.columns
        if name.endswith("source_id")
        for source_id in frame[name].dropna()
    ]
    return list(dict.fromkeys([*own, *rest]))


def build_columns_provenance(
    data: Data, areas: pd.DataFrame, columns: Sequence[str], *, name: str, title: str
) -> Provenance:
    """Return what columns of the facts rest on, each with its own source and method."""
    needed = list(
        dict.fromkeys([*columns, *(part for column in columns for part in NEEDS.get(column, ()))])
    )
    facts = [FACTS[column] for column in needed]
    sources = list(dict.fromkeys(fact.source for fact in facts))
    fourth = select_fourth_year(data)
    fourth = fourth[fourth["area_id"].isin(areas["area_id"])]
    computed = sum(FACTS[column].computed for column in columns)
    return Provenance(
        name=name,
        title=title,
        method=" ".join(dict.fromkeys(fact.method for fact in facts if fact.method)),
        source_ids=list_distinct(*(areas[source] for source in sources)),
        frame=areas[["area_id", *dict.fromkeys([*needed, *sources])]],
        rows={"funding_areas": fourth} if "fourth_year_gbp" in needed else {},
        status=_describe_status(computed, len(columns)),
        narrowed=True,
    )


def _describe_status(computed: int, columns: int) -> str:
    if not computed:
        return PUBLISHED
    return "Computed." if computed == columns else "Some figures are computed, and say so."
