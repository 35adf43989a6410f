"""A place beside those that were not chosen: its ten most similar districts, other cold spots."""

from collections.abc import Iterator, Sequence

import pandas as pd
from slugify import slugify

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.district_rows import SimilarDistrict
from dashboard.data.loader import Data
from dashboard.data.rows import Area, District, Measure
from dashboard.exhibits import Exhibit, Number, build_table
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.comparators.exhibits import (
    CANNOT_SHOW,
    ENGLAND,
    OTHERS,
    list_sources,
)
from dashboard.topics.comparators.nearest import (
    PlaceComparison,
    compare_area,
    compare_place,
    list_districts,
    list_similar,
)
from dashboard.topics.comparators.trends import Comparison, Trend
from dashboard.topics.outcomes.formats import format_change, format_id
from dashboard.topics.outcomes.intervals import CHANCE_UNKNOWN

TEN = "Ten most similar districts"
# Where the publisher says what a place is, by its code and its name.
_PLACE_PAGE = "https://www.ons.gov.uk/explore-local-statistics/areas/{code}-{slug}"
_WHO_SIMILAR = (
    "Ten similar: the districts in England most like it by the ONS's figures of today, not of "
    "2016 and not by distance, without opportunity areas."
)
_WHO_COLD = "Cold spots: the others of the index's worst sixth."
METHOD = (
    "The last value less the first, over the measure's longest run of comparable years. The ten "
    "and the other cold spots are weighted by pupils, over those with a figure for every year; "
    "where counts of pupils are published, so is the place's own share worked out from them, and "
    "it may differ from a rounded one. England's is as published. "
    f"{_WHO_SIMILAR} {_WHO_COLD} {CANNOT_SHOW}"
)


@memoize
def build_places_not_chosen(data: Data, area: Area) -> Exhibit | None:
    """Return how an area changed beside places that were not chosen, a row a measure.

    None where no measure has the years of its run there.
    """
    districts = list_districts(data, [area.area_id])
    compared = compare_area(data, area)
    if not compared:
        return None
    return Exhibit(
        title="Beside places that were not chosen",
        lead=(formatting.escape_markdown(describe_chance(data, area)),),
        provenance=_build_provenance(
            data,
            compared,
            name=f"places-not-chosen-{area.area_id}",
            title=f"{area.label} beside places that were not chosen",
        ),
        table=build_table(
            {
                "Measure": f"{_name_row(one, several=len(districts) > 1)}{_mark_counted(one)}",
                "Years": f"{one.own.run[0]} to {one.own.run[-1]}",
                "Change here": _format(one.own),
                **_list_cells(one),
            }
            for one in compared
        ),
        alt=f"Change of {area.label} beside that of places that were not chosen, in points",
    )


@memoize
def build_areas_not_chosen(data: Data, measure: Measure, areas: pd.DataFrame) -> Exhibit | None:
    """Return how areas changed on a measure beside places not chosen; None where not held."""
    districts = list_districts(data, list(areas["area_id"]))
    found = [compare_place(data, measure, district.lad_code) for district in districts]
    compared = [one for one in found if one]
    if not compared:
        return None
    run = compared[0].own.run
    return Exhibit(
        title=f"Beside places that were not chosen, {run[0]} to {run[-1]}",
        provenance=_build_provenance(
            data,
            compared,
            name=f"places-not-chosen-{format_id(measure)}",
            title=f"Areas beside places that were not chosen: {measure.short_title}",
        ),
        table=build_table(
            {"Place": one.district.name, "Change": _format(one.own), **_list_cells(one)}
            for one in compared
        ),
        alt=f"{measure.short_title}: change beside that of places that were not chosen, in points",
    )


@memoize
def list_named(data: Data, area: Area) -> tuple[str, ...]:
    """Return the districts most like each of an area's, with links, as Markdown; none, if none."""
    lines = []
    for district in list_districts(data, [area.area_id]):
        if similar := list_similar(data, district.lad_code):
            links = [
                formatting.format_link(row.similar_name, _build_address(row)) for row in similar
            ]
            name = formatting.escape_markdown(district.name)
            lines.append(f"Most like {name}: {'; '.join(links)}.")
    return tuple(lines)


def _describe_none(district: District) -> str:
    """Say why a district has no similar ones."""
    if district.abolished_on is None:
        return f"No similar district of {district.name} was found."
    return (
        f"No similar districts: the ONS compares districts of today, and {district.name} was "
        f"abolished in {district.abolished_on.year}."
    )


def describe_similar(data: Data, area: Area) -> str:
    """Return which districts are most like each of an area's, or why none are, as plain text."""
    sentences = []
    for district in list_districts(data, [area.area_id]):
        if names := [row.similar_name for row in list_similar(data, district.lad_code)]:
            sentences.append(f"Most like {district.name}: {'; '.join(names)}.")
    return " ".join([*sentences, describe_who(data, area)])


@memoize
def describe_who(data: Data, area: Area) -> str:
    """Return who is in the groups beside an area's districts, or why none is, as plain text."""
    districts = list_districts(data, [area.area_id])
    has_similar = any(list_similar(data, district.lad_code) for district in districts)
    without = [
        _describe_none(district)
        for district in districts
        if not list_similar(data, district.lad_code)
    ]
    return " ".join([*([_WHO_SIMILAR] if has_similar else []), *without, _WHO_COLD])


@memoize
def describe_chance(data: Data, area: Area) -> str:
    """Return how far chance goes where it is known, and what no comparison can show."""
    compared = compare_area(data, area)
    by_measure: dict[str, list[str]] = {}
    for one in compared:
        parts = by_measure.setdefault(one.measure.short_title, [])
        if words := _describe_margin(one, is_first=not parts, several=_has_several(compared)):
            parts.append(words)
    sentences = [
        f"{title}: the gap to the ten {'; '.join(parts)}."
        for title, parts in by_measure.items()
        if parts
    ]
    if any(one.own.variance is None for one in compared):
        sentences.append(
            f"For the others {_lower(CHANCE_UNKNOWN)}" if sentences else CHANCE_UNKNOWN
        )
    return " ".join([*sentences, CANNOT_SHOW])


def _describe_margin(one: PlaceComparison, *, is_first: bool, several: bool) -> str:
    """Return whether a difference from the ten is within chance; nothing without counts."""
    margin = _compute_margin(one)
    if margin is None or one.similar is None:
        return ""
    difference = one.own.change - one.similar.change
    where = "small enough to be chance" if abs(difference) <= margin else "more than chance"
    place = f"in {one.district.name} " if several else ""
    how = ", in 19 of 20 cases" if is_first else ""
    return f"{place}({format_change(difference)}) is {where} (up to {margin:.1f} points{how})"


def _has_several(compared: Sequence[PlaceComparison]) -> bool:
    return len({one.district.lad_code for one in compared}) > 1


def _lower(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"


def _compute_margin(one: PlaceComparison) -> float | None:
    """Return how far chance alone may move the difference from the ten: None without counts."""
    return Comparison("", one.own, one.similar).margin if one.similar else None


def _list_cells(one: PlaceComparison) -> dict[str, str]:
    return {
        "Ten similar": _format(one.similar),
        "Cold spots": _format(one.cold_spots),
        "England": _format(one.england),
    }


def _format(trend: Trend | None) -> str:
    return "" if trend is None else Number(format_change(trend.change))


def _name_row(one: PlaceComparison, *, several: bool) -> str:
    """Return a measure's name, with the place's where there are several."""
    return f"{one.measure.short_title}, {one.district.name}" if several else one.measure.short_title


def _mark_counted(one: PlaceComparison) -> str:
    """Return that a change is worked out from counts: it differs from that of rounded shares."""
    return " (from counts)" if one.own.variance is not None else ""


def _build_address(row: SimilarDistrict) -> str:
    return _PLACE_PAGE.format(code=row.similar_code, slug=slugify(row.similar_name))


def _build_provenance(
    data: Data, compared: Sequence[PlaceComparison], *, name: str, title: str
) -> Provenance:
    codes = {one.district.lad_code for one in compared}
    similar = data.similar_districts
    named = similar[similar["lad_code"].isin(codes)]
    measures = data.district_outcomes
    used = measures[
        measures["measure_id"].isin([one.measure.measure_id for one in compared])
        & measures["lad_code"].isin(codes)
    ]
    return Provenance(
        name=name,
        title=title,
        method=METHOD,
        source_ids=list_distinct(
            *(list_sources(data, one.measure) for one in compared),
            named["source_id"],
        ),
        frame=list_values(data, compared),
        rows={"district_outcomes": used, "similar_districts": named},
        status="Computed from published values.",
    )


def list_values(data: Data, compared: Sequence[PlaceComparison]) -> pd.DataFrame:
    """Return a row for each place, measure and group, as it is downloaded."""
    return pd.DataFrame(_list_values(data, compared))


def _list_values(data: Data, compared: Sequence[PlaceComparison]) -> Iterator[dict[str, object]]:
    for one in compared:
        margin = _compute_margin(one)
        similar = [row.similar_name for row in list_similar(data, one.district.lad_code)]
        for group, trend in (
            (one.district.name, one.own),
            (TEN, one.similar),
            (OTHERS, one.cold_spots),
            (ENGLAND, one.england),
        ):
            if trend is None:
                continue
            is_ten = trend is one.similar
            yield {
                "area_id": one.district.area_id,
                "lad_code": one.district.lad_code,
                "district": one.district.name,
                "measure_id": one.measure.measure_id,
                "group": group,
                "first_period": trend.run[0],
                "last_period": trend.run[-1],
                "first": round(trend.values[0], 2),
                "last": round(trend.values[-1], 2),
                "change": round(trend.change, 2),
                "computed": trend is not one.england
                and (trend is not one.own or trend.variance is not None),
                "margin_95": round(margin, 2) if is_ten and margin is not None else None,
                "districts_with_every_year": len(trend.codes) or None,
                "left_out": formatting.join_names(trend.left_out) if trend.left_out else None,
                "similar_districts": formatting.join_names(similar) if is_ten else None,
                "unit": one.measure.unit,
                "source_id": one.measure.source_id,
            }
