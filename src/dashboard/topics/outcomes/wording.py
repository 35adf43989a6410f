"""What the charts of outcomes show, in a sentence: their titles and alternative texts."""

from collections.abc import Sequence

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import District, Measure
from dashboard.topics.outcomes import intervals, series
from dashboard.topics.outcomes.formats import format_points
from dashboard.topics.outcomes.series import Change, LineValue

CAUTION = "This shows what happened. It does not show what the programme caused."
_BY_AUTHORITY = (
    "Not shown: measures held here for whole local authorities only, as this area is a part of a "
    "county, and a county's figure is never shown as an area's. Attainment 8, Progress 8 and, for "
    "disadvantaged pupils, key stage 2 are published by district too. Those figures are not held "
    "here."
)

_AREA_AND_COUNTY = ("label", "upper_tier_name")


def describe_left_out(data: Data, measure_id: str, areas: pd.DataFrame) -> str:
    """Return, as Markdown, which areas a measure leaves out and why, "" where it has all.

    What is published by district, and whether it is held here, is said where that is known.
    """
    out = series.select_left_out(data, measure_id, areas)
    if out.empty:
        return ""
    if not _is_by_authority(data, measure_id):
        return formatting.escape_markdown(f"{_describe_without_figure(data, measure_id, out)}.")
    by_district = series.find_district_figures(data, measure_id)
    return (
        f"This measure {'is held here' if by_district else 'was found'} for whole local "
        f"authorities only. {formatting.escape_markdown(_describe_counties(out))} "
        f"{formatting.escape_markdown(by_district)}"
    ).rstrip()


def describe_not_shown(data: Data, measures: Sequence[Measure], areas: pd.DataFrame) -> str:
    """Return why some measures have no figure of any of the areas, "" where there is none."""
    reasons = [_BY_AUTHORITY] if any(one.geography == "local authority" for one in measures) else []
    by_district = [one for one in measures if one.geography == "district"]
    if by_district:
        names = formatting.join_names([one.short_title for one in by_district])
        without = _describe_without_figure(data, by_district[0].measure_id, areas)
        reasons.append(f"{names}: {without}.")
    return " ".join(reasons)


def _is_by_authority(data: Data, measure_id: str) -> bool:
    levels = data.measures.set_index("measure_id")["geography"]
    return bool(levels[measure_id] == "local authority")


def _describe_without_figure(data: Data, measure_id: str, out: pd.DataFrame) -> str:
    """Say of areas without a figure by district which were abolished before its first year."""
    names = formatting.join_names(out["label"])
    verb = "has" if len(out) == 1 else "have"
    districts = to_rows(data.districts[data.districts["area_id"].isin(out["area_id"])], District)
    first = int(series.list_periods(data, measure_id)[0][:4])
    if all(one.abolished_on and one.abolished_on.year <= first for one in districts):
        years = sorted({str(one.abolished_on.year) for one in districts if one.abolished_on})
        return (
            f"{names} {verb} no figure, as it was abolished in {formatting.join_names(years)}, "
            f"before the first year ({series.format_academic_year(first)})"
        )
    return f"{names} {verb} no figure here: none was found"


def _describe_counties(out: pd.DataFrame) -> str:
    """Say of areas left out which counties they are parts of."""
    names, counties = (formatting.join_names(out[column]) for column in _AREA_AND_COUNTY)
    published = (
        f"{names} has no figure here: it is published for {counties} as a whole"
        if len(out) == 1
        else f"{names} have no figure here: it is published for their counties as a whole "
        f"({counties})"
    )
    return f"{published}, and a county's figure is never shown as an area's."


def describe_finding(measure: Measure, changes: pd.DataFrame, tolerance: float) -> str:
    """Return in how many places the change was better than England's over the longest run."""
    longest = changes[changes["run"] == 0]
    if longest.empty:
        return f"{measure.short_title}: no change can be compared with England's"
    return f"{measure.short_title}, {_describe_counts(measure, longest, tolerance)}"


def describe_other_findings(measure: Measure, changes: pd.DataFrame, tolerance: float) -> str:
    """Return the same of the shorter runs, and name the places that no count takes in."""
    runs = [changes[changes["run"] == number] for number in sorted(set(changes["run"]) - {0})]
    sentences = [f"{_describe_counts(measure, run, tolerance)}." for run in runs]
    partial = changes[~changes["whole"].astype(bool)]["line"].drop_duplicates()
    if len(partial):
        verb = "is" if len(partial) == 1 else "are"
        sentences.append(f"{formatting.join_names(partial)} {verb} left out: too few years.")
    return " ".join([*sentences, *_list_limits(changes, tolerance)])


def _list_limits(changes: pd.DataFrame, tolerance: float) -> list[str]:
    """Return up to which gap a change counts as none: by rounding, our choice, and chance."""
    margins = changes["margin_95"].dropna()
    if not margins.empty:
        counted = changes[changes["whole"].astype(bool)]["margin_95"].dropna()
        return [_describe_margins(margins if counted.empty else counted, tolerance)]
    sentences = [intervals.CHANCE_UNKNOWN] if len(changes) else []
    return [*sentences, _describe_tolerance(tolerance)] if tolerance else sentences


def _describe_margins(margins: "pd.Series[float]", tolerance: float) -> str:
    """Say how far chance alone may move a change, and that rounding or our choice counts too.

    That gaps within either are no difference stands at the chart that shows both.
    """
    ends = dict.fromkeys(f"{margin:.1f}" for margin in (margins.min(), margins.max()))
    chance = f"chance alone may move a change by {' to '.join(ends)} points"
    if tolerance >= 1:
        return f"Figures are rounded; {chance}."
    choice = f", and gaps of up to {_format_limit(tolerance)} count as none" if tolerance else ""
    return f"{chance.capitalize()}{choice}."


def _format_limit(tolerance: float) -> str:
    return f"{tolerance:g} {'point' if tolerance == 1 else 'points'}"


def _describe_tolerance(tolerance: float) -> str:
    limit = _format_limit(tolerance)
    if tolerance >= 1:
        return f"Figures are rounded, so gaps of up to {limit} count as no difference."
    return f"Gaps of up to {limit} count as no difference: this limit is our choice."


def _describe_counts(measure: Measure, changes: pd.DataFrame, tolerance: float) -> str:
    """Count only places with the run's own first and last year."""
    whole = changes[changes["whole"].astype(bool)]
    if whole.empty:
        return "no place has all the years"
    years = f"{whole['first_period'].iloc[0]} to {whole['last_period'].iloc[0]}"
    if len(whole) == 1:
        return f"{years}: {_describe_one(measure, to_rows(whole, Change)[0], tolerance)}"
    gained = whole["against_england"] * (1 if measure.better == "higher" else -1)
    limits = whole["margin_95"].fillna(0.0).clip(lower=tolerance)
    better, worse = int((gained > limits).sum()), int((gained < -limits).sum())
    same = len(whole) - better - worse
    groups = [("better than", better), ("about the same as", same), ("worse than", worse)]
    (how, number), *others = [group for group in groups if group[1]]
    places = f"in {number} of {len(whole)} places"
    rest = [
        f"{name.removesuffix(' than').removesuffix(' as')} in {count}" for name, count in others
    ]
    counts = formatting.join_names([f"{how} England's {places}", *rest])
    return f"{years}: the change was {counts}"


def _describe_one(measure: Measure, row: Change, tolerance: float) -> str:
    """Say how one place changed beside England: "Derby fell by more than England"."""
    own, nation = row.change, row.england_change
    lower = "" if measure.better == "higher" else " (lower is better)"
    if abs(row.against_england) <= max(tolerance, row.margin_95 or 0.0):
        return f"{row.line} changed about as much as England{lower}"
    if own * nation > 0:
        how = "more" if abs(own) > abs(nation) else "less"
        return f"{row.line} {_name_direction(own)} by {how} than England{lower}"
    return f"{row.line} {_name_direction(own)} and England {_name_direction(nation)}{lower}"


def _name_direction(change: float) -> str:
    if not change:
        return "did not change"
    return "rose" if change > 0 else "fell"


@memoize
def describe_place(
    measure: Measure, lines: pd.DataFrame, changes: pd.DataFrame, nation: pd.DataFrame
) -> str:
    """Return how one area's places changed over the longest run, each beside England.

    A place without two comparable years has its last figure instead.
    """
    longest = changes[changes["run"] == 0]
    several = lines["geography_code"].nunique() > 1
    stretches = longest.groupby(["first_period", "last_period"], sort=False)
    moves = [_describe_moves(rows, measure.unit, several=several) for _, rows in stretches]
    lone = lines[~lines["geography_code"].isin(longest["geography_code"])]
    for row in to_rows(lone.drop_duplicates("geography_code", keep="last"), LineValue):
        moves.append(_describe_last(row, nation, measure.unit, several=several))
    return f"{measure.short_title}: {'; '.join(moves)}"


def _describe_moves(changes: pd.DataFrame, unit: str, *, several: bool) -> str:
    """Return changes over the same years: "up 2 points from 2016/17 to 2018/19, England up 3"."""
    rows = to_rows(changes, Change)
    ways = [
        f"{row.line} {_format_move(row.change)}" if several else _format_move(row.change)
        for row in rows
    ]
    last = rows[-1]
    counted = f" {format_points(unit)}"
    if abs(last.change) == 1:
        counted = counted.removesuffix("s")
    years = f"from {last.first_period} to {last.last_period}"
    return (
        f"{formatting.join_names(ways)}{counted if last.change else ''} {years}, "
        f"England {_format_move(last.england_change)}"
    )


def _format_move(change: float) -> str:
    return f"{'up' if change > 0 else 'down'} {abs(change):.4g}" if change else "unchanged"


def _describe_last(row: LineValue, nation: pd.DataFrame, unit: str, *, several: bool) -> str:
    """Return a line's value beside England's, with its name where there are several lines."""
    national = nation.set_index("period")["value"][row.period]
    name = f"{row.line} " if several else ""
    return (
        f"{name}{formatting.format_value(row.value, unit)} in {row.period}, England "
        f"{formatting.format_value(national, unit)}"
    )


@memoize
def describe_line(
    line: pd.DataFrame,
    nation: pd.DataFrame,
    unit: str,
    run: tuple[str, ...],
    name: str | None = None,
) -> str:
    """Return one place's first and last figure of a run of years beside England's, in a sentence.

    It stands in for a chart. Without a year of the run, the last figure stands alone.
    """
    ends = charts.select_named_ends(line, run)
    first, last = ends.iloc[0], ends.iloc[-1]
    national = nation.set_index("period")["value"]
    own = (
        f"{name or last['line']}: {formatting.format_value(first['value'], unit)} in "
        f"{first['period']}"
    )
    if first["period"] == last["period"]:
        return f"{own}; England {formatting.format_value(national[first['period']], unit)}."
    return (
        f"{own}, {formatting.format_value(last['value'], unit)} in {last['period']}; "
        f"England {formatting.format_value(national[first['period']], unit)} and "
        f"{formatting.format_value(national[last['period']], unit)}."
    )


def describe_margin_method(changes: pd.DataFrame) -> str:
    """Say how far chance may move changes, and how that is worked out, or that it cannot be."""
    if changes["margin_95"].isna().all():
        return intervals.CHANCE_UNKNOWN
    return (
        "How far chance alone may move a change, 19 times in 20, comes from the counts of pupils "
        "of its two years: 1.96 times the square root of both shares' variances, added up. For "
        "England no counts are held here: its own error by chance, small beside a place's, is "
        "left out."
    )


def describe_brackets(data: Data, measure_id: str) -> str:
    """Say what stands in brackets after a place's value, or that chance cannot be known."""
    if not intervals.map_counts(data, measure_id):
        return intervals.CHANCE_UNKNOWN
    return (
        "In brackets: between which shares chance alone may move it, 19 times in 20. For England "
        "no counts are held here."
    )


def describe_latest(
    lines: pd.DataFrame, nation: pd.DataFrame, unit: str, run: tuple[str, ...]
) -> str:
    """Return each place's last figure, beside England's, where it lies after a run of years.

    The figures that small charts write out end with the run, which is the longest that compares.
    """
    if not run:
        return ""
    several = lines["geography_code"].nunique() > 1
    last = to_rows(lines.drop_duplicates("geography_code", keep="last"), LineValue)
    figures = "; ".join(
        _describe_last(row, nation, unit, several=several) for row in last if row.period > run[-1]
    )
    return f"The latest: {figures}. Not comparable with {run[-1]} and before." if figures else ""


def describe_cuts(cuts: pd.DataFrame) -> str:
    """Return, for a chart's alternative text, which years cannot be joined; or nothing."""
    sentences = {"break": "The series breaks in {}.", "year apart": "{} cannot be compared."}
    years = [(kind, list(cuts[cuts["kind"] == kind]["period"])) for kind in sentences]
    return " ".join(
        sentences[kind].format(formatting.join_names(periods)) for kind, periods in years if periods
    )


def describe_programme_years(years: tuple[int, int]) -> str:
    """Return which academic years the programme's are: "programme, 2017/18 to 2021/22"."""
    first, last = map(series.format_academic_year, years)
    return f"programme, {first} to {last}"


def describe_labelled_years(run: tuple[str, ...], last_year: int) -> str:
    """Say of which years the figures on small charts are, where lines go on after them."""
    if len(run) < 2 or int(run[-1][:4]) >= last_year:  # noqa: PLR2004 - a change takes two values
        return ""
    return (
        f"Figures on the lines: {run[0]} to {run[-1]}, the longest comparable run, where a place "
        "has them. Later ones are in the table."
    )


def list_notes(lines: pd.DataFrame) -> list[str]:
    """Return what is noted of some years of a line and not of others, as plain text.

    What is noted of every year of a line is a matter of the measure, and its description says it.
    """
    notes = []
    for name, line in lines.groupby("line", sort=False):
        for note, noted in line.dropna(subset=["note"]).groupby("note", sort=False):
            if len(noted) < len(line):
                years = dict.fromkeys([noted["period"].iloc[0], noted["period"].iloc[-1]])
                notes.append(f"{name}, {' to '.join(years)}: {note}")
    return notes
