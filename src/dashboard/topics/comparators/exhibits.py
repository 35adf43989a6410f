"""What is shown of the areas beside places that were not chosen."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.exhibits import Exhibit, Number, build_table
from dashboard.palette import Palette
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.comparators import trends
from dashboard.topics.comparators.timing import describe_timing, is_from_before
from dashboard.topics.comparators.trends import Comparison, Trend
from dashboard.topics.outcomes import intervals, series
from dashboard.topics.outcomes.formats import format_change, format_id, format_points
from dashboard.topics.outcomes.programme_years import find_programme_years

AREAS, OTHERS, ENGLAND = "Opportunity areas", "Other cold spots", "England"
CANNOT_SHOW = (
    "This cannot show an effect: the areas were not chosen at random, and other places had other "
    "money."
)
WHO_OTHERS = (
    "Other cold spots: districts in the worst sixth of the index of 2016 that were not chosen."
)
METHOD_OF_CHOICES = (
    "Each row is the change of the areas' districts and of the other cold spots over the same "
    "years, worked out as it says: by a plain mean of districts; without districts of the areas "
    "that were abolished; and with the other cold spots weighted so that each region counts as "
    "much as it does among the areas. Differences are worked out before rounding."
)
# The difference up to which changes count as about the same where no counts are published.
LIMIT_POINTS = 1.0
_CHART_HEIGHT_PX = 170
# Room above and below the values, as a share of their range.
_MARGIN = 0.15


@memoize
def build_comparison(data: Data, measure: Measure) -> Exhibit | None:
    """Return the areas, the other cold spots and England, year by year; None where not held."""
    comparisons = trends.compare_with_cold_spots(data, measure.measure_id)
    if not comparisons:
        return None
    main = comparisons[0]
    first_year = find_programme_years(data)[0]
    groups = {
        AREAS: main.areas,
        OTHERS: main.others,
        ENGLAND: trends.get_england(data, measure.measure_id, main.areas.run),
    }
    sentence = f"{describe_changes(measure, groups)} {describe_timing(main, first_year)}".rstrip()
    small_print = f"{describe_groups(data, main)} {describe_limit(main)}"
    return Exhibit(
        title=describe_finding(comparisons, first_year),
        lead=(
            formatting.escape_markdown(f"{sentence} {CANNOT_SHOW}"),
            f":small[{formatting.escape_markdown(small_print)}]",
        ),
        provenance=_build_provenance(data, measure, groups, comparisons, sentence),
        table=_tabulate_groups(groups),
        chart=lambda colours: charts.build_overlaid_lines(
            _draw_groups(main), _build_context(data, measure, main, colours), _CHART_HEIGHT_PX
        ),
        alt=sentence,
    )


@memoize
def build_choices(data: Data, measure: Measure) -> Exhibit | None:
    """Return how much the difference depends on how it is worked out; None where not held."""
    comparisons = trends.compare_with_cold_spots(data, measure.measure_id)
    if not comparisons:
        return None
    return Exhibit(
        title="How much the answer depends on the choices",
        provenance=Provenance(
            name=f"choices-{format_id(measure)}",
            title=f"Other ways to work it out: {measure.short_title}",
            method=METHOD_OF_CHOICES,
            source_ids=list_sources(data, measure, regions=True),
            frame=pd.DataFrame(_list_choices(measure, comparisons)),
            status="Computed from published values.",
        ),
        table=build_table(
            {
                "Worked out": one.how,
                "Areas": Number(format_change(one.areas.change)),
                "Others": Number(format_change(one.others.change)),
                "Difference": Number(format_change(one.difference)),
            }
            for one in comparisons
        ),
        alt="Change of the areas and of the other cold spots, worked out in four ways, "
        f"in {format_points(measure.unit)}",
    )


def describe_finding(comparisons: Sequence[Comparison], first_year: int) -> str:
    """Return what every way of working it out bears out, as a title.

    It says so where a difference is from before the programme's ``first_year``.
    """
    main = comparisons[0]
    limit = get_limit(main)
    years = f"Against the other cold spots, {main.areas.run[0]} to {main.areas.run[-1]}"
    signs = {_sign(one.difference, limit) for one in comparisons}
    if len(signs) > 1:
        return f"{years}: how the areas compare depends on how it is worked out"
    (sign,) = signs
    is_before = sign and is_from_before(comparisons, limit, first_year)
    return f"{years}: the areas {_compare(main, sign)}{', before the programme' * bool(is_before)}"


def _sign(difference: float, limit: float) -> int:
    return 0 if abs(difference) <= limit else 1 if difference > 0 else -1


def _compare(main: Comparison, sign: int) -> str:
    """Return how the areas' change lies beside the others', as a verb and its measure."""
    own, others = main.areas.change, main.others.change
    verb = "rose" if own > 0 else "fell"
    if not sign:
        return f"{verb} about as much"
    if own * others <= 0:
        return f"{verb}, and the others {'rose' if others > 0 else 'fell'}"
    return f"{verb} by {'more' if abs(own) > abs(others) else 'less'}"


def get_limit(main: Comparison) -> float:
    """Return up to which difference, in points, the changes count as about the same."""
    return LIMIT_POINTS if main.margin is None else main.margin


def describe_limit(main: Comparison) -> str:
    """Say how far chance alone may go, or that it cannot be known."""
    if main.margin is None:
        return (
            f"{intervals.CHANCE_UNKNOWN} Differences of up to {LIMIT_POINTS:g} point count as "
            "none: this limit is our choice."
        )
    return (
        f"Up to {main.margin:.1f} points (the margin of error from the counts, 19 times in 20) a "
        "difference counts as none."
    )


def describe_changes(measure: Measure, groups: dict[str, Trend]) -> str:
    """Return the changes of the three groups over the same years, in a sentence."""
    areas, others, nation = (groups[name] for name in (AREAS, OTHERS, ENGLAND))
    return (
        f"{measure.short_title} changed by {format_change(areas.change)} "
        f"{format_points(measure.unit)} in the areas' districts, by "
        f"{format_change(others.change)} in the other cold spots and by "
        f"{format_change(nation.change)} in England."
    )


def describe_groups(data: Data, main: Comparison) -> str:
    """Say who the groups are, how they are weighted, and which districts are left out."""
    spots = trends.select_cold_spots(data)
    left_out = [*main.areas.left_out, *main.others.left_out]
    without = f"; not {formatting.join_names(left_out)}" if left_out else ""
    return (
        f"{WHO_OTHERS} With a figure for every year: {len(main.areas.codes)} of "
        f"{len(data.districts)} districts of all twelve areas, {len(main.others.codes)} of "
        f"{len(spots)} others{without}. Weighted by {describe_weights(main)}."
    )


def is_counted(main: Comparison) -> bool:
    """Tell whether districts are weighted by pupils whom the measure itself counts."""
    return main.areas.variance is not None


def describe_weights(main: Comparison) -> str:
    """Say by what the districts of a group are weighted."""
    if is_counted(main):
        return "each year's pupils"
    return f"their pupils at age five in {trends.WEIGHTS_YEAR}"


def _tabulate_groups(groups: dict[str, Trend]) -> pd.DataFrame:
    return build_table(
        {
            "Group": name,
            **{
                period: Number(formatting.format_value(round(value, 1), "%"))
                for period, value in zip(trend.run, trend.values, strict=True)
            },
            "Change": Number(format_change(trend.change)),
        }
        for name, trend in groups.items()
    )


@memoize
def _draw_groups(main: Comparison) -> pd.DataFrame:
    """Return the rows of the chart's lines: a group and year each, in order."""
    return draw_trends({AREAS: main.areas, OTHERS: main.others})


def draw_trends(groups: Mapping[str, Trend]) -> pd.DataFrame:
    """Return groups' lines, a row a group and year, in order; a missing year parts segments."""
    rows = []
    for name, trend in groups.items():
        segment, before = 0, None
        for period, value in zip(trend.run, trend.values, strict=True):
            year = int(period[:4])
            segment += int(before is not None and year != before + 1)
            rows.append((name, period, year, round(value, 1), segment))
            before = year
    return pd.DataFrame(rows, columns=["line", "period", "year", "value", "segment"])


@memoize
def _build_context(
    data: Data, measure: Measure, main: Comparison, colours: Palette
) -> charts.ChartContext:
    nation = series.select_england(data, measure.measure_id)
    run = main.areas.run
    nation = nation[nation["period"].isin(run)]
    values = [*main.areas.values, *main.others.values, *nation["value"]]
    room = _MARGIN * (max(values) - min(values))
    years = (int(run[0][:4]), int(run[-1][:4]))
    return charts.ChartContext(
        england=nation,
        spread=series.select_spread(data, measure.measure_id).iloc[:0],
        breaks=series.select_breaks(data, measure.measure_id),
        programme=find_programme_years(data),
        missing=tuple(sorted(set(range(*years)) - set(nation["year"]))),
        years=years,
        run=run,
        low=min(values) - room,
        high=max(values) + room,
        unit=measure.unit,
        colours=colours,
    )


def _build_provenance(
    data: Data,
    measure: Measure,
    groups: dict[str, Trend],
    comparisons: Sequence[Comparison],
    sentence: str,
) -> Provenance:
    main = comparisons[0]
    used = data.district_outcomes
    used = used[
        (used["measure_id"] == measure.measure_id)
        & used["period"].isin(main.areas.run)
        & used["lad_code"].isin([*main.areas.codes, *main.others.codes])
    ]
    return Provenance(
        name=f"cold-spots-{format_id(measure)}",
        title=f"Areas and other cold spots: {measure.short_title}",
        method=f"{describe_groups(data, main)} A group's value is the share of all its "
        "pupils. England's is as published. "
        f"{describe_limit(main)} {CANNOT_SHOW}",
        source_ids=list_sources(data, measure),
        frame=pd.DataFrame(_list_values(measure, groups, sentence)),
        rows={"district_outcomes": used},
        status="Computed from published values.",
    )


def _list_values(
    measure: Measure, groups: dict[str, Trend], sentence: str
) -> Iterator[dict[str, object]]:
    """Yield a row for each group and year, as it is downloaded."""
    for name, trend in groups.items():
        for period, value in zip(trend.run, trend.values, strict=True):
            yield {
                "measure_id": measure.measure_id,
                "group": name,
                "period": period,
                "value": round(value, 2),
                "unit": measure.unit,
                "computed": name != ENGLAND,
                "districts_with_every_year": len(trend.codes) or None,
                "left_out": formatting.join_names(trend.left_out) if trend.left_out else None,
                "change": round(trend.change, 2),
                "in_words": f"{trend.run[0]} to {trend.run[-1]}: {sentence}",
                "source_id": measure.source_id,
            }


def _list_choices(
    measure: Measure, comparisons: Sequence[Comparison]
) -> Iterator[dict[str, object]]:
    """Yield a row for each way of working the difference out, as it is downloaded."""
    for one in comparisons:
        yield {
            "measure_id": measure.measure_id,
            "worked_out": one.how,
            "first_period": one.areas.run[0],
            "last_period": one.areas.run[-1],
            "change_areas": round(one.areas.change, 2),
            "change_other_cold_spots": round(one.others.change, 2),
            "difference": round(one.difference, 2),
            "margin_95": None if one.margin is None else round(one.margin, 2),
            "districts_areas": len(one.areas.codes),
            "districts_others": len(one.others.codes),
            "unit": measure.unit,
            "source_id": measure.source_id,
        }


def list_sources(data: Data, measure: Measure, *, regions: bool = False) -> tuple[str, ...]:
    """Return the sources of a measure by district, of its weights and of the index of 2016."""
    rows = data.district_outcomes
    weights = rows[rows["measure_id"] == trends.WEIGHTS_MEASURE]["source_id"]
    places = data.index_2016
    columns = ["source_id", "region_source_id"] if regions else ["source_id"]
    return list_distinct(
        [measure.source_id],
        weights.unique(),
        *(places[column].unique() for column in columns),
    )
