"""Why these areas: where their districts stood on the Social Mobility Index, and what follows.

A rank is a place among 324 districts of England, 1 the best and 324 the worst.
"""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.formatting import format_count

CHOSEN_BY = 2016


@dataclass(frozen=True)
class Band:
    """The districts from the rank ``first`` to 324, the worst."""

    name: str
    first: int


def _count_from_worst(name: str, size: int) -> Band:
    """Return the band of so many districts, the worst of the index."""
    return Band(name, RANKED_DISTRICTS - size + 1)


WORST_SIXTH = _count_from_worst("worst sixth", RANKED_DISTRICTS // 6)
WORST_FIFTH = _count_from_worst("worst fifth", math.ceil(RANKED_DISTRICTS / 5))
WORST_TWENTY = _count_from_worst("worst twenty", 20)
WORST_TEN = _count_from_worst("worst ten", 10)
BANDS = (WORST_FIFTH, WORST_TWENTY, WORST_TEN)


@dataclass(frozen=True)
class Standing:
    """How many stood in a band of the 2016 index, and how many there are to count."""

    districts: int
    areas: int
    of_districts: int


@remembered
def ranks(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return every rank found for the districts of some areas.

    Adds to the rows of ``index_ranks``: ``name`` (the district), ``area_id``, ``area`` (its
    label) and ``cohort``. The district that stood worst in 2016 comes first; of each district
    2016 comes before 2017, the whole index before a stage, the rank shown before another.
    """
    names = data.districts[["lad_code", "name", "area_id"]]
    labels = areas[["area_id", "label", "cohort"]].rename(columns={"label": "area"})
    found = data.index_ranks.merge(names, on="lad_code").merge(labels, on="area_id")
    stood = chosen_by(found).set_index("lad_code")["rank"]
    return (
        found.assign(stood=found["lad_code"].map(stood))
        .sort_values(
            ["stood", "lad_code", "index_year", "stage", "preferred"],
            ascending=[False, True, True, True, False],
            ignore_index=True,
        )
        .drop(columns="stood")
    )


@remembered
def chosen_by(found: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of 2016, which the areas were chosen by: one row a district."""
    return found[found["preferred"] & (found["index_year"] == CHOSEN_BY) & _overall(found)]


@remembered
def standing(found: pd.DataFrame, band: Band) -> Standing:
    """Return how many districts, and areas they belong to, stood in a band in 2016."""
    stood = chosen_by(found)
    inside = stood[stood["rank"] >= band.first]
    return Standing(len(inside), inside["area_id"].nunique(), len(stood))


@remembered
def marks(found: pd.DataFrame) -> pd.DataFrame:
    """Return what the strip draws: one row a rank of the whole index, in the order of ``found``.

    Columns: ``name`` (the district), ``cohort``, ``year``, ``rank``, ``preferred``, and
    ``words``: at the mark furthest left of a district's year, all its ranks in words, else "".
    """
    drawn = found[_overall(found)].rename(columns={"index_year": "year"})
    words: dict[tuple[str, int, int], str] = {}
    for row in records(drawn.groupby(["name", "year"])["rank"].agg(sorted).reset_index()):
        told = formatting.joined([str(rank) for rank in row.rank], "or")
        words[row.name, row.year, row.rank[0]] = (
            told if row.year == CHOSEN_BY else f"{told} in {row.year}"
        )
    keys = zip(drawn["name"], drawn["year"], drawn["rank"], strict=True)
    drawn = drawn.assign(words=[words.get(key, "") for key in keys])
    return drawn[["name", "cohort", "year", "rank", "preferred", "words"]]


@remembered
def finding(found: pd.DataFrame) -> str:
    """Return where the districts stood in 2016, as the strip's title."""
    fifth, ten = standing(found, WORST_FIFTH), standing(found, WORST_TEN)
    if fifth.of_districts == 1:
        (only,) = records(chosen_by(found))
        inside = [band.name for band in BANDS if only.rank >= band.first]
        return (
            f"{only.name} ranked "
            f"{', in the '.join([f'{only.rank} of {RANKED_DISTRICTS} in 2016', *inside[-1:]])}"
        )
    return (
        f"{_of_all(fifth)} districts shown were in the worst fifth in 2016, "
        f"{format_count(ten.districts) if ten.districts else 'none'} of them in the worst ten"
    )


@remembered
def spoken(found: pd.DataFrame) -> str:
    """Return the sentence that stands in for the strip: the finding, and the ranks' range."""
    stood = records(chosen_by(found))
    worst, best = stood[0], stood[-1]
    if worst.lad_code == best.lad_code:
        return f"{finding(found)}."
    return f"{finding(found)}: from {best.rank} ({best.name}) to {worst.rank} ({worst.name})."


@remembered
def by_area(found: pd.DataFrame) -> str:
    """Return how many stood in the worst ten and twenty in 2016, by district and by area."""
    ten, twenty = standing(found, WORST_TEN), standing(found, WORST_TWENTY)
    return (
        f"By district, {format_count(ten.districts)} were among the worst ten and "
        f"{format_count(twenty.districts - ten.districts)} more among the worst twenty; "
        f"by area it is {format_count(ten.areas)} plus {format_count(twenty.areas - ten.areas)}"
    )


@remembered
def in_worst_sixth(found: pd.DataFrame) -> str:
    """Return how the ranks fit the first step of the choice, which took the worst sixth."""
    who = _of_all(standing(found, WORST_SIXTH))
    return (
        f"{who} districts chosen rank in the worst sixth of the index "
        f"({WORST_SIXTH.first} to {RANKED_DISTRICTS})"
    )


@remembered
def disagreements(data: Data, found: pd.DataFrame) -> pd.DataFrame:
    """Return what sources say on each rank, of those found, that another source contradicts."""
    said = data.disagreements
    contradicted = found[~found["preferred"]]
    subjects = said[
        said["source_id"].isin(contradicted["source_id"])
        & said["area_id"].isin(contradicted["area_id"])
    ]["disagreement_id"]
    return said[said["disagreement_id"].isin(subjects)]


def _of_all(stood: Standing) -> str:
    """Return "All 13", "Both", or "12 of the 13"."""
    if stood.districts < stood.of_districts:
        return f"{stood.districts} of the {stood.of_districts}"
    return {2: "Both"}.get(stood.districts, f"All {stood.districts}")


def _overall(found: pd.DataFrame) -> "pd.Series[bool]":
    return (found["stage"] == "overall") & found["rank"].notna()
