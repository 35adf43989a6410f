"""Every chart's specification is kept, so that a change of a picture is seen in review.

`make snapshots` writes them anew; look at the difference before committing it.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest

from dashboard import charts, measures, outcomes, selection
from dashboard.data import frames, loader
from dashboard.exhibits import Exhibit
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.topics.funding import programme

FOLDER = Path(__file__).with_name("snapshots")
CONTENT = loader.load(loader.HOME)
FACTS = measures.area_facts(CONTENT)
MEASURES = {row.measure_id: row for row in frames.records(CONTENT.measures)}
COMPARED = FACTS[FACTS["area_id"].isin(["derby", "fenland-and-east-cambridgeshire", "oldham"])]

Chart = Callable[[Palette], Any]


def by_area(column: str, unit: str) -> Chart:
    return lambda colours: charts.by_area(FACTS, column, unit, colours)


def exhibited(exhibit: Exhibit) -> Chart:
    assert exhibit.chart
    return exhibit.chart


def small(measure_id: str) -> Chart:
    lines = outcomes.lines(CONTENT, measure_id, COMPARED)

    def draw(colours: Palette) -> Any:
        frame = charts.frame_of(CONTENT, MEASURES[measure_id], lines, colours)
        return charts.small_multiples(lines, frame)[0]

    return draw


def overlaid(measure_id: str) -> Chart:
    lines = outcomes.lines(CONTENT, measure_id, COMPARED)

    def draw(colours: Palette) -> Any:
        frame = charts.frame_of(CONTENT, MEASURES[measure_id], lines, colours)
        return charts.overlaid(lines, frame)

    return draw


CHARTS: dict[str, Chart] = {
    "programme_totals": exhibited(programme.build_totals(CONTENT)),
    "research_schools": exhibited(programme.build_research_school_money(CONTENT)),
    "strip": lambda colours: charts.strip(
        selection.marks(selection.ranks(CONTENT, FACTS)), selection.BANDS, colours
    ),
    "fourth_year": by_area("fourth_year_gbp", "pounds"),
    "fourth_year_per_child": by_area("fourth_year_per_child_gbp", "pounds per child"),
    **{f"small_{measure_id}": small(measure_id) for measure_id in MEASURES},
    **{f"overlaid_{measure_id}": overlaid(measure_id) for measure_id in MEASURES},
}


# The dark palette once for each kind of chart: nothing but colours differs.
DARK_TOO = ("programme_totals", "strip", "fourth_year", "small_eyfsp_gld", "overlaid_eyfsp_gld")
KEPT = [(name, "light") for name in CHARTS] + [(name, "dark") for name in DARK_TOO]


@pytest.mark.parametrize(("name", "theme"), KEPT)
def test_specification_is_as_kept(name: str, theme: str) -> None:
    chart = CHARTS[name](DARK if theme == "dark" else LIGHT)
    drawn = chart if isinstance(chart, dict) else charts.specification(chart)
    alt.LayerChart.from_dict(drawn)  # refuses what Vega-Lite's schema does not know
    drawn = {name: value for name, value in drawn.items() if name != "$schema"}
    path = FOLDER / f"{name}.{theme}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(drawn))


def test_no_snapshot_is_left_over() -> None:
    kept = {path.name for path in FOLDER.glob("*.json")}
    assert kept == {f"{name}.{theme}.json" for name, theme in KEPT}
