"""Checks the outcomes of every district, and which are most like those of the areas."""

from collections.abc import Iterator
from typing import Protocol

import pandas as pd

from dashboard.data.district_rows import DistrictOutcome, SimilarDistrict
from dashboard.data.frames import to_rows
from dashboard.data.rows import Outcome
from dashboard.data.validation.issues import ValidationIssue

_FILE = "district_outcomes.csv"
_SIMILAR = "similar_districts.csv"


class DistrictTables(Protocol):
    """The tables of outcomes, of the districts that areas consist of, and of those like them."""

    @property
    def districts(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def outcomes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def district_outcomes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def similar_districts(self) -> pd.DataFrame: ...  # noqa: D102


def check_district_outcomes(content: DistrictTables) -> Iterator[ValidationIssue]:
    """Yield values that contradict outcomes.csv, years without England, counts that cannot be."""
    own = set(content.districts["lad_code"])
    outcomes = to_rows(content.outcomes, Outcome)
    values = {(row.measure_id, row.geography_code, row.period): row.value for row in outcomes}
    national = {
        (row.measure_id, row.period) for row in outcomes if row.geography_level == "national"
    }
    for number, row in enumerate(to_rows(content.district_outcomes, DistrictOutcome), start=2):
        if (row.measure_id, row.period) not in national:
            rule = "is a year for which outcomes.csv has no figure of England"
            yield ValidationIssue(_FILE, number, "period", rule, row.period)
        elif row.lad_code in own:
            shown = values.get((row.measure_id, row.lad_code, row.period), row.value)
            if shown != row.value:
                rule = f"is not the value in outcomes.csv ({shown:g})"
                yield ValidationIssue(_FILE, number, "value", rule, _format(row.value))
        yield from _check_row(number, row)


def _check_row(number: int, row: DistrictOutcome) -> Iterator[ValidationIssue]:
    if (row.value is None) != (row.status == "suppressed"):
        rule = "is empty where it is not suppressed, or the other way round"
        yield ValidationIssue(_FILE, number, "value", rule, _format(row.value))
    if (row.pupils is None) != (row.reached is None):
        yield ValidationIssue(_FILE, number, "reached", "stands without pupils, or they without it")
    elif row.pupils is not None and row.reached is not None and row.reached > row.pupils:
        rule = f"is over the number of pupils ({row.pupils})"
        yield ValidationIssue(_FILE, number, "reached", rule, str(row.reached))


def check_similar_districts(content: DistrictTables) -> Iterator[ValidationIssue]:
    """Yield districts that are like themselves, named twice or unknown, and places passed over."""
    known = set(content.district_outcomes["lad_code"])
    before: dict[str, list[SimilarDistrict]] = {}
    for number, row in enumerate(to_rows(content.similar_districts, SimilarDistrict), start=2):
        listed = before.setdefault(row.lad_code, [])
        if row.similar_code == row.lad_code:
            rule = "is the district itself"
            yield ValidationIssue(_SIMILAR, number, "similar_code", rule, row.similar_code)
        if row.similar_code in {other.similar_code for other in listed}:
            rule = f"is there twice for {row.lad_code}"
            yield ValidationIssue(_SIMILAR, number, "similar_code", rule, row.similar_code)
        if row.place != len(listed) + 1:
            rule = f"is not the next place ({len(listed) + 1}) of {row.lad_code}"
            yield ValidationIssue(_SIMILAR, number, "place", rule, str(row.place))
        if row.country == "England" and row.outcomes_code not in known:
            rule = "is not in district_outcomes.csv"
            yield ValidationIssue(_SIMILAR, number, "outcomes_code", rule, row.outcomes_code)
        listed.append(row)


def _format(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
