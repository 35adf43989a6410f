"""The basis of what is shown of why these areas: steps, ranks, what sources say, claims."""

import pandas as pd

from dashboard.cache import remembered
from dashboard.data.loader import Data
from dashboard.provenance import PUBLISHED, Provenance, list_distinct


@remembered
def steps(data: Data) -> Provenance:
    """Return the basis of the steps by which the areas were chosen."""
    rows = data.selection_steps.sort_values("number")
    return Provenance(
        name="selection-steps",
        title="How the areas were chosen",
        method="The steps as the source describes them, in our words.",
        source_ids=list_distinct(rows["source_id"]),
        frame=rows,
    )


@remembered
def ranks(
    found: pd.DataFrame,
    *,
    name: str = "index-ranks",
    title: str = "Ranks on the Social Mobility Index",
    narrowed: bool = False,
) -> Provenance:
    """Return the basis of ranks of :func:`selection.ranks`."""
    worked_out = (found["as_printed"] == "nth from worst").any()
    return Provenance(
        name=name,
        title=title,
        method="Ranks among 324 districts, 1 the best. Those of 2016 were read in a third-party "
        "copy of the whole table. The table of 2017 was not found: each rank has a source of its "
        "own, and a place counted from the worst is turned into a rank, 325 less the place.",
        source_ids=list_distinct(found["source_id"], found["cross_check_source_id"]),
        frame=found.drop(columns=["area", "cohort"]),
        rows={"index_ranks": found},
        status="As printed, but for those marked worked out." if worked_out else PUBLISHED,
        narrowed=narrowed,
    )


@remembered
def said(rows: pd.DataFrame) -> Provenance:
    """Return the basis of what sources say on one subject on which they disagree."""
    return Provenance(
        name=f"disagreement-{rows['disagreement_id'].iloc[0]}",
        title=f"Sources disagree: {rows['subject'].iloc[0]}",
        method="What each source says, with the one that is shown and why.",
        source_ids=list_distinct(rows["source_id"]),
        frame=rows,
    )


@remembered
def claims(data: Data) -> Provenance:
    """Return the basis of the announcement's claims and what was found on each."""
    return Provenance(
        name="claims",
        title="The claims of January 2017",
        method="Each claim as the press report gave it, in our words, against what was found.",
        source_ids=list_distinct(data.claims["source_id"], data.claim_sources["source_id"]),
        frame=data.claims.sort_values("number"),
        status="The verdicts are ours.",
    )
