"""From a source_id to words: the source of each figure."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard import text
from dashboard.data import Data
from dashboard.measures import MapMeasure

Row = dict[str, Any]

_COHORT_COLUMNS = ("announced_source_id", "region_source_id", "place_type_source_id")
_AREA_COLUMNS = (*_COHORT_COLUMNS[:2], "population_source_id", "fourth_year_source_id")


def rows(data: Data, source_ids: Iterable[str]) -> list[Row]:
    """Return the sources named, each once, in the order first named; missing ids are left out.

    Raises:
        KeyError: a source_id that the data does not hold.
    """
    named = dict.fromkeys(str(one) for one in source_ids if pd.notna(one))
    return [data.source_by_id[one] for one in named]


def short(data: Data, source_id: str) -> str:
    """Return a source for a table's cell, as a Markdown link: publisher and date."""
    return "; ".join(
        text.link(f"{row['publisher']}, {text.day(row['date'])}", row["url"])
        for row in rows(data, [source_id])
    )


def of(data: Data, areas: pd.DataFrame) -> list[str]:
    """Return the sources of what the areas' table shows."""
    schools = data.research_schools[data.research_schools["area_id"].isin(areas["area_id"])]
    return [
        *(one for name in _AREA_COLUMNS for one in column(areas, name)),
        *column(schools, "source_id"),
    ]


def of_measure(areas: pd.DataFrame, measure: MapMeasure | None) -> list[str]:
    """Return the sources of what the map shows: a measure's, or the cohorts'."""
    columns = measure.source_columns if measure else _COHORT_COLUMNS
    return [one for name in columns for one in column(areas, name)]


def column(frame: pd.DataFrame, name: str) -> list[str]:
    """Return the distinct source ids of a column, in order of first use."""
    return [str(one) for one in frame[name].dropna().unique()]


def of_area(data: Data, area: Any) -> list[str]:
    """Return every source that the area's page rests on, in order of first use."""
    area_id = area["area_id"]
    codes = data.districts[data.districts["area_id"] == area_id]["lad_code"]
    frames = [
        data.districts[data.districts["area_id"] == area_id],
        data.priorities[data.priorities["area_id"] == area_id],
        data.index_ranks[data.index_ranks["lad_code"].isin(codes)],
        data.funding_areas[data.funding_areas["area_id"] == area_id],
        data.research_schools[data.research_schools["area_id"] == area_id],
        data.outcomes[data.outcomes["area_id"] == area_id],
    ]
    own = [area[name] for name in area.index if name.endswith("source_id") and area[name]]
    rest = [
        one
        for frame in frames
        for name in frame.columns
        if name.endswith("source_id")
        for one in column(frame, name)
    ]
    return list(dict.fromkeys([*own, *rest]))
