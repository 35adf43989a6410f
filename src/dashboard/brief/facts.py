"""What a brief says of an area's place, programme, money, research school, plan and ranks."""

from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.brief.references import References
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount, District, Priority
from dashboard.data.validation import RANKED_DISTRICTS
from dashboard.topics.areas.exhibits import format_announced, format_chair, format_plan
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


def list_place_facts(data: Data, area: AreaFacts, references: References) -> list[Row]:
    """Return where the area is, its districts and its people; ``area`` is a row of the facts."""
    districts = list_districts(data, area.area_id)
    summed = " (its districts added up, computed)" if len(districts) > 1 else ""
    deprived = (
        f"{area.deprived} of {area.neighbourhoods} neighbourhoods in England's most deprived "
        f"tenth ({formatting.format_per_cent(area.deprived_share)}, computed)"
    )
    return [
        _build_row(references, "Region", area.region, area.region_source_id),
        _build_place_type(area, references),
        *(
            _build_row(
                references,
                f"{district.name} district",
                _describe_district(district),
                district.source_id,
                district.change_source_id,
            )
            for district in districts
        ),
        _build_row(
            references,
            "People, mid-2017",
            f"{formatting.format_number(area.population)}{summed}",
            area.population_source_id,
        ),
        _build_row(
            references,
            "Children, mid-2017",
            f"{formatting.format_number(area.children)} aged 0 to 15{summed}",
            area.children_source_id,
        ),
        _build_row(references, "Deprivation, 2019", deprived, area.deprivation_source_id),
        _build_deprivation_2025(data, area.area_id, references),
    ]


def _build_place_type(area: AreaFacts, references: References) -> Row:
    words = [f"{area.place_type} (our own grouping)", area.place_type_note]
    by = (area.place_type_source_id, area.place_type_note_source_id)
    return _build_row(
        references, "Type of place, 2017", ". ".join(part for part in words if part), *by
    )


def _build_deprivation_2025(data: Data, area_id: str, references: References) -> Row:
    source_ids = select_deprivation_2025(data, area_id)["by"].dropna().unique()
    words = describe_deprivation_2025(data, area_id)
    return _build_row(references, "Deprivation, 2025", words, *source_ids)


def list_programme_facts(area: AreaFacts, references: References) -> list[Row]:
    """Return when the area was announced and planned, who chaired it, and what came next."""
    return [
        _build_row(references, "Announced", format_announced(area), area.announced_source_id),
        _build_row(references, "Delivery plan", format_plan(area), area.plan_source_id),
        _build_row(
            references,
            "Chair of the board",
            format_chair(area) if area.chair else None,
            area.chair_source_id,
        ),
        _build_row(
            references,
            "What came next",
            _describe_successor(area),
            area.successor_source_id,
            area.successor_ended_source_id,
        ),
    ]


def list_amounts(data: Data, area_id: str, references: References) -> list[Row]:
    """Return main amounts, those beside them and the next programme's, without their parts."""
    amounts = data.funding_areas[data.funding_areas["area_id"] == area_id]
    return [
        {
            "when": _format_period(row),
            "overlaps": " ".join(part for part in (row.overlaps, row.note) if part)
            or "No overlap known.",
            **_build_row(
                references, row.what, _format_amount(row.amount_gbp, row.qualifier), row.source_id
            ),
        }
        for row in to_rows(amounts[amounts["role"].isin(_SHOWN)], Amount)
    ]


def list_school_facts(data: Data, area_id: str, references: References) -> list[Row]:
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
        _build_row(references, "Name", row.name, by),
        _build_row(references, "Host", host, by),
        _build_row(
            references,
            "Where the host is",
            ", ".join(part for part in where if part),
            row.postcode_source_id or by,
        ),
        _build_row(references, "Award", ", ".join(part for part in award if part), by),
    ]


def list_priorities(data: Data, area_id: str, references: References) -> list[Row]:
    """Return the plan's priorities, then its themes: the kind, each of them, and any notes."""
    priorities = data.priorities[data.priorities["area_id"] == area_id]
    return [
        {
            "kind": _KINDS.get(str(kind), str(kind)),
            "each": [
                _build_row(references, "", row.priority, row.source_id)
                for row in to_rows(rows, Priority)
            ],
            "note": " ".join(rows["note"].dropna().unique()),
        }
        for kind, rows in priorities.groupby("kind", sort=False)
    ]


def list_ranks(data: Data, area_frame: pd.DataFrame, references: References) -> list[Row]:
    """Return every rank found for the area's districts, as shown; ``area_frame`` has one row."""
    return [
        {
            "index": f"{row.index_year}{'' if row.stage == 'overall' else ', school stage'}",
            **_build_row(
                references, row.name, _format_rank(row), row.source_id, row.cross_check_source_id
            ),
        }
        for row in to_rows(select_ranks(data, area_frame), RankedDistrict)
    ]


def _build_row(
    references: References, what: str, value: str | None, *source_ids: str | None
) -> Row:
    return {
        "what": what,
        "value": str(value) if value else _NOT_FOUND,
        "refs": references.of(*source_ids),
    }


def _describe_district(row: District) -> str:
    if not row.abolished_on:
        return str(row.lad_code)
    became = (
        f"Abolished on {formatting.format_day(row.abolished_on)}: part of {row.successor_name}."
    )
    return " ".join(part for part in (f"{row.lad_code}.", became, row.change_note) if part)


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
    remarks = "; ".join(part for part in marks if part)
    return f"{row.rank} of {RANKED_DISTRICTS}{f' ({remarks})' if remarks else ''}"
