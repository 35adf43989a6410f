"""How far chance alone goes: 95 per cent intervals of shares and changes, from counts of pupils."""

import math
from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.district_rows import DistrictOutcome
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data

# The normal deviate of a 95 per cent interval.
NORMAL_95 = 1.96
# Some measures are published with counts that are not held here, so it does not say "published".
CHANCE_UNKNOWN = "No counts are held here, so how far chance alone goes cannot be known."
# What joins the codes of districts in the code of an area of two.
_JOINS_CODES = "+"


class Count(NamedTuple):
    """How many of a place's pupils reached a standard, and how many pupils there were."""

    reached: int
    pupils: int

    @property
    def share(self) -> float:
        """The share that reached the standard, in per cent."""
        return 100 * self.reached / self.pupils


class Interval(NamedTuple):
    """The ends of a 95 per cent interval, in per cent."""

    lower: float
    upper: float


# Counts by GSS code, as outcomes have it, and academic year.
Counts = dict[tuple[str, str], Count]


@memoize
def map_counts(data: Data, measure_id: str) -> Counts:
    """Return the counts of a measure's places, those of an area of two districts added up.

    Empty where none are held; a place and year without the counts of each district is left out.
    """
    rows = data.district_outcomes
    held = rows[(rows["measure_id"] == measure_id) & rows["pupils"].notna()]
    counts = {
        (row.lad_code, row.period): Count(row.reached, row.pupils)
        for row in to_rows(held, DistrictOutcome)
        if row.reached is not None and row.pupils
    }
    values = data.outcomes[data.outcomes["measure_id"] == measure_id]
    for code, period in zip(values["geography_code"], values["period"], strict=True):
        parts = [counts.get((part, period)) for part in code.split(_JOINS_CODES)]
        known = [part for part in parts if part]
        if len(parts) == len(known) > 1:
            counts[code, period] = Count(
                sum(part.reached for part in known), sum(part.pupils for part in known)
            )
    return counts


def select_counted(data: Data, measure_id: str, codes: Collection[str]) -> pd.DataFrame:
    """Return the rows with counts of the districts of some places; ``codes`` as outcomes have."""
    rows = data.district_outcomes
    districts = {part for code in codes for part in code.split(_JOINS_CODES)}
    held = (rows["measure_id"] == measure_id) & rows["pupils"].notna()
    return rows[held & rows["lad_code"].isin(districts)]


def add_intervals(data: Data, measure_id: str, values: pd.DataFrame) -> pd.DataFrame:
    """Return rows of outcomes with their intervals' ends, where a measure's counts are held."""
    counts = map_counts(data, measure_id)
    if not counts:
        return values
    found = [
        compute_interval(count) if (count := counts.get(key)) else (None, None)
        for key in zip(values["geography_code"], values["period"], strict=True)
    ]
    ends = pd.DataFrame(found, values.index, ["lower_95", "upper_95"], dtype="float64")
    return values.join(ends.round(2))


def describe_method(counted: pd.DataFrame) -> str:
    """Say how intervals are worked out from rows with counts, or that they cannot be."""
    if counted.empty:
        return CHANCE_UNKNOWN
    return (
        "The interval of a share is Wilson's, of 95 per cent, from the counts of pupils of the "
        "place's districts, added up."
    )


def compute_interval(count: Count) -> Interval:
    """Return Wilson's 95 per cent interval of a share: it stays within 0 and 100."""
    square = NORMAL_95**2
    share = count.reached / count.pupils
    middle = share + square / (2 * count.pupils)
    spread = share * (1 - share) / count.pupils + square / (4 * count.pupils**2)
    half, scale = NORMAL_95 * math.sqrt(spread), 1 + square / count.pupils
    lower, upper = (middle - half) / scale, (middle + half) / scale
    return Interval(100 * max(0.0, lower), 100 * min(1.0, upper))


def compute_variance(share: float, pupils: float) -> float:
    """Return the variance of a share by chance, in points squared; the share is in per cent."""
    return share * (100 - share) / pupils


def compute_change_margin(first: Count | None, last: Count | None) -> float | None:
    """Return how far chance alone may move a change of two shares, 19 times in 20, in points.

    None without both counts.
    """
    if not (first and last):
        return None
    variances = (compute_variance(count.share, count.pupils) for count in (first, last))
    return NORMAL_95 * math.sqrt(sum(variances))


def format_interval(interval: Interval) -> str:
    """Return an interval in whole per cents: "64 to 71"."""
    return f"{interval.lower:.0f} to {interval.upper:.0f}"
