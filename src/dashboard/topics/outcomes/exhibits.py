"""What is shown of outcomes: changes, every value, breaks, an area's measures, when it ran."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from dashboard import charts, formatting
from dashboard.cache import memoize
from dashboard.data.frames import filter_by_area, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area, Measure, Outcome
from dashboard.exhibits import Exhibit, Number, build_table
from dashboard.palette import Palette
from dashboard.provenance import PUBLISHED, Provenance, list_distinct
from dashboard.topics.outcomes import formats, intervals, ranking, series, tables, wording
from dashboard.topics.outcomes.programme_years import find_programme_years

SOME_COMPUTED = "As published, but for those marked computed."
# Room above and below the values, as a share of their range.
_MARGIN = 0.3


@dataclass(frozen=True)
class MeasureView:
    """A measure for some areas: its lines, their changes, and the finding."""

    measure: Measure
    lines: pd.DataFrame
    changes: pd.DataFrame
    finding: str
    other_findings: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The GSS codes of the places shown."""
        return tuple(self.lines["geography_code"].unique())


@memoize
def list_measures(data: Data) -> tuple[Measure, ...]:
    """Return the measures, in the order in which they are listed: by age, the youngest first."""
    return to_rows(data.measures.sort_values("sort_order"), Measure)


@memoize
def list_measures_by_district(data: Data) -> tuple[Measure, ...]:
    """Return the measures by district that begin before the programme's last year.

    What begins with that year, or after, cannot tell what happened next.
    """
    return tuple(
        measure
        for measure in _list_by_district(data)
        if int(series.list_periods(data, measure.measure_id)[0][:4]) < find_programme_years(data)[1]
    )


@memoize
def list_later_measures(data: Data) -> tuple[Measure, ...]:
    """Return the measures by district that begin in the programme's last year or after."""
    earlier = list_measures_by_district(data)
    return tuple(measure for measure in _list_by_district(data) if measure not in earlier)


def _list_by_district(data: Data) -> list[Measure]:
    return [measure for measure in list_measures(data) if measure.geography == "district"]


@memoize
def describe_option(data: Data, measure: Measure) -> str:
    """Return a measure's label in a list, as plain text, with how many areas have it if not all.

    The measure's value in an address stays its title.
    """
    values = series.select_measure(data, measure.measure_id)
    count = values["area_id"].nunique()
    if count == len(data.areas):
        return measure.short_title
    return f"{measure.short_title} ({count} {'area' if count == 1 else 'areas'})"


def get_measure(data: Data, measure_id: str) -> Measure:
    """Return a measure.

    Raises:
        KeyError: there is none.
    """
    return {measure.measure_id: measure for measure in list_measures(data)}[measure_id]


@memoize
def build_view(data: Data, measure: Measure, areas: pd.DataFrame) -> MeasureView:
    """Return a measure's lines for areas, with changes and finding; lines may be empty."""
    lines = series.select_lines(data, measure.measure_id, areas)
    changes = series.compute_changes(data, measure.measure_id, lines)
    tolerance = series.find_tolerance(data, measure.measure_id)
    return MeasureView(
        measure=measure,
        lines=lines,
        changes=changes,
        finding=wording.describe_finding(measure, changes, tolerance),
        other_findings=wording.describe_other_findings(measure, changes, tolerance),
    )


@memoize
def build_context(
    data: Data,
    measure: Measure,
    lines: pd.DataFrame,
    colours: Palette,
    others: pd.DataFrame | None = None,
) -> charts.ChartContext:
    """Return what charts of a measure share, for lines to be drawn.

    ``others`` is a quiet line beside them all, with ``line``, ``year``, ``value`` and ``segment``.
    """
    nation = series.select_england(data, measure.measure_id)
    spread = series.select_spread(data, measure.measure_id)
    drawn = [lines["value"], nation["value"], spread["p10"], spread["p90"]]
    values = pd.concat(drawn if others is None else [*drawn, others["value"]])
    room = _MARGIN * float(values.max() - values.min())
    years = (int(nation["year"].min()), int(nation["year"].max()))
    return charts.ChartContext(
        england=nation,
        spread=spread,
        breaks=series.select_breaks(data, measure.measure_id),
        programme=find_programme_years(data),
        missing=tuple(sorted(set(range(*years)) - set(nation["year"]))),
        years=years,
        run=series.get_longest_run(data, measure.measure_id),
        low=float(values.min()) - room,
        high=float(values.max()) + room,
        unit=measure.unit,
        colours=colours,
        others=others,
    )


@memoize
def build_overlaid(data: Data, view: MeasureView) -> Exhibit:
    """Return areas laid over one another on a measure, against England."""
    return Exhibit(
        title=view.finding,
        lead=(formatting.escape_markdown(view.other_findings),) if view.other_findings else (),
        provenance=build_lines_provenance(data, view.measure, view.codes),
        table=tables.tabulate_values(data, view.measure, view.lines),
        chart=lambda colours: charts.build_overlaid_lines(
            view.lines, build_context(data, view.measure, view.lines, colours)
        ),
        alt=f"{view.finding}.",
    )


@memoize
def build_values(data: Data, view: MeasureView, *, narrowed: bool = True) -> Exhibit:
    """Return every value of the areas shown, year by year."""
    return Exhibit(
        title="Every figure, year by year",
        provenance=build_lines_provenance(data, view.measure, view.codes, narrowed=narrowed),
        lead=(wording.describe_brackets(data, view.measure.measure_id),),
        table=tables.tabulate_values(data, view.measure, view.lines),
        alt=f"{view.measure.title} in each academic year",
    )


@memoize
def build_changes(data: Data, view: MeasureView, *, narrowed: bool = False) -> Exhibit:
    """Return how each place changed over each run of years, against England."""
    measure = view.measure
    ranked = ranking.rank_changes(measure, view.lines, view.changes)
    tolerance = series.find_tolerance(data, measure.measure_id)
    return Exhibit(
        title="Change between comparable years, against England",
        lead=(ranking.describe_ranking(measure, ranked),),
        provenance=_build_changes_provenance(data, view, narrowed=narrowed),
        table=tables.tabulate_changes(data, measure, view.lines, view.changes),
        chart=(
            lambda colours: charts.build_ranked_dots(
                ranked, tolerance, "Same change as England", colours
            )
        )
        if len(ranked)
        else None,
        alt=f"Changes ranked. {view.finding}.",
    )


def _build_changes_provenance(data: Data, view: MeasureView, *, narrowed: bool) -> Provenance:
    measure = view.measure
    values = _select_values(data, measure, set(view.changes["geography_code"]))
    counted = intervals.select_counted(data, measure.measure_id, values["geography_code"])
    names = {"line": "geography_name", "whole": "all_years_of_the_stretch"}
    return Provenance(
        name=f"changes-{formats.format_id(measure)}",
        title=f"Change: {measure.short_title}",
        method="The last value less the first of each stretch of years without a break, and "
        "the same for England over the same two years. "
        f"{wording.describe_margin_method(view.changes)}",
        source_ids=list_distinct([measure.source_id], values["source_id"], counted["source_id"]),
        frame=view.changes.rename(columns=names).assign(
            measure_id=measure.measure_id, unit=measure.unit, source_id=measure.source_id
        ),
        rows={"outcomes": values, "district_outcomes": counted},
        status="Computed from published values.",
        narrowed=narrowed,
    )


@memoize
def build_breaks(data: Data, measure: Measure) -> Exhibit:
    """Return where the measure's series breaks or has gaps, and why."""
    rows = data.series_breaks[data.series_breaks["measure_id"] == measure.measure_id]
    table = tables.tabulate_breaks(data, measure.measure_id)
    return Exhibit(
        title="Breaks and gaps in the series",
        lead=("None was found for this measure.",) if table.empty else (),
        provenance=Provenance(
            name=f"breaks-{formats.format_id(measure)}",
            title=f"Breaks and gaps: {measure.title}",
            method="What the publishers say of the series, in our words.",
            source_ids=list_distinct([measure.source_id], rows["source_id"]),
            frame=rows,
        ),
        table=table,
        alt=f"Breaks and gaps in the series: {measure.title}",
    )


def name_lines(measure: Measure) -> str:
    """Return what names a measure's lines in addresses."""
    return f"outcomes-{formats.format_id(measure)}"


@memoize
def build_lines_provenance(
    data: Data, measure: Measure, codes: Collection[str], *, narrowed: bool = False
) -> Provenance:
    """Return what a measure's values for the places of some codes, and England's, rest on."""
    values = _select_values(data, measure, codes)
    counted = intervals.select_counted(data, measure.measure_id, values["geography_code"])
    band = series.select_spread(data, measure.measure_id)
    return Provenance(
        name=name_lines(measure),
        title=measure.title,
        method=f"{measure.description} {measure.coverage} {intervals.describe_method(counted)}",
        source_ids=list_distinct(
            [measure.source_id], values["source_id"], band["source_id"], counted["source_id"]
        ),
        frame=intervals.add_intervals(data, measure.measure_id, values),
        rows={"outcomes": values, "district_outcomes": counted},
        status=SOME_COMPUTED if values["computed"].any() else PUBLISHED,
        narrowed=narrowed,
    )


@memoize
def build_provenance_of_area(data: Data, area: Area) -> Provenance:
    """Return what the last figures of an area, and England's, rest on."""
    own = data.outcomes[data.outcomes["area_id"] == area.area_id]
    nation = data.outcomes[
        (data.outcomes["geography_level"] == "national")
        & data.outcomes["measure_id"].isin(own["measure_id"])
    ]
    values = pd.concat([own, nation])
    return Provenance(
        name=f"outcomes-{area.area_id}",
        title=f"Outcomes against England, {area.label}",
        method="The last value of each measure, and England's in the same year. A change is "
        "the last value less the first of the longest stretch of years without a break.",
        source_ids=list_distinct(values["source_id"]),
        frame=values,
        rows={"outcomes": values},
        status="Values are as published, but for those marked computed; changes are computed.",
    )


@memoize
def build_outcomes_of_area(data: Data, area: Area) -> Exhibit:
    """Return the last figure of each measure that exists for an area, beside England's."""
    return Exhibit(
        title=f"Outcomes of {area.label} against England",
        provenance=build_provenance_of_area(data, area),
        table=_tabulate_area(data, area),
        folded="Every measure: last figure and change, against England",
        alt=f"Outcomes of {area.label} against England",
    )


def _tabulate_area(data: Data, area: Area) -> pd.DataFrame:
    """Return each measure's last figure beside England's in the same year.

    Measures for whole authorities are there only where the area is one. Change is over the
    longest run of comparable years.
    """
    rows = []
    areas = filter_by_area(data.areas, area.area_id)
    for measure in list_measures(data):
        view = build_view(data, measure, areas)
        nation = series.map_england(data, measure.measure_id)
        cuts = series.select_cuts(data, measure.measure_id)
        for code, line in series.split_lines(view.lines).items():
            last = to_rows(line.tail(1), Outcome)[0]
            own = view.changes[view.changes["geography_code"] == code]
            rows.append(
                {
                    "Measure": measure.title,
                    "Place": line["line"].iloc[-1],
                    "Last figure": formats.format_dated(last, measure.unit),
                    "England, same year": Number(
                        formatting.format_value(nation[last.period], measure.unit)
                    ),
                    "Change": formats.describe_change(own[own["run"] == 0], cuts),
                }
            )
    return build_table(rows)


def _select_values(data: Data, measure: Measure, codes: Collection[str]) -> pd.DataFrame:
    values = series.select_measure(data, measure.measure_id)
    nation = series.select_england(data, measure.measure_id)["geography_code"]
    return values[values["geography_code"].isin([*codes, *nation])]
