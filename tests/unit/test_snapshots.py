"""A change of how a kind of chart looks is seen in review.

The specifications are kept without the rows of data: what is drawn is checked elsewhere.
`make snapshots` writes them anew; look at the difference before committing it.
"""

from collections.abc import Callable
from functools import partial
from pprint import pformat
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from dashboard import charts
from dashboard.data import frames, loader
from dashboard.exhibits import Exhibit, Spec
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import programme
from dashboard.topics.index_ranks import cold_spots, ranks
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series
from specs import validate

CONTENT = loader.load(loader.DEFAULT_FOLDER)
FACTS = compute_area_facts(CONTENT)
MEASURES = {row.measure_id: row for row in frames.to_records(CONTENT.measures)}
COMPARED = FACTS[FACTS["area_id"].isin(["derby", "fenland-and-east-cambridgeshire", "oldham"])]

Chart = Callable[[Palette], Spec]


def chart_of(exhibit: Exhibit) -> Chart:
    assert exhibit.chart
    return exhibit.chart


def draw_rank_strip(colours: Palette) -> Spec:
    marks = ranks.build_marks(ranks.select_ranks(CONTENT, FACTS))
    return charts.build_rank_strip(marks, ranks.BANDS, colours)


def draw_small(colours: Palette) -> Spec:
    lines = series.select_lines(CONTENT, "eyfsp_gld", COMPARED)
    frame = outcomes.build_context(CONTENT, MEASURES["eyfsp_gld"], lines, colours)
    return charts.build_small_multiples(lines, frame)[0].spec


def draw_overlaid(colours: Palette) -> Spec:
    lines = series.select_lines(CONTENT, "eyfsp_gld", COMPARED)
    return charts.build_overlaid_lines(
        lines, outcomes.build_context(CONTENT, MEASURES["eyfsp_gld"], lines, colours)
    )


def draw_ranked_dots(colours: Palette) -> Spec:
    view = outcomes.build_view(CONTENT, outcomes.get_measure(CONTENT, "eyfsp_gld"), CONTENT.areas)
    return chart_of(outcomes.build_changes(CONTENT, view))(colours)


CHARTS: dict[str, Chart] = {
    "bars": chart_of(programme.build_totals(CONTENT)),
    "bars by cohort": chart_of(funding.build_fourth_year(CONTENT, FACTS)),
    "district map": partial(cold_spots.build_picture, CONTENT),
    "rank strip": draw_rank_strip,
    "small multiple": draw_small,
    "overlaid lines": draw_overlaid,
    "ranked dots": draw_ranked_dots,
}


@pytest.mark.slow
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", CHARTS)
def test_a_kind_of_chart_looks_as_before(
    kind: str, colours: Palette, snapshot: SnapshotAssertion
) -> None:
    shape = without_rows(CHARTS[kind](colours))
    assert pformat(shape, width=96, compact=True) == snapshot


def without_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a specification with the columns of its data in place of the rows."""
    kept = {name: part for name, part in spec.items() if name != "datasets"}
    return dict(_name_columns(kept)) | {"$schema": ""}


def _name_columns(value: Any) -> Any:
    if isinstance(value, list):
        return [_name_columns(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _list_columns(part) if key == "data" else _name_columns(part)
        for key, part in value.items()
    }


def _list_columns(data: dict[str, Any]) -> Any:
    return sorted({name for row in data.get("values", []) for name in row}) or data


@pytest.mark.slow
@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_measure_has_a_chart_that_vega_lite_knows(measure_id: str) -> None:
    lines = series.select_lines(CONTENT, measure_id, COMPARED)
    frame = outcomes.build_context(CONTENT, MEASURES[measure_id], lines, LIGHT)
    # The areas' small multiples differ in their rows alone.
    first = charts.build_small_multiples(lines, frame)[0].spec
    for chart in (first, charts.build_overlaid_lines(lines, frame)):
        validate(chart)
