"""Checks that the Social Mobility Index of 2016 is complete, and that ranks agree with it."""

from collections.abc import Iterator

import pandas as pd

from dashboard.data.frames import to_rows
from dashboard.data.rows import IndexRank
from dashboard.data.validation.issues import ValidationIssue

# The districts of England except the City of London and the Isles of Scilly.
RANKED_DISTRICTS = 324
_CHOSEN_BY = (2016, "overall")


def compare_ranks(index: pd.DataFrame, ranks: pd.DataFrame) -> Iterator[ValidationIssue]:
    """Yield ranks of the index without a district, and ranks that the index contradicts."""
    rank_of = dict(zip(index["lad_code"], index["rank"], strict=True))
    for rank in sorted(set(range(1, RANKED_DISTRICTS + 1)) - set(rank_of.values())):
        yield ValidationIssue(
            "index_2016.csv", None, "rank", "has no district at this place", str(rank)
        )
    for row, ranked in enumerate(to_rows(ranks, IndexRank), start=2):
        code = ranked.lad_code
        if (ranked.index_year, ranked.stage) != _CHOSEN_BY or ranked.rank is None:
            continue
        if code not in rank_of:
            yield ValidationIssue(
                "index_ranks.csv", row, "lad_code", "is not in index_2016.csv", code
            )
        elif ranked.rank != rank_of[code]:
            rule = f"is not the rank in index_2016.csv ({rank_of[code]})"
            yield ValidationIssue("index_ranks.csv", row, "rank", rule, str(ranked.rank))
