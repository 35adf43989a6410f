"""What the outcomes pages are made of: small charts against England, changes, breaks, studies."""

from collections.abc import Collection
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import basis, charts, formatting, outcome_words, outcomes
from dashboard.data.loader import Data
from dashboard.topics.funding import programme
from dashboard.ui import exhibits, lazy_expander, links

# As on the map and the cards: a shape and a word tell the cohorts apart, not colour alone.
_BADGES = {
    "Original six": ":blue-badge[:material/circle: Original six]",
    "New six": ":orange-badge[:material/diamond: New six]",
}


def measure(data: Data, areas: pd.DataFrame, chosen: Any, *, by_change: bool) -> None:
    """Draw a measure for the areas: finding, small charts, changes, every figure, breaks."""
    lines = outcomes.lines(data, chosen.measure_id, areas)
    if lines.empty:
        left_out(data, areas, chosen)
        return
    changes = outcomes.changes(data, chosen.measure_id, lines)
    st.markdown(f"{_chosen(chosen)} {formatting.plain(chosen.coverage)}")
    finding = _finding(data, chosen, changes)
    left_out(data, areas, chosen)
    remarks(data, areas, chosen)
    small_charts(data, lines, chosen, _order(lines, changes, by_change=by_change), narrowed=True)
    _changes(data, chosen, lines, changes, finding)
    lazy_expander.part(
        "Every figure, year by year",
        lambda: exhibits.table(
            data,
            basis.outcomes.lines(data, chosen, set(lines["geography_code"]), narrowed=True),
            outcome_words.every_figure(data, chosen, lines),
            alt=f"{chosen.title} in each academic year",
        ),
        key="every-figure",
    )
    breaks(data, chosen)


def small_charts(
    data: Data, lines: pd.DataFrame, chosen: Any, order: list[str], *, narrowed: bool = False
) -> None:
    """Draw one small chart for each line, in order, on the same axes.

    Where the reader's filters narrow them, each is linked to its profile; else the figures of
    each year are folded under them.
    """
    frame = charts.frame_of(data, chosen, lines, exhibits.colours())
    st.markdown(_key(frame, lines["cohort"]))
    specs = charts.small_multiples(lines, frame)
    of_code = outcomes.each(lines)
    drawn = dict(zip(of_code, specs, strict=True))
    names = {code: _with_cohort(of_code[code]) for code in order}
    pictured = {names[code]: drawn[code] for code in order}
    behind = basis.outcomes.lines(data, chosen, order, narrowed=narrowed)
    with exhibits.framed(data, behind, "charts", pictured=lambda: pictured):
        grid = st.grid("auto", min_column_width=240)
        for code in order:
            line = of_code[code]
            with grid.cell():
                _name(line, linked=narrowed)
                st.vega_lite_chart(
                    drawn[code],
                    alt=_alt(line, frame, names[code]),
                    theme=None,
                    height=drawn[code]["height"],
                )
        if not narrowed:
            _years(data, chosen, lines)


def _with_cohort(line: pd.DataFrame) -> str:
    return f"{line['line'].iloc[0]} ({line['cohort'].iloc[0].lower()})"


def _name(line: pd.DataFrame, *, linked: bool) -> None:
    """Draw the name of a small chart's place."""
    name = str(line["line"].iloc[0])
    if linked:
        links.to_profile(str(line["label"].iloc[0]), words=name)
    else:
        st.markdown(f"**{formatting.plain(name)}**")


def _alt(line: pd.DataFrame, frame: charts.Frame, name: str) -> str:
    """Return a small chart in a sentence, and where its series breaks."""
    said = outcome_words.line_sentence(line, frame.england, frame.unit, frame.run, name)
    return f"{said} {outcome_words.broken(frame.cuts)}".strip()


def _years(data: Data, chosen: Any, lines: pd.DataFrame) -> None:
    """Draw, folded, every figure of some lines and England's."""
    lazy_expander.part(
        "The same figures as a table, year by year",
        lambda: exhibits.listing(
            outcome_words.every_figure(data, chosen, lines),
            alt=f"{chosen.title} in each academic year",
        ),
        key=f"years-{chosen.measure_id}",
    )


def overlaid(data: Data, areas: pd.DataFrame, chosen: Any) -> None:
    """Draw areas over one another on a measure, against England, and the figures as a table."""
    lines = outcomes.lines(data, chosen.measure_id, areas)
    left_out(data, areas, chosen)
    if lines.empty:
        return
    changes = outcomes.changes(data, chosen.measure_id, lines)
    st.markdown(_chosen(chosen))
    finding = _finding(data, chosen, changes)
    frame = charts.frame_of(data, chosen, lines, exhibits.colours())
    st.markdown(_key(frame))
    exhibits.chart(
        data,
        basis.outcomes.lines(data, chosen, set(lines["geography_code"])),
        charts.overlaid(lines, frame),
        alt=f"{finding}.",
        table=outcome_words.every_figure(data, chosen, lines),
    )
    _changes(data, chosen, lines, changes, finding)
    remarks(data, areas, chosen)
    breaks(data, chosen)


def caution(data: Data) -> None:
    """Say that outcomes are no proof of effect, and when the programme ran."""
    plans = data.areas["plan_published_on"]
    end = programme.get_announcement(data, "funded-activity-ends")
    with exhibits.framed(data, basis.outcomes.programme_years(data), "text"):
        st.info(
            "This shows what happened. It does not show what the programme caused. The areas' "
            f"plans were published between {formatting.day(plans.min())} and "
            f"{formatting.day(plans.max())}. "
            f"Funded activity ended on {formatting.day(end.date)}."
        )


def _chosen(chosen: Any) -> str:
    """Return the measure chosen in full, as a list cuts it on a phone, and what it counts."""
    return f"Chosen: **{formatting.plain(chosen.title)}**. {formatting.plain(chosen.description)}"


def _finding(data: Data, chosen: Any, changes: pd.DataFrame) -> str:
    """Draw the finding as a heading with what it leaves out under it, and return it."""
    tolerance = outcomes.rounding(data, chosen.measure_id)
    finding = outcome_words.finding(chosen, changes, tolerance)
    exhibits.header(finding)
    if others := outcome_words.other_findings(chosen, changes, tolerance):
        st.markdown(formatting.plain(others))
    return finding


def _changes(
    data: Data, chosen: Any, lines: pd.DataFrame, changes: pd.DataFrame, finding: str
) -> None:
    """Draw the table of changes over each run of years."""
    st.subheader("Change over the years that compare")
    st.markdown(
        f"Changes are in {outcome_words.points(chosen.unit)}. England's change is over the same "
        "years as the place's. No change is worked out across a break. Where the series breaks, "
        "each run of years that can be compared has a row of its own."
    )
    exhibits.table(
        data,
        basis.outcomes.changes(data, chosen, changes),
        outcome_words.changes_table(data, chosen, lines, changes),
        alt=f"{finding}.",
    )


def _key(frame: charts.Frame, cohorts: Collection[str] = ()) -> str:
    """Return what the marks of a chart mean: those of cohorts, then the quiet ones."""
    badges = [badge for cohort, badge in _BADGES.items() if cohort in set(cohorts)]
    band = "" if frame.spread.empty else " Grey band: the middle 80% of England's districts."
    dotted = " Dotted upright line: the series breaks there." if len(frame.cuts) else ""
    return " ".join([*badges, f":small[Dashed line: England.{band}{dotted}]"])


def left_out(data: Data, areas: pd.DataFrame, chosen: Any) -> None:
    """Name the areas that a measure leaves out, and say why."""
    if sentences := outcome_words.left_out(data, chosen.measure_id, areas):
        st.info(sentences)


def remarks(data: Data, areas: pd.DataFrame, chosen: Any) -> None:
    """Say what a reader of the lines has to know of some of their places."""
    for remark in outcome_words.list_remarks(data, chosen, areas):
        st.markdown(remark)


def breaks(data: Data, chosen: Any) -> None:
    """Draw where the measure's series breaks or has gaps, and why."""
    table = outcome_words.break_table(data, chosen.measure_id)
    st.subheader("Breaks and gaps in the series")
    if table.empty:
        st.markdown("None was found for this measure.")
        return
    exhibits.table(
        data,
        basis.outcomes.breaks(data, chosen),
        table,
        alt=f"Breaks and gaps in the series: {chosen.title}",
    )


def studies(data: Data) -> None:
    """Draw what studies say, each with its kind and limits."""
    st.header("What studies say")
    st.markdown(
        "No study found shows that the programme raised results. One compares the areas with "
        "similar places. It is about what young people expect, and not about attainment. The "
        "others describe results without a comparison, or study how the programme was run."
    )
    for study in outcome_words.studies(data):
        lazy_expander.part(study.heading, partial(_study, data, study), key=study.finding_ids[0])


def _study(data: Data, study: outcome_words.Study) -> None:
    with exhibits.framed(data, basis.outcomes.study(data, study.finding_ids), "text"):
        st.markdown("\n".join(f"- {finding}" for finding in study.findings))
        st.markdown(f"Limits: {' '.join(study.limits) or 'none stated here.'}")


def _order(lines: pd.DataFrame, changes: pd.DataFrame, *, by_change: bool) -> list[str]:
    """Return the lines' codes by name, or by change with the largest rise first."""
    names = lines.drop_duplicates("geography_code").set_index("geography_code")["line"]
    if not by_change:
        return list(names.sort_values().index)
    longest = changes[changes["run"] == 0].sort_values("change", ascending=False)
    ranked = list(longest["geography_code"])
    return ranked + [code for code in names.sort_values().index if code not in ranked]
