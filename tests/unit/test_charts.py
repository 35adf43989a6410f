"""Bars; the other charts are tested with what they draw."""

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pytest

from dashboard import charts, text
from dashboard.palette import Palette

Chart = Callable[[pd.DataFrame, Palette], alt.LayerChart]

FRAME = pd.DataFrame(
    {
        "name": ["Derby", "Fenland and East Cambridgeshire", "Bradford"],
        "cohort": ["Original six", "New six", "New six"],
        "value": [2.0, 3.0, 1.0],
        "words": ["£2 million", "about £3 million", "£1"],
    }
)
BOTH = pytest.mark.parametrize("chart", [charts.bars, charts.bars_by_cohort])


def spec(chart: Chart, colours: Palette, frame: pd.DataFrame = FRAME) -> dict[str, Any]:
    drawn: dict[str, Any] = chart(frame, colours).to_dict(validate=True)
    return drawn


def rows(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    (listed,) = drawn["datasets"].values()
    found: list[dict[str, Any]] = listed
    return found


@BOTH
def test_rows_stay_in_order(chart: Chart, colours: Palette) -> None:
    assert [row["value"] for row in rows(spec(chart, colours))] == [2, 3, 1]


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
    names = [row["name"] for row in rows(spec(chart, colours))]
    assert names == ["Derby", "Fenland and East\nCambridgeshire", "Bradford"]


@BOTH
def test_each_bar_ends_in_its_words(chart: Chart, colours: Palette) -> None:
    drawn = spec(chart, colours)
    assert drawn["layer"][1]["encoding"]["text"]["field"] == "words"
    assert [row["words"] for row in rows(drawn)] == list(FRAME["words"])


@BOTH
def test_words_and_names_are_in_the_colour_of_text(chart: Chart, colours: Palette) -> None:
    bars, words = spec(chart, colours)["layer"]
    axis = bars["encoding"]["y"]["axis"]
    assert words["mark"]["color"] == axis["labelColor"] == colours.text


def test_bars_are_of_one_colour(colours: Palette) -> None:
    colour = spec(charts.bars, colours)["layer"][0]["encoding"]["color"]
    assert colour == {"value": colours.original}


def test_cohorts_have_their_colours(colours: Palette) -> None:
    scale = spec(charts.bars_by_cohort, colours)["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "Original six": colours.original,
        "New six": colours.new,
    }


def test_the_legend_can_be_read(colours: Palette) -> None:
    legend = spec(charts.bars_by_cohort, colours)["layer"][0]["encoding"]["color"]["legend"]
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
            "words": [text.money(value) for value in ranked["fourth_year_gbp"]],
        }
    )
    drawn = rows(spec(charts.bars_by_cohort, colours, frame))
    assert [row["words"] for row in drawn][:2] == ["£1.97 million", "£1.73 million"]
