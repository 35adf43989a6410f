"""The basis of what is shown of outcomes: lines, changes, studies, when the programme ran."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from dashboard import outcomes
from dashboard.cache import remembered
from dashboard.data.loader import Data
from dashboard.provenance import PUBLISHED, Provenance, list_distinct

_BOTH = "As published, but for those marked computed."


@remembered
def lines(
    data: Data, measure: Any, codes: Collection[str], *, narrowed: bool = False
) -> Provenance:
    """Return the basis of a measure's values for the places of some codes, and England's."""
    values = _values(data, measure, codes)
    band = outcomes.spread(data, measure.measure_id)
    return Provenance(
        name=f"outcomes-{_dashed(measure.measure_id)}",
        title=measure.title,
        method=f"{measure.description} {measure.coverage}",
        source_ids=list_distinct([measure.source_id], values["source_id"], band["source_id"]),
        frame=values,
        rows={"outcomes": values},
        status=_BOTH if values["computed"].any() else PUBLISHED,
        narrowed=narrowed,
    )


@remembered
def changes(data: Data, measure: Any, found: pd.DataFrame) -> Provenance:
    """Return the basis of changes of :func:`outcomes.changes`."""
    values = _values(data, measure, set(found["geography_code"]))
    names = {"line": "geography_name", "whole": "all_years_of_the_stretch"}
    return Provenance(
        name=f"changes-{_dashed(measure.measure_id)}",
        title=f"Change: {measure.title}",
        method="The last value less the first of each stretch of years without a break, and the "
        "same for England over the same two years.",
        source_ids=list_distinct([measure.source_id], values["source_id"]),
        frame=found.rename(columns=names).assign(
            measure_id=measure.measure_id, unit=measure.unit, source_id=measure.source_id
        ),
        rows={"outcomes": values},
        status="Computed from published values.",
    )


@remembered
def breaks(data: Data, measure: Any) -> Provenance:
    """Return the basis of the breaks and gaps of a measure's series."""
    rows = data.series_breaks[data.series_breaks["measure_id"] == measure.measure_id]
    return Provenance(
        name=f"breaks-{_dashed(measure.measure_id)}",
        title=f"Breaks and gaps: {measure.title}",
        method="What the publishers say of the series, in our words.",
        source_ids=list_distinct([measure.source_id], rows["source_id"]),
        frame=rows,
    )


@remembered
def of_area(data: Data, area: Any) -> Provenance:
    """Return the basis of an area's outcomes: every measure that exists for its places."""
    mine = data.outcomes[data.outcomes["area_id"] == area["area_id"]]
    nation = data.outcomes[
        (data.outcomes["geography_level"] == "national")
        & data.outcomes["measure_id"].isin(mine["measure_id"])
    ]
    values = pd.concat([mine, nation])
    return Provenance(
        name=f"outcomes-{area['area_id']}",
        title=f"Outcomes against England, {area['label']}",
        method="The last value of each measure, and England's in the same year. A change is the "
        "last value less the first of the longest stretch of years without a break.",
        source_ids=list_distinct(values["source_id"]),
        frame=values,
        rows={"outcomes": values},
        status="Values are as published, but for those marked computed; changes are computed.",
    )


@remembered
def study(data: Data, finding_ids: Collection[str]) -> Provenance:
    """Return the basis of what one study found: some rows of ``evaluations``."""
    rows = data.evaluations[data.evaluations["finding_id"].isin(finding_ids)]
    return Provenance(
        name=f"study-{rows['finding_id'].iloc[0].lower()}",
        title=f"Study: {rows['title'].iloc[0]}",
        method="What the study says, in our words, with its kind and its limits.",
        source_ids=list_distinct(rows["source_id"]),
        frame=rows,
    )


@remembered
def programme_years(data: Data) -> Provenance:
    """Return the basis of when the plans were published and when funded activity ended."""
    end = data.funding_programme[data.funding_programme["event_id"] == "funded-activity-ends"]
    plans = data.areas[["area_id", "plan_published_on", "plan_source_id"]]
    return Provenance(
        name="programme-years",
        title="When the programme ran",
        method="The first and the last day on which a delivery plan was published, and the day on "
        "which funded activity ended.",
        source_ids=list_distinct(plans["plan_source_id"], end["source_id"]),
        frame=plans,
        rows={"areas": plans, "funding_programme": end},
    )


def _values(data: Data, measure: Any, codes: Collection[str]) -> pd.DataFrame:
    values = data.outcomes[data.outcomes["measure_id"] == measure.measure_id]
    nation = outcomes.england(data, measure.measure_id)["geography_code"]
    kept: pd.DataFrame = values[values["geography_code"].isin([*codes, *nation])]
    return kept


def _dashed(measure_id: str) -> str:
    return measure_id.replace("_", "-")
