"""Tables of several areas side by side: a row a fact, a column an area."""

import re
from typing import Any

import pandas as pd

from dashboard import findings, formatting, measures, selection
from dashboard.cache import remembered
from dashboard.data.frames import record, records
from dashboard.data.loader import Data
from dashboard.tables import cells

_ROLES = ("main", "in addition", "other programme")
_DESCRIBED = ("fourth year", "fifth year")
_SCOPES = {
    "core three years": "Core money, three years (2017 to 2020)",
    "fourth year": "Fourth year (2020/21)",
    "fifth year": "Fifth year (2021/22)",
    "essential life skills": "Essential life skills",
    "research school": "Research school grant",
    "local needs fund": "Another programme: local needs fund, to March 2025",
}


@remembered
def facts(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return areas side by side: a row a fact, a column an area."""
    columns = {}
    ranked = records(selection.chosen_by(selection.ranks(data, areas)))
    for area in records(areas):
        school = record(data.research_schools, "area_id", area.area_id)
        columns[formatting.plain(area.label)] = {
            "Cohort": formatting.plain(area.cohort),
            "Region": formatting.plain(area.region),
            "Type of place, 2017": formatting.plain(area.place_type),
            "People, mid-2017": formatting.number(area.population),
            "Children aged 0 to 15, mid-2017": formatting.number(area.children),
            "Neighbourhoods in England's most deprived tenth, 2019 (computed)": formatting.per_cent(
                area.deprived_share
            ),
            "The same on the index of 2025": formatting.plain(
                findings.deprivation_2025(measures.deprivation_2025(data, area.area_id))
            ),
            "Social Mobility Index rank of 324, 2016": _rank_2016(ranked, area.area_id),
            "Research school": formatting.plain(school["name"]),
            "Its host": formatting.plain(school["host"]),
        }
    return pd.DataFrame(columns).rename_axis("Fact").reset_index()


@remembered
def money(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the amounts shown of each scope side by side; scopes are never added up."""
    columns = {}
    for area in records(areas):
        amounts = {name: _amounts(data, area.area_id, scope) for scope, name in _SCOPES.items()}
        per_child = cells.amount(area.fourth_year_per_child_gbp, "pounds per child")
        columns[formatting.plain(area.label)] = {
            **amounts,
            "Fourth year per child aged 0 to 15 (computed)": per_child,
        }
    return pd.DataFrame(columns).rename_axis("Money").reset_index()


@remembered
def amounts(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``funding_areas`` that :func:`money` shows."""
    listed = data.funding_areas
    return listed[
        listed["area_id"].isin(areas["area_id"])
        & listed["scope"].isin(list(_SCOPES))
        & listed["role"].isin(_ROLES)
    ]


def _rank_2016(ranked: list[Any], area_id: str) -> str:
    mine = [row for row in ranked if row.area_id == area_id]
    return "; ".join(
        str(row.rank) if len(mine) == 1 else f"{formatting.plain(row.name)} {row.rank}"
        for row in mine
    )


def _amounts(data: Data, area_id: str, scope: str) -> str:
    """Return the main amount of a scope, what it is of, and what was given beside it."""
    amounts = data.funding_areas
    mine = amounts[(amounts["area_id"] == area_id) & (amounts["scope"] == scope)]
    found = [_amount(row) for role in _ROLES for row in records(mine[mine["role"] == role])]
    return "; and ".join(found) or cells.NOT_FOUND


def _amount(row: Any) -> str:
    """Say what an amount is of where that is more than its scope's name."""
    of = re.sub(r"^(Fourth year|Fifth year)\W*", "", row.what)
    kind = [] if row.kind == "allocation" else [row.kind]
    also = [of] if row.scope in _DESCRIBED and of else []
    amount = cells.money(row.amount_gbp, row.qualifier)
    return f"{amount} ({formatting.plain('; '.join([*kind, *also]))})" if kind or also else amount
