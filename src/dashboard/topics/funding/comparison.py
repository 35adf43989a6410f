"""The money of several areas side by side."""

import re
from dataclasses import replace

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount, Area
from dashboard.exhibits import (
    NOT_FOUND,
    Exhibit,
    build_table_of_columns,
    format_amount_cell,
    format_money_cell,
)
from dashboard.provenance import list_distinct
from dashboard.topics.funding.answer import format_sum
from dashboard.topics.funding.areas import build_provenance

_SIDE_BY_SIDE_ROLES = ("main", "in addition", "other programme")
_SIDE_BY_SIDE_SCOPES = {
    "core three years": "Core money, three years (2017 to 2020)",
    "fourth year": "Fourth year (2020/21)",
    "fifth year": "Fifth year (2021/22)",
    "essential life skills": "Essential life skills",
    "research school": "Research school grant",
    "local needs fund": "Another programme: local needs fund, to March 2025",
}
_DESCRIBED_SCOPES = ("fourth year", "fifth year")


@memoize
def build_side_by_side(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return the amounts of each scope of several areas side by side, and their periods' sum."""
    amounts = data.funding_areas
    rows = amounts[
        amounts["area_id"].isin(areas["area_id"])
        & amounts["scope"].isin(list(_SIDE_BY_SIDE_SCOPES))
        & amounts["role"].isin(_SIDE_BY_SIDE_ROLES)
    ]
    listed = build_provenance(rows, name="money-side-by-side", title="Money side by side")
    per_child = ["area_id", "children", "children_source_id", "fourth_year_per_child_gbp"]
    return Exhibit(
        title="Money side by side",
        lead=(
            (
                "The sum is that of the three periods, which follow one another, as on each "
                "area's page. Nothing else here is added up: other amounts overlap with these, or "
                "are another programme's."
            ),
        ),
        provenance=replace(
            listed,
            method=f"{listed.method} Money per child is the fourth-year amount over the children "
            "aged 0 to 15 living there in mid-2017.",
            source_ids=list_distinct(listed.source_ids, areas["children_source_id"]),
            frame=rows.merge(areas[per_child], on="area_id"),
            status="As published, but for money per child and sums, which are computed.",
        ),
        table=_tabulate_side_by_side(data, rows, areas),
        alt="Money of the areas chosen",
    )


def _tabulate_side_by_side(data: Data, amounts: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    columns = {}
    for area, per_child in zip(
        to_rows(areas, Area), areas["fourth_year_per_child_gbp"], strict=True
    ):
        own = to_rows(amounts[amounts["area_id"] == area.area_id], Amount)
        columns[formatting.format_text(area.label)] = {
            **{
                title: _describe_scope([row for row in own if row.scope == scope])
                for scope, title in _SIDE_BY_SIDE_SCOPES.items()
            },
            "Sum of the three periods (computed)": format_sum(data, area.area_id),
            "Fourth year per child aged 0 to 15 (computed)": format_amount_cell(
                per_child, "pounds per child"
            ),
        }
    return build_table_of_columns("Money", columns)


def _describe_scope(rows: list[Amount]) -> str:
    """Return the main amount, and what was given beside it; one amount alone stays a figure."""
    ranked = sorted(rows, key=lambda row: _SIDE_BY_SIDE_ROLES.index(row.role))
    amounts = [_describe_amount(row) for row in ranked] or [NOT_FOUND]
    return amounts[0] if len(amounts) == 1 else "; and ".join(amounts)


def _describe_amount(row: Amount) -> str:
    """Say what an amount is for where that is more than its scope's name."""
    what = re.sub(r"^(Fourth year|Fifth year)\W*", "", row.what)
    details = [] if row.kind == "allocation" else [row.kind]
    if row.scope in _DESCRIBED_SCOPES and what:
        details.append(what)
    amount = format_money_cell(row.amount_gbp, row.qualifier)
    return f"{amount} ({'; '.join(details)})" if details else amount
