"""The other cold spots beside the lines of places, worked out again from the csv files alone."""

from itertools import pairwise

import pandas as pd
import pytest

from dashboard import charts
from dashboard.data.loader import Data
from dashboard.exports import dfe_standard
from dashboard.palette import Palette
from dashboard.topics.comparators import quiet_line
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series
from expected import DISTRICTS, read_table

# The first and last year of each measure's longest run, as series_runs.csv has it.
RUNS = {
    "eyfsp_gld": ("2013/14", "2018/19"),
    "ks2_rwm_expected_district": ("2018/19", "2024/25"),
    "gcse_english_maths_by_19": ("2016/17", "2021/22"),
}
OWN = {row["lad_code"] for row in DISTRICTS}
OTHERS = {row["lad_code"] for row in read_table("index_2016") if int(row["rank"]) > 270} - OWN
ROWS = [row for row in read_table("district_outcomes") if row["lad_code"] in OTHERS]
PUPILS = {
    row["lad_code"]: int(row["pupils"])
    for row in ROWS
    if (row["measure_id"], row["period"]) == ("eyfsp_gld", "2017/18")
}


def work_out(measure_id: str) -> dict[str, float]:
    """Return the share of all pupils of the districts with every year, by year of the run."""
    first, last = RUNS[measure_id]
    shares: dict[str, dict[str, tuple[float, float]]] = {}
    for row in ROWS:
        if row["measure_id"] == measure_id and row["value"] and first <= row["period"] <= last:
            weight = float(row["pupils"] or PUPILS[row["lad_code"]])
            reached = float(row["reached"] or float(row["value"]) / 100 * weight)
            shares.setdefault(row["lad_code"], {})[row["period"]] = reached, weight
    years = sorted({period for own in shares.values() for period in own})
    kept = [own for own in shares.values() if len(own) == len(years)]
    return {
        year: 100 * sum(own[year][0] for own in kept) / sum(own[year][1] for own in kept)
        for year in years
    }


def build_line(content: Data, measure_id: str) -> pd.DataFrame:
    line = quiet_line.build_quiet_line(content, outcomes.get_measure(content, measure_id))
    assert line is not None
    return line


@pytest.mark.parametrize("measure_id", RUNS)
def test_the_line_has_the_years_of_the_run_alone(content: Data, measure_id: str) -> None:
    line = build_line(content, measure_id)
    expected = work_out(measure_id)
    assert list(line["period"]) == list(expected)
    assert list(line["value"]) == pytest.approx(list(expected.values()), abs=0.051)
    assert set(line["line"]) == {"Other cold spots"}


@pytest.mark.parametrize("measure_id", RUNS)
def test_a_missing_year_parts_the_line(content: Data, measure_id: str) -> None:
    line = build_line(content, measure_id)
    rows = list(zip(line["year"], line["segment"], strict=True))
    for (before, one), (year, two) in pairwise(rows):
        assert (one == two) == (year == before + 1)
    gap = measure_id == "ks2_rwm_expected_district"
    assert line["segment"].nunique() == (2 if gap else 1)


def test_a_measure_for_authorities_has_no_such_line(content: Data) -> None:
    for measure in outcomes.list_measures(content):
        line = quiet_line.build_quiet_line(content, measure)
        assert (line is None) == (measure.geography == "local authority")
        if line is None:
            view = outcomes.build_view(content, measure, content.areas)
            own = outcomes.build_lines_provenance(content, measure, view.codes)
            same = quiet_line.build_lines_provenance(content, measure, view.codes)
            assert (same.method, same.source_ids) == (own.method, own.source_ids)
            assert same.frame.equals(own.frame)


@pytest.mark.parametrize("measure_id", RUNS)
def test_the_scale_holds_the_line_wherever_it_lies(
    content: Data, colours: Palette, measure_id: str
) -> None:
    measure = outcomes.get_measure(content, measure_id)
    lines = series.select_lines(content, measure_id, content.areas)
    line = build_line(content, measure_id)
    for value in (2.0, 98.0):
        far = line.assign(value=value)
        context = outcomes.build_context(content, measure, lines, colours, far)
        assert context.low < value < context.high


def test_it_is_told_from_england_s_line_without_colour(content: Data, colours: Palette) -> None:
    measure = outcomes.get_measure(content, "eyfsp_gld")
    lines = series.select_lines(content, "eyfsp_gld", content.areas)
    line = build_line(content, "eyfsp_gld")
    context = outcomes.build_context(content, measure, lines, colours, line)
    for drawn in (chart.spec for chart in charts.build_small_multiples(lines, context)):
        named = [layer["data"]["name"] for layer in drawn["layer"]]
        # Under the others: England's and the place's own lie over it.
        assert named.index("others") < named.index("england") < named.index("words")
        quiet, nation = (drawn["layer"][named.index(name)] for name in ("others", "england"))
        assert quiet["mark"]["strokeWidth"] * 2 < nation["mark"]["strokeWidth"]
        assert quiet["mark"]["point"]["size"] * 3 < nation["mark"]["point"]["size"]
        assert "strokeDash" not in quiet["encoding"]
        assert {row["dash"] for row in drawn["datasets"]["england"]} == {"4,3"}
        assert [row["value"] for row in drawn["datasets"]["others"]] == list(line["value"])
    (plain, *_) = charts.build_small_multiples(
        lines, outcomes.build_context(content, measure, lines, colours)
    )
    assert "others" not in plain.spec["datasets"]


@pytest.mark.parametrize("measure_id", RUNS)
def test_the_table_and_the_file_have_its_figures_and_sources(
    content: Data, measure_id: str
) -> None:
    measure = outcomes.get_measure(content, measure_id)
    exhibit = quiet_line.build_values(content, outcomes.build_view(content, measure, content.areas))
    expected = {period: f"{value:.1f}" for period, value in work_out(measure_id).items()}
    *_, nation, last = exhibit.table.to_dict("records")
    assert last.pop("Place") == "Other cold spots"
    for heading, cell in last.items():
        period = str(heading)[:7]
        if period not in expected:
            assert cell == ("no figure" if nation[heading] == "no figure" else "not computed")
            continue
        assert cell == f"{expected[period].removesuffix('.0')}% (computed)"
    assert {"SMI_2016", "DFE_EYFSP_LAD", measure.source_id} <= set(exhibit.provenance.source_ids)
    table = dfe_standard.build_rows(content, "x", exhibit.provenance.frame)
    own = table.frame[table.frame["place_kind"] == quiet_line.KIND]
    assert list(own["value"].astype(float)) == [float(value) for value in expected.values()]
    assert own["computed"].all()
    assert exhibit.provenance.status == outcomes.SOME_COMPUTED
    used = exhibit.provenance.rows["district_outcomes"]
    assert set(used["lad_code"]) & OTHERS
