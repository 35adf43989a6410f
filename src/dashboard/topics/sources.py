"""Where figures come from: sources, disagreements, gaps, columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import memoize
from dashboard.data.frames import group_rows, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Disagreement, Gap, Source
from dashboard.exhibits import Number, build_table, make_link
from dashboard.topics.comparators.comparison_tables import build_comparison_tables

_FIGURES = (
    "areas",
    "districts",
    "index_ranks",
    "index_2016",
    "funding_programme",
    "funding_areas",
    "research_schools",
    "outcomes",
    "district_outcomes",
    "evaluations",
)
_COUNTED_APART = {"index_2016", "outcomes", "district_outcomes"}
# Names a source that agrees, not the one that is shown.
_CROSS_CHECK = "cross_check_source_id"
_TYPES = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "boolean": "Yes or no",
    "date": "Date",
}


@memoize
def tabulate_disagreements(data: Data) -> pd.DataFrame:
    """Return where sources differ, each source's word, and which one is shown and why."""
    return build_table(
        {
            "On": row.subject,
            "Source": citations.format_short(data, row.source_id),
            "Says": row.says,
            "Shown here": f"Yes. {formatting.format_text(row.reason)}" if row.shown else "No",
        }
        for row in to_rows(data.disagreements, Disagreement)
    )


@memoize
def list_gaps(data: Data) -> tuple[Gap, ...]:
    """Return what was looked for and not found."""
    return to_rows(data.gaps, Gap)


def select_gaps(data: Data, page: str, areas: pd.DataFrame) -> list[Gap]:
    """Return what was not found on a page's subject, for some areas or for all."""
    named = {None, *areas["area_id"]}
    return [gap for gap in list_gaps(data) if gap.page == page and gap.area_id in named]


def list_gaps_of_area(data: Data, area_id: str) -> list[Gap]:
    """Return what was not found of one area, on any page's subject."""
    return [gap for gap in list_gaps(data) if gap.area_id == area_id]


def describe_gaps(data: Data, listed: Sequence[Gap]) -> tuple[str, ...]:
    """Return gaps in a line a subject, as Markdown: subject, areas, what to know.

    What is said of every area of a subject alike is said once; what is said of one has its name.
    """
    labels = data.label_by_id
    return tuple(
        f"**{formatting.escape_markdown(subject)}**: "
        f"{formatting.escape_markdown(_describe_subject(gaps, labels))}"
        for subject, gaps in group_rows(listed, lambda gap: gap.subject).items()
    )


def _describe_subject(gaps: Sequence[Gap], labels: Mapping[str, str]) -> str:
    """Return what was not found on a subject: of several areas, their names and what to know.

    That is what follows the first sentence, or all of it where that says more than "not found".
    """
    if len(gaps) == 1:
        return gaps[0].detail
    named = {gap.area_id: labels[gap.area_id] for gap in gaps if gap.area_id}
    names = [formatting.format_short_name(named.get(gap.area_id or "", "\0")) for gap in gaps]
    generic = {gap.detail.replace(name, "each") for gap, name in zip(gaps, names, strict=True)}
    if len(generic) == 1 and "not found" not in gaps[0].detail.partition(". ")[0]:
        return f"{formatting.join_names(named.values())}. {generic.pop()}"
    rests = {labels.get(gap.area_id or "", ""): gap.detail.partition(". ")[2] for gap in gaps}
    if len(set(rests.values())) == 1:
        after = list(rests.values())[:1]
    else:
        after = [f"{name}: {rest}" for name, rest in rests.items() if rest]
    return " ".join([f"{formatting.join_names(filter(None, rests))}.", *after]).strip()


@memoize
def tabulate_gaps(data: Data) -> pd.DataFrame:
    """Return everything that was not found, in words."""
    labels = data.label_by_id
    return build_table(
        {
            "Missing": row.subject,
            "Area": labels.get(row.area_id or "", "Not one area alone"),
            "What is not known": row.detail,
        }
        for row in list_gaps(data)
    )


def tabulate_sources(data: Data, listed: pd.DataFrame) -> pd.DataFrame:
    """Return sources with their tier, how each was read, and what rests on each."""
    rests = count_rows_by_source(data)
    return build_table(
        {
            "Title": make_link(row.title, row.url),
            "Publisher": row.publisher,
            "Date": formatting.format_day(row.date),
            "Tier": row.tier,
            "What rests on it": "; ".join(
                f"{title}: {count}" for title, count in rests.get(row.source_id, {}).items()
            )
            or "Background only",
            "How it was read": row.note,
            "Reference": row.source_id,
        }
        for row in to_rows(listed, Source)
    )


@memoize
def count_rows_by_source(data: Data) -> dict[str, dict[str, int]]:
    """Return how many rows of each table, by its title, rest on each source in any column."""
    counts_by_source: dict[str, dict[str, int]] = {}
    for resource in data.descriptor["resources"]:
        frame = getattr(data, resource["name"])
        if not isinstance(frame, pd.DataFrame) or resource["name"] == "sources":
            continue
        columns = [name for name in frame.columns if name.endswith("source_id")]
        for values in frame[columns].itertuples(index=False, name=None):
            for source_id in {value for value in values if isinstance(value, str)}:
                counts = counts_by_source.setdefault(source_id, {})
                counts[resource["title"]] = counts.get(resource["title"], 0) + 1
    return counts_by_source


@memoize
def tabulate_tiers(data: Data) -> pd.DataFrame:
    """Return how many rows of each table of figures rest on sources of each tier.

    A row counts by the weakest of its sources: one that is checked against another counts by the
    one that it shows.
    """
    return build_table(
        {
            "Table": _get_title(data, name),
            **{
                tier.capitalize(): Number(
                    formatting.format_number((_find_weakest_tiers(data, name) == tier).sum())
                )
                for tier in citations.TIERS
            },
        }
        for name in _FIGURES
    )


@memoize
def describe_primary_share(data: Data) -> str:
    """Return how much of what is shown rests on primary sources alone, in sentences.

    Outcomes stand apart: they are most of the rows, and all published by one department. The
    tables of every district are left out: those of the areas are among the ranks and outcomes.
    """
    names = [name for name in _FIGURES if name not in _COUNTED_APART]
    values = _find_weakest_tiers(data, "outcomes") == "primary"
    others = pd.concat([_find_weakest_tiers(data, name) == "primary" for name in names])
    count = formatting.format_number
    return (
        f"{count(values.sum())} of {count(len(values))} outcome values rest on a primary source. "
        f"Of the {count(len(others))} other rows of figures, {count(others.sum())} "
        f"({formatting.format_per_cent(100 * others.mean())}) rest on primary sources alone "
        "(computed)."
    )


@memoize
def list_tables(data: Data) -> tuple[tuple[str, str, str, int], ...]:
    """Return each table's name, title, what a row of it is, and its number of rows.

    The tables of comparisons, which are computed, follow those of the data.
    """
    of_data = tuple(
        (
            str(resource["name"]),
            str(resource["title"]),
            _describe_row(str(resource["description"])),
            len(getattr(data, resource["name"])),
        )
        for resource in data.descriptor["resources"]
        if isinstance(getattr(data, resource["name"]), pd.DataFrame)
    )
    computed = tuple(
        (table.name, table.title, _describe_row(table.description), len(table.frame))
        for table in build_comparison_tables(data).values()
    )
    return of_data + computed


def _describe_row(description: str) -> str:
    """Return what a row is: a description's first sentence, without its opening words."""
    words = description.partition(". ")[0].rstrip(".").removeprefix("One row for ")
    return f"{words[:1].upper()}{words[1:]}."


def tabulate_columns(schema: dict[str, Any]) -> pd.DataFrame:
    """Return the columns of a table, out of its schema: name, what it holds, type, rules."""
    return build_table(
        {
            "Column": field["name"],
            "What it holds": field.get("description", field.get("title")),
            "Type": _TYPES.get(field["type"], field["type"]),
            "Always filled": "Yes" if field.get("constraints", {}).get("required") else "No",
        }
        for field in schema["fields"]
    )


@memoize
def _find_weakest_tiers(data: Data, name: str) -> "pd.Series[str]":
    """Return the tier of the weakest source of each row of a table."""
    places = {tier: place for place, tier in enumerate(citations.TIERS)}
    last = len(places) - 1
    order = {row.source_id: places.get(row.tier, last) for row in to_rows(data.sources, Source)}
    frame: pd.DataFrame = getattr(data, name)
    columns = [
        name for name in frame.columns if name.endswith("source_id") and name != _CROSS_CHECK
    ]
    ranks = frame[columns].apply(lambda column: column.map(order))
    weakest: pd.Series[str] = ranks.max(axis="columns").map(dict(enumerate(citations.TIERS)))
    return weakest


def _get_title(data: Data, name: str) -> str:
    resources = data.descriptor["resources"]
    return next(str(resource["title"]) for resource in resources if resource["name"] == name)
