"""What columns mean that the package does not describe: of standard name, computed, joined, added.

A description that begins with "Computed" marks its column as worked out by us, here as in
``datapackage.json``. Everything that describes columns takes its words from there or from here.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Field = dict[str, Any]

_MARK = "Computed"
_SOURCE_OF = "the id of a row in the table of sources."


class _Words(NamedTuple):
    title: str
    description: str


_FACTS = {
    "children": _Words(
        "Children",
        "Computed: residents aged 0 to 15 in mid-2017, added up over the districts of the area "
        "(children_0_15_mid2017 in the table of districts). In people.",
    ),
    "children_source_id": _Words(
        "Source of the count of children",
        f"Where the count of children comes from: {_SOURCE_OF}",
    ),
    "neighbourhoods": _Words(
        "Neighbourhoods",
        "Computed: lower-layer super output areas, small areas of about 1,500 people, added up "
        "over the districts of the area. In neighbourhoods.",
    ),
    "deprived": _Words(
        "In the most deprived tenth, 2019",
        "Computed: neighbourhoods among the most deprived tenth in England on the Index of "
        "Multiple Deprivation 2019, added up over the districts of the area "
        "(imd2019_most_deprived_tenth in the table of districts). In neighbourhoods.",
    ),
    "deprived_share": _Words(
        "Share in the most deprived tenth, 2019",
        "Computed: 100 times deprived over neighbourhoods. In per cent of the area's "
        "neighbourhoods, not rounded.",
    ),
    "fourth_year_gbp": _Words(
        "Fourth-year money",
        "Allocated for September 2020 to August 2021, with a share of £1 million for twinning "
        "with other places: the main amount of the fourth year in the table of money for each "
        "area. In whole pounds.",
    ),
    "fourth_year_source_id": _Words(
        "Source of the fourth-year money",
        f"Where the fourth-year money comes from: {_SOURCE_OF}",
    ),
    "fourth_year_per_child_gbp": _Words(
        "Fourth-year money per child",
        "Computed: fourth_year_gbp over children. In pounds a child, not rounded.",
    ),
}
_JOINED = {
    "deprived_2025_district": _Words(
        "District of the share of 2025", "The district of the area that the share of 2025 is of."
    ),
    "deprived_2025_share": _Words(
        "Share in the most deprived tenth, 2025",
        "Share of the district's neighbourhoods among the most deprived tenth in England on the "
        "index of 2025, as published. It is no trend from 2019: the boundaries of neighbourhoods "
        "changed. In per cent.",
    ),
    "deprived_2025_source_id": _Words(
        "Source of the share of 2025",
        f"Where the share of 2025 comes from: {_SOURCE_OF}",
    ),
    "research_school": _Words("Research school", "The name of the research school of the area."),
    "research_school_host": _Words(
        "Host of the research school",
        "The school, alliance or trust that held the award.",
    ),
    "research_school_source_id": _Words(
        "Source of the research school",
        f"Where the research school comes from: {_SOURCE_OF}",
    ),
    "ranked_district": _Words("Ranked district", "The district of the area that the rank is of."),
    "index_rank_2016": _Words(
        "Rank on the index of 2016",
        "The district's place among 324 on the Social Mobility Index of 2016: 1 is the best and "
        "324 the worst.",
    ),
    "index_rank_2016_source_id": _Words(
        "Source of the rank",
        f"Where the rank comes from: {_SOURCE_OF}",
    ),
}
_CHANGES = {
    "run": _Words(
        "Stretch of years",
        "Computed: which stretch of years that can be compared, by its number: 0 is the longest.",
    ),
    "first_period": _Words("First academic year", "The first academic year compared, as 2018/19."),
    "last_period": _Words("Last academic year", "The last academic year compared, as 2018/19."),
    "all_years_of_the_stretch": _Words(
        "All years of the stretch",
        "Computed: whether the place has the first and the last year of the stretch.",
    ),
    "first": _Words("First value", "The value in the first year, in the unit of the measure."),
    "last": _Words("Last value", "The value in the last year, in the unit of the measure."),
    "change": _Words(
        "Change",
        "Computed: the last value less the first, in the unit of the measure or in its points.",
    ),
    "england_change": _Words(
        "Change in England",
        "Computed: England's value in the last year less that in the first.",
    ),
    "against_england": _Words(
        "Change against England",
        "Computed: change less england_change.",
    ),
}
_WORDS: Mapping[str, _Words] = {**_FACTS, **_JOINED, **_CHANGES}

CODE: Field = {
    "name": "opportunity_area_code",
    "type": "string",
    "title": "Opportunity area code",
    "description": "The opportunity area. The codes are this package's own: no official list "
    "was found.",
}
NAME: Field = {
    "name": "opportunity_area_name",
    "type": "string",
    "title": "Opportunity area name",
    "description": "The name the opportunity area is known by.",
}
PERIOD: Field = {
    "name": "time_period",
    "type": "string",
    "title": "Time period",
    "description": "The academic year in six digits: 201617 is 2016/17.",
    "constraints": {"pattern": "^[0-9]{6}$"},
}
IDENTIFIER: Field = {
    "name": "time_identifier",
    "type": "string",
    "title": "Time identifier",
    "description": "What the time period is.",
}
LEVEL: Field = {
    "name": "geographic_level",
    "type": "string",
    "title": "Geographic level",
    "description": "The kind of place, in the words of the standard.",
}
KIND: Field = {
    "name": "place_kind",
    "type": "string",
    "title": "Kind of place",
    "description": "The kind of place in our words: tells a district from the one that took its "
    "place when it was abolished, which must not be joined to it.",
}
COMPUTED: Field = {
    "name": "computed_columns",
    "type": "string",
    "title": "Computed columns",
    "description": "Which columns of this file are computed by us, and from what.",
}
SOURCE: Field = {
    "name": "source",
    "type": "string",
    "title": "Sources in words",
    "description": "Each source that the row names, in any column: its id, publisher, title, date "
    "and address.",
}
LICENCE: Field = {
    "name": "licence",
    "type": "string",
    "title": "Licence",
    "description": "The licence that the row may be used under, and its address.",
}


def describe_columns(name: str, kind: str) -> Field | None:
    """Return the field of a column that no table of the package has; None where it is unknown."""
    if name not in _WORDS:
        return None
    return {"name": name, "type": kind, **_WORDS[name]._asdict()}


def computed(fields: Iterable[Field]) -> list[Field]:
    """Return the fields whose figures we worked out."""
    return [one for one in fields if one.get("description", "").startswith(_MARK)]


def describe_rows(schemas: Mapping[str, Iterable[Field]]) -> list[str]:
    """Return what each column of some tables means, a sentence or two each.

    ``schemas`` has the fields of each table by its name. Columns of the same name and meaning are
    told once, with the tables that have them.
    """
    tables: dict[tuple[str, str], list[str]] = {}
    for table, fields in schemas.items():
        for one in fields:
            tables.setdefault((one["name"], one.get("description", "")), []).append(table)
    return [
        f"Column {name} in {', '.join(found)}: {description}"
        for (name, description), found in tables.items()
    ]
