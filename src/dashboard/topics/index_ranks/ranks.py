"""Why these areas: where their districts stood on the Social Mobility Index, and what follows.

A rank is a place among 324 districts of England, 1 the best and 324 the worst.
"""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.charts import Band
from dashboard.data.loader import Data
from dashboard.data.rows import IndexRank
from dashboard.data.validation import RANKED_DISTRICTS

CHOSEN_BY = 2016


@dataclass(frozen=True, slots=True)
class RankedDistrict(IndexRank):
    """A row of :func:`select_ranks`: a rank, its district's name, its area's id and label."""

    name: str
    area_id: str
    area: str


def _build_band(name: str, size: int) -> Band:
    """Return the band of so many districts, the worst of the index."""
    return Band(name, RANKED_DISTRICTS - size + 1)


WORST_SIXTH = _build_band("worst sixth", RANKED_DISTRICTS // 6)
WORST_FIFTH = _build_band("worst fifth", math.ceil(RANKED_DISTRICTS / 5))
WORST_TWENTY = _build_band("worst twenty", 20)
WORST_TEN = _build_band("worst ten", 10)
BANDS = (WORST_FIFTH, WORST_TWENTY, WORST_TEN)


@dataclass(frozen=True)
class BandCount:
    """How many stood in a band of the 2016 index, and how many districts there are to count."""

    districts: int
    areas: int
    of_districts: int


@memoize
def select_ranks(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return every rank found for the districts of some areas.

    Adds to the rows of ``index_ranks``: ``name`` (the district), ``area_id``, ``area`` (its
    label) and ``cohort``. The district that stood worst in 2016 comes first; of each district
    2016 comes before 2017, the whole index before a stage, the rank shown before another.
    """
    names = data.districts[["lad_code", "name", "area_id"]]
    labels = areas[["area_id", "label", "cohort"]].rename(columns={"label": "area"})
    ranks = data.index_ranks.merge(names, on="lad_code").merge(labels, on="area_id")
    rank_2016 = select_2016(ranks).set_index("lad_code")["rank"]
    return (
        ranks.assign(rank_2016=ranks["lad_code"].map(rank_2016))
        .sort_values(
            ["rank_2016", "lad_code", "index_year", "stage", "preferred"],
            ascending=[False, True, True, True, False],
            ignore_index=True,
        )
        .drop(columns="rank_2016")
    )


@memoize
def select_2016(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of 2016, by which the areas were chosen: one row a district."""
    return ranks[ranks["preferred"] & (ranks["index_year"] == CHOSEN_BY) & _is_overall(ranks)]


def _is_overall(ranks: pd.DataFrame) -> "pd.Series[bool]":
    return (ranks["stage"] == "overall") & ranks["rank"].notna()


def count_in_band(ranks: pd.DataFrame, band: Band) -> BandCount:
    """Return how many districts, and areas they belong to, stood in a band in 2016."""
    districts = select_2016(ranks)
    inside = districts[districts["rank"] >= band.first]
    return BandCount(len(inside), inside["area_id"].nunique(), len(districts))


@memoize
def build_marks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return what the strip draws: one row a rank of the whole index, in the order of ``ranks``.

    Columns: ``name`` (the district), ``cohort``, ``year``, ``rank``, ``preferred``, and
    ``words``: at the mark furthest left of a district's year, all its ranks in words, else "".
    """
    drawn = ranks[_is_overall(ranks)].rename(columns={"index_year": "year"})
    words = {}
    for (name, year), group in drawn.groupby(["name", "year"])["rank"]:
        in_order = sorted(group)
        listed = formatting.join_names(map(str, in_order), "or")
        words[name, year, in_order[0]] = listed if year == CHOSEN_BY else f"{listed} in {year}"
    keys = zip(drawn["name"], drawn["year"], drawn["rank"], strict=True)
    drawn = drawn.assign(words=[words.get(key, "") for key in keys])
    return drawn[["name", "cohort", "year", "rank", "preferred", "words"]]


def describe_ranks(ranks: pd.DataFrame) -> str:
    """Return where the districts stood in 2016, as the strip's title."""
    fifth, ten = count_in_band(ranks, WORST_FIFTH), count_in_band(ranks, WORST_TEN)
    if fifth.of_districts == 1:
        name, rank = select_2016(ranks)[["name", "rank"]].iloc[0]
        inside = [band.name for band in BANDS if rank >= band.first]
        place = f"{rank} of {RANKED_DISTRICTS} in 2016"
        return f"{name} ranked {', in the '.join([place, *inside[-1:]])}"
    return (
        f"{describe_share(fifth)} districts shown were in the worst fifth in 2016, "
        f"{formatting.format_count(ten.districts) if ten.districts else 'none'} of them in the "
        "worst ten"
    )


def describe_share(counted: BandCount) -> str:
    """Return "All 13", "Both", or "12 of the 13"."""
    if counted.districts < counted.of_districts:
        return f"{counted.districts} of the {counted.of_districts}"
    return {2: "Both"}.get(counted.districts, f"All {counted.districts}")


def describe_counts(ranks: pd.DataFrame) -> str:
    """Return how many stood in the worst ten and twenty in 2016, by district and by area."""
    ten, twenty = count_in_band(ranks, WORST_TEN), count_in_band(ranks, WORST_TWENTY)
    count = formatting.format_count
    more_districts, more_areas = twenty.districts - ten.districts, twenty.areas - ten.areas
    by_district = (
        f"By district, {count(ten.districts)} were among the worst ten and "
        f"{count(more_districts)} more among the worst twenty"
    )
    if (more_districts, ten.districts) == (more_areas, ten.areas):
        return by_district
    return (
        f"{by_district}. Two districts share an area: {count(ten.areas)} areas in the worst ten, "
        f"{count(more_areas)} more in the worst twenty"
    )
