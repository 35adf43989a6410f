"""Who paid an amount: as the announcement of that money says."""

import pandas as pd

from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Amount
from dashboard.topics.funding import programme

NOT_STATED = "Not stated"
# The package names who pays by announcement, not by area.
ANNOUNCED_IN = {
    "core three years": "twelve-areas-total",
    "fourth year": "fourth-year",
    "fifth year": "fifth-year",
    "several years": "five-year-total",
    "spending": "five-year-total",
    "essential life skills": "essential-life-skills",
    "research school": "research-schools-total",
    "national fund": "strategic-school-improvement-fund",
    "local needs fund": "local-needs-fund",
}


def find_payer(data: Data, amount: Amount) -> str:
    """Return who paid an amount, or that it is not stated.

    A grant beside an amount, and a project that is not known to lie inside the programme's
    money, may have been paid by others.
    """
    if amount.role == "in addition" and amount.kind == "award":
        return NOT_STATED
    if amount.scope == "project" and amount.role == "part":
        return find_payer_of_scope(data, "several years")
    return find_payer_of_scope(data, amount.scope)


@memoize
def find_payer_of_scope(data: Data, scope: str) -> str:
    """Return who paid the money of a scope of ``funding_areas``, or that it is not stated."""
    events = programme.select_announcements(data, [ANNOUNCED_IN.get(scope, "")])
    funders = events["funder"].dropna()
    return str(funders.iloc[0]) if len(funders) else NOT_STATED


def select_payers(data: Data, scopes: list[str]) -> pd.DataFrame:
    """Return the announcements that say who paid the money of scopes, without their amounts."""
    events = programme.select_announcements(data, [ANNOUNCED_IN[scope] for scope in scopes])
    return events[["event_id", "funder", "source_id"]]
