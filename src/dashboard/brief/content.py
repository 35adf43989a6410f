"""What a brief says, as plain text and numbers; the template beside it says how it looks."""

from typing import Any

import pandas as pd

from dashboard import basis, citations, measures, selection, text
from dashboard.basis import base
from dashboard.brief import followed
from dashboard.brief.references import References
from dashboard.data import Data, record, records
from dashboard.palette import LIGHT

Row = dict[str, Any]

_NOT_FOUND = "Not found"
_SHOWN = ("main", "in addition")
_CAUTION = (
    "This shows what happened. It does not show what the programme caused. The thick line is the "
    "area, the dashed line England; a line stops where the series breaks, and no change is "
    "computed across a break. Changes are computed, in the measure's own points."
)
_STATUS = (
    "An independent compilation, not official statistics. Contains public sector information "
    "licensed under the Open Government Licence v3.0, and is published under the same licence."
)
_INSIDE = {
    "yes": "inside the area",
    "no": "outside the area",
    "no single school": "no single school",
}


def of(data: Data, area_id: str) -> Row:
    """Return all that an area's brief says.

    Raises:
        KeyError: there is no such area.
    """
    facts = measures.area_facts(data)
    area = record(facts, "area_id", area_id)
    one = facts[facts["area_id"] == area_id]
    named = References(data)
    title = f"{area['label']}: opportunity area brief"
    return {
        "title": title,
        "name": area["label"],
        "cohort": area["cohort"],
        "colour": LIGHT.cohort(area["cohort"]),
        "dated": f"{citations.edition(data)}",
        "facts": _facts(data, area, named),
        "money": _money(data, area_id, named),
        "school": _school(data, area_id, named),
        "priorities": _priorities(data, area_id, named),
        "ranks": _ranks(data, one, named),
        "caution": _CAUTION,
        "outcomes": list(followed.charts(data, one, named)),
        "disagreements": _disagreements(data, area_id, named),
        "missing": [row.detail for row in records(data.gaps[data.gaps["area_id"] == area_id])],
        "sources": named.listed(),
        "closing": [
            _STATUS,
            f"How to cite: Opportunity areas dashboard, “{title}”, {citations.edition(data)}.",
        ],
    }


def _facts(data: Data, area: Any, named: References) -> list[Row]:
    mine = data.districts[data.districts["area_id"] == area["area_id"]]
    summed = ", added up over its districts" if len(mine) > 1 else ""
    plan = f", {area['plan_pages']} pages" if area["plan_pages"] else ""
    chair = ". ".join(one for one in (area["chair"], area["chair_note"]) if one)
    found = [
        ("Announced", text.day(area["announced_on"]), area["announced_source_id"]),
        ("Region", area["region"], area["region_source_id"]),
        ("Type of place", area["place_type"], area["place_type_source_id"]),
        *((f"{row.name} district", _district(row), _district_source(row)) for row in records(mine)),
        (
            "People, mid-2017",
            f"{text.number(area['population'])}{summed}",
            area["population_source_id"],
        ),
        (
            "Children aged 0 to 15",
            f"{text.number(area['children'])}{summed}",
            area["children_source_id"],
        ),
        (
            "Neighbourhoods in England's most deprived tenth, 2019",
            f"{text.per_cent(area['deprived_share'])} (computed)",
            area["deprivation_source_id"],
        ),
        ("Delivery plan", f"{text.day(area['plan_published_on'])}{plan}", area["plan_source_id"]),
        ("Chair of the board", chair or _NOT_FOUND, area["chair_source_id"]),
        ("What came next", area["successor"] or _NOT_FOUND, area["successor_source_id"]),
    ]
    return [
        {"what": what, "value": str(value), "refs": named.of(by)}
        for what, value, by in found
        if value
    ]


def _district(row: Any) -> str:
    if not row.abolished_on:
        return str(row.lad_code)
    return (
        f"{row.lad_code}, abolished on {text.day(row.abolished_on)}: part of {row.successor_name}"
    )


def _district_source(row: Any) -> str:
    return str(row.change_source_id if row.abolished_on else row.source_id)


def _money(data: Data, area_id: str, named: References) -> list[Row]:
    """Return the main amounts and those beside them; parts and reports of the same are left."""
    mine = data.funding_areas[data.funding_areas["area_id"] == area_id]
    return [
        {
            "what": row.what,
            "value": text.money(row.amount_gbp, row.qualifier) if row.amount_gbp else _NOT_FOUND,
            "note": " ".join(one for one in (row.overlaps, row.note) if one),
            "refs": named.of(row.source_id),
        }
        for row in records(mine[mine["role"].isin(_SHOWN)])
    ]


def _school(data: Data, area_id: str, named: References) -> list[Row]:
    row = record(data.research_schools, "area_id", area_id)
    inferred = " (inferred)" if row["postcode_basis"] == "inferred" else ""
    where = [
        f"{row['postcode']}{inferred}" if row["postcode"] else "",
        f"{row['host_district']} district" if row["host_district"] else "",
        _INSIDE[row["inside_area"]],
    ]
    award = (
        f"{text.money(row['award_gbp'])}, {row['award_period'].lower()}"
        if row["award_gbp"]
        else None
    )
    found = [
        ("Name", row["name"], row["source_id"]),
        ("Host", f"{row['host']} ({row['host_kind']})", row["source_id"]),
        ("Where", ", ".join(one for one in where if one), row["postcode_source_id"]),
        ("Named", text.day(row["named_on"]), row["source_id"]),
        ("Award", award, row["source_id"]),
        ("Website", row["website"], row["website_source_id"]),
    ]
    return [
        {"what": what, "value": value, "refs": named.of(by)} for what, value, by in found if value
    ]


def _priorities(data: Data, area_id: str, named: References) -> list[Row]:
    mine = data.priorities[data.priorities["area_id"] == area_id]
    return [
        {
            "what": f"{row.kind.capitalize()} {row.number}",
            "value": row.priority,
            "refs": named.of(row.source_id),
        }
        for row in records(mine)
    ]


def _ranks(data: Data, one: pd.DataFrame, named: References) -> list[Row]:
    return [
        {
            "what": f"{row.name}, {row.index_year}"
            + ("" if row.stage == "overall" else ", school stage"),
            "value": _rank(row),
            "refs": named.of(row.source_id, row.cross_check_source_id),
        }
        for row in records(selection.ranks(data, one))
    ]


def _rank(row: Any) -> str:
    if row.rank is None:
        return str(row.as_printed).capitalize()
    marks = [
        *(
            ["worked out from its place from the worst"]
            if row.as_printed == "nth from worst"
            else []
        ),
        *([] if row.preferred else ["another source's rank, not preferred"]),
    ]
    return f"{row.rank} of 324{f' ({text.joined(marks)})' if marks else ''}"


def _disagreements(data: Data, area_id: str, named: References) -> list[Row]:
    """Return each disagreement that touches the area's figures: what each source says."""
    area = record(data.areas, "area_id", area_id)
    mine = data.funding_areas[data.funding_areas["area_id"] == area_id]
    districts = data.districts[data.districts["area_id"] == area_id]
    ranks = data.index_ranks[data.index_ranks["lad_code"].isin(districts["lad_code"])]
    behind = [
        basis.areas.profile(data, area),
        basis.areas.research_school(data, area_id),
        basis.money.amounts(mine[mine["role"].isin(_SHOWN)]),
        basis.outcomes.of_area(data, area),
    ]
    found = pd.concat([base.disagreements(data, one) for one in behind]).drop_duplicates()
    ranked = data.disagreement_figures[
        data.disagreement_figures["key_value"].isin(ranks["rank_id"])
    ]
    subjects = {*found["disagreement_id"], *ranked["disagreement_id"]}
    rows = data.disagreements[data.disagreements["disagreement_id"].isin(subjects)]
    return [
        {
            "subject": said["subject"].iloc[0],
            "said": [
                {
                    "text": f"{row.says}{' This is what is shown.' if row.shown else ''}",
                    "refs": named.of(row.source_id),
                }
                for row in records(said)
            ],
        }
        for _, said in rows.groupby("disagreement_id", sort=False)
    ]
