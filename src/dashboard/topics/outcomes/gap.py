"""The gap between disadvantaged pupils and all pupils, where a measure exists for both."""

from dataclasses import dataclass, replace

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Measure
from dashboard.exhibits import Exhibit, Number, build_table
from dashboard.palette import Palette
from dashboard.provenance import Provenance, list_distinct
from dashboard.topics.outcomes import series, wording
from dashboard.topics.outcomes.exhibits import build_context, list_measures
from dashboard.topics.outcomes.formats import format_id, format_points, format_signed
from dashboard.topics.outcomes.intervals import CHANCE_UNKNOWN
from dashboard.topics.outcomes.series import LineValue

# What ends the id of a measure for a group of pupils; without it, it is that of all pupils.
_GROUPS = ("_disadvantaged", "_fsm")
# Figures of charts without a unit are points.
UNIT = "points"
# Room above and below the values, as a share of their range.
_MARGIN = 0.3
_DECIMALS = 4
_INCLUDED = (
    "The figure for all pupils takes in the disadvantaged ones, as that for all others is not held "
    "here: the gap to the others is larger. A gap is small, too, where all pupils do less well."
)


@dataclass(frozen=True)
class PupilGap:
    """The gap of some areas and of England by year: ``lines`` as of :func:`select_lines`.

    ``value`` is the figure of all pupils less that of the group, so more is worse.
    """

    of_all: Measure
    of_group: Measure
    lines: pd.DataFrame
    england: pd.DataFrame
    run: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The GSS codes of the places shown."""
        return tuple(self.lines["geography_code"].unique())


@memoize
def find_pair(data: Data, measure: Measure) -> tuple[Measure, Measure] | None:
    """Return the measure of all pupils and that of the group, None where there is only one."""
    by_id = {one.measure_id: one for one in list_measures(data)}
    for ending in _GROUPS:
        whole = measure.measure_id.removesuffix(ending)
        if whole in by_id and (group := by_id.get(f"{whole}{ending}")):
            return by_id[whole], group
    return None


@memoize
def compute_gap(data: Data, measure: Measure, areas: pd.DataFrame) -> PupilGap | None:
    """Return the gap of areas on a measure, None without a pair or a figure of the areas."""
    pair = find_pair(data, measure)
    if pair is None:
        return None
    of_all, of_group = pair
    lines = _subtract(*(series.select_lines(data, one.measure_id, areas) for one in pair))
    england = _subtract(*(series.select_england(data, one.measure_id) for one in pair))
    runs = [series.list_runs(data, one.measure_id) for one in pair]
    shared = [run for run in runs[0] if run in runs[1]]
    if lines.empty:
        return None
    return PupilGap(of_all, of_group, lines, england, shared[0] if shared else ())


def _subtract(whole: pd.DataFrame, group: pd.DataFrame) -> pd.DataFrame:
    """Return the group's rows with ``value`` as the gap, of the years that both have."""
    keys = ["geography_code", "period"]
    other = whole[[*keys, "value", "source_id"]]
    both = group.merge(other, on=keys, suffixes=("_group", "_all"))
    return both.assign(
        value=(both["value_all"] - both["value_group"]).round(_DECIMALS),
        source_id=both["source_id_group"],
        computed=True,
    )


@memoize
def build_gap(data: Data, gap: PupilGap, *, narrowed: bool = True) -> Exhibit:
    """Return the gap of areas beside England's, year by year."""
    return Exhibit(
        title=describe_finding(gap),
        lead=(formatting.escape_markdown(_describe_lead(data, gap)),),
        provenance=_build_provenance(data, gap, narrowed=narrowed),
        table=_tabulate(data, gap),
        alt=f"Gap on {gap.of_all.title} in each academic year, in points",
    )


def describe_finding(gap: PupilGap) -> str:
    """Return the last gap of England and of the areas, as a title."""
    last = str(gap.england["period"].iloc[-1])
    (nation,) = gap.england[gap.england["period"] == last]["value"]
    values = gap.lines[gap.lines["period"] == last]["value"]
    words = f"{gap.of_all.short_title.replace(' (authority)', '')}, gap in {last}"
    england = f"{formatting.format_value(nation, UNIT)} in England"
    if values.empty:
        return f"{words}: {england}"
    ends = dict.fromkeys(formatting.format_value(one, UNIT) for one in (values.min(), values.max()))
    count = len(values)
    places = "the area shown" if count == 1 else f"the {count} areas shown"
    return f"{words}: {' to '.join(ends)} {format_points(gap.of_all.unit)} in {places}, {england}"


def _describe_lead(data: Data, gap: PupilGap) -> str:
    """Say how the gap is worked out, which areas have none and why, and what is not known."""
    out = series.select_left_out(data, gap.of_group.measure_id, data.areas)
    names = [formatting.format_short_name(name) for name in out["label"]]
    left_out = (
        f"It is held for whole authorities only. {formatting.join_names(names)} are left out: each "
        "is a part of a county, and a county's figure is never shown as an area's. "
        if names
        else ""
    )
    return (
        f"All pupils' figure less that of {_name_group(gap)}, in {format_points(gap.of_all.unit)} "
        f"(computed). {_INCLUDED} {left_out}{CHANCE_UNKNOWN}"
    )


def _name_group(gap: PupilGap) -> str:
    is_meals = gap.of_group.measure_id.endswith(_GROUPS[1])
    return "pupils entitled to free school meals" if is_meals else "disadvantaged pupils"


@memoize
def describe_chart(
    gap: PupilGap, context: charts.ChartContext, line: pd.DataFrame, name: str
) -> str:
    """Return a small chart of the gap in sentences."""
    words = wording.describe_line(line, gap.england, UNIT, gap.run, name)
    return f"Gap in points. {words} {wording.describe_cuts(context.cuts)}".strip()


@memoize
def build_chart_context(data: Data, gap: PupilGap, colours: Palette) -> charts.ChartContext:
    """Return what the small charts of the gap share."""
    context = build_context(data, gap.of_group, gap.lines, colours)
    values = pd.concat([gap.lines["value"], gap.england["value"]])
    room = _MARGIN * float(values.max() - values.min())
    return replace(
        context,
        england=gap.england,
        spread=context.spread.iloc[:0],
        run=gap.run,
        low=float(values.min()) - room,
        high=float(values.max()) + room,
        unit=UNIT,
    )


def _tabulate(data: Data, gap: PupilGap) -> pd.DataFrame:
    """Return each place's gap in each academic year, and its change over the longest run."""
    periods = series.list_periods(data, gap.of_group.measure_id)
    cut = set(series.select_cuts(data, gap.of_group.measure_id)["period"])
    rows = []
    both = pd.concat([gap.lines, gap.england])
    for name, line in both.groupby("line", sort=False):
        values = {row.period: row.value for row in to_rows(line, LineValue)}
        cells: dict[str, object] = {"Place": name}
        for period in periods:
            head = f"{period} (break)" if period in cut else period
            known = period in values
            cells[head] = (
                Number(formatting.format_value(values[period], UNIT)) if known else "no figure"
            )
        if gap.run:
            cells[f"Change, {gap.run[0]} to {gap.run[-1]}"] = _format_change(gap, values)
        rows.append(cells)
    return build_table(rows)


def _format_change(gap: PupilGap, values: dict[str, float]) -> str:
    first, last = gap.run[0], gap.run[-1]
    if first not in values or last not in values:
        return "Not computed"
    return Number(format_signed(round(values[last] - values[first], _DECIMALS)))


def _build_provenance(data: Data, gap: PupilGap, *, narrowed: bool) -> Provenance:
    both = pd.concat([gap.lines, gap.england])
    ids = [gap.of_all.measure_id, gap.of_group.measure_id]
    used = data.outcomes[
        data.outcomes["measure_id"].isin(ids)
        & data.outcomes["geography_code"].isin(both["geography_code"])
    ]
    columns = ["area_id", "geography_code", "geography_name", "period"]
    frame = both[[*columns, "value_all", "value_group"]].assign(
        gap=both["value"],
        measure_id=gap.of_group.measure_id,
        measure_of_all_id=gap.of_all.measure_id,
        unit=format_points(gap.of_all.unit),
        source_id=both["source_id"],
    )
    return Provenance(
        name=f"gap-{format_id(gap.of_all)}",
        title=f"Gap: {gap.of_all.short_title}",
        method=f"For each year, the figure of all pupils less that of {_name_group(gap)}; more is "
        f"worse. {_INCLUDED} No change is worked out across a break. {gap.of_group.description}",
        source_ids=list_distinct([gap.of_all.source_id, gap.of_group.source_id], used["source_id"]),
        frame=frame,
        rows={"outcomes": used},
        status="Computed from published values.",
        narrowed=narrowed,
    )
