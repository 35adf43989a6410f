"""Checks the outcomes of every district against those of areas, and against themselves."""

from collections.abc import Iterator
from typing import Protocol

import pandas as pd

from dashboard.data.district_rows import DistrictOutcome
from dashboard.data.frames import to_rows
from dashboard.data.rows import Outcome
from dashboard.data.validation.issues import ValidationIssue

_FILE = "district_outcomes.csv"


class DistrictTables(Protocol):
    """The tables of outcomes, and of the districts that areas consist of."""

    @property
    def districts(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def outcomes(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def district_outcomes(self) -> pd.DataFrame: ...  # noqa: D102


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


def _format(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
