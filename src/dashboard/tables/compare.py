"""Tables of several areas side by side: a row a fact, a column an area."""

import pandas as pd

from dashboard import citations, measures, text
from dashboard.data import Data, record, records
from dashboard.tables import cells

_FIRST_INDEX = 2016
_SCOPES = {
    "core three years": "Core money, three years (2017 to 2020)",
    "fourth year": "Fourth year (2020/21)",
    "fifth year": "Fifth year (2021/22)",
    "essential life skills": "Essential life skills",
    "research school": "Research school grant",
}


def facts(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return areas side by side: a row a fact, a column an area."""
    columns = {}
    for area in records(areas):
        school = record(data.research_schools, "area_id", area.area_id)
        columns[text.plain(area.label)] = {
            "Cohort": area.cohort,
            "Region": area.region,
            "Type of place": area.place_type,
            "People, mid-2017": text.number(area.population),
            "Children aged 0 to 15, mid-2017": text.number(area.children),
            "Neighbourhoods in England's most deprived tenth, 2019 (computed)": text.per_cent(
                area.deprived_share
            ),
            "Social Mobility Index rank of 324, 2016": _rank_2016(data, area.area_id),
            "Research school": text.plain(school["name"]),
            "Its host": text.plain(school["host"]),
        }
    return pd.DataFrame(columns).rename_axis("Fact").reset_index()


def money(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the main amount of each scope side by side; scopes are never added up."""
    columns = {}
    for area in records(areas):
        amounts = {name: _main_amount(data, area.area_id, scope) for scope, name in _SCOPES.items()}
        per_child = text.amount(area.fourth_year_per_child_gbp, "pounds per child")
        columns[text.plain(area.label)] = {
            **amounts,
            "Fourth year per child aged 0 to 15 (computed)": per_child,
        }
    return pd.DataFrame(columns).rename_axis("Money").reset_index()


def fact_sources(data: Data, areas: pd.DataFrame) -> list[str]:
    """Return the sources of :func:`facts`."""
    codes = data.districts[data.districts["area_id"].isin(areas["area_id"])]["lad_code"]
    ranked = data.index_ranks[data.index_ranks["lad_code"].isin(codes) & _is_2016(data.index_ranks)]
    names = ["population_source_id", "children_source_id", "deprivation_source_id"]
    return [
        *citations.of(data, areas),
        *(one for name in names for one in citations.column(areas, name)),
        *citations.column(ranked, "source_id"),
    ]


def money_sources(data: Data, areas: pd.DataFrame) -> list[str]:
    """Return the sources of :func:`money`."""
    amounts = [measures.scope_amounts(data, scope) for scope in _SCOPES]
    mine = [one[one["area_id"].isin(areas["area_id"])] for one in amounts]
    return [
        *(source for one in mine for source in citations.column(one, "source_id")),
        *citations.column(areas, "children_source_id"),
    ]


def _is_2016(ranks: pd.DataFrame) -> "pd.Series[bool]":
    return (ranks["index_year"] == _FIRST_INDEX) & (ranks["stage"] == "overall")


def _rank_2016(data: Data, area_id: str) -> str:
    mine = data.districts[data.districts["area_id"] == area_id]
    joined = data.index_ranks.merge(mine[["lad_code", "name"]], on="lad_code")
    ranked = records(joined[_is_2016(joined)])
    return "; ".join(
        str(row.rank) if len(mine) == 1 else f"{row.name} {row.rank}" for row in ranked
    )


def _main_amount(data: Data, area_id: str, scope: str) -> str:
    amounts = measures.scope_amounts(data, scope)
    mine = records(amounts[amounts["area_id"] == area_id])
    if not mine:
        return cells.NOT_FOUND
    kind = "" if mine[0].kind == "allocation" else f" ({mine[0].kind})"
    return f"{text.money(mine[0].amount_gbp, mine[0].qualifier)}{kind}"
