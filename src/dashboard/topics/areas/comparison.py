"""The facts of several areas side by side."""

from dataclasses import replace

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.exhibits import Exhibit, Number, build_table_of_columns
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.areas.exhibits import METHOD_2025, add_schools, select_shares_2025
from dashboard.topics.areas.facts import (
    ALL,
    ENGLAND_TENTH,
    AreaFacts,
    build_columns_provenance,
    describe_deprivation_2025,
)
from dashboard.topics.index_ranks.ranks import select_2016, select_ranks
from dashboard.topics.research_schools import get_school


@memoize
def build_side_by_side(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return the facts of several areas: a row a fact, a column an area."""
    return Exhibit(
        title="Facts side by side",
        provenance=_build_side_by_side_provenance(data, areas),
        table=_tabulate_side_by_side(data, areas),
        alt="Facts of the areas chosen",
    )


def _build_side_by_side_provenance(data: Data, areas: pd.DataFrame) -> Provenance:
    ranks = select_2016(select_ranks(data, areas))
    provenance = build_columns_provenance(
        data, areas, ALL, name="facts-side-by-side", title="Facts side by side"
    )
    provenance = add_schools(data, provenance)
    ranked = ranks[["area_id", "lad_code", "name", "rank", "source_id"]].set_axis(
        ["area_id", "lad_code", "ranked_district", "index_rank_2016", "index_rank_2016_source_id"],
        axis="columns",
    )
    shares = select_shares_2025(data).drop(columns="area_id")
    by_district = ranked.merge(shares, on="lad_code", how="left")
    return replace(
        provenance,
        method=f"{provenance.method} {METHOD_2025} Ranks are those of the 2016 index, 1 the best "
        "of 324 districts.",
        source_ids=list_distinct(
            provenance.source_ids, by_district["deprived_2025_source_id"], ranks["source_id"]
        ),
        frame=provenance.frame.merge(
            by_district.drop(columns="lad_code"), on="area_id", how="left"
        ),
        narrowed=False,
        rows={**provenance.rows, "index_ranks": ranks},
    )


def _tabulate_side_by_side(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    ranks = select_2016(select_ranks(data, areas))
    columns = {}
    for area in to_rows(areas, AreaFacts):
        school = get_school(data, area.area_id)
        columns[formatting.format_text(area.label)] = {
            "Cohort": area.cohort,
            "Region": area.region,
            "Type of place, 2017": area.place_type,
            "People, mid-2017": Number(formatting.format_number(area.population)),
            "Children aged 0 to 15, mid-2017": Number(formatting.format_number(area.children)),
            "Neighbourhoods in England's most deprived tenth, 2019 "
            f"(computed; {ENGLAND_TENTH})": Number(formatting.format_per_cent(area.deprived_share)),
            "Neighbourhoods in England's most deprived tenth, 2025": describe_deprivation_2025(
                data, area.area_id
            ),
            "Social Mobility Index rank of 324, 2016": _format_rank_2016(ranks, area.area_id),
            "Research school": school.name,
            "Its host": school.host,
        }
    return build_table_of_columns("Fact", columns)


def _format_rank_2016(ranks: pd.DataFrame, area_id: str) -> str:
    own = ranks[ranks["area_id"] == area_id]
    if len(own) == 1:
        return Number(own["rank"].iloc[0])
    return "; ".join(f"{name} {rank}" for name, rank in zip(own["name"], own["rank"], strict=True))
