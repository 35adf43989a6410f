"""Checks the Social Mobility Index of 2016: that it is whole, and that ranks shown are its own."""

from collections.abc import Iterator

import pandas as pd

from dashboard.data.frames import records
from dashboard.data.validation.issues import Fault

# How many districts of England the index puts in order: all but the City of London and the
# Isles of Scilly.
RANKED_DISTRICTS = 324
_CHOSEN_BY = (2016, "overall")


def compare_ranks(index: pd.DataFrame, ranks: pd.DataFrame) -> Iterator[Fault]:
    """Yield places of the index that no district has, and ranks that the index contradicts."""
    rank_of = dict(zip(index["lad_code"], index["rank"], strict=True))
    for place in sorted(set(range(1, RANKED_DISTRICTS + 1)) - set(rank_of.values())):
        yield Fault("index_2016.csv", None, "rank", "has no district at this place", str(place))
    for row, ranked in enumerate(records(ranks), start=2):
        code = ranked.lad_code
        if (ranked.index_year, ranked.stage) != _CHOSEN_BY or ranked.rank is None:
            continue
        if code not in rank_of:
            yield Fault("index_ranks.csv", row, "lad_code", "is not in index_2016.csv", code)
        elif ranked.rank != rank_of[code]:
            rule = f"is not the rank in index_2016.csv ({rank_of[code]})"
            yield Fault("index_ranks.csv", row, "rank", rule, str(ranked.rank))
