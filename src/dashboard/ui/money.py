"""The sections of the funding page: each a finding, a chart, its table, its sources."""

import pandas as pd
import streamlit as st

from dashboard import basis, charts, findings, formatting, measures, tables
from dashboard.data.loader import Data
from dashboard.ui import blocks, lazy_expander


def programme(data: Data) -> None:
    """Draw how the announced total was built up."""
    totals = measures.programme_totals(data)
    finding = findings.programme_totals(totals)
    blocks.header(finding)
    st.markdown(
        "Whole programme. Each total contains the one before, so they are never added together."
    )
    names = [formatting.day(when) for when in totals["date"]]
    blocks.chart(
        data,
        basis.money.totals(data),
        charts.announced(totals, names, blocks.colours()),
        alt=f"{finding}.",
        table=tables.money.programme(data, totals),
    )


def research_schools(data: Data) -> None:
    """Draw who paid for the research schools."""
    total = measures.event(data, "research-schools-total")
    whole, parts = measures.research_school_money(data)
    finding = findings.research_school_money(total, parts)
    blocks.header(finding)
    st.markdown(
        f"Whole programme, announced beside its total on {formatting.plain_day(total['date'])}."
    )
    blocks.chart(
        data,
        basis.money.research_schools(whole),
        charts.announced(parts, list(parts["funder"]), blocks.colours()),
        alt=f"{finding}.",
        table=tables.money.programme(data, parts),
    )


def fourth_year(data: Data, areas: pd.DataFrame) -> None:
    """Draw the fourth year's money by area, with how it compares with what was announced."""
    blocks.header(f"Fourth year: {findings.extremes(areas, 'fourth_year_gbp', 'pounds')}")
    known = areas["fourth_year_gbp"].dropna()
    summed = formatting.money(known.sum())
    st.markdown(
        f"September 2020 to August 2021. Of the areas shown, {len(known)} were allocated {summed} "
        f"together (computed). For all twelve, {_announced(data, 'fourth-year')} had "
        "been announced; the published allocations add up to "
        f"{formatting.money(measures.scope_amounts(data, 'fourth year')['amount_gbp'].sum())}."
    )
    _by_area(data, areas, "fourth_year_gbp", "pounds", "Fourth-year money")


def fourth_year_per_child(data: Data, areas: pd.DataFrame) -> None:
    """Draw the fourth year's money for each child living there."""
    column, unit = "fourth_year_per_child_gbp", "pounds per child"
    blocks.header(f"Per child: {findings.extremes(areas, column, unit)}")
    st.markdown(
        "Computed: the fourth-year allocation over the children aged 0 to 15 living there in "
        "mid-2017. It says nothing about which children the money was spent on."
    )
    _by_area(data, areas, column, unit, "Fourth-year money per child (computed)")


def fifth_year(data: Data, areas: pd.DataFrame) -> None:
    """Draw what is known of the fifth year, and name what is not."""
    amounts = measures.fifth_year(data, areas)
    unknown = areas[~areas["area_id"].isin(amounts["area_id"])]
    known = len(areas) - len(unknown)
    blocks.header(f"Fifth year: allocations were found for {known} of the {len(areas)} areas shown")
    names = formatting.plain(formatting.joined(unknown["label"])) if len(unknown) else ""
    missing = f"None was found for {names}. " if names else ""
    st.markdown(
        f"September 2021 to August 2022. {_announced(data, 'fifth-year')} was announced for all "
        f"twelve. {missing}A sum over the areas would mislead, so none is given."
    )
    blocks.table(
        data,
        basis.money.fifth_year(data, areas),
        tables.money.fifth_year(data, areas, amounts),
        alt=f"Fifth-year amounts, found for {known} of {len(areas)} areas",
    )


def local_needs_fund(data: Data, areas: pd.DataFrame) -> None:
    """Draw what the programme that came next was to pay, and how it ended."""
    amounts = measures.local_needs_fund(data, areas)
    every = measures.local_needs_fund(data, data.areas)
    ends = formatting.plain_day(measures.event(data, "local-needs-fund-ends")["date"])
    summed = f"Those of the areas shown add up to {formatting.money(amounts['amount_gbp'].sum())}. "
    shown = summed if len(amounts) < len(every) else ""
    st.header(f"What came next: the local needs fund, to {ends}")
    st.markdown(
        "This is another programme's money. It is never added to the amounts above. All twelve "
        "areas became Priority Education Investment Areas, with twelve others. The Department for "
        f"Education set aside {_announced(data, 'local-needs-fund')} for "
        "them, a third of it for these twelve. The amounts are indicative: the Department could "
        f"lower or move them. {shown}Those of all {len(every)} add up to "
        f"{formatting.money(every['amount_gbp'].sum())} (computed)."
    )
    st.markdown(
        f"The money ended in {ends}. The wider scheme, of Education Investment Areas, was "
        "scrapped. The schools white paper of 2026 names Mission North East and Mission Coastal. "
        "In March 2026 their money was not decided, and no source found names the places."
    )
    blocks.table(
        data,
        basis.money.local_needs_fund(data, areas),
        tables.money.local_needs_fund(data, areas, amounts),
        alt="Local needs fund by area: indicative amounts of another programme",
    )


def every_amount(data: Data, areas: pd.DataFrame) -> None:
    """Draw every amount found for the areas shown, row by row."""
    amounts = measures.amounts(data, areas)
    st.header("Every amount found for the areas shown")
    st.markdown(
        f"{len(amounts)} amounts, listed and never summed. They overlap: a running total contains "
        "others, a part lies inside another. The local needs fund is another programme's money."
    )
    lazy_expander.part(
        "The amounts as a table",
        lambda: blocks.table(
            data,
            basis.money.amounts(amounts, narrowed=True),
            tables.money.amounts(data, areas, amounts),
            alt="Every amount found for the areas shown, with what each overlaps",
        ),
        key="amounts",
    )


def other_announcements(data: Data) -> None:
    """Draw what else was announced, never added to the totals."""
    others = measures.other_announcements(data)
    st.header("What else was announced")
    st.markdown(
        f"Whole programme, {len(others)} announcements: parts of the totals, money announced "
        "beside them, and other funds that were quoted with them. None of it is added to the "
        "totals above."
    )
    lazy_expander.part(
        "The announcements as a table",
        lambda: blocks.table(
            data,
            basis.money.other_announcements(others),
            tables.money.programme(data, others),
            alt="Other announcements, with amounts, funders and notes",
        ),
        key="announcements",
    )


def _by_area(data: Data, areas: pd.DataFrame, column: str, unit: str, head: str) -> None:
    blocks.chart(
        data,
        basis.money.by_area(data, areas, column, head),
        charts.by_area(areas, column, unit, blocks.colours()),
        alt=f"{head} by area: {findings.extremes(areas, column, unit)}.",
        table=tables.money.area_money(data, areas, column, unit, head),
    )


def _announced(data: Data, event: str) -> str:
    """Return what was announced, with its qualifier, as Markdown."""
    return formatting.plain(findings.announced(measures.event(data, event)))
