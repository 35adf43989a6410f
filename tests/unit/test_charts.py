"""Bars, and the words and marks of small charts; the rest is tested with what it draws."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
import vl_convert

from dashboard import charts, formatting
from dashboard.data.loader import Data
from dashboard.exhibits import Spec
from dashboard.palette import LIGHT, Palette
from dashboard.topics.comparators import quiet_line
from dashboard.topics.outcomes import exhibits as outcomes
from dashboard.topics.outcomes import series
from dashboard.topics.outcomes.exhibits import get_measure
from expected import read_table
from specs import read_rows, read_shared_rows, validate

Chart = Callable[[pd.DataFrame, Palette], Spec]

FRAME = pd.DataFrame(
    {
        "name": ["Derby", "Fenland and East Cambridgeshire", "Bradford"],
        "cohort": ["Original six", "New six", "New six"],
        "value": [2.0, 3.0, 1.0],
        "words": ["£2 million", "about £3 million", "£1"],
    }
)

MEASURES = [row["measure_id"] for row in read_table("measures")]
BOTH = pytest.mark.parametrize("chart", [charts.build_bars, charts.build_cohort_bars])


def spec(chart: Chart, colours: Palette, frame: pd.DataFrame = FRAME) -> Spec:
    return validate(chart(frame, colours))


@BOTH
def test_rows_stay_in_order(chart: Chart, colours: Palette) -> None:
    assert [row["value"] for row in read_shared_rows(spec(chart, colours))] == [2, 3, 1]


@BOTH
@pytest.mark.parametrize("layer", [0, 1])
def test_names_are_not_sorted_anew(chart: Chart, colours: Palette, layer: int) -> None:
    assert spec(chart, colours)["layer"][layer]["encoding"]["y"]["sort"] is None


@BOTH
@pytest.mark.parametrize("layer", [0, 1])
def test_bars_start_at_zero(chart: Chart, colours: Palette, layer: int) -> None:
    assert spec(chart, colours)["layer"][layer]["encoding"]["x"]["scale"]["domainMin"] == 0


@BOTH
def test_names_are_never_cut(chart: Chart, colours: Palette) -> None:
    assert spec(chart, colours)["layer"][0]["encoding"]["y"]["axis"]["labelLimit"] == 0


@BOTH
def test_a_long_name_takes_two_lines(chart: Chart, colours: Palette) -> None:
    names = [row["name"] for row in read_shared_rows(spec(chart, colours))]
    assert names == ["Derby", "Fenland and East\nCambridgeshire", "Bradford"]


@BOTH
def test_each_bar_ends_in_its_words(chart: Chart, colours: Palette) -> None:
    drawn = spec(chart, colours)
    assert drawn["layer"][-1]["encoding"]["text"]["field"] == "words"
    assert [row["words"] for row in read_shared_rows(drawn)] == list(FRAME["words"])


@BOTH
def test_words_and_names_are_in_the_colour_of_text(chart: Chart, colours: Palette) -> None:
    bars, *_, words = spec(chart, colours)["layer"]
    axis = bars["encoding"]["y"]["axis"]
    assert words["mark"]["color"] == axis["labelColor"] == colours.text


def test_bars_of_the_whole_programme_have_no_cohort_s_colour(colours: Palette) -> None:
    colour = spec(charts.build_bars, colours)["layer"][0]["encoding"]["color"]
    assert colour == {"value": colours.muted}
    assert colours.muted not in (colours.original, colours.new)


def test_a_cohort_is_told_by_its_mark_too(colours: Palette) -> None:
    _, marks, words = spec(charts.build_cohort_bars, colours)["layer"]
    shape = marks["encoding"]["shape"]
    assert dict(zip(shape["scale"]["domain"], shape["scale"]["range"], strict=True)) == {
        "Original six": "circle",
        "New six": "diamond",
    }
    # One key tells both, and the figure stands beyond the mark.
    assert shape["legend"] == marks["encoding"]["color"]["legend"]
    assert words["mark"]["dx"] > marks["mark"]["xOffset"]


@pytest.mark.parametrize(("cohort", "shape"), [("Original six", "circle"), ("New six", "diamond")])
def test_the_marks_of_small_lines_are_their_cohort_s(
    content: Data, facts: pd.DataFrame, colours: Palette, cohort: str, shape: str
) -> None:
    areas = facts[facts["cohort"] == cohort]
    for drawn in small("eyfsp_gld", content, areas, colours):
        assert {row["shape"] for row in drawn["datasets"]["line"]} == {shape}


def test_cohorts_have_their_colours(colours: Palette) -> None:
    scale = spec(charts.build_cohort_bars, colours)["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "Original six": colours.original,
        "New six": colours.new,
    }


def test_the_legend_can_be_read(colours: Palette) -> None:
    legend = spec(charts.build_cohort_bars, colours)["layer"][0]["encoding"]["color"]["legend"]
    assert legend["labelColor"] == colours.text


@BOTH
def test_a_row_more_makes_the_chart_higher(chart: Chart, colours: Palette) -> None:
    heights = [spec(chart, colours, FRAME[:size])["height"] for size in (1, 2, 3)]
    assert heights[2] - heights[1] == heights[1] - heights[0] > 0


@BOTH
def test_a_chart_fills_its_container(chart: Chart, colours: Palette) -> None:
    assert spec(chart, colours)["width"] == "container"


@BOTH
def test_a_chart_of_nothing_is_a_chart(chart: Chart, colours: Palette) -> None:
    assert spec(chart, colours, FRAME[:0])["layer"]


def test_the_twelve_can_be_drawn(facts: pd.DataFrame, colours: Palette) -> None:
    ranked = facts.sort_values("fourth_year_gbp", ascending=False)
    frame = pd.DataFrame(
        {
            "name": ranked["label"],
            "cohort": ranked["cohort"],
            "value": ranked["fourth_year_gbp"].astype("float64"),
            "words": [formatting.format_money(value) for value in ranked["fourth_year_gbp"]],
        }
    )
    drawn = read_shared_rows(spec(charts.build_cohort_bars, colours, frame))
    assert [row["words"] for row in drawn][:2] == ["£1.97 million", "£1.73 million"]


TOLERANCE = 2.0
CHANGES = pd.DataFrame(
    {
        "name": ["Derby", "Fenland and East Cambridgeshire", "Bradford"],
        "value": [4.5, 0.0, -3.0],
        "words": ["+4.5 (+6)", "0 (+1.5)", "−3 (−1.5)"],
        "cohort": ["Original six", "New six", "New six"],
    }
)


def dots(
    colours: Palette, frame: pd.DataFrame = CHANGES, tolerance: float = TOLERANCE
) -> dict[str, Any]:
    return validate(charts.build_ranked_dots(frame, tolerance, "Same change as England", colours))


def find_layers(drawn: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    return [one for one in drawn["layer"] if one["mark"]["type"] == mark]


def test_dots_stay_in_order_with_their_names_in_full(colours: Palette) -> None:
    (points,) = find_layers(dots(colours), "point")
    own = read_rows(dots(colours), points)
    assert [row["name"] for row in own] == ["Derby", "Fenland and East\nCambridgeshire", "Bradford"]
    assert points["encoding"]["y"]["sort"] is None
    assert points["encoding"]["y"]["axis"]["labelLimit"] == 0


def test_every_dot_has_its_figure_on_its_own_side(colours: Palette) -> None:
    _, right, left = find_layers(dots(colours), "text")
    assert right["transform"] == [{"filter": "datum.value >= 0"}]
    assert left["transform"] == [{"filter": "datum.value < 0"}]
    assert (right["mark"]["align"], left["mark"]["align"]) == ("left", "right")
    assert right["mark"]["dx"] > 0 > left["mark"]["dx"]
    for words in (right, left):
        assert words["encoding"]["text"]["field"] == "words"
        assert words["mark"]["color"] == colours.text


def test_a_cohort_s_dots_have_its_colour_and_shape(colours: Palette) -> None:
    (points,) = find_layers(dots(colours), "point")
    for channel, marks in (
        ("color", [colours.original, colours.new]),
        ("shape", ["circle", "diamond"]),
    ):
        scale = points["encoding"][channel]["scale"]
        assert (scale["domain"], scale["range"]) == (["Original six", "New six"], marks)


def find_domain(drawn: dict[str, Any]) -> list[float]:
    """Return the ends of what Vega-Lite makes the domain of the horizontal scale."""
    compiled = vl_convert.vegalite_to_vega({**drawn, "width": 600})
    (scale,) = (one for one in compiled["scales"] if one["name"] == "x")
    assert not scale["nice"]
    names = {one["field"] for one in scale["domain"]["fields"] if isinstance(one, dict)}
    assert names >= {"value", "from", "to", "end"}
    rows = [row for layer in drawn["layer"] for row in read_rows(drawn, layer)]
    ends = [row[name] for row in rows for name in names if row.get(name) is not None]
    return [min(ends), max(ends)]


@pytest.mark.parametrize(
    ("values", "domain"),
    [([4.5, 0, -3], [-3, 4.5]), ([1, 0.5, 0], [-2, 2]), ([-1, -2, -5], [-5, 2])],
)
def test_zero_and_the_quiet_band_are_always_seen(
    colours: Palette, values: list[float], domain: list[float]
) -> None:
    drawn = dots(colours, CHANGES.assign(value=values))
    assert find_domain(drawn) == domain
    (band,) = find_layers(drawn, "rect")
    assert read_rows(drawn, band) == [{"from": -TOLERANCE, "to": TOLERANCE}]


def test_without_rounding_there_is_no_band(colours: Palette) -> None:
    assert find_layers(dots(colours, tolerance=0), "rect") == []


def test_the_line_at_zero_is_named(colours: Palette) -> None:
    drawn = dots(colours)
    zero, *_ = find_layers(drawn, "text")
    assert read_rows(drawn, zero) == [{"value": 0, "words": "Same change as England"}]


def test_whiskers_end_where_they_are_said_to_and_words_stand_beyond(colours: Palette) -> None:
    frame = CHANGES.assign(low=[1.0, -2.5, float("nan")], high=[8.0, 2.5, float("nan")])
    drawn = dots(colours, frame)
    assert find_domain(drawn) == [-3.0, 8.0]
    ends = [one["encoding"]["x"]["field"] for one in find_layers(drawn, "tick")]
    assert ends == ["low", "high"]
    (whisker,) = (one for one in find_layers(drawn, "rule") if "transform" in one)
    assert whisker["encoding"]["x"]["field"] == "low"
    assert whisker["encoding"]["x2"]["field"] == "high"
    own = read_rows(drawn, whisker)
    assert [row["end"] for row in own] == [8.0, 2.5, -3.0]
    words = find_layers(drawn, "text")[1:]
    assert {one["encoding"]["x"]["field"] for one in words} == {"end"}


def test_without_counts_there_is_no_whisker(colours: Palette) -> None:
    for frame in (CHANGES, CHANGES.assign(low=float("nan"), high=float("nan"))):
        assert find_layers(dots(colours, frame), "tick") == []


def test_a_dot_more_makes_the_chart_higher(colours: Palette) -> None:
    heights = [dots(colours, CHANGES[:size])["height"] for size in (1, 2, 3)]
    assert heights[2] - heights[1] == heights[1] - heights[0] > 0


def small(
    measure_id: str, content: Data, areas: pd.DataFrame, colours: Palette
) -> list[dict[str, Any]]:
    """Return the specifications of a measure's small charts."""
    lines = series.select_lines(content, measure_id, areas)
    measure = get_measure(content, measure_id)
    others = quiet_line.build_quiet_line(content, measure)
    context = outcomes.build_context(content, measure, lines, colours, others)
    return [chart.spec for chart in charts.build_small_multiples(lines, context)]


def test_lines_over_the_grey_band_lie_on_the_page_s_colour(
    content: Data, facts: pd.DataFrame, colours: Palette
) -> None:
    (drawn, *_) = small("gcse_english_maths_by_19", content, facts, colours)
    under, line = [one for one in drawn["layer"] if one["data"] == {"name": "line"}]
    assert under["mark"]["color"] == under["mark"]["point"]["color"] == colours.page
    assert under["mark"]["strokeWidth"] > line["mark"]["strokeWidth"]
    edges = [one for one in drawn["layer"] if one["data"] == {"name": "spread"}][1:]
    assert [one["mark"]["color"] for one in edges] == [colours.line] * 2


def crossed(drawn: dict[str, Any]) -> list[str]:
    """Return the words of a small chart that lie over a stroke, break, axis or other word."""
    width, height = float(drawn["width"]), float(drawn["height"])
    place, value = (drawn["layer"][1]["encoding"][axis]["scale"]["domain"] for axis in "xy")

    def x(year: float) -> float:
        return float((year - place[0]) / (place[1] - place[0]) * width)

    def y(figure: float) -> float:
        return float((value[1] - figure) / (value[1] - value[0]) * height)

    boxes = []
    for row in drawn["datasets"]["words"]:
        length = 6 * len(row["words"])
        left = x(row["at"]) - {"center": length / 2, "right": length, "left": 0}[row["align"]]
        middle = y(row["value"]) + row["dy"]
        boxes.append((row["words"], left, left + length, middle - 5, middle + 5))
    strokes = [
        (
            x(one["year"] + part / 20 * (two["year"] - one["year"])),
            y(one["value"] + part / 20 * (two["value"] - one["value"])),
        )
        for name in ("line", "england", "others")
        for one, two in pairwise(drawn["datasets"].get(name, []))
        if one["segment"] == two["segment"]
        for part in range(21)
    ]
    rules = [x(row["edge"]) for row in drawn["datasets"]["breaks"]]

    def room(right: float) -> float:
        """Return how far it is between the breaks, or the chart's ends, about a word's end."""
        edges = [0, *rules, width]
        return next(two - one for one, two in pairwise(edges) if right <= two + 1)

    return [
        words
        for at, (words, left, right, top, bottom) in enumerate(boxes)
        if any(left < across < right and top < down < bottom for across, down in strokes)
        or (right - left + 4 < room(right) and any(left < rule < right for rule in rules))
        or any(
            left < two[2] and two[1] < right and top < two[4] and two[3] < bottom
            for two in boxes[:at]
        )
        or left < -1
        or bottom > height
        or right > width + 1
    ]


@pytest.mark.slow
@pytest.mark.parametrize("measure_id", MEASURES)
def test_no_word_of_a_small_chart_lies_over_a_line(
    content: Data, facts: pd.DataFrame, measure_id: str
) -> None:
    for drawn in small(measure_id, content, facts, LIGHT):
        assert crossed(drawn) == []


def test_a_word_over_a_line_would_be_found(content: Data, facts: pd.DataFrame) -> None:
    (drawn, *_) = small("gcse_english_maths_by_19", content, facts, LIGHT)
    moved = [{**row, "align": "center", "dy": 0} for row in drawn["datasets"]["words"]]
    assert crossed({**drawn, "datasets": {**drawn["datasets"], "words": moved}})
