"""Tables of one area's profile."""

from typing import Any

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import remembered
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.tables import areas, cells


@remembered
def facts(data: Data, area: Any) -> pd.DataFrame:
    """Return the area's facts beyond :func:`areas.area_facts`: what, figure, source."""
    found = [
        ("Note on the type of place", area["place_type_note"], area["place_type_note_source_id"]),
        ("Districts", _districts(data, area["area_id"]), area["source_id"]),
        ("Upper-tier authority when announced", area["upper_tier_name"], area["source_id"]),
        ("Delivery plan published", _plan(area), area["plan_source_id"]),
        ("Chair of the partnership board", _with_note(area, "chair"), area["chair_source_id"]),
        ("Twinned with", area["twinned_with"], area["twinned_source_id"]),
        ("What came next", area["successor"], area["successor_source_id"]),
        ("Its money ended", _ended(area), area["successor_ended_source_id"]),
    ]
    further = pd.DataFrame(
        [
            {
                "Fact": name,
                "Figure": formatting.plain(value) if value else cells.NOT_FOUND,
                "Source": citations.format_short(data, source) if source else "",
            }
            for name, value, source in found
            if value or name.startswith("Chair")
        ]
    )
    return pd.concat([areas.area_facts(data, area), further], ignore_index=True)


@remembered
def priorities(data: Data, area_id: str) -> pd.DataFrame:
    """Return the delivery plan's priorities and themes, in our words."""
    mine = data.priorities[data.priorities["area_id"] == area_id]
    return cells.table(
        {
            "Kind": f"{formatting.plain(row.kind.capitalize())} {row.number}",
            "Priority": formatting.plain(row.priority),
            "Note": formatting.plain(row.note),
            "Source": citations.format_short(data, row.source_id),
        }
        for row in records(mine)
    )


@remembered
def gaps(data: Data, area_id: str) -> pd.DataFrame:
    """Return what was looked for about the area and not found."""
    mine = data.gaps[data.gaps["area_id"] == area_id]
    return pd.DataFrame(
        [
            {
                "Missing": formatting.plain(row.subject),
                "What is not known": formatting.plain(row.detail),
            }
            for row in records(mine)
        ]
    )


def _districts(data: Data, area_id: str) -> str:
    mine = data.districts[data.districts["area_id"] == area_id]
    return formatting.joined(f"{row.name} ({row.lad_code})" for row in records(mine))


def _plan(area: Any) -> str:
    pages = f", {area['plan_pages']} pages" if area["plan_pages"] else ""
    return f"{formatting.day(area['plan_published_on'])}{pages}"


def _ended(area: Any) -> str | None:
    return formatting.day(area["successor_ended"]) if area["successor_ended"] else None


def _with_note(area: Any, field: str) -> str | None:
    said = [area[field], area[f"{field}_note"]]
    return ". ".join(str(one) for one in said if one) or None
