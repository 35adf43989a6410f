"""Descriptions of the columns that ``datapackage.json`` does not describe.

They have standard names, or are computed, joined from other tables, or added for attribution. As
in ``datapackage.json``, a description that begins with "Computed" marks a column we worked out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Field = dict[str, Any]

_COMPUTED_PREFIX = "Computed"
_SOURCE_OF = "the id of a row in the table of sources."


class _Words(NamedTuple):
    title: str
    description: str


_DESCRIPTIONS = {
    "children": _Words(
        "Children",
        "Computed: residents aged 0 to 15 in mid-2017, added up over the districts of the area "
        "(children_0_15_mid2017 in the table of districts). In people.",
    ),
    "children_source_id": _Words(
        "Source of the count of children", f"Where the count of children comes from: {_SOURCE_OF}"
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
        "Allocated for September 2020 to August 2021, with money for work with other places, "
        "from a national £1 million: the main amount of the fourth year in the table of money for "
        "each area. In whole pounds.",
    ),
    "fourth_year_source_id": _Words(
        "Source of the fourth-year money", f"Where the fourth-year money comes from: {_SOURCE_OF}"
    ),
    "fourth_year_per_child_gbp": _Words(
        "Fourth-year money per child",
        "Computed: fourth_year_gbp over children. In pounds a child, not rounded.",
    ),
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
        "Source of the share of 2025", f"Where the share of 2025 comes from: {_SOURCE_OF}"
    ),
    "research_school": _Words("Research school", "The name of the research school of the area."),
    "research_school_host": _Words(
        "Host of the research school", "The school, alliance or trust that held the award."
    ),
    "research_school_source_id": _Words(
        "Source of the research school", f"Where the research school comes from: {_SOURCE_OF}"
    ),
    "ranked_district": _Words("Ranked district", "The district of the area that the rank is of."),
    "index_rank_2016": _Words(
        "Rank on the index of 2016",
        "The district's place among 324 on the Social Mobility Index of 2016: 1 is the best and "
        "324 the worst.",
    ),
    "index_rank_2016_source_id": _Words(
        "Source of the rank", f"Where the rank comes from: {_SOURCE_OF}"
    ),
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
        "Change in England", "Computed: England's value in the last year less that in the first."
    ),
    "against_england": _Words("Change against England", "Computed: change less england_change."),
    "sixth": _Words("Sixth", "Computed: of the index's ranks, 1 the best and 6 the worst."),
    "chosen_area": _Words("Opportunity area", "The area that the district lies in, if it does."),
    "districts": _Words("Districts", "Computed: how many districts of the region are ranked."),
    "worst_sixth": _Words("Worst sixth", "Computed: how many of them are in the worst sixth."),
    "chosen": _Words("Chosen", "Computed: how many of those lie in an opportunity area."),
    "areas": _Words("Opportunity areas", "The opportunity areas that those lie in."),
    "group": _Words(
        "Group",
        "Opportunity areas: their districts; other cold spots: the districts of the worst sixth of "
        "the index of 2016 that were not chosen; or England.",
    ),
    "districts_with_every_year": _Words(
        "Districts", "Computed: how many districts of the group have a figure for every year."
    ),
    "left_out": _Words("Left out", "The group's districts without a figure for some year."),
    "value_all": _Words("All pupils", "The value of all pupils, as published."),
    "value_group": _Words(
        "Disadvantaged pupils",
        "The value of disadvantaged pupils, or of those entitled to free school meals, as "
        "published.",
    ),
    "gap": _Words("Gap", "Computed: value_all less value_group, in points."),
    "measure_of_all_id": _Words(
        "Measure of all pupils", "The measure of all pupils: an id of the table of measures."
    ),
    "similar_districts": _Words(
        "Similar districts",
        "The ten districts in England that are most like it and were not of an opportunity area.",
    ),
    "in_words": _Words("In words", "Computed: the changes of the three groups, in a sentence."),
    "worked_out": _Words("Worked out", "Computed: how districts are weighted, or which are used."),
    "change_areas": _Words("Change of the areas", "Computed: of their districts, in points."),
    "change_other_cold_spots": _Words(
        "Change of the other cold spots", "Computed: over the same years, in points."
    ),
    "difference": _Words("Difference", "Computed: change_areas less change_other_cold_spots."),
    "margin_95": _Words(
        "Margin",
        "Computed from counts of pupils: how far chance alone may move the difference, or a "
        "place's change, 19 times in 20. In points. Empty where no counts are held here.",
    ),
    "lower_95": _Words(
        "Lower end",
        "Computed from counts of pupils: the lower end of the share's 95 per cent interval "
        "(Wilson). In per cent. Empty where no counts are held here.",
    ),
    "upper_95": _Words(
        "Upper end",
        "Computed from counts of pupils: the upper end of the share's 95 per cent interval "
        "(Wilson). In per cent. Empty where no counts are held here.",
    ),
    "england": _Words("England", "England's value in the same year, as published."),
    "difference_england": _Words(
        "Difference to England",
        "Computed: value less england, in the unit of the measure or in its points.",
    ),
    "other_cold_spots": _Words(
        "Level of the other cold spots",
        "Computed: the share of all pupils of the districts of the worst sixth of the index of "
        "2016 that were not chosen and have a figure in the year, rounded to one decimal.",
    ),
    "difference_cold_spots": _Words(
        "Difference to the other cold spots",
        "Computed: value less other_cold_spots, in the unit of the measure or in its points.",
    ),
    "chance_england": _Words(
        "Within chance of England",
        "Computed from counts of pupils: whether the difference to England lies within the 95 per "
        "cent interval of the value. False too where no counts are held here.",
    ),
    "chance_cold_spots": _Words(
        "Within chance of the other cold spots",
        "Computed from counts of pupils: whether the difference to the other cold spots lies "
        "within the 95 per cent interval of the value. False too where no counts are held here.",
    ),
    "weighted_by": _Words("Weighted by", "By what the districts of the group are weighted."),
    "weights_source_id": _Words(
        "Source of the weights", f"Where the pupils that weight districts come from: {_SOURCE_OF}"
    ),
    "cold_spots_source_id": _Words(
        "Source of the other cold spots",
        f"Where the ranks come from that say which districts are cold spots: {_SOURCE_OF}",
    ),
    "regions_source_id": _Words(
        "Source of the regions", f"Where the regions of districts come from: {_SOURCE_OF}"
    ),
    "similar_source_id": _Words(
        "Source of the similar districts",
        f"Where it comes from which districts are similar: {_SOURCE_OF}",
    ),
    "districts_areas": _Words("Districts of the areas", "Computed: how many are used."),
    "districts_others": _Words("Other cold spots", "Computed: how many are used."),
}


def _build_text_field(name: str, title: str, description: str, **rules: object) -> Field:
    return {"name": name, "type": "string", "title": title, "description": description, **rules}


CODE_FIELD = _build_text_field(
    "opportunity_area_code",
    "Opportunity area code",
    "The opportunity area. The codes are this package's own: no official list was found.",
)
NAME_FIELD = _build_text_field(
    "opportunity_area_name", "Opportunity area name", "The name the opportunity area is known by."
)
PERIOD_FIELD = _build_text_field(
    "time_period",
    "Time period",
    "The academic year in six digits: 201617 is 2016/17.",
    constraints={"pattern": "^[0-9]{6}$"},
)
IDENTIFIER_FIELD = _build_text_field(
    "time_identifier", "Time identifier", "What the time period is."
)
LEVEL_FIELD = _build_text_field(
    "geographic_level", "Geographic level", "The kind of place, in the words of the standard."
)
KIND_FIELD = _build_text_field(
    "place_kind",
    "Kind of place",
    "The kind of place in our words: tells a district from the one that took its place when it "
    "was abolished, which must not be joined to it.",
)
COMPUTED_FIELD = _build_text_field(
    "computed_columns",
    "Computed columns",
    "Which columns of this file are computed by us, and from what.",
)
SOURCE_FIELD = _build_text_field(
    "source",
    "Sources in words",
    "Each source that the row names, in any column: its id, publisher, title, date and address.",
)
LICENCE_FIELD = _build_text_field(
    "licence", "Licence", "The licence that the row may be used under, and its address."
)


def find_field(name: str, kind: str) -> Field | None:
    """Return the field of a column that no resource has; None if the column is unknown here."""
    if name not in _DESCRIPTIONS:
        return None
    return {"name": name, "type": kind, **_DESCRIPTIONS[name]._asdict()}


def summarise_field(field: Field) -> Field:
    """Return what a reader needs to know of a field: its rules and keys are left out."""
    return {key: field.get(key, "") for key in ("name", "type", "title", "description")}


def list_computed(fields: Iterable[Field]) -> list[Field]:
    """Return the fields whose figures we worked out."""
    return [field for field in fields if field.get("description", "").startswith(_COMPUTED_PREFIX)]


def describe_columns(schemas: Mapping[str, Iterable[Field]]) -> list[str]:
    """Return what each column of some tables means, a sentence or two each.

    ``schemas`` has the fields of each table by the table's name. Columns of the same name and
    meaning are described once, with the tables that have them.
    """
    tables: dict[tuple[str, str], list[str]] = {}
    for table, fields in schemas.items():
        for field in fields:
            meaning = (field["name"], field.get("description", ""))
            tables.setdefault(meaning, []).append(table)
    return [
        f"Column {name} in {', '.join(names)}: {description}"
        for (name, description), names in tables.items()
    ]
