"""Contrast after WCAG 2.2: text at 4.5 to 1, marks and lines at 3 to 1."""

import tomllib
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboard.palette import DARK, LIGHT, Palette, get_palette

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
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


# What is drawn, what it lies on, the ratio it needs. On land fills may be paler: there shapes and
# marks are outlined in the text's colour.
PAIRS = (
    ("text", "page", TEXT),
    ("text", "land", TEXT),
    # “England 71.8%” beside its line.
    *(("muted", ground, TEXT) for ground in ("page", "band", "programme")),
    *((mark, "page", MARK) for mark in ("line", "original", "new")),
    *((mark, "land", MARK) for mark in ("line", "original")),
)
# Names of places stand beside their lines.
NAMED = ("page", "band", "programme")


def too_pale(colours: Palette) -> list[str]:
    """Return what a reader with low vision could not see."""
    pairs = [(name, getattr(colours, name), ground, needed) for name, ground, needed in PAIRS]
    lines = [
        (f"line {at}", line, ground, TEXT)
        for at, line in enumerate(colours.series)
        for ground in NAMED
    ]
    return [
        f"{name} on {ground}"
        for name, colour, ground, needed in (*pairs, *lines)
        if contrast(colour, getattr(colours, ground)) < needed
    ]


def test_everything_stands_out(colours: Palette) -> None:
    assert too_pale(colours) == []


# Not marks of their own: grounds, and fills that are outlined in the text's colour.
GROUNDS = {"page", "land", "steps", "grades", "band", "programme"}


@pytest.mark.parametrize("field", sorted({one.name for one in fields(Palette)} - GROUNDS))
def test_a_colour_that_is_too_pale_is_found(colours: Palette, field: str) -> None:
    ground = colours.land
    pale: Any = (ground,) * 5 if field == "series" else ground
    assert too_pale(replace(colours, **{field: pale})) != []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_s_colours_stand_out(theme: str) -> None:
    colours = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for word in ("textColor", "linkColor"):
            assert contrast(colours[word], colours[ground]) >= TEXT
        for edge in ("borderColor", "primaryColor"):
            assert contrast(colours[edge], colours[ground]) >= MARK


def test_neighbouring_classes_can_be_told_apart(colours: Palette) -> None:
    assert min(contrast(*pair) for pair in pairwise(colours.steps)) >= TOLD_APART


def test_classes_run_one_way(colours: Palette) -> None:
    shades = [luminance(step) for step in colours.steps]
    assert shades in (sorted(shades), sorted(shades, reverse=True))


def test_the_last_grade_stands_out_from_all_others(colours: Palette) -> None:
    *quiet, strong = colours.grades
    assert min(contrast(strong, one) for one in quiet) >= MARK
    shades = [luminance(grade) for grade in colours.grades]
    assert shades in (sorted(shades), sorted(shades, reverse=True))


def test_an_outline_stands_out_from_every_quiet_grade(colours: Palette) -> None:
    assert min(contrast(colours.text, one) for one in colours.grades[:-1]) >= MARK


@pytest.mark.parametrize(("dark", "chosen"), [(False, LIGHT), (True, DARK)])
def test_palette_is_of_the_theme(dark: bool, chosen: Palette) -> None:
    assert get_palette(dark=dark) is chosen


@pytest.mark.parametrize(("name", "colour"), [("Original six", "original"), ("New six", "new")])
def test_each_cohort_has_its_colour(colours: Palette, name: str, colour: str) -> None:
    assert colours.cohort(name) == getattr(colours, colour)
