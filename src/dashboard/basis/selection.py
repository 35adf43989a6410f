"""The basis of what is shown of why these areas: steps, ranks, what sources say, claims."""

import pandas as pd

from dashboard.basis.base import PUBLISHED, Basis, distinct
from dashboard.cache import remembered
from dashboard.data.loader import Data


@remembered
def steps(data: Data) -> Basis:
    """Return the basis of the steps by which the areas were chosen."""
    rows = data.selection_steps.sort_values("number")
    return Basis(
        name="selection-steps",
        title="How the areas were chosen",
        method="The steps as the source describes them, in our words.",
        source_ids=distinct(rows["source_id"]),
        frame=rows,
    )


@remembered
def ranks(
    found: pd.DataFrame,
    *,
    name: str = "index-ranks",
    title: str = "Ranks on the Social Mobility Index",
    narrowed: bool = False,
) -> Basis:
    """Return the basis of ranks of :func:`selection.ranks`."""
    worked_out = (found["as_printed"] == "nth from worst").any()
    return Basis(
        name=name,
        title=title,
        method="Ranks among 324 districts, 1 the best. Those of 2016 were read in a third-party "
        "copy of the whole table. The table of 2017 was not found: each rank has a source of its "
        "own, and a place counted from the worst is turned into a rank, 325 less the place.",
        source_ids=distinct(found["source_id"], found["cross_check_source_id"]),
        frame=found.drop(columns=["area", "cohort"]),
        rows={"index_ranks": found},
        standing="As printed, but for those marked worked out." if worked_out else PUBLISHED,
        narrowed=narrowed,
    )


@remembered
def said(rows: pd.DataFrame) -> Basis:
    """Return the basis of what sources say on one subject on which they disagree."""
    return Basis(
        name=f"disagreement-{rows['disagreement_id'].iloc[0]}",
        title=f"Sources disagree: {rows['subject'].iloc[0]}",
        method="What each source says, with the one that is shown and why.",
        source_ids=distinct(rows["source_id"]),
        frame=rows,
    )


@remembered
def claims(data: Data) -> Basis:
    """Return the basis of the announcement's claims and what was found on each."""
    return Basis(
        name="claims",
        title="The claims of January 2017",
        method="Each claim as the press report gave it, in our words, against what was found.",
        source_ids=distinct(data.claims["source_id"], data.claim_sources["source_id"]),
        frame=data.claims.sort_values("number"),
        standing="The verdicts are ours.",
    )
