"""The sections of the page on why these areas."""

import pandas as pd
import streamlit as st

from dashboard import basis, charts, formatting, selection, tables
from dashboard.data.frames import records
from dashboard.data.loader import Data
from dashboard.ui import exhibits


def how_chosen(data: Data) -> None:
    """Draw how the twelve areas were chosen, step by step, and how the ranks found fit."""
    steps = data.selection_steps.sort_values("number")
    every = selection.ranks(data, data.areas)
    st.header("How the areas were chosen")
    with exhibits.framed(data, basis.selection.steps(data), "text"):
        st.markdown(
            "\n".join(f"{row.number}. {formatting.plain(row.step)}" for row in records(steps))
            + f"\n\n{formatting.plain(selection.in_worst_sixth(every))}. That fits the second step "
            "(computed from the ranks)."
        )


def standing(data: Data, areas: pd.DataFrame) -> None:
    """Draw where the districts of the areas shown stood, rank by rank."""
    found = selection.ranks(data, areas)
    exhibits.header(selection.finding(found))
    st.markdown(
        "Ranks among 324 districts on the Social Mobility Index. 1 is the best and 324 the worst. "
        "Filled marks are the index of 2016. Its ranks were read in a third-party copy of the "
        "whole table. Hollow marks are the index of 2017, where a rank was found. That table was "
        "not found, so each rank of 2017 has a source of its own."
    )
    exhibits.chart(
        data,
        basis.selection.ranks(found, narrowed=True),
        charts.strip(selection.marks(found), selection.BANDS, exhibits.colours()),
        alt=selection.spoken(found),
        table=tables.selection.ranks(data, found),
    )


def disagreements(data: Data, areas: pd.DataFrame) -> None:
    """Draw each rank, of the areas shown, on which sources disagree."""
    contradicted = selection.disagreements(data, selection.ranks(data, areas))
    for subject, rows in contradicted.groupby("subject", sort=False):
        st.header(f"Sources disagree on {formatting.plain(subject)}")
        exhibits.table(
            data,
            basis.selection.said(rows),
            tables.selection.said(data, rows),
            alt=f"What each source says on {subject}",
        )


def claims(data: Data) -> None:
    """Draw the announcement's claims, each with what was found."""
    by_area = selection.by_area(selection.ranks(data, data.areas))
    st.header("Do the claims of January 2017 hold?")
    st.markdown(
        f"All twelve areas, whatever is filtered. {formatting.plain(by_area)} (computed from the "
        "ranks). "
        "The claims are in our words. A press report gave them, and is named under the table."
    )
    exhibits.table(
        data,
        basis.selection.claims(data),
        tables.selection.claims(data),
        alt=f"The announcement's claims and what was found. {by_area}.",
    )
