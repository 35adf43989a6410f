"""What is shown of why these areas: steps, ranks, what sources say, claims."""

from collections.abc import Sequence

import pandas as pd

from dashboard import charts, citations, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Claim, Disagreement
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.exhibits import NOT_FOUND, Exhibit, Links, Number, build_table
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.index_ranks.ranks import (
    BANDS,
    WORST_SIXTH,
    RankedDistrict,
    build_marks,
    count_in_band,
    describe_counts,
    describe_ranks,
    describe_share,
    select_2016,
    select_ranks,
)

_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_WORKED_OUT = "nth from worst"


@memoize
def build_steps_provenance(data: Data) -> Provenance:
    """Return what the steps by which the areas were chosen rest on."""
    rows = data.selection_steps.sort_values("number")
    return Provenance(
        name="selection-steps",
        title="How the areas were chosen",
        method="The steps as the source describes them, in our words.",
        source_ids=list_distinct(rows["source_id"]),
        frame=rows,
    )


@memoize
def describe_steps(data: Data) -> str:
    """Return the steps as a numbered list, and how the ranks fit the second, as Markdown."""
    steps = data.selection_steps.sort_values("number")
    who = describe_share(count_in_band(select_ranks(data, data.areas), WORST_SIXTH))
    numbered = zip(steps["number"], steps["step"], strict=True)
    fit = (
        f"{who} districts chosen rank in the worst sixth of the index "
        f"({WORST_SIXTH.first} to {RANKED_DISTRICTS})"
    )
    return (
        "\n".join(f"{number}. {formatting.escape_markdown(step)}" for number, step in numbered)
        + f"\n\n{formatting.escape_markdown(fit)}. This matches step 2 (computed from the "
        "ranks)."
    )


@memoize
def build_ranks(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return where the districts of the areas shown stood, rank by rank, on a strip."""
    ranks = select_ranks(data, areas)
    finding = describe_ranks(ranks)
    return Exhibit(
        title=finding,
        lead=(
            (
                "Ranks among 324 districts on the Social Mobility Index. 324 is the worst. The "
                "scale begins at 250, as none shown ranked better. Filled marks are the index of "
                "2016, whose ranks were read in a third-party copy of the whole table. Hollow "
                "marks are the index of 2017. That table was not found, so each of its ranks has "
                "a source of its own. A dotted mark is a rank that another source gives."
            ),
        ),
        provenance=build_provenance(ranks, narrowed=True),
        table=tabulate_ranks(data, ranks),
        chart=lambda colours: charts.build_rank_strip(build_marks(ranks), BANDS, colours),
        alt=_describe_strip(ranks, finding),
    )


@memoize
def build_ranks_of_area(data: Data, area: Area) -> Exhibit:
    """Return where the districts of one area stood."""
    ranks = select_ranks(data, data.areas[data.areas["area_id"] == area.area_id])
    return Exhibit(
        title="On the Social Mobility Index",
        lead=(
            (
                "Rank 324 is the worst. Those of 2016 were read in a third-party copy of the whole "
                "table; that of 2017 was not found."
            ),
        ),
        provenance=build_provenance(
            ranks,
            name=f"index-ranks-{area.area_id}",
            title=f"Ranks on the Social Mobility Index, {area.label}",
        ),
        table=tabulate_ranks(data, ranks),
        alt=f"Index ranks of {area.label}",
    )


def build_provenance(
    ranks: pd.DataFrame,
    *,
    name: str = "index-ranks",
    title: str = "Ranks on the Social Mobility Index",
    narrowed: bool = False,
) -> Provenance:
    """Return what ranks of :func:`select_ranks` rest on."""
    worked_out = (ranks["as_printed"] == _WORKED_OUT).any()
    return Provenance(
        name=name,
        title=title,
        method="Ranks among 324 districts, 1 the best. Those of 2016 were read in a third-party "
        "copy of the whole table. The table of 2017 was not found: each rank has a source of its "
        "own, and a place counted from the worst is turned into a rank, 325 less the place.",
        source_ids=list_distinct(ranks["source_id"], ranks["cross_check_source_id"]),
        frame=ranks.drop(columns=["area", "cohort"]),
        rows={"index_ranks": ranks},
        status="As printed, but for those marked worked out." if worked_out else PUBLISHED,
        narrowed=narrowed,
    )


def _describe_strip(ranks: pd.DataFrame, finding: str) -> str:
    """Return the sentence that stands in for the strip: the finding, and the ranks' range."""
    districts = select_2016(ranks)
    worst, best = districts.iloc[0], districts.iloc[-1]
    if len(districts) == 1:
        return f"{finding}."
    return f"{finding}: from {best['rank']} ({best['name']}) to {worst['rank']} ({worst['name']})."


def tabulate_ranks(data: Data, ranks: pd.DataFrame) -> pd.DataFrame:
    """Return ranks one a row, as shown, as printed and from where."""
    return build_table(
        {
            "District": row.name if row.area == row.name else f"{row.name}, in {row.area}",
            "Index": f"{row.index_year}{'' if row.stage == 'overall' else ', school stage'}",
            "Rank": _format_rank(row),
            "As printed": _format_as_printed(row),
            "Source": _format_main_source(data, [row.source_id, row.cross_check_source_id]),
            "Note": row.note,
        }
        for row in to_rows(ranks, RankedDistrict)
    )


def _format_rank(row: RankedDistrict) -> str:
    if row.rank is None:
        return NOT_FOUND
    shown = str(row.rank) if row.preferred else f"{row.rank}, not preferred"
    return Number(f"{shown} (worked out)" if row.as_printed == _WORKED_OUT else shown)


def _format_as_printed(row: RankedDistrict) -> str:
    if row.as_printed == _WORKED_OUT and row.rank_from_worst is not None:
        return f"{format_ordinal(row.rank_from_worst)} from the worst"
    if row.as_printed == "rank":
        return f"Rank {row.rank}"
    return row.as_printed.capitalize()


def format_ordinal(number: int) -> str:
    """Return a place in figures and letters: 1st, 12th, 23rd."""
    teen = number % 100 in range(11, 14)
    return f"{number}{'th' if teen else _ORDINAL_ENDINGS.get(number % 10, 'th')}"


@memoize
def build_disagreements(data: Data, areas: pd.DataFrame) -> tuple[Exhibit, ...]:
    """Return what sources say on each rank, of the areas shown, on which they disagree."""
    rows = select_disagreements(data, select_ranks(data, areas))
    return tuple(
        _build_disagreement(data, str(subject), group)
        for subject, group in rows.groupby("subject", sort=False)
    )


def select_disagreements(data: Data, ranks: pd.DataFrame) -> pd.DataFrame:
    """Return what sources say on each rank that another source contradicts."""
    rows = data.disagreements
    contradicted = ranks[~ranks["preferred"]]
    ids = rows[
        rows["source_id"].isin(contradicted["source_id"])
        & rows["area_id"].isin(contradicted["area_id"])
    ]["disagreement_id"]
    return rows[rows["disagreement_id"].isin(ids)]


def _build_disagreement(data: Data, subject: str, rows: pd.DataFrame) -> Exhibit:
    return Exhibit(
        title=f"Sources disagree on {subject}",
        provenance=Provenance(
            name=f"disagreement-{rows['disagreement_id'].iloc[0]}",
            title=f"Sources disagree: {subject}",
            method="What each source says, with the one that is shown and why.",
            source_ids=list_distinct(rows["source_id"]),
            frame=rows,
        ),
        table=build_table(
            {
                "Source": citations.format_short(data, row.source_id),
                "Says": row.says,
                "Shown as the rank": (
                    f"Yes. {formatting.format_text(row.reason)}" if row.shown else "No"
                ),
            }
            for row in to_rows(rows, Disagreement)
        ),
        alt=f"What each source says on {subject}",
    )


@memoize
def build_claims(data: Data) -> Exhibit:
    """Return the announcement's claims, each with what was found."""
    counts = describe_counts(select_ranks(data, data.areas))
    return Exhibit(
        title="Do the claims of January 2017 hold?",
        lead=(
            (
                f"All twelve areas, whatever is filtered. {formatting.escape_markdown(counts)} "
                "(computed from the ranks). The claims are in our words. A press report gave "
                "them, and is named under the table."
            ),
        ),
        provenance=Provenance(
            name="claims",
            title="The claims of January 2017",
            method="Each claim as the press report gave it, in our words, against what was found.",
            source_ids=list_distinct(data.claims["source_id"], data.claim_sources["source_id"]),
            frame=data.claims.sort_values("number"),
            status="The verdicts are ours.",
        ),
        table=tabulate_claims(data),
        alt=f"The announcement's claims and what was found. {counts}.",
    )


def tabulate_claims(data: Data) -> pd.DataFrame:
    """Return the announcement's claims with the verdict, what was found and its sources.

    Raises:
        KeyError: a claim has no row in ``claim_sources``.
    """
    source_ids = data.claim_sources.groupby("claim_id")["source_id"].agg(list)
    return build_table(
        {
            "Claim": row.claim,
            "Verdict": row.verdict.capitalize(),
            "What we found": " ".join(filter(None, [row.finding, row.note])),
            "Source": _format_main_source(data, source_ids[row.claim_id]),
        }
        for row in to_rows(data.claims.sort_values("number"), Claim)
    )


def _format_main_source(data: Data, source_ids: Sequence[str | None]) -> str:
    """Return the first of some sources as a cell, and how many more there are."""
    named = [source_id for source_id in source_ids if source_id]
    main = citations.format_short(data, named[0])
    return Links([main, f"and {len(named) - 1} more"]) if len(named) > 1 else main
