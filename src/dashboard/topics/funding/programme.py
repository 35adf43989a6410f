"""What was announced for the whole programme, whatever is filtered."""

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.citations import format_short
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Announcement
from dashboard.exhibits import Exhibit, Figure, build_table, format_money_cell
from dashboard.provenance import Provenance, list_distinct

_RESEARCH_SCHOOLS_TOTAL = "research-schools-total"
_RESEARCH_SCHOOLS_PARTS = ("research-schools-dfe", "research-schools-eef")
_CAME_NEXT = (
    "priority-education-investment-areas",
    "local-needs-fund",
    "local-needs-fund-ends",
    "education-investment-areas-end",
    "schools-white-paper-missions",
)
_HEADLINES = (
    ("twelve-areas-total", "Announced for twelve areas"),
    ("five-year-total", "Announced over five years"),
    (_RESEARCH_SCHOOLS_TOTAL, "For research schools"),
)


@memoize
def get_announcement(data: Data, event_id: str) -> Announcement:
    """Return one announcement.

    Raises:
        KeyError: there is none.
    """
    rows = to_rows(select_announcements(data, [event_id]), Announcement)
    if not rows:
        raise KeyError(event_id)
    return rows[0]


@memoize
def select_announcements(data: Data, event_ids: Sequence[str]) -> pd.DataFrame:
    """Return the rows of ``funding_programme`` with some ids."""
    events = data.funding_programme
    return events[events["event_id"].isin(event_ids)]


def select_successors(data: Data) -> pd.DataFrame:
    """Return the announcements of the programme that came next, and of what came after it."""
    return select_announcements(data, _CAME_NEXT)


def format_announced(announcement: Announcement) -> str:
    """Return an announcement's amount with its qualifier, as plain text.

    Raises:
        ValueError: it has no amount.
    """
    if announcement.amount_gbp is None:
        raise ValueError(f"{announcement.event_id} has no amount")
    return formatting.format_money(announcement.amount_gbp, announcement.qualifier or "exactly")


@memoize
def list_headlines(data: Data) -> list[Figure]:
    """Return the front page's figures for the whole programme."""
    return [_build_headline(data, event_id, label) for event_id, label in _HEADLINES]


def _build_headline(data: Data, event_id: str, label: str) -> Figure:
    event = get_announcement(data, event_id)
    period = f", for {event.period[0].lower()}{event.period[1:]}" if event.period else ""
    return Figure(
        label=label,
        value=format_announced(event),
        note=f"Dated {formatting.format_day(event.date)}{period}",
        provenance=build_provenance(
            select_announcements(data, [event_id]),
            name=event_id,
            title=event.title,
            method="The amount that was announced for the whole programme.",
        ),
    )


@memoize
def build_totals(data: Data) -> Exhibit:
    """Return how the announced total grew: each total contains the one before."""
    events = data.funding_programme
    totals = events[events["kind"] == "programme total"].sort_values("date")
    first, *_, last = to_rows(totals, Announcement)
    steps = len(totals) - 1
    finding = (
        f"The announced total grew from {format_announced(first)} to {format_announced(last)} in "
        f"{formatting.format_count(steps)} {'step' if steps == 1 else 'steps'}"
    )
    bars = _build_bars(totals, [formatting.format_day(when) for when in totals["date"]])
    return Exhibit(
        title=finding,
        lead=(
            (
                "Whole programme. Each total contains the one before, so they are never added "
                "together."
            ),
        ),
        provenance=build_provenance(
            totals,
            name="announced-totals",
            title="The announced totals",
            method="Each total as announced. Each contains the one before, so they are never "
            "added.",
        ),
        table=tabulate_announcements(data, totals),
        chart=lambda colours: charts.build_bars(bars, colours),
        alt=f"{finding}.",
    )


def _build_bars(events: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Return a bar for each announcement, named as given, as the chart of bars takes them."""
    words = [format_announced(row) for row in to_rows(events, Announcement)]
    values = events["amount_gbp"].astype("float64")
    return pd.DataFrame({"name": names, "value": values, "words": words})


@memoize
def build_research_school_money(data: Data) -> Exhibit:
    """Return who paid how much of the money for research schools."""
    total = get_announcement(data, _RESEARCH_SCHOOLS_TOTAL)
    parts = select_announcements(data, _RESEARCH_SCHOOLS_PARTS)
    parts = parts.sort_values("amount_gbp", ascending=False)
    shares = [
        f"{format_announced(part)} from the {part.funder}" for part in to_rows(parts, Announcement)
    ]
    finding = f"{format_announced(total)} for research schools: {formatting.join_names(shares)}"
    bars = _build_bars(parts, parts["funder"])
    return Exhibit(
        title=finding,
        lead=(
            (
                "Whole programme, announced beside its total on "
                f"{formatting.format_day_markdown(total.date)}."
            ),
        ),
        provenance=build_provenance(
            select_announcements(data, [_RESEARCH_SCHOOLS_TOTAL, *_RESEARCH_SCHOOLS_PARTS]),
            name="research-school-money",
            title="Money for research schools",
            method="The total and its two shares, as announced. The shares lie inside the total.",
        ),
        table=tabulate_announcements(data, parts),
        chart=lambda colours: charts.build_bars(bars, colours),
        alt=f"{finding}.",
    )


@memoize
def build_other_announcements(data: Data) -> Exhibit:
    """Return what was announced beside the totals, and is never added to them."""
    events = data.funding_programme
    others = events[events["kind"] != "programme total"]
    return Exhibit(
        title="What else was announced",
        lead=(
            (
                f"Whole programme, {len(others)} announcements: parts of the totals, money "
                "announced beside them, and other funds that were quoted with them. None of it "
                "is added to the totals above."
            ),
        ),
        provenance=build_provenance(
            others,
            name="other-announcements",
            title="What else was announced",
            method="As announced. None of it is added to the programme's totals.",
        ),
        table=tabulate_announcements(data, others),
        folded="The announcements as a table",
        alt="Other announcements, with amounts, funders and notes",
    )


def tabulate_announcements(data: Data, events: pd.DataFrame) -> pd.DataFrame:
    """Return announcements as a table, in date order."""
    return build_table(
        {
            "What": row.title,
            "Announced": formatting.format_day(row.date),
            "Amount": format_money_cell(row.amount_gbp, row.qualifier),
            "For": row.period,
            "Paid by": row.funder,
            "Note": row.note,
            "Reported by": format_short(data, row.source_id),
        }
        for row in to_rows(events.sort_values("date"), Announcement)
    )


def build_provenance(rows: pd.DataFrame, *, name: str, title: str, method: str) -> Provenance:
    """Return what rows of ``funding_programme`` rest on."""
    return Provenance(
        name=name,
        title=title,
        method=method,
        source_ids=list_distinct(rows["source_id"], rows["cross_check_source_id"]),
        frame=rows,
        rows={"funding_programme": rows},
    )
