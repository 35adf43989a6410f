"""One table of every measure: each area's last figure, beside England and other cold spots."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Measure, Outcome
from dashboard.exhibits import NOT_HELD, Exhibit, NotedNumber, Number, build_table
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.comparators import last_figures, trends
from dashboard.topics.comparators.exhibits import CANNOT_SHOW, ENGLAND, OTHERS, list_sources
from dashboard.topics.comparators.last_figures import Difference, LastFigure, Level, Place
from dashboard.topics.outcomes import series
from dashboard.topics.outcomes.exhibits import list_measures
from dashboard.topics.outcomes.formats import format_marked, format_signed, list_marks

_OTHERS_COMPUTED = f"{OTHERS} (computed)"
_COLD_SPOTS = "cold spots"
# So many measures at most are named one by one.
_MAX_NAMED = 3


@memoize
def build_all_measures(data: Data, areas: pd.DataFrame, *, whole_authorities: bool) -> Exhibit:
    """Return the last figure of each measure for areas, England and the other cold spots.

    The measures are those published by district, with ``whole_authorities`` those that are held
    for whole local authorities too.
    """
    measures = [
        measure
        for measure in list_measures(data)
        if whole_authorities or measure.geography == "district"
    ]
    places = last_figures.list_places(data, measures, areas)
    figures = last_figures.list_last_figures(data, measures, places)
    small_print = " ".join(
        [describe_cold_spots(data, measures), *_list_left_out(data, measures, areas)]
    )
    return Exhibit(
        title=describe_finding(figures),
        lead=(
            formatting.escape_markdown(
                f"{describe_better(figures)}Under each figure: how far it is from England and from "
                "the other cold spots in the same year, in points. “Same as”: rounding or chance "
                "can make the gap, or it is too small to count. "
                f"{CANNOT_SHOW}"
            ),
            f":small[{formatting.escape_markdown(small_print)}]",
        ),
        provenance=_build_provenance(data, measures, figures),
        table=build_table(_list_rows(data, measures, places, figures)),
        alt="Last figure of each measure, with the difference to England and to the other cold "
        "spots in the same year",
    )


def describe_finding(figures: Sequence[LastFigure]) -> str:
    """Return how many figures are worse than England's and the other cold spots', as a title."""
    _, _, worse = last_figures.count_signs(figures, "england")
    total = sum(last_figures.count_signs(figures, "england"))
    if not total:
        return "The last figure of each measure"
    words = f"Worse than England in {worse} of {total} last figures"
    _, _, behind = last_figures.count_signs(figures, "others")
    compared = sum(last_figures.count_signs(figures, "others"))
    if not compared:
        return words
    of = "" if compared == total else f" of {compared}"
    return f"{words}, and than the other cold spots in {behind}{of}"


def describe_better(figures: Sequence[LastFigure]) -> str:
    """Return how many figures are better, in a sentence, "" where none lies beside another."""
    ahead = {
        name: last_figures.count_signs(figures, key)[0]
        for name, key in ((ENGLAND, "england"), ("the other cold spots", "others"))
        if sum(last_figures.count_signs(figures, key))
    }
    if not ahead:
        return ""
    counts = formatting.join_names(f"than {name} in {number}" for name, number in ahead.items())
    return f"Better {counts}; the rest are the same. "


def describe_cold_spots(data: Data, measures: Sequence[Measure]) -> str:
    """Say who the other cold spots are, how they are weighted, and how many have a figure."""
    levels = [
        level
        for measure in measures
        if (level := _find_last_cold_spots(data, measure)) and level.districts
    ]
    if not levels:
        return "None of these measures is held for the other cold spots."
    counts = [level.districts for level in levels if level.districts]
    number = f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)} to {max(counts)}"
    held = f"held for {len(levels)} of {len(measures)} measures, "
    return (
        f"Other cold spots: {number} of the {len(trends.select_cold_spots(data))} districts in "
        "the worst sixth of the index of 2016 that were not chosen have a last figure, "
        f"{'' if len(levels) == len(measures) else held}weighted by pupils."
    )


def _find_last_cold_spots(data: Data, measure: Measure) -> Level | None:
    period = last_figures.find_last_period(data, measure)
    return last_figures.find_cold_spots(data, measure, period)


def _list_left_out(data: Data, measures: Sequence[Measure], areas: pd.DataFrame) -> Iterator[str]:
    """Yield which areas have no figure in which measures, and why, a sentence a group of areas."""
    groups: dict[tuple[str, ...], list[Measure]] = {}
    for measure in measures:
        out = series.select_left_out(data, measure.measure_id, areas)
        if len(out):
            groups.setdefault(tuple(out["label"]), []).append(measure)
    for labels, group in groups.items():
        titles = [measure.short_title for measure in group]
        subject = (
            formatting.join_names(titles)
            if len(group) <= _MAX_NAMED
            else f"{len(group)} of the {len(measures)} measures"
        )
        reason = (
            ". They are held here for whole local authorities only, and a county's figure is "
            "never shown as an area's."
            if all(measure.geography != "district" for measure in group)
            else "."
        )
        yield f"{NOT_HELD} for {formatting.join_names(labels)}: {subject}{reason}"


def _list_rows(
    data: Data,
    measures: Sequence[Measure],
    places: Sequence[Place],
    figures: Iterable[LastFigure],
) -> Iterator[dict[str, object]]:
    """Yield a row for each place, then one for the other cold spots and one for England."""
    heads = {measure.measure_id: _write_head(data, measure) for measure in measures}
    cells = {
        (figure.place.name, figure.measure.measure_id): _make_cell(data, figure)
        for figure in figures
    }
    for place in places:
        own = {head: cells.get((place.name, key), NOT_HELD) for key, head in heads.items()}
        yield {"Area": place.name, **own}
    for name, make in ((_OTHERS_COMPUTED, _make_cold_spots_cell), (ENGLAND, _make_england_cell)):
        row = {heads[measure.measure_id]: make(data, measure) for measure in measures}
        yield {"Area": name, **row}


def _write_head(data: Data, measure: Measure) -> str:
    lower = " (lower is better)" if measure.better == "lower" else ""
    return f"{measure.short_title}, {last_figures.find_last_period(data, measure)}{lower}"


def _make_cell(data: Data, figure: LastFigure) -> NotedNumber:
    row, unit = figure.outcome, figure.measure.unit
    is_late = row.period == last_figures.find_last_period(data, figure.measure)
    marks = [*([] if is_late else [row.period]), *list_marks(row)]
    gaps = ((figure.against_england, ENGLAND), (figure.against_others, _COLD_SPOTS))
    return NotedNumber(
        format_marked(row.value, unit, marks),
        [describe_gap(gap, name) for gap, name in gaps if gap],
    )


def _make_cold_spots_cell(data: Data, measure: Measure) -> str:
    level = _find_last_cold_spots(data, measure)
    if level is None:
        return NOT_HELD
    _, gap = _compare_with_england(data, measure, level)
    figure = formatting.format_value(level.value, measure.unit)
    return NotedNumber(figure, [describe_gap(gap, ENGLAND)] if gap else [])


def _make_england_cell(data: Data, measure: Measure) -> str:
    (row,) = to_rows(series.select_england(data, measure.measure_id).tail(1), Outcome)
    return Number(format_marked(row.value, measure.unit, list_marks(row)))


def _compare_with_england(
    data: Data, measure: Measure, level: Level
) -> tuple[Level | None, Difference | None]:
    england = last_figures.find_england(data, measure, level.period)
    return england, last_figures.compute_gap(level.value, england.value) if england else None


def describe_gap(gap: Difference, name: str) -> str:
    """Return a difference by sign and word: "−3.4, below England", "same as cold spots (+0.2)"."""
    written = format_signed(gap.difference)
    if not gap.sign:
        return f"same as {name}{f' ({written})' if gap.difference else ''}"
    return f"{written}, {'above' if gap.sign > 0 else 'below'} {name}"


def _build_provenance(
    data: Data, measures: Sequence[Measure], figures: Sequence[LastFigure]
) -> Provenance:
    ids = [measure.measure_id for measure in measures]
    frame = pd.DataFrame(_list_values(data, measures, figures))
    kinds = {
        "districts_others": "Int64",
        "chance_england": "boolean",
        "chance_cold_spots": "boolean",
    }
    frame = frame.astype({name: kind for name, kind in kinds.items() if name in frame})
    outcomes = data.outcomes[data.outcomes["measure_id"].isin(ids)]
    keys = {
        (figure.measure.measure_id, figure.outcome.geography_code, figure.outcome.period)
        for figure in figures
    }
    columns = [outcomes[name] for name in ("measure_id", "geography_code", "period")]
    used = outcomes[[key in keys for key in zip(*columns, strict=True)]]
    spots = {place.lad_code for place in trends.select_cold_spots(data)}
    districts = data.district_outcomes
    districts = districts[districts["measure_id"].isin(ids) & districts["lad_code"].isin(spots)]
    return Provenance(
        name="last-figures",
        title="All measures",
        method=_describe_method(data, measures),
        source_ids=_list_sources(data, measures, used),
        frame=frame,
        rows={"outcomes": used, "district_outcomes": districts},
        status="Areas' and England's figures are as published, but for those marked computed. "
        "The other cold spots' and all differences are computed.",
        narrowed=True,
    )


def _describe_method(data: Data, measures: Sequence[Measure]) -> str:
    """Say how the table is worked out, and what is published by district and not held."""
    by_district: dict[str, list[str]] = {}
    for measure in measures:
        if reason := series.find_district_figures(data, measure.measure_id):
            by_district.setdefault(reason, []).append(measure.short_title)
    reasons = [
        f"{formatting.join_names(titles)}: {reason}" for reason, titles in by_district.items()
    ]
    return " ".join([describe_method(data, measures), *reasons])


def describe_method(data: Data, measures: Sequence[Measure]) -> str:
    """Say how the last figures are set beside those of England and the other cold spots."""
    return (
        "The last figure of each measure that a place has, less England's and the other cold "
        "spots' in the same year; a year stands beside it where others have a later one. An "
        "area of two districts has a row for each where a measure is published for the "
        f"districts alone. {describe_cold_spots(data, measures)} "
        "Their level is the share of all their pupils, rounded to one decimal: districts are "
        "weighted by the year's pupils where those are published, else by their pupils at age "
        f"five in {trends.WEIGHTS_YEAR}. Figures in whole per cents: a gap that "
        "rounding alone can make counts as none. So does one within the 95 per cent interval "
        "of a figure, where counts of pupils are held: the file marks it as chance. Where lower is "
        f"better, lower counts as better. {CANNOT_SHOW}"
    )


def _list_sources(data: Data, measures: Sequence[Measure], used: pd.DataFrame) -> tuple[str, ...]:
    """Return the measures' sources, and those of the other cold spots where a measure has them."""
    held = trends.list_district_measures(data)
    return list_distinct(
        [measure.source_id for measure in measures],
        used["source_id"],
        *(list_sources(data, measure) for measure in measures if measure.measure_id in held),
    )


def _list_values(
    data: Data, measures: Sequence[Measure], figures: Sequence[LastFigure]
) -> Iterator[dict[str, object]]:
    """Yield a row for each measure and place, as it is downloaded."""
    for measure in measures:
        shared = {"measure_id": measure.measure_id, "unit": measure.unit}
        own = [figure for figure in figures if figure.measure == measure]
        for row in [*map(_write_place, own), *_write_groups(data, measure)]:
            yield {**shared, **row, "source_id": row.get("source_id", measure.source_id)}


def _write_place(figure: LastFigure) -> dict[str, object]:
    row, gaps = figure.outcome, (figure.against_england, figure.against_others)
    return {
        "area_id": row.area_id,
        "geography_code": row.geography_code,
        "geography_name": row.geography_name,
        "period": row.period,
        "value": row.value,
        "status": row.status,
        "computed": row.computed,
        "england": figure.england and figure.england.value,
        "difference_england": gaps[0] and gaps[0].difference,
        "chance_england": gaps[0] and gaps[0].is_chance,
        "other_cold_spots": figure.others and figure.others.value,
        "difference_cold_spots": gaps[1] and gaps[1].difference,
        "chance_cold_spots": gaps[1] and gaps[1].is_chance,
        "districts_others": figure.others and figure.others.districts,
        "source_id": row.source_id,
    }


def _write_groups(data: Data, measure: Measure) -> Iterator[dict[str, object]]:
    """Yield the other cold spots' row, if the measure is held for them, and England's."""
    nation = series.select_england(data, measure.measure_id)
    if level := _find_last_cold_spots(data, measure):
        england, gap = _compare_with_england(data, measure, level)
        yield {
            "geography_name": OTHERS,
            "period": level.period,
            "value": level.value,
            "computed": True,
            "england": england and england.value,
            "difference_england": gap and gap.difference,
            "chance_england": gap and gap.is_chance,
            "districts_others": level.districts,
        }
    columns = ["geography_code", "geography_name", "period", "value", "status", "computed"]
    yield dict(nation[[*columns, "source_id"]].iloc[-1])
