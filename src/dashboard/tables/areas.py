"""Tables of areas: at a glance, on the map, and one area's facts."""

from typing import Any

import pandas as pd

from dashboard import citations, findings, formatting, measures
from dashboard.cache import remembered
from dashboard.data.frames import record, records
from dashboard.data.loader import Data
from dashboard.measures import MapMeasure
from dashboard.tables import cells


@remembered
def at_a_glance(data: Data, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the front page's table: one row an area."""
    schools = data.research_schools.set_index("area_id")["name"]
    return cells.table(
        {
            "Area": formatting.plain(row.label),
            "Cohort": formatting.plain(row.cohort),
            "Region": formatting.plain(row.region),
            "People": formatting.number(row.population),
            "Research school": formatting.plain(schools.get(row.area_id, cells.NOT_FOUND)),
            "Fourth-year money": cells.money(row.fourth_year_gbp),
        }
        for row in records(shown)
    )


@remembered
def on_map(shown: pd.DataFrame, measure: MapMeasure | None) -> pd.DataFrame:
    """Return what the map shows: one row an area, with the measure, largest first."""
    if measure is None:
        return cells.table(
            {
                "Area": formatting.plain(row.label),
                "Cohort": formatting.plain(row.cohort),
                "Region": formatting.plain(row.region),
                "Type of place, 2017": formatting.plain(row.place_type),
            }
            for row in records(shown)
        )
    ranked = shown.sort_values(measure.column, ascending=False)
    return cells.table(
        {
            "Area": formatting.plain(row.label),
            "Cohort": formatting.plain(row.cohort),
            measure.name: cells.amount(getattr(row, measure.column), measure.unit),
        }
        for row in records(ranked)
    )


@remembered
def area_facts(data: Data, area: Any) -> pd.DataFrame:
    """Return one area's facts: what, figure, source."""
    school = record(data.research_schools, "area_id", area["area_id"])
    facts = [
        ("Cohort", area["cohort"], area["announced_source_id"]),
        ("Announced", _announced(area), area["announced_source_id"]),
        ("Region", area["region"], area["region_source_id"]),
        ("Type of place, 2017", area["place_type"], area["place_type_source_id"]),
        *_people_and_deprivation(data, area),
        ("Fourth-year money", cells.money(area["fourth_year_gbp"]), area["fourth_year_source_id"]),
        ("Research school", school["name"], school["source_id"]),
        *(
            (
                f"{row.name} district",
                f"Abolished on {formatting.day(row.abolished_on)}: part of {row.successor_name}",
                row.change_source_id,
            )
            for row in abolished(data, area["area_id"])
        ),
    ]
    return cells.table(
        {
            "Fact": formatting.plain(name),
            "Figure": formatting.plain(value),
            "Source": citations.format_short(data, by) if by else "",
        }
        for name, value, by in facts
    )


@remembered
def abolished(data: Data, area_id: str) -> list[Any]:
    """Return the area's districts that are no more, as rows of ``districts``."""
    districts = data.districts
    return records(districts[(districts["area_id"] == area_id) & districts["abolished_on"].notna()])


def _people_and_deprivation(data: Data, area: Any) -> list[tuple[str, str, str]]:
    """Return the facts that come from the area's districts: people, and deprivation at two dates.

    The two dates stand beside one another and are never subtracted.
    """
    when = f"mid-2017{_computed(data, area)}"
    in_2025 = measures.deprivation_2025(data, area["area_id"])
    return [
        (
            "People",
            f"{formatting.number(area['population'])} ({when})",
            area["population_source_id"],
        ),
        (
            "Children aged 0 to 15",
            f"{formatting.number(area['children'])} ({when})",
            area["children_source_id"],
        ),
        (
            "Neighbourhoods in England's most deprived tenth",
            f"{formatting.per_cent(area['deprived_share'])} (2019, computed)",
            area["deprivation_source_id"],
        ),
        (
            "The same on the index of 2025",
            findings.deprivation_2025(in_2025),
            next(iter(in_2025["by"].dropna()), ""),
        ),
    ]


def _announced(area: Any) -> str:
    named = "" if area["announced_as"] == area["name"] else f", as {area['announced_as']}"
    return f"{formatting.day(area['announced_on'])}{named}"


def _computed(data: Data, area: Any) -> str:
    """Return a mark for figures that are the sum of several districts'."""
    return ", computed" if (data.districts["area_id"] == area["area_id"]).sum() > 1 else ""
