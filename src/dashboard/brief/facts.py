"""What a brief says of an area's place, programme, money, research school, plan and ranks."""

from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.brief.references import References
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount, District, Priority
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.topics.areas.facts import (
    AreaFacts,
    describe_deprivation_2025,
    list_districts,
    select_deprivation_2025,
)
from dashboard.topics.index_ranks.ranks import RankedDistrict, select_ranks
from dashboard.topics.research_schools import get_school

Row = dict[str, Any]

_NOT_FOUND = "Not found"
_SHOWN = ("main", "in addition", "other programme")
_INSIDE = {
    "yes": "inside the area",
    "no": "outside the area",
    "no single school": "No single school",
}
_KINDS = {"priority": "Priorities", "theme": "Themes"}


def list_place_facts(data: Data, area: AreaFacts, named: References) -> list[Row]:
    """Return where the area is, its districts and its people; ``area`` is a row of the facts."""
    mine = list_districts(data, area.area_id)
    summed = " (its districts added up, computed)" if len(mine) > 1 else ""
    deprived = (
        f"{area.deprived} of {area.neighbourhoods} neighbourhoods in England's most deprived "
        f"tenth ({formatting.format_per_cent(area.deprived_share)}, computed)"
    )
    return [
        _build_row(named, "Region", area.region, area.region_source_id),
        _build_place_type(area, named),
        *(
            _build_row(
                named,
                f"{one.name} district",
                _describe_district(one),
                one.source_id,
                one.change_source_id,
            )
            for one in mine
        ),
        _build_row(
            named,
            "People, mid-2017",
            f"{formatting.format_number(area.population)}{summed}",
            area.population_source_id,
        ),
        _build_row(
            named,
            "Children, mid-2017",
            f"{formatting.format_number(area.children)} aged 0 to 15{summed}",
            area.children_source_id,
        ),
        _build_row(named, "Deprivation, 2019", deprived, area.deprivation_source_id),
        _build_deprivation_2025(data, area.area_id, named),
    ]


def _build_place_type(area: AreaFacts, named: References) -> Row:
    told = [f"{area.place_type} (our own grouping)", area.place_type_note]
    by = (area.place_type_source_id, area.place_type_note_source_id)
    return _build_row(named, "Type of place, 2017", ". ".join(one for one in told if one), *by)


def _build_deprivation_2025(data: Data, area_id: str, named: References) -> Row:
    source_ids = select_deprivation_2025(data, area_id)["by"].dropna().unique()
    words = describe_deprivation_2025(data, area_id)
    return _build_row(named, "Deprivation, 2025", words, *source_ids)


def list_programme_facts(area: AreaFacts, named: References) -> list[Row]:
    """Return when the area was announced and planned, who chaired it, and what came next."""
    otherwise = "" if area.announced_as == area.name else f", as {area.announced_as}"
    pages = f", {area.plan_pages} pages" if area.plan_pages else ""
    chair = ". ".join(one for one in (area.chair, area.chair_note) if one)
    return [
        _build_row(
            named,
            "Announced",
            f"{formatting.format_day(area.announced_on)}{otherwise}",
            area.announced_source_id,
        ),
        _build_row(
            named,
            "Delivery plan",
            f"{formatting.format_day(area.plan_published_on)}{pages}",
            area.plan_source_id,
        ),
        _build_row(
            named,
            "Chair of the board",
            chair if area.chair else None,
            area.chair_source_id,
        ),
        _build_row(
            named,
            "What came next",
            _describe_successor(area),
            area.successor_source_id,
            area.successor_ended_source_id,
        ),
    ]


def list_amounts(data: Data, area_id: str, named: References) -> list[Row]:
    """Return main amounts, those beside them and the next programme's, without their parts."""
    mine = data.funding_areas[data.funding_areas["area_id"] == area_id]
    return [
        {
            "when": _format_period(row),
            "overlaps": " ".join(one for one in (row.overlaps, row.note) if one)
            or "No overlap known.",
            **_build_row(
                named, row.what, _format_amount(row.amount_gbp, row.qualifier), row.source_id
            ),
        }
        for row in to_rows(mine[mine["role"].isin(_SHOWN)], Amount)
    ]


def list_school_facts(data: Data, area_id: str, named: References) -> list[Row]:
    """Return the research school: name, host, where that is, the award."""
    row = get_school(data, area_id)
    inferred = " (inferred)" if row.postcode_basis == "inferred" else ""
    where = [
        f"{row.postcode}{inferred}" if row.postcode else None,
        f"{row.host_district} district" if row.host_district else None,
        _INSIDE.get(row.inside_area),
    ]
    host = f"{row.host} ({row.host_kind})" if row.host else None
    award = [_format_amount(row.award_gbp, "exactly"), str(row.award_period or "").lower()]
    by = row.source_id
    return [
        _build_row(named, "Name", row.name, by),
        _build_row(named, "Host", host, by),
        _build_row(
            named,
            "Where the host is",
            ", ".join(one for one in where if one),
            row.postcode_source_id or by,
        ),
        _build_row(named, "Award", ", ".join(one for one in award if one), by),
    ]


def list_priorities(data: Data, area_id: str, named: References) -> list[Row]:
    """Return the plan's priorities, then its themes: the kind, each of them, and any notes."""
    mine = data.priorities[data.priorities["area_id"] == area_id]
    return [
        {
            "kind": _KINDS.get(str(kind), str(kind)),
            "each": [
                _build_row(named, "", row.priority, row.source_id)
                for row in to_rows(rows, Priority)
            ],
            "note": " ".join(rows["note"].dropna().unique()),
        }
        for kind, rows in mine.groupby("kind", sort=False)
    ]


def list_ranks(data: Data, one: pd.DataFrame, named: References) -> list[Row]:
    """Return every rank found for the area's districts, as shown; ``one`` is a frame of one row."""
    return [
        {
            "index": f"{row.index_year}{'' if row.stage == 'overall' else ', school stage'}",
            **_build_row(
                named, row.name, _format_rank(row), row.source_id, row.cross_check_source_id
            ),
        }
        for row in to_rows(select_ranks(data, one), RankedDistrict)
    ]


def _build_row(named: References, what: str, value: str | None, *source_ids: str | None) -> Row:
    return {
        "what": what,
        "value": str(value) if value else _NOT_FOUND,
        "refs": named.of(*source_ids),
    }


def _describe_district(row: District) -> str:
    if not row.abolished_on:
        return str(row.lad_code)
    became = (
        f"Abolished on {formatting.format_day(row.abolished_on)}: part of {row.successor_name}."
    )
    return " ".join(one for one in (f"{row.lad_code}.", became, row.change_note) if one)


def _describe_successor(area: AreaFacts) -> str | None:
    if not area.successor or not area.successor_ended:
        return str(area.successor) if area.successor else None
    return f"{area.successor}. Its money ended in {formatting.format_day(area.successor_ended)}"


def _format_period(row: Amount) -> str:
    if not row.period_start:
        return f"To {formatting.format_day(row.period_end)}" if row.period_end else "Not stated"
    if not row.period_end:
        return f"From {formatting.format_day(row.period_start)}"
    return formatting.format_day(f"{row.period_start}/{row.period_end}")


def _format_amount(pounds: int | None, qualifier: str) -> str:
    return _NOT_FOUND if pounds is None else formatting.format_money(pounds, qualifier)


def _format_rank(row: RankedDistrict) -> str:
    if row.rank is None:
        return str(row.note or _NOT_FOUND)
    marks = [
        f"worked out: place {row.rank_from_worst} from the worst"
        if row.as_printed == "nth from worst"
        else None,
        None if row.preferred else "not preferred",
    ]
    said = "; ".join(one for one in marks if one)
    return f"{row.rank} of {RANKED_DISTRICTS}{f' ({said})' if said else ''}"
