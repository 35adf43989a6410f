"""The basis of what is shown of areas: facts, the map, the table of the twelve, a profile."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.basis.facts import ALL, FACTS, GLANCE, NEEDS, PROFILE
from dashboard.cache import remembered
from dashboard.data.loader import Data
from dashboard.measures import MapMeasure
from dashboard.provenance import PUBLISHED, Provenance, list_distinct

_METHOD_2025 = (
    "The share on the index of 2025 is as published, by district, and none is given for a district "
    "that was abolished. It is no trend from 2019: the boundaries of neighbourhoods changed."
)


@remembered
def counted(data: Data, shown: pd.DataFrame) -> Provenance:
    """Return the basis of the number of areas shown and of their districts."""
    return replace(
        _of(data, _some(data, shown), ("cohort",), name="areas-shown", title="The areas shown"),
        method="The areas that fit the filters, counted, and the districts they are made of.",
        status="Counted by us.",
    )


@remembered
def people(data: Data, shown: pd.DataFrame) -> Provenance:
    """Return the basis of the number of people living in the areas shown."""
    return replace(
        _of(data, _some(data, shown), ("population",), name="people", title="People living there"),
        method="The official estimates for mid-2017, added up over the areas shown.",
        status="The sum is computed; each estimate is as published.",
    )


@remembered
def at_a_glance(data: Data, shown: pd.DataFrame) -> Provenance:
    """Return the basis of the front page's table, research schools among it."""
    found = _of(data, shown, GLANCE, name="areas-at-a-glance", title="The areas at a glance")
    return _with_schools(data, found)


@remembered
def by_area(data: Data, shown: pd.DataFrame, column: str, title: str) -> Provenance:
    """Return the basis of one column of the facts, by area and cohort."""
    name = f"by-area-{column.replace('_', '-')}"
    return _of(data, shown, (column, "cohort"), name=name, title=title)


@remembered
def on_map(data: Data, shown: pd.DataFrame, measure: MapMeasure | None) -> Provenance:
    """Return the basis of the map and of the table beside it: a measure, or the cohorts."""
    columns = ("cohort", measure.column) if measure else ("cohort", "region", "place_type")
    return _of(
        data,
        _some(data, shown),
        columns,
        name=f"map-{measure.column.replace('_', '-')}" if measure else "map-cohort",
        title=f"Map: {measure.name.lower()}" if measure else "Map: the two cohorts",
    )


@remembered
def facts(data: Data, area: Any) -> Provenance:
    """Return the basis of one area's facts on the map page; ``area`` is a row of the facts."""
    return _of_one(data, area, {}, name="facts", title="Facts")


@remembered
def profile(data: Data, area: Any) -> Provenance:
    """Return the basis of one area's facts on its profile."""
    return _of_one(data, area, PROFILE, name="profile", title="Profile facts")


@remembered
def side_by_side(data: Data, areas: pd.DataFrame, ranked: pd.DataFrame) -> Provenance:
    """Return the basis of several areas' facts; ``ranked`` are their ranks of 2016."""
    found = _of(data, areas, ALL, name="facts-side-by-side", title="Facts side by side")
    found = _with_schools(data, found)
    ranks = ranked[["area_id", "lad_code", "name", "rank", "source_id"]].set_axis(
        ["area_id", "lad_code", "ranked_district", "index_rank_2016", "index_rank_2016_source_id"],
        axis="columns",
    )
    shares = _shares_2025(data)
    by_district = ranks.merge(shares.drop(columns="area_id"), on="lad_code", how="left")
    return replace(
        found,
        method=f"{found.method} {_METHOD_2025} Ranks are those of the 2016 index, 1 the best of "
        "324 districts.",
        source_ids=list_distinct(
            found.source_ids, by_district["deprived_2025_source_id"], ranked["source_id"]
        ),
        frame=found.frame.merge(by_district.drop(columns="lad_code"), on="area_id", how="left"),
        narrowed=False,
        rows={**found.rows, "index_ranks": ranked},
    )


@remembered
def priorities(data: Data, area: Any) -> Provenance:
    """Return the basis of the priorities of an area's delivery plan."""
    mine = data.priorities[data.priorities["area_id"] == area["area_id"]]
    return Provenance(
        name=f"priorities-{area['area_id']}",
        title=f"Priorities of the delivery plan, {area['label']}",
        method="The priorities and themes of the area's delivery plan, in our words.",
        source_ids=list_distinct(mine["source_id"]),
        frame=mine,
    )


@remembered
def research_school(data: Data, area_id: str) -> Provenance:
    """Return the basis of the card of an area's research school."""
    mine = data.research_schools[data.research_schools["area_id"] == area_id]
    others = [name for name in mine.columns if name.endswith("_source_id")]
    inferred = (mine["postcode_basis"] == "inferred").any()
    return Provenance(
        name=f"research-school-{area_id}",
        title=f"Research school, {mine['name'].iloc[0]}",
        method="The school named for the area, its host, and the award as announced.",
        source_ids=list_distinct(mine["source_id"], *(mine[name] for name in others)),
        frame=mine,
        rows={"research_schools": mine},
        status="The postcode is inferred; the rest is as published." if inferred else PUBLISHED,
    )


def _with_schools(data: Data, found: Provenance) -> Provenance:
    """Add the research school of each area, and its host."""
    schools = data.research_schools[data.research_schools["area_id"].isin(found.frame["area_id"])]
    named = schools[["area_id", "name", "host", "source_id"]].set_axis(
        ["area_id", "research_school", "research_school_host", "research_school_source_id"],
        axis="columns",
    )
    return replace(
        found,
        method=f"{found.method} The research school is the one named for the area.",
        source_ids=list_distinct(found.source_ids, schools["source_id"]),
        frame=found.frame.merge(named, on="area_id", how="left"),
    )


def _of_one(data: Data, area: Any, more: dict[str, str], *, name: str, title: str) -> Provenance:
    """Return the basis of one area's facts, with more of its columns and their sources."""
    row = measures.area_facts(data)
    row = row[row["area_id"] == area["area_id"]]
    found = _of(data, row, ALL, name=f"{name}-{area['area_id']}", title=f"{title}, {area['label']}")
    found = _with_schools(data, found)
    kept = row[["area_id", *dict.fromkeys([*more, *more.values()])]]
    shares = _shares_2025(data)
    shares = shares[shares["area_id"] == area["area_id"]]
    frame = found.frame.merge(kept, on="area_id").merge(
        shares.drop(columns="lad_code"), on="area_id", how="left"
    )
    districts = data.districts[data.districts["area_id"] == area["area_id"]]
    return replace(
        found,
        method=f"{found.method} {_METHOD_2025}",
        source_ids=list_distinct(
            found.source_ids,
            shares["deprived_2025_source_id"],
            *(row[one] for one in more.values()),
            districts["change_source_id"],
        ),
        frame=frame,
        rows={**found.rows, "areas": frame},
        narrowed=False,
    )


def _of(
    data: Data, shown: pd.DataFrame, columns: Sequence[str], *, name: str, title: str
) -> Provenance:
    """Return the basis of columns of the facts, each with its own source and method."""
    needed = [*columns, *(part for one in columns for part in NEEDS.get(one, ()))]
    used = [FACTS[one] for one in dict.fromkeys(needed)]
    sources = list(dict.fromkeys(one.source for one in used))
    fourth = measures.scope_amounts(data, "fourth year")
    fourth = fourth[fourth["area_id"].isin(shown["area_id"])]
    return Provenance(
        name=name,
        title=title,
        method=" ".join(dict.fromkeys(one.method for one in used if one.method)),
        source_ids=list_distinct(*(shown[one] for one in sources)),
        frame=shown[["area_id", *dict.fromkeys([*needed, *sources])]],
        rows={"funding_areas": fourth} if "fourth_year_gbp" in needed else {},
        status=_word_status(sum(FACTS[one].computed for one in columns), len(columns)),
        narrowed=True,
    )


def _shares_2025(data: Data) -> pd.DataFrame:
    """Return the share of 2025 of each district that has one: no area of two has a share."""
    columns = ["area_id", "lad_code", "name", "imd2025_most_deprived_tenth_percent"]
    known = data.districts[data.districts["imd2025_most_deprived_tenth_percent"].notna()]
    return known[[*columns, "imd2025_source_id"]].set_axis(
        [*columns[:2], "deprived_2025_district", "deprived_2025_share", "deprived_2025_source_id"],
        axis="columns",
    )


def _some(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the areas shown, or all where none is: what is counted has sources even so."""
    return shown if len(shown) else measures.area_facts(data)


def _word_status(computed: int, of: int) -> str:
    if not computed:
        return PUBLISHED
    return "Computed." if computed == of else "Some figures are computed, and say so."
