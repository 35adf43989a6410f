"""Contrast after WCAG 2.2: text at 4.5 to 1, marks and lines at 3 to 1."""

from itertools import pairwise

import pytest

from dashboard.palette import DARK, LIGHT, Palette, palette

TEXT, MARK, TOLD_APART = 4.5, 3.0, 1.75


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#abcdef", "#abcdef", 1)],
)
def test_contrast_is_reckoned_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("ground", ["page", "land"])
def test_text_on_a_ground(colours: Palette, ground: str) -> None:
    assert contrast(colours.text, getattr(colours, ground)) >= TEXT


@pytest.mark.parametrize("mark", ["line", "muted", "original", "new"])
def test_marks_on_the_page(colours: Palette, mark: str) -> None:
    assert contrast(getattr(colours, mark), colours.page) >= MARK


@pytest.mark.parametrize("mark", ["line", "muted", "original"])
def test_marks_on_land(colours: Palette, mark: str) -> None:
    assert contrast(getattr(colours, mark), colours.land) >= MARK


def test_the_outline_of_what_is_on_land(colours: Palette) -> None:
    """Fills may be pale there: shapes and marks are outlined in the text's colour."""
    assert contrast(colours.text, colours.land) >= MARK


@pytest.mark.parametrize("number", range(4))
def test_lines_of_a_series_on_the_page(colours: Palette, number: int) -> None:
    assert contrast(colours.series[number], colours.page) >= MARK


def test_neighbouring_classes_can_be_told_apart(colours: Palette) -> None:
    assert min(contrast(*pair) for pair in pairwise(colours.steps)) >= TOLD_APART


def test_classes_run_one_way(colours: Palette) -> None:
    shades = [luminance(step) for step in colours.steps]
    assert shades in (sorted(shades), sorted(shades, reverse=True))


@pytest.mark.parametrize(("dark", "chosen"), [(False, LIGHT), (True, DARK)])
def test_palette_is_of_the_theme(dark: bool, chosen: Palette) -> None:
    assert palette(dark=dark) is chosen


@pytest.mark.parametrize(("name", "colour"), [("Original six", "original"), ("New six", "new")])
def test_each_cohort_has_its_colour(colours: Palette, name: str, colour: str) -> None:
    assert colours.cohort(name) == getattr(colours, colour)
