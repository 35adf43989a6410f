"""Tables as people read them: figures in words, cells as safe Markdown, a source a row.

Each takes frames of :mod:`dashboard.data` or :func:`measures.area_facts` and returns a frame of
strings, its columns headed in plain words. "Not found" stands where a figure is missing.
"""

from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard import citations, text
from dashboard.data import Data, record, records
from dashboard.filters import Filters
from dashboard.measures import MapMeasure

NOT_FOUND = "Not found"
_ROLES = {
    "main": "Main figure",
    "cross-check": "Another report of the same money",
    "part": "Part of another amount",
    "in addition": "In addition to the main figure",
    "running total": "Running total, contains others",
}


def at_a_glance(data: Data, shown: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the front page's table: one row an area, its name leading to its facts."""
    schools = data.research_schools.set_index("area_id")["name"]
    return _table(
        {
            "Area": _area_link(row.label, filters),
            "Cohort": row.cohort,
            "Region": text.plain(row.region),
            "People": text.number(row.population),
            "Research school": text.plain(schools.get(row.area_id, NOT_FOUND)),
            "Fourth-year money": _money(row.fourth_year_gbp),
        }
        for row in records(shown)
    )


def on_map(shown: pd.DataFrame, measure: MapMeasure | None, filters: Filters) -> pd.DataFrame:
    """Return what the map shows: one row an area, with the measure, largest first."""
    if measure is None:
        return _table(
            {
                "Area": _area_link(row.label, filters),
                "Cohort": row.cohort,
                "Region": text.plain(row.region),
                "Type of place": text.plain(row.place_type),
            }
            for row in records(shown)
        )
    ranked = shown.sort_values(measure.column, ascending=False)
    return _table(
        {
            "Area": _area_link(row.label, filters),
            "Cohort": row.cohort,
            measure.name: _amount(getattr(row, measure.column), measure.unit),
        }
        for row in records(ranked)
    )


def area_facts(data: Data, area: Any) -> pd.DataFrame:
    """Return one area's facts: what, figure, source."""
    school = record(data.research_schools, "area_id", area["area_id"])
    facts = [
        ("Cohort", area["cohort"], area["announced_source_id"]),
        ("Announced", _announced(area), area["announced_source_id"]),
        ("Region", area["region"], area["region_source_id"]),
        ("Type of place", area["place_type"], area["place_type_source_id"]),
        ("People", f"{text.number(area['population'])} (mid-2017)", area["population_source_id"]),
        (
            "Children aged 0 to 15",
            f"{text.number(area['children'])} (mid-2017)",
            area["children_source_id"],
        ),
        (
            "Neighbourhoods in England's most deprived tenth",
            f"{text.per_cent(area['deprived_share'])} (2019, computed)",
            area["deprivation_source_id"],
        ),
        ("Fourth-year money", _money(area["fourth_year_gbp"]), area["fourth_year_source_id"]),
        ("Research school", school["name"], school["source_id"]),
        *(
            (
                f"{row.name} district",
                f"Abolished on {text.day(row.abolished_on)}; now in {row.successor_name}",
                row.change_source_id,
            )
            for row in abolished(data, area["area_id"])
        ),
    ]
    return _table(
        {"Fact": text.plain(name), "Figure": text.plain(value), "Source": citations.short(data, by)}
        for name, value, by in facts
    )


def _announced(area: Any) -> str:
    named = "" if area["announced_as"] == area["name"] else f", as {area['announced_as']}"
    return f"{text.day(area['announced_on'])}{named}"


def abolished(data: Data, area_id: str) -> list[Any]:
    """Return the area's districts that are no more, as rows of ``districts``."""
    districts = data.districts
    return records(districts[(districts["area_id"] == area_id) & districts["abolished_on"].notna()])


def programme(data: Data, events: pd.DataFrame) -> pd.DataFrame:
    """Return announcements for the whole programme, in date order."""
    return _table(
        {
            "Announced": text.day(row.date),
            "What": text.plain(row.title),
            "Amount": _money(row.amount_gbp, row.qualifier),
            "For": text.plain(row.period),
            "From": text.plain(row.funder),
            "Note": text.plain(row.note),
            "Source": citations.short(data, row.source_id),
        }
        for row in records(events.sort_values("date"))
    )


def area_money(data: Data, shown: pd.DataFrame, column: str, unit: str, head: str) -> pd.DataFrame:
    """Return one money column of ``area_facts`` as a table, largest first."""
    return _table(
        {
            "Area": text.plain(row.label),
            "Cohort": row.cohort,
            head: _amount(getattr(row, column), unit),
            "Source": citations.short(data, row.fourth_year_source_id),
        }
        for row in records(shown.sort_values(column, ascending=False))
    )


def fifth_year(data: Data, shown: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of the fifth year: each amount, and each area without one."""
    listed = []
    for area in records(shown):
        found = amounts[amounts["area_id"] == area.area_id]
        if found.empty:
            listed.append({"Area": text.plain(area.label), "Amount": NOT_FOUND})
        listed += [
            {
                "Area": text.plain(area.label),
                "Amount": _money(row.amount_gbp, row.qualifier),
                "For": text.plain(row.what),
                "Note": " ".join(filter(None, [text.plain(row.overlaps), text.plain(row.note)])),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(found)
        ]
    return _table(listed)


def amounts(data: Data, shown: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return amounts row by row with what each overlaps, in the order of the areas shown."""
    labels = dict(zip(shown["area_id"], shown["label"], strict=True))
    kept = chosen[chosen["area_id"].isin(list(labels))]
    return _table(
        {
            "Area": text.plain(labels[row.area_id]),
            "What": text.plain(row.what),
            "Amount": _money(row.amount_gbp, row.qualifier),
            "Standing": _ROLES[row.role],
            "Overlaps": text.plain(row.overlaps),
            "Note": text.plain(row.note),
            "Source": citations.short(data, row.source_id),
        }
        for row in records(kept)
    )


def disagreements(data: Data) -> pd.DataFrame:
    """Return where sources differ, each source's word, and which one is shown and why."""
    return _table(
        {
            "On": text.plain(row.subject),
            "Source": citations.short(data, row.source_id),
            "Says": text.plain(row.says),
            "Shown here": f"Yes. {text.plain(row.reason)}" if row.shown else "No",
        }
        for row in records(data.disagreements)
    )


def gaps(data: Data) -> pd.DataFrame:
    """Return what was looked for and not found."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    return _table(
        {
            "Missing": text.plain(row.subject),
            "Area": text.plain(labels.get(row.area_id, "Not one area alone")),
            "What is not known": text.plain(row.detail),
        }
        for row in records(data.gaps)
    )


def sources(listed: pd.DataFrame) -> pd.DataFrame:
    """Return sources with their reference, tier and how each was read."""
    return _table(
        {
            "Reference": text.plain(row.source_id),
            "Title": text.link(row.title, row.url),
            "Publisher": text.plain(row.publisher),
            "Date": text.day(row.date),
            "Tier": row.tier,
            "How it was read": text.plain(row.note),
        }
        for row in records(listed)
    )


def resources(data: Data) -> pd.DataFrame:
    """Return the package's files, what one row of each is, and how many there are."""
    return _table(
        {
            "File": text.plain(one["path"]),
            "What it holds": text.plain(one["title"]),
            "Description": text.plain(one["description"]),
            "Columns": str(len(one.get("schema", {}).get("fields", [])) or ""),
        }
        for one in data.descriptor["resources"]
    )


def _table(rows: Any) -> pd.DataFrame:
    return pd.DataFrame(list(rows)).fillna("").astype("str")


def _area_link(label: str, filters: Filters) -> str:
    """Return a link to the area's profile that keeps the filters; relative, for any base path."""
    query = urlencode({**filters.address(), "area": label}, doseq=True)
    return f"[{text.plain(label)}](profile?{query})"


def _money(pounds: Any, qualifier: Any = "exactly") -> str:
    return NOT_FOUND if pd.isna(pounds) else text.money(pounds, qualifier)


def _amount(value: Any, unit: str) -> str:
    return NOT_FOUND if pd.isna(value) else text.amount(value, unit)
