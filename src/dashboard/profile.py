"""Everything about one area, and several side by side, as tables of words."""

from typing import Any

import pandas as pd

from dashboard import citations, measures, outcome_words, outcomes, tables, text
from dashboard.data import Data, record, records

_FIRST_INDEX = 2016
_COMPARED_SCOPES = {
    "core three years": "Core money, three years (2017 to 2020)",
    "fourth year": "Fourth year (2020/21)",
    "fifth year": "Fifth year (2021/22)",
    "essential life skills": "Essential life skills",
    "research school": "Research school grant",
}


def neighbours(data: Data, area_id: str) -> tuple[str, str]:
    """Return the labels of the areas before and after one, round the list."""
    ids, labels = list(data.areas["area_id"]), list(data.areas["label"])
    at = ids.index(area_id)
    return labels[at - 1], labels[(at + 1) % len(labels)]


def facts(data: Data, area: Any) -> pd.DataFrame:
    """Return the area's facts beyond :func:`tables.area_facts`: what, figure, source."""
    found = [
        ("District", _districts(data, area["area_id"]), area["source_id"]),
        ("In the county or authority of", area["upper_tier_name"], area["source_id"]),
        ("Delivery plan published", _plan(area), area["plan_source_id"]),
        ("Chair of the partnership board", _with_note(area, "chair"), area["chair_source_id"]),
        ("Twinned with", area["twinned_with"], area["twinned_source_id"]),
        ("What came next", area["successor"], area["successor_source_id"]),
    ]
    further = pd.DataFrame(
        [
            {
                "Fact": name,
                "Figure": text.plain(value) if value else tables.NOT_FOUND,
                "Source": citations.short(data, source) if source else "",
            }
            for name, value, source in found
            if value or name.startswith("Chair")
        ]
    )
    return pd.concat([tables.area_facts(data, area), further], ignore_index=True)


def priorities(data: Data, area_id: str) -> pd.DataFrame:
    """Return the delivery plan's priorities and themes, in our words."""
    mine = data.priorities[data.priorities["area_id"] == area_id]
    return pd.DataFrame(
        [
            {
                "Kind": f"{row.kind.capitalize()} {row.number}",
                "Priority": text.plain(row.priority),
                "Note": text.plain(row.note),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(mine)
        ]
    )


def ranks(data: Data, area_id: str) -> pd.DataFrame:
    """Return where the area's districts stood on the Social Mobility Index; 324 is worst."""
    mine = data.districts[data.districts["area_id"] == area_id][["lad_code", "name"]]
    joined = data.index_ranks.merge(mine, on="lad_code").sort_values(["index_year", "name"])
    return pd.DataFrame(
        [
            {
                "District": text.plain(row.name),
                "Index": f"{row.index_year}, {row.stage}",
                "Rank of 324": tables.NOT_FOUND if row.rank is None else str(row.rank),
                "Note": _rank_note(row),
                "Source": citations.short(data, row.source_id),
            }
            for row in records(joined)
        ]
    )


def outcome_table(data: Data, area: pd.DataFrame) -> pd.DataFrame:
    """Return each measure's last figure for the area beside England's in the same year.

    ``area`` is a frame of one row. Measures for whole authorities are there only where the area
    is one. Change is over the longest stretch of years that compares.
    """
    rows = []
    for measure in records(data.measures.sort_values("sort_order")):
        lines = outcomes.lines(data, measure.measure_id, area)
        found = outcomes.changes(data, measure.measure_id, lines)
        nation = outcomes.england(data, measure.measure_id).set_index("period")["value"]
        for code, line in lines.groupby("geography_code", sort=False):
            last = line.iloc[-1]
            main = found[(found["geography_code"] == code) & found["main"].astype(bool)]
            rows.append(
                {
                    "Measure": text.plain(measure.title),
                    "Place": text.plain(last["line"]),
                    "Last figure": _in_year(last["value"], last["period"], measure.unit),
                    "England, same year": outcome_words.figure(
                        nation[last["period"]], measure.unit
                    ),
                    "Change": _change(main),
                    "Source": citations.short(data, last["source_id"]),
                }
            )
    return pd.DataFrame(rows)


def gaps(data: Data, area_id: str) -> pd.DataFrame:
    """Return what was looked for about the area and not found."""
    mine = data.gaps[data.gaps["area_id"] == area_id]
    return pd.DataFrame(
        [
            {"Missing": text.plain(row.subject), "What is not known": text.plain(row.detail)}
            for row in records(mine)
        ]
    )


def source_ids(data: Data, area: Any) -> list[str]:
    """Return every source that the area's page rests on, in order of first use."""
    area_id = area["area_id"]
    codes = data.districts[data.districts["area_id"] == area_id]["lad_code"]
    frames = [
        data.districts[data.districts["area_id"] == area_id],
        data.priorities[data.priorities["area_id"] == area_id],
        data.index_ranks[data.index_ranks["lad_code"].isin(codes)],
        data.funding_areas[data.funding_areas["area_id"] == area_id],
        data.research_schools[data.research_schools["area_id"] == area_id],
        data.outcomes[data.outcomes["area_id"] == area_id],
    ]
    own = [area[name] for name in area.index if name.endswith("source_id") and area[name]]
    rest = [
        one
        for frame in frames
        for name in frame.columns
        if name.endswith("source_id")
        for one in citations.column(frame, name)
    ]
    return list(dict.fromkeys([*own, *rest]))


def compared(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return areas side by side: a row a fact, a column an area."""
    columns = {}
    for area in records(areas):
        school = record(data.research_schools, "area_id", area.area_id)
        columns[text.plain(area.label)] = {
            "Cohort": area.cohort,
            "Region": area.region,
            "Type of place": area.place_type,
            "People, mid-2017": text.number(area.population),
            "Children aged 0 to 15, mid-2017": text.number(area.children),
            "Neighbourhoods in England's most deprived tenth, 2019 (computed)": text.per_cent(
                area.deprived_share
            ),
            "Social Mobility Index rank of 324, 2016": _rank_2016(data, area.area_id),
            "Research school": text.plain(school["name"]),
            "Its host": text.plain(school["host"]),
        }
    return pd.DataFrame(columns).rename_axis("Fact").reset_index()


def compared_money(data: Data, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the main amount of each scope side by side; scopes are never added up."""
    columns = {}
    for area in records(areas):
        amounts = {
            name: _main_amount(data, area.area_id, scope)
            for scope, name in _COMPARED_SCOPES.items()
        }
        per_child = text.amount(area.fourth_year_per_child_gbp, "pounds per child")
        columns[text.plain(area.label)] = {
            **amounts,
            "Fourth year per child aged 0 to 15 (computed)": per_child,
        }
    return pd.DataFrame(columns).rename_axis("Money").reset_index()


def fact_sources(data: Data, areas: pd.DataFrame) -> list[str]:
    """Return the sources of :func:`compared`."""
    codes = data.districts[data.districts["area_id"].isin(areas["area_id"])]["lad_code"]
    ranked = data.index_ranks[data.index_ranks["lad_code"].isin(codes) & _is_2016(data.index_ranks)]
    names = ["population_source_id", "children_source_id", "deprivation_source_id"]
    return [
        *citations.of(data, areas),
        *(one for name in names for one in citations.column(areas, name)),
        *citations.column(ranked, "source_id"),
    ]


def money_sources(data: Data, areas: pd.DataFrame) -> list[str]:
    """Return the sources of :func:`compared_money`."""
    amounts = [measures.scope_amounts(data, scope) for scope in _COMPARED_SCOPES]
    mine = [one[one["area_id"].isin(areas["area_id"])] for one in amounts]
    return [
        *(source for one in mine for source in citations.column(one, "source_id")),
        *citations.column(areas, "children_source_id"),
    ]


def _is_2016(ranks: pd.DataFrame) -> "pd.Series[bool]":
    return (ranks["index_year"] == _FIRST_INDEX) & (ranks["stage"] == "overall")


def _districts(data: Data, area_id: str) -> str:
    mine = data.districts[data.districts["area_id"] == area_id]
    return text.joined(f"{row.name} ({row.lad_code})" for row in records(mine))


def _plan(area: Any) -> str:
    pages = f", {area['plan_pages']} pages" if area["plan_pages"] else ""
    return f"{text.day(area['plan_published_on'])}{pages}"


def _with_note(area: Any, field: str) -> str | None:
    said = [area[field], area[f"{field}_note"]]
    return ". ".join(str(one) for one in said if one) or None


def _rank_note(row: Any) -> str:
    conflict = "" if row.preferred else "Not the one preferred: sources disagree. "
    return f"{conflict}{text.plain(row.note)}"


def _rank_2016(data: Data, area_id: str) -> str:
    mine = data.districts[data.districts["area_id"] == area_id]
    joined = data.index_ranks.merge(mine[["lad_code", "name"]], on="lad_code")
    ranked = records(joined[_is_2016(joined)])
    return "; ".join(
        str(row.rank) if len(mine) == 1 else f"{row.name} {row.rank}" for row in ranked
    )


def _main_amount(data: Data, area_id: str, scope: str) -> str:
    amounts = measures.scope_amounts(data, scope)
    mine = records(amounts[amounts["area_id"] == area_id])
    if not mine:
        return tables.NOT_FOUND
    kind = "" if mine[0].kind == "allocation" else f" ({mine[0].kind})"
    return f"{text.money(mine[0].amount_gbp, mine[0].qualifier)}{kind}"


def _in_year(value: float, period: str, unit: str) -> str:
    return f"{outcome_words.figure(value, unit)} ({period})"


def _change(found: pd.DataFrame) -> str:
    if found.empty:
        return "Not computed: no two years that compare"
    row = records(found)[0]
    return (
        f"{outcome_words.signed(row.change)}, England {outcome_words.signed(row.england_change)} "
        f"({row.first_period} to {row.last_period})"
    )
