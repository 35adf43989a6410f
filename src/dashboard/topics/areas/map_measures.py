"""What can colour the map, and what the map shows in words and as a table."""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.exhibits import Exhibit, build_table, format_amount_cell
from dashboard.filters import COHORTS
from dashboard.provenance import Provenance
from dashboard.topics.areas import facts


@dataclass(frozen=True, slots=True)
class MapValue:
    """A value that colours an area or, where it has a ``code``, one of its districts alone."""

    area_id: str
    name: str
    cohort: str
    value: float | None
    code: str | None = None


@dataclass(frozen=True)
class MapMeasure:
    """A measure that can colour the map.

    ``column`` is of :func:`.facts.compute_area_facts`. ``bounds`` part the
    values into four classes, the same whatever is filtered, so that an area keeps its colour.
    ``note`` says how it is computed.
    """

    name: str
    column: str
    unit: str
    bounds: tuple[float, float, float]
    note: str

    @property
    def title(self) -> str:
        """What names the table of the measure."""
        return f"Areas by {self.name.lower()}"

    @property
    def head(self) -> str:
        """What stands over the table's figures."""
        return self.name

    def class_of(self, value: float) -> int:
        """Return the class, 0 to 3, that a value falls in; a bound opens the class above it."""
        return sum(value >= bound for bound in self.bounds)

    def list_values(self, areas: pd.DataFrame) -> list[MapValue]:
        """Return the value of each area, or of each of its districts."""
        return [
            MapValue(row.area_id, row.label, row.cohort, getattr(row, self.column))
            for row in to_rows(areas, facts.AreaFacts)
        ]

    def build_provenance(self, data: Data, areas: pd.DataFrame) -> Provenance:
        """Return what the values of areas rest on."""
        return facts.build_columns_provenance(
            data,
            areas,
            ("cohort", self.column),
            name=f"map-{self.column.replace('_', '-')}",
            title=f"Map: {self.name.lower()}",
        )


MAP_MEASURES = (
    MapMeasure(
        name="Population",
        column="population",
        unit="people",
        bounds=(100_000, 200_000, 300_000),
        note="People living there in mid-2017. The two districts of Fenland and East "
        "Cambridgeshire are added up.",
    ),
    MapMeasure(
        name="Deprived neighbourhoods",
        column="deprived_share",
        unit="per cent",
        bounds=(10, 20, 30),
        note="Computed: share of the area's neighbourhoods that are among the most deprived "
        f"tenth in England on the 2019 index. {facts.ENGLAND_TENTH}.",
    ),
    MapMeasure(
        name="Fourth-year money",
        column="fourth_year_gbp",
        unit="pounds",
        bounds=(1_200_000, 1_400_000, 1_600_000),
        note="Allocated for September 2020 to August 2021, with money for work with other "
        "places, from a national £1 million.",
    ),
    MapMeasure(
        name="Fourth-year money per child",
        column="fourth_year_per_child_gbp",
        unit="pounds per child",
        bounds=(25, 50, 100),
        note="Computed: the fourth-year allocation over the children aged 0 to 15 living there "
        "in mid-2017.",
    ),
)


def describe_extremes(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return where a column is highest and lowest: "highest in A (2), lowest in B (1)"."""
    known = frame.dropna(subset=[column]).sort_values(column)
    if known.empty:
        return "no figure was found"
    low, high = known.iloc[0], known.iloc[-1]
    highest = f"{high['label']} ({formatting.format_amount(high[column], unit)})"
    if len(known) == 1:
        return highest
    return (
        f"highest in {highest}, lowest in {low['label']} "
        f"({formatting.format_amount(low[column], unit)})"
    )


@memoize
def describe_map(shown: pd.DataFrame, measure: MapMeasure | None) -> str:
    """Return what the map shows, as the sentence that stands in for it."""
    if shown.empty:
        return "No area is shown on the map."
    if measure:
        values = measure.list_values(shown)
        named = pd.DataFrame(
            {
                "label": [one.name for one in values],
                "value": pd.array([one.value for one in values], dtype="Float64"),
            }
        )
        return f"{measure.name}: {describe_extremes(named, 'value', measure.unit)}."
    groups = [(cohort, shown[shown["cohort"] == cohort]["label"]) for cohort in COHORTS]
    return " ".join(
        f"{name}: {formatting.join_names(labels)}." for name, labels in groups if len(labels)
    )


@memoize
def build_map(data: Data, areas: pd.DataFrame, measure: MapMeasure | None) -> Exhibit:
    """Return what the map shows as a table: the cohorts, or a measure with the largest first."""
    return Exhibit(
        title=measure.title if measure else "Areas by cohort",
        lead=(measure.note,) if measure else (),
        provenance=build_map_provenance(data, areas, measure),
        table=tabulate_map(areas, measure),
        alt=describe_map(areas, measure),
    )


@memoize
def build_map_provenance(data: Data, areas: pd.DataFrame, measure: MapMeasure | None) -> Provenance:
    """Return what the map rests on; of no area, what it would rest on for all."""
    rows = areas if len(areas) else facts.compute_area_facts(data)
    if measure:
        return measure.build_provenance(data, rows)
    return facts.build_columns_provenance(
        data,
        rows,
        ("cohort", "region", "place_type"),
        name="map-cohort",
        title="Map: the two cohorts",
    )


def tabulate_map(areas: pd.DataFrame, measure: MapMeasure | None) -> pd.DataFrame:
    """Return a row an area: with the measure, largest first, or with region and type of place."""
    if measure is None:
        return build_table(
            {
                "Area": area.label,
                "Cohort": area.cohort,
                "Region": area.region,
                "Type of place, 2017": area.place_type,
            }
            for area in to_rows(areas, Area)
        )
    ranked = sorted(measure.list_values(areas), key=_rank)
    return build_table(
        {
            "Area": one.name,
            "Cohort": one.cohort,
            measure.head: format_amount_cell(one.value, measure.unit),
        }
        for one in ranked
    )


def _rank(one: MapValue) -> float:
    """Return where a value stands in a table: the largest first, what is not known last."""
    return math.inf if one.value is None else -one.value
