"""Checks amounts of funding: those that pages quote exist, with a qualifier and a valid role."""

from collections.abc import Iterator

import pandas as pd

from dashboard.data.frames import to_rows
from dashboard.data.rows import Amount
from dashboard.data.validation.issues import ValidationIssue

# Announcements that pages quote by name: for their amount, and for their day alone.
_QUOTED_AMOUNTS = {"twelve-areas-total", "five-year-total", "fourth-year", "fifth-year"} | {
    "local-needs-fund",
    *(f"research-schools-{part}" for part in ("total", "dfe", "eef")),
}
_QUOTED_DATES = {"funded-activity-ends", "local-needs-fund-ends", "research-schools-network"}


def check_amounts(amounts: pd.DataFrame) -> Iterator[ValidationIssue]:
    """Yield amounts whose role does not go with their scope.

    An area has one main amount for the fourth year. The local needs fund is another programme,
    and as a main amount it would be added to the programme's totals.
    """
    seen = set()
    for row, amount in enumerate(to_rows(amounts, Amount), start=2):
        if (amount.scope, amount.role) == ("fourth year", "main"):
            if amount.area_id in seen:
                rule = "is a second main amount for the fourth year"
                yield ValidationIssue("funding_areas.csv", row, "role", rule, amount.area_id)
            seen.add(amount.area_id)
        if (amount.scope == "local needs fund") != (amount.role == "other programme"):
            rule = "must be “other programme” for the local needs fund, and for nothing else"
            yield ValidationIssue("funding_areas.csv", row, "role", rule, amount.role)


def check_announcements(programme: pd.DataFrame, areas: pd.DataFrame) -> Iterator[ValidationIssue]:
    """Yield announcements that pages quote and that are missing, and amounts without qualifier."""
    known = set(programme["event_id"][programme["amount_gbp"].notna()])
    for event in sorted((_QUOTED_AMOUNTS - known) | (_QUOTED_DATES - set(programme["event_id"]))):
        rule = f"has no such announcement{' with an amount' if event in _QUOTED_AMOUNTS else ''}"
        yield ValidationIssue("funding_programme.csv", None, "event_id", rule, event)
    for frame, file in ((programme, "funding_programme.csv"), (areas, "funding_areas.csv")):
        bare = frame["amount_gbp"].notna() & frame["qualifier"].isna()
        for row in frame.index[bare]:
            yield ValidationIssue(file, row + 2, "qualifier", "is empty beside an amount")
