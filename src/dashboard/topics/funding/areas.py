"""What was found for areas: the fourth and the fifth year, what came next, every amount."""

from dataclasses import replace

import pandas as pd
from slugify import slugify

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.citations import format_short
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Amount, Area
from dashboard.exhibits import (
    Exhibit,
    build_table,
    format_amount_cell,
    format_money_cell,
)
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.areas.facts import build_columns_provenance, select_fourth_year
from dashboard.topics.areas.map_measures import describe_extremes
from dashboard.topics.funding import programme
from dashboard.topics.funding.payers import find_payer, find_payer_of_scope

# What an amount is for, where that says no more than the table's title.
_GENERIC_FIFTH = {"Fifth year": ""}
_NEVER_ADDED = "Amounts that lie inside one another are never added up."
_ROLES = {
    "main": "Main figure",
    "cross-check": "Another report of the same money",
    "part": "Part of another amount",
    "in addition": "In addition to the main figure",
    "running total": "Running total, contains others",
    "other programme": "Another programme's money",
}


@memoize
def select_amounts(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return every amount found for areas, in the order of the package."""
    return data.funding_areas[data.funding_areas["area_id"].isin(areas["area_id"])]


def select_fifth_year(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return what areas were given for the fifth year: the main amount, and any beside it."""
    amounts = select_amounts(data, areas)
    return amounts[
        (amounts["scope"] == "fifth year") & amounts["role"].isin(["main", "in addition"])
    ]


@memoize
def build_fourth_year(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return the fourth year's money by area, with how it compares with what was announced."""
    known = areas["fourth_year_gbp"].dropna()
    published = select_fourth_year(data)["amount_gbp"]
    return _build_by_area(
        data,
        areas,
        "fourth_year_gbp",
        unit="pounds",
        heading="Fourth year",
        column_title="Fourth-year money",
        lead=f"September 2020 to August 2021. Of the areas shown, {len(known)} were allocated "
        f"{formatting.format_money(known.sum())} together (computed). For all twelve, "
        f"{format_announced_amount(data, 'fourth-year')} had been announced; the published "
        f"allocations add up to {formatting.format_money(published.sum())}.",
    )


@memoize
def build_fourth_year_per_child(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return the fourth year's money for each child living in an area."""
    return _build_by_area(
        data,
        areas,
        "fourth_year_per_child_gbp",
        unit="pounds per child",
        heading="Per child",
        column_title="Fourth-year money per child (computed)",
        lead="Computed: the fourth-year allocation over the children aged 0 to 15 living there in "
        "mid-2017. It says nothing about which children the money was spent on.",
    )


def _build_by_area(
    data: Data,
    areas: pd.DataFrame,
    column: str,
    *,
    unit: str,
    heading: str,
    column_title: str,
    lead: str,
) -> Exhibit:
    highest = describe_extremes(areas, column, unit)
    announced = programme.select_announcements(data, ["fourth-year"])
    bars = _build_bars(areas, column, unit)
    by_area = build_columns_provenance(
        data,
        areas,
        (column, "cohort"),
        name=slugify(column_title.removesuffix(" (computed)")),
        title=column_title,
    )
    return Exhibit(
        title=f"{heading}: {highest}",
        lead=(lead,),
        provenance=replace(
            by_area,
            source_ids=list_distinct(by_area.source_ids, announced["source_id"]),
            rows={**by_area.rows, "funding_programme": announced},
        ),
        table=_tabulate_by_area(data, areas, column, unit, column_title),
        chart=lambda colours: charts.build_cohort_bars(bars, colours),
        alt=f"{column_title} by area: {highest}.",
    )


def _build_bars(areas: pd.DataFrame, column: str, unit: str) -> pd.DataFrame:
    """Return a bar for each area with a figure, largest first, as the chart of bars takes them."""
    ranked = areas.dropna(subset=[column]).sort_values(column, ascending=False)
    return pd.DataFrame(
        {
            "name": [formatting.format_short_name(label) for label in ranked["label"]],
            "cohort": ranked["cohort"],
            "value": ranked[column].astype("float64"),
            "words": [formatting.format_amount(value, unit) for value in ranked[column]],
        }
    )


def _tabulate_by_area(
    data: Data, areas: pd.DataFrame, column: str, unit: str, column_title: str
) -> pd.DataFrame:
    """Return one column of the areas' facts as a table, largest first."""
    ranked = areas.sort_values(column, ascending=False)
    rows = zip(to_rows(ranked, Area), ranked[column], ranked["fourth_year_source_id"], strict=True)
    return build_table(
        {
            "Area": area.label,
            "Cohort": area.cohort,
            column_title: format_amount_cell(value, unit),
            "Paid by": find_payer_of_scope(data, "fourth year"),
            "Reported by": "" if pd.isna(source_id) else format_short(data, source_id),
        }
        for area, value, source_id in rows
    )


@memoize
def build_fifth_year(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return what is known of the fifth year, and name what is not."""
    amounts = select_fifth_year(data, areas)
    unknown = areas[~areas["area_id"].isin(amounts["area_id"])]
    known = len(areas) - len(unknown)
    names = (
        formatting.escape_markdown(formatting.join_names(unknown["label"])) if len(unknown) else ""
    )
    missing = f"None was found for {names}. " if names else ""
    announced = programme.select_announcements(data, ["fifth-year"])
    return Exhibit(
        title=f"Fifth year: allocations were found for {known} of the {len(areas)} areas shown",
        lead=(
            (
                f"September 2021 to August 2022. {format_announced_amount(data, 'fifth-year')} was "
                f"announced for all twelve. {missing}A sum over the areas would mislead, so none "
                "is given."
            ),
        ),
        provenance=Provenance(
            name="fifth-year-money",
            title="Fifth-year money",
            method=f"Each amount as its source gives it. {_NEVER_ADDED}",
            source_ids=list_distinct(announced["source_id"], amounts["source_id"]),
            frame=amounts,
            rows={"funding_areas": amounts, "funding_programme": announced},
            narrowed=True,
        ),
        table=tabulate_fifth_year(data, areas, amounts),
        alt=f"Fifth-year amounts, found for {known} of {len(areas)} areas",
    )


def tabulate_fifth_year(data: Data, areas: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return each amount of the fifth year; of areas without one the lead says so."""
    labels = map_labels(areas)
    ordered = amounts.assign(place=amounts["area_id"].map({one: i for i, one in enumerate(labels)}))
    return build_table(
        {
            "Area": labels[row.area_id],
            "Amount": format_money_cell(row.amount_gbp, row.qualifier),
            "Note": " ".join(
                filter(None, [_GENERIC_FIFTH.get(row.what, f"{row.what}."), row.overlaps, row.note])
            ),
            "Paid by": find_payer(data, row),
            "Reported by": format_short(data, row.source_id),
        }
        for row in to_rows(ordered.sort_values("place", kind="stable"), Amount)
    )


@memoize
def build_every_amount(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return every amount found for the areas shown, row by row."""
    amounts = select_amounts(data, areas)
    return Exhibit(
        title="Every amount found for the areas shown",
        lead=(
            (
                f"{len(amounts)} amounts, listed and never summed. They overlap: a running total "
                "contains others, a part lies inside another. The local needs fund is another "
                "programme's money."
            ),
        ),
        provenance=build_provenance(amounts, narrowed=True),
        table=tabulate_amounts(data, areas, amounts),
        folded="The amounts as a table",
        alt="Every amount found for the areas shown, with what each overlaps",
    )


@memoize
def build_amounts_of_area(data: Data, area: Area) -> Exhibit:
    """Return every amount found for one area, with what each overlaps."""
    amounts = data.funding_areas[data.funding_areas["area_id"] == area.area_id]
    return Exhibit(
        title="Every amount found",
        provenance=build_provenance(
            amounts,
            name=f"every-amount-{area.area_id}",
            title=f"Every amount found, {area.label}",
        ),
        table=tabulate_amounts(data, data.areas, amounts).drop(columns="Area"),
        folded="Every amount found: they overlap, so they are not added up",
        alt=f"Every amount found for {area.label}",
    )


def build_provenance(
    amounts: pd.DataFrame,
    *,
    name: str = "every-amount",
    title: str = "Every amount found",
    narrowed: bool = False,
) -> Provenance:
    """Return what amounts for areas rest on, listed row by row."""
    computed = (amounts["qualifier"] == "computed").any()
    return Provenance(
        name=name,
        title=title,
        method=f"Each amount as its source gives it. {_NEVER_ADDED}",
        source_ids=list_distinct(amounts["source_id"]),
        frame=amounts,
        rows={"funding_areas": amounts},
        status="As published, but for those marked computed." if computed else PUBLISHED,
        narrowed=narrowed,
    )


def tabulate_amounts(data: Data, areas: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the amounts of some areas row by row with what each overlaps."""
    labels = map_labels(areas)
    return build_table(
        {
            "Area": labels[row.area_id],
            "What": row.what,
            "Amount": format_money_cell(row.amount_gbp, row.qualifier),
            "Standing": _describe_standing(row),
            "Overlaps": row.overlaps,
            "Note": row.note,
            "Paid by": find_payer(data, row),
            "Reported by": format_short(data, row.source_id),
        }
        for row in to_rows(amounts[amounts["area_id"].isin(list(labels))], Amount)
    )


def _describe_standing(row: Amount) -> str:
    """Return what an amount is beside the others; money spent is never one of them."""
    if row.kind in ("spend", "planned spend"):
        return "Spent or planned, not a further amount"
    return _ROLES.get(row.role, row.role)


def map_labels(areas: pd.DataFrame) -> dict[str, str]:
    """Return the label of each area, by its id."""
    return dict(zip(areas["area_id"], areas["label"], strict=True))


def format_announced_amount(data: Data, event_id: str) -> str:
    """Return what was announced, with its qualifier, as Markdown."""
    return formatting.escape_markdown(
        programme.format_announced(programme.get_announcement(data, event_id))
    )
