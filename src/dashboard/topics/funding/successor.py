"""What came next: the local needs fund, another programme's money."""

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.citations import format_short
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount
from dashboard.exhibits import (
    Exhibit,
    build_table,
    format_money_cell,
)
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.funding import programme
from dashboard.topics.funding.areas import format_announced_amount, map_labels, select_amounts
from dashboard.topics.funding.payers import find_payer


@memoize
def select_local_needs_fund(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return what areas were to have of the local needs fund, another programme's money."""
    amounts = select_amounts(data, areas)
    return amounts[amounts["scope"] == "local needs fund"]


@memoize
def build_local_needs_fund(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return what the programme that came next was to pay, and how it ended."""
    amounts = select_local_needs_fund(data, areas)
    every = select_local_needs_fund(data, data.areas)
    ends = formatting.format_day(programme.get_announcement(data, "local-needs-fund-ends").date)
    announced = format_announced_amount(data, "local-needs-fund")
    total = formatting.format_money(every["amount_gbp"].sum())
    summed = (
        "Those of the areas shown add up to "
        f"{formatting.format_money(amounts['amount_gbp'].sum())}. "
    )
    if len(amounts) == len(every):
        summed = ""
    return Exhibit(
        title=f"What came next: the local needs fund, to {ends}",
        lead=(
            (
                "This is another programme's money. It is never added to the amounts above. All "
                "twelve areas became Priority Education Investment Areas, with twelve others. The "
                f"Department for Education set aside {announced} "
                "for them, a third of it for these twelve. The amounts are indicative: the "
                f"Department could lower or move them. {summed}"
                f"Those of all {len(every)} add up to {total} (computed)."
            ),
            (
                f"The money ended in {formatting.escape_markdown(ends)}. The wider scheme, of "
                "Education "
                "Investment Areas, was "
                "scrapped. The schools white paper of 2026 names Mission North East and Mission "
                "Coastal. In March 2026 their money was not decided, and no source found names the "
                "places."
            ),
        ),
        provenance=_build_provenance(data, amounts),
        table=_tabulate(data, areas, amounts),
        folded="The local needs fund by area",
        alt="Local needs fund by area: indicative amounts of another programme",
    )


def _build_provenance(data: Data, amounts: pd.DataFrame) -> Provenance:
    successors = programme.select_successors(data)
    return Provenance(
        name="local-needs-fund",
        title="Local needs fund, the programme that came next",
        method="Each indicative amount as its source gives it. It is another programme's money, "
        "never added to the opportunity area's. The sum over areas is computed.",
        source_ids=list_distinct(
            amounts["source_id"], successors["source_id"], successors["cross_check_source_id"]
        ),
        frame=amounts,
        rows={"funding_areas": amounts, "funding_programme": successors},
        narrowed=True,
    )


def _tabulate(data: Data, areas: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    labels = map_labels(areas)
    return build_table(
        {
            "Area": labels[row.area_id],
            "Amount": format_money_cell(row.amount_gbp, row.qualifier),
            "Note": row.note,
            "Paid by": find_payer(data, row),
            "Reported by": format_short(data, row.source_id),
        }
        for row in to_rows(amounts, Amount)
    )
