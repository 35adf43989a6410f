"""A date of the figures is a day of the calendar, or a year, a month or an interval of these."""

from pathlib import Path

import pytest

from dashboard.data import loader
from unit.test_planted_faults import cell


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "row", "column", "written"),
    [
        ("funding_programme.csv", 2, "date", "2017-13-45"),
        ("funding_programme.csv", 3, "date", "2017-02-29"),
        ("sources.csv", 3, "date", "2017-00"),
        ("sources.csv", 2, "date", "2018/2017-04-31"),
        ("sources.csv", 4, "date", "2022/2018"),
        ("sources.csv", 5, "date", "2018-05/2018-04"),
    ],
)
def test_no_other_is_shown(copy: Path, file: str, row: int, column: str, written: str) -> None:
    cell(file, row, column, written)(copy)
    found = loader.check(copy)
    assert [(one.file, one.row, one.column, one.value) for one in found] == [
        (file, row, column, written)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("written", ["2017", "2016-02-29", "2017-05", "2017/2018-03", "2017/2017"])
def test_a_date_of_the_calendar_is_sound(copy: Path, written: str) -> None:
    cell("sources.csv", 3, "date", written)(copy)
    assert loader.check(copy) == []
