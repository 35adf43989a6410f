"""Tables of several areas side by side: a row a fact, a column an area."""

from typing import Any

import pandas as pd

from dashboard import findings, formatting, measures
from dashboard.cache import remembered
from dashboard.data.frames import record, records
from dashboard.data.loader import Data
from dashboard.topics.index_ranks.ranks import select_2016, select_ranks


@remembered
def facts(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return areas side by side: a row a fact, a column an area."""
    columns = {}
    ranked = records(select_2016(select_ranks(data, areas)))
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


def _rank_2016(ranked: list[Any], area_id: str) -> str:
    mine = [row for row in ranked if row.area_id == area_id]
    return "; ".join(
        str(row.rank) if len(mine) == 1 else f"{formatting.plain(row.name)} {row.rank}"
        for row in mine
    )
