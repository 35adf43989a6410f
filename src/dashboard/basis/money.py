"""The basis of what is shown of money: announcements, and amounts for areas."""

from dataclasses import replace

import pandas as pd

from dashboard import measures
from dashboard.basis import areas as of_areas
from dashboard.basis.base import PUBLISHED, Basis, distinct
from dashboard.cache import remembered
from dashboard.data.loader import Data

_NEVER_ADDED = "Amounts that lie inside one another are never added up."


@remembered
def event(data: Data, event_id: str) -> Basis:
    """Return the basis of one announcement for the whole programme.

    Raises:
        IndexError: there is no such announcement.
    """
    events = data.funding_programme
    rows = events[events["event_id"] == event_id]
    return _programme(
        rows,
        name=event_id,
        title=str(rows["title"].iloc[0]),
        method="The amount that was announced for the whole programme.",
    )


@remembered
def totals(data: Data) -> Basis:
    """Return the basis of the announced totals, each of which contains the one before."""
    return _programme(
        measures.programme_totals(data),
        name="announced-totals",
        title="The announced totals",
        method="Each total as announced. Each contains the one before, so they are never added.",
    )


@remembered
def research_schools(total_and_parts: pd.DataFrame) -> Basis:
    """Return the basis of the money for research schools: the total, and who paid its parts."""
    return _programme(
        total_and_parts,
        name="research-school-money",
        title="Money for research schools",
        method="The total and its two shares, as announced. The shares lie inside the total.",
    )


@remembered
def network(rows: pd.DataFrame) -> Basis:
    """Return the basis of what was announced of the network of research schools."""
    return _programme(
        rows,
        name="research-schools-network",
        title="The Research Schools Network after 2023",
        method="As announced, for all of England.",
    )


@remembered
def other_announcements(rows: pd.DataFrame) -> Basis:
    """Return the basis of what was announced beside the totals."""
    return _programme(
        rows,
        name="other-announcements",
        title="What else was announced",
        method="As announced. None of it is added to the programme's totals.",
    )


@remembered
def by_area(data: Data, shown: pd.DataFrame, column: str, title: str) -> Basis:
    """Return the basis of the fourth year's money by area, with what had been announced."""
    found = of_areas.by_area(data, shown, column, title)
    announced = data.funding_programme[data.funding_programme["event_id"] == "fourth-year"]
    return replace(
        found,
        source_ids=distinct(found.source_ids, announced["source_id"]),
        rows={**found.rows, "funding_programme": announced},
    )


@remembered
def fifth_year(data: Data, shown: pd.DataFrame) -> Basis:
    """Return the basis of what is known of the fifth year for the areas shown."""
    amounts = measures.fifth_year(data, shown)
    announced = data.funding_programme[data.funding_programme["event_id"] == "fifth-year"]
    return Basis(
        name="fifth-year",
        title="Fifth-year money",
        method=f"Each amount as its source gives it. {_NEVER_ADDED}",
        source_ids=distinct(announced["source_id"], amounts["source_id"]),
        frame=amounts,
        rows={"funding_areas": amounts, "funding_programme": announced},
        narrowed=True,
    )


@remembered
def local_needs_fund(data: Data, shown: pd.DataFrame) -> Basis:
    """Return the basis of the local needs fund by area, with what was announced of its end."""
    amounts, announced = measures.local_needs_fund(data, shown), measures.what_came_next(data)
    return Basis(
        name="local-needs-fund",
        title="Local needs fund, the programme that came next",
        method="Each indicative amount as its source gives it. It is another programme's money, "
        "never added to the opportunity area's. The sum over areas is computed.",
        source_ids=distinct(
            amounts["source_id"], announced["source_id"], announced["cross_check_source_id"]
        ),
        frame=amounts,
        rows={"funding_areas": amounts, "funding_programme": announced},
        narrowed=True,
    )


@remembered
def amounts(
    rows: pd.DataFrame,
    *,
    name: str = "every-amount",
    title: str = "Every amount found",
    narrowed: bool = False,
) -> Basis:
    """Return the basis of amounts for areas, listed row by row."""
    computed = (rows["qualifier"] == "computed").any()
    return Basis(
        name=name,
        title=title,
        method=f"Each amount as its source gives it. {_NEVER_ADDED}",
        source_ids=distinct(rows["source_id"]),
        frame=rows,
        rows={"funding_areas": rows},
        standing="As published, but for those marked computed." if computed else PUBLISHED,
        narrowed=narrowed,
    )


@remembered
def side_by_side(shown: pd.DataFrame, rows: pd.DataFrame) -> Basis:
    """Return the basis of several areas' amounts, with the fourth year's for each child."""
    found = amounts(rows, name="money-side-by-side", title="Money side by side")
    per_child = ["area_id", "children", "children_source_id", "fourth_year_per_child_gbp"]
    return replace(
        found,
        method=f"{found.method} Money per child is the fourth-year amount over the children aged "
        "0 to 15 living there in mid-2017.",
        source_ids=distinct(found.source_ids, shown["children_source_id"]),
        frame=rows.merge(shown[per_child], on="area_id"),
        standing="As published, but for money per child, which is computed.",
    )


def _programme(rows: pd.DataFrame, *, name: str, title: str, method: str) -> Basis:
    return Basis(
        name=name,
        title=title,
        method=method,
        source_ids=distinct(rows["source_id"], rows["cross_check_source_id"]),
        frame=rows,
        rows={"funding_programme": rows},
    )
