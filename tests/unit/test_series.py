"""The door refuses years that could be compared across a break, whoever adds the next figure."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard import checks, outcomes
from dashboard.data import Data

KS2 = "ks2_rwm_expected"


def told(content: Data) -> list[str]:
    return [str(fault) for fault in checks.find_crossings(content)]


def with_run(content: Data, measure_id: str, first: str, **changed: str) -> Data:
    """Return the figures with one run of years told otherwise."""
    runs = content.series_runs.copy()
    row = (runs["measure_id"] == measure_id) & (runs["first_period"] == first)
    assert row.sum() == 1
    for column, value in changed.items():
        runs.loc[row, column] = value
    return replace(content, series_runs=runs)


def test_the_package_is_sound(content: Data) -> None:
    assert told(content) == []


@pytest.mark.parametrize(
    ("measure_id", "first", "last", "over"),
    [
        (KS2, "2015/16", "2017/18", "2017/18"),
        ("eyfsp_gld_la_series", "2015/16", "2021/22", "2021/22"),
        ("gcse_english_maths_by_19", "2016/17", "2022/23", "2022/23"),
    ],
)
def test_a_run_over_a_break(
    content: Data, measure_id: str, first: str, last: str, over: str
) -> None:
    planted = with_run(content, measure_id, first, last_period=last)
    assert any(f"reaches over the break of {over}" in one for one in told(planted))


def test_a_break_that_is_added_inside_a_run(content: Data) -> None:
    new = content.series_breaks.iloc[:1].assign(
        measure_id="level3_by_19", period="2019/20", kind="break"
    )
    breaks = pd.concat([content.series_breaks, new], ignore_index=True)
    (fault,) = told(replace(content, series_breaks=breaks))
    assert "series_runs.csv, row" in fault
    assert "reaches over the break of 2019/20" in fault


@pytest.mark.parametrize(
    ("measure_id", "period"),
    [(KS2, "2025/26"), ("attainment8", "2025/26"), ("eyfsp_gld", "2012/13")],
)
def test_a_year_that_nobody_has_decided_on(content: Data, measure_id: str, period: str) -> None:
    values = content.outcomes
    new = values[values["measure_id"] == measure_id].tail(1).assign(period=period)
    (fault,) = told(replace(content, outcomes=pd.concat([values, new], ignore_index=True)))
    assert fault.startswith(f"outcomes.csv, row {len(values) + 2}, period: is in no run")


def test_a_measure_without_runs(content: Data) -> None:
    new = content.outcomes.tail(1).assign(measure_id="new")
    more = pd.concat([content.outcomes, new], ignore_index=True)
    assert "is in no run" in told(replace(content, outcomes=more))[0]


def test_runs_that_overlap(content: Data) -> None:
    planted = with_run(content, "progress8", "2022/23", first_period="2021/22")
    assert any("lies in another run" in one for one in told(planted))


def test_a_run_that_ends_before_it_begins(content: Data) -> None:
    planted = with_run(content, "eyfsp_gld", "2013/14", last_period="2012/13")
    assert any("is before its first year" in one for one in told(planted))


def test_changes_follow_the_declared_runs(content: Data) -> None:
    planted = with_run(content, "level3_by_19", "2015/16", last_period="2019/20")
    (run,) = outcomes.runs(planted, "level3_by_19")
    assert (run[0], run[-1]) == ("2015/16", "2019/20")
