"""What is shown of areas: headline figures, the table of the twelve, one area, several."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard import citations, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Priority
from dashboard.exhibits import NOT_FOUND, Exhibit, Figure, Number, build_table, format_money_cell
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.areas.facts import (
    ALL,
    ENGLAND_TENTH,
    GLANCE,
    PROFILE,
    AreaFacts,
    build_columns_provenance,
    compute_area_facts,
    describe_deprivation_2025,
    list_abolished,
    list_districts,
    select_deprivation_2025,
)
from dashboard.topics.research_schools import get_school

METHOD_2025 = (
    "The share on the index of 2025 is as published, by district, and none is given for a district "
    "that was abolished. It is no trend from 2019: the boundaries of neighbourhoods changed."
)
# What a row of a table of facts says: the fact, its value, who says so.
FactRow = tuple[str, str | None, str | None]


@memoize
def list_figures(data: Data, areas: pd.DataFrame) -> list[Figure]:
    """Return the front page's figures for the areas shown."""
    some = areas if len(areas) else compute_area_facts(data)
    return [_build_count(data, areas, some), _build_people(data, areas, some)]


def _build_count(data: Data, areas: pd.DataFrame, some: pd.DataFrame) -> Figure:
    return Figure(
        label="Areas shown",
        value=f"{len(areas)} of {len(data.areas)}",
        note=f"{data.districts['area_id'].isin(areas['area_id']).sum()} districts",
        provenance=replace(
            build_columns_provenance(
                data, some, ("cohort",), name="areas-shown", title="The areas shown"
            ),
            method="The areas that fit the filters, counted, and the districts they are made of.",
            status="Counted by us.",
        ),
    )


def _build_people(data: Data, areas: pd.DataFrame, some: pd.DataFrame) -> Figure:
    return Figure(
        label="People living there",
        value=formatting.format_number(areas["population"].sum()),
        note="Mid-2017, the areas shown added up",
        provenance=replace(
            build_columns_provenance(
                data, some, ("population",), name="people", title="People living there"
            ),
            method="The official estimates for mid-2017, added up over the areas shown.",
            status="The sum is computed; each estimate is as published.",
        ),
    )


@memoize
def build_at_a_glance(data: Data, areas: pd.DataFrame) -> Exhibit:
    """Return the front page's table: one row an area, with its research school."""
    schools = data.research_schools.set_index("area_id")["name"]
    provenance = build_columns_provenance(
        data, areas, GLANCE, name="areas-at-a-glance", title="The areas at a glance"
    )
    return Exhibit(
        title="The areas shown",
        provenance=add_schools(data, provenance),
        table=build_table(
            {
                "Area": area.label,
                "Fourth-year money": format_money_cell(area.fourth_year_gbp),
                "People": Number(formatting.format_number(area.population)),
                "Cohort": area.cohort,
                "Region": area.region,
                "Research school": schools.get(area.area_id, NOT_FOUND),
            }
            for area in to_rows(areas, AreaFacts)
        ),
        alt="The areas shown, with fourth-year money, people, cohort, region and research school",
    )


def add_schools(data: Data, provenance: Provenance) -> Provenance:
    """Add the research school of each area, and its host."""
    schools = data.research_schools
    schools = schools[schools["area_id"].isin(provenance.frame["area_id"])]
    by_area = schools[["area_id", "name", "host", "source_id"]].set_axis(
        ["area_id", "research_school", "research_school_host", "research_school_source_id"],
        axis="columns",
    )
    return replace(
        provenance,
        method=f"{provenance.method} The research school is the one named for the area.",
        source_ids=list_distinct(provenance.source_ids, schools["source_id"]),
        frame=provenance.frame.merge(by_area, on="area_id", how="left"),
    )


@memoize
def build_facts(data: Data, area: AreaFacts) -> Exhibit:
    """Return one area's facts, as beside the map."""
    return Exhibit(
        title=area.label,
        provenance=_build_area_provenance(data, area, {}, name="facts", title="Facts"),
        table=tabulate_facts(data, area),
        alt=f"Facts about {area.label}",
    )


@memoize
def build_profile(data: Data, area: AreaFacts) -> Exhibit:
    """Return one area's facts in full, as on its profile."""
    return Exhibit(
        title=area.label,
        provenance=_build_area_provenance(
            data, area, PROFILE, name="profile", title="Profile facts"
        ),
        table=tabulate_profile(data, area),
        folded="All facts, each with its source",
        alt=f"Facts about {area.label}",
    )


def _build_area_provenance(
    data: Data, area: AreaFacts, more: dict[str, str], *, name: str, title: str
) -> Provenance:
    """Return what one area's facts rest on, with more columns and their sources."""
    facts = compute_area_facts(data)
    row = facts[facts["area_id"] == area.area_id]
    provenance = build_columns_provenance(
        data, row, ALL, name=f"{name}-{area.area_id}", title=f"{title}, {area.label}"
    )
    provenance = add_schools(data, provenance)
    columns = row[["area_id", *dict.fromkeys([*more, *more.values()])]]
    shares = select_shares_2025(data)
    shares = shares[shares["area_id"] == area.area_id]
    frame = provenance.frame.merge(columns, on="area_id").merge(
        shares.drop(columns="lad_code"), on="area_id", how="left"
    )
    districts = data.districts[data.districts["area_id"] == area.area_id]
    return replace(
        provenance,
        method=f"{provenance.method} {METHOD_2025}",
        source_ids=list_distinct(
            provenance.source_ids,
            shares["deprived_2025_source_id"],
            *(row[source] for source in more.values()),
            districts["change_source_id"],
        ),
        frame=frame,
        rows={**provenance.rows, "areas": frame},
        narrowed=False,
    )


def select_shares_2025(data: Data) -> pd.DataFrame:
    """Return the share of 2025 of each district that has one: no area of two has a share."""
    columns = ["area_id", "lad_code", "name", "imd2025_most_deprived_tenth_percent"]
    known = data.districts[data.districts["imd2025_most_deprived_tenth_percent"].notna()]
    return known[[*columns, "imd2025_source_id"]].set_axis(
        [*columns[:2], "deprived_2025_district", "deprived_2025_share", "deprived_2025_source_id"],
        axis="columns",
    )


def tabulate_facts(data: Data, area: AreaFacts) -> pd.DataFrame:
    """Return one area's facts: what, figure, source."""
    return _tabulate_rows(data, _list_facts(data, area))


def _tabulate_rows(data: Data, rows: Iterable[FactRow]) -> pd.DataFrame:
    return build_table(
        {
            "Fact": name,
            "Figure": value,
            "Source": citations.format_short(data, source_id) if source_id else "",
        }
        for name, value, source_id in rows
    )


def _list_facts(data: Data, area: AreaFacts) -> list[FactRow]:
    school = get_school(data, area.area_id)
    money = format_money_cell(area.fourth_year_gbp)
    return [
        ("Cohort", area.cohort, area.announced_source_id),
        ("Announced", format_announced(area), area.announced_source_id),
        ("Region", area.region, area.region_source_id),
        ("Type of place, 2017", area.place_type, area.place_type_source_id),
        *_list_people_and_deprivation(data, area),
        ("Fourth-year money", money, area.fourth_year_source_id),
        ("Research school", school.name, school.source_id),
        *(
            (
                f"{district.name} district",
                (
                    f"Abolished on {formatting.format_day(district.abolished_on)}: part of "
                    f"{district.successor_name}"
                ),
                district.change_source_id,
            )
            for district in list_abolished(data, area.area_id)
        ),
    ]


def _list_people_and_deprivation(data: Data, area: AreaFacts) -> list[FactRow]:
    """Return the facts that come from the area's districts: people, and deprivation at two dates.

    The two dates stand beside one another and are never subtracted.
    """
    several = len(list_districts(data, area.area_id)) > 1
    when = f"mid-2017{', computed' if several else ''}"
    sources_2025 = select_deprivation_2025(data, area.area_id)["by"].dropna()
    return [
        (
            "People",
            f"{formatting.format_number(area.population)} ({when})",
            area.population_source_id,
        ),
        (
            "Children aged 0 to 15",
            f"{formatting.format_number(area.children)} ({when})",
            area.children_source_id,
        ),
        (
            "Neighbourhoods in England's most deprived tenth",
            f"{formatting.format_per_cent(area.deprived_share)} (2019, computed; {ENGLAND_TENTH})",
            area.deprivation_source_id,
        ),
        (
            "Neighbourhoods in England's most deprived tenth, 2025",
            describe_deprivation_2025(data, area.area_id),
            next(iter(sources_2025), ""),
        ),
    ]


def format_announced(area: Area) -> str:
    """Return when an area was announced, and its name then where that was another."""
    announced_as = "" if area.announced_as == area.name else f", as {area.announced_as}"
    return f"{formatting.format_day(area.announced_on)}{announced_as}"


def tabulate_profile(data: Data, area: AreaFacts) -> pd.DataFrame:
    """Return one area's facts in full: those of :func:`tabulate_facts`, and what followed.

    Of what is missing only the chair is named.
    """
    districts = list_districts(data, area.area_id)
    names = formatting.join_names(
        f"{district.name} ({district.lad_code})" for district in districts
    )
    ended = formatting.format_day(area.successor_ended) if area.successor_ended else None
    further = [
        ("Note on the type of place", area.place_type_note, area.place_type_note_source_id),
        ("Districts", names, area.source_id),
        ("Upper-tier authority when announced", area.upper_tier_name, area.source_id),
        ("Delivery plan published", format_plan(area), area.plan_source_id),
        ("Chair of the partnership board", format_chair(area), area.chair_source_id),
        ("Twinned with", area.twinned_with, area.twinned_source_id),
        ("What came next", area.successor, area.successor_source_id),
        ("Its money ended", ended, area.successor_ended_source_id),
    ]
    known = [
        (name, value or NOT_FOUND, source_id)
        for name, value, source_id in further
        if value or name.startswith("Chair")
    ]
    return _tabulate_rows(data, [*_list_facts(data, area), *known])


def format_plan(area: Area) -> str:
    """Return when an area's plan was published, and its length."""
    pages = f", {area.plan_pages} pages" if area.plan_pages else ""
    return f"{formatting.format_day(area.plan_published_on)}{pages}"


def format_chair(area: Area) -> str | None:
    """Return who chaired an area's board, with what is noted of it, if anything is known."""
    return ". ".join(filter(None, (area.chair, area.chair_note))) or None


@memoize
def build_priorities(data: Data, area: Area) -> Exhibit:
    """Return the priorities and themes of an area's delivery plan."""
    rows = data.priorities[data.priorities["area_id"] == area.area_id]
    notes = rows.groupby("kind", sort=False)["note"].unique()
    common_notes = [of_kind[0] for of_kind in notes if len(of_kind) == 1 and pd.notna(of_kind[0])]
    return Exhibit(
        title="Priorities of the delivery plan",
        lead=tuple(map(formatting.escape_markdown, list_distinct(common_notes))),
        provenance=Provenance(
            name=f"priorities-{area.area_id}",
            title=f"Priorities of the delivery plan, {area.label}",
            method="The priorities and themes of the area's delivery plan, in our words.",
            source_ids=list_distinct(rows["source_id"]),
            frame=rows,
        ),
        table=build_table(
            {
                "Priority": f"{row.kind.capitalize()} {row.number}: {row.priority}",
                "Note": "" if row.note in common_notes else row.note,
            }
            for row in to_rows(rows, Priority)
        ),
        alt=f"Priorities of {area.label}",
    )
