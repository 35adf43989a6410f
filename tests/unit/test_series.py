"""The door refuses figures that would let a change be worked out across a break."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.data.validation.series import check_series
from dashboard.topics.outcomes import series
from expected import Row, read_table

Tables = dict[str, list[Row]]
Change = Callable[[Tables], object]

NAMES = ("measures", "outcomes", "outcome_spread", "series_runs", "series_breaks")


class Planted:
    """Tables of measures as frames, after a change."""

    def __init__(self, change: Change) -> None:
        tables = {name: [dict(row) for row in read_table(name)] for name in NAMES}
        change(tables)
        for name, rows in tables.items():
            setattr(self, name, pd.DataFrame(rows))

    measures: pd.DataFrame
    outcomes: pd.DataFrame
    outcome_spread: pd.DataFrame
    series_runs: pd.DataFrame
    series_breaks: pd.DataFrame


def faults(change: Change) -> list[str]:
    return [str(fault) for fault in check_series(Planted(change))]


def add_break(measure_id: str, period: str, kind: str = "break") -> Change:
    row = {"measure_id": measure_id, "period": period, "kind": kind, "reason": "x."}
    return lambda tables: tables["series_breaks"].append({**row, "source_id": "DFE_LAIT"})


def drop(table: str, **cells: str) -> Change:
    def change(tables: Tables) -> None:
        left = [row for row in tables[table] if not cells.items() <= row.items()]
        assert len(left) < len(tables[table])
        tables[table] = left

    return change


def put(table: str, column: str, value: str, **cells: str) -> Change:
    def change(tables: Tables) -> None:
        rows = [row for row in tables[table] if cells.items() <= row.items()]
        assert rows
        for row in rows:
            row[column] = value

    return change


def add_run(measure_id: str, first: str, last: str) -> Change:
    row = {"measure_id": measure_id, "first_period": first, "last_period": last}
    return lambda tables: tables["series_runs"].append({**row, "source_id": "DFE_LAIT"})


def add_year(measure_id: str, before: str, period: str) -> Change:
    """Return a change that gives every place of a measure a figure for a further year."""

    def change(tables: Tables) -> None:
        rows = [
            row
            for row in tables["outcomes"]
            if row["measure_id"] == measure_id and row["period"] == before
        ]
        assert rows
        tables["outcomes"] += [{**row, "period": period} for row in rows]

    return change


def both(*changes: Change) -> Change:
    return lambda tables: [change(tables) for change in changes]


def join_runs(measure_id: str, first: str, second: str, last: str) -> Change:
    return both(
        drop("series_runs", measure_id=measure_id, first_period=second),
        put("series_runs", "last_period", last, measure_id=measure_id, first_period=first),
    )


def test_the_figures_are_sound() -> None:
    assert faults(lambda _: None) == []


@pytest.mark.parametrize(
    ("measure_id", "period"),
    [
        ("ks2_rwm_expected", "2022/23"),
        ("phonics_year1", "2016/17"),
        ("phonics_year1", "2024/25"),
        ("eyfsp_gld", "2018/19"),
        ("persistent_absence_all", "2021/22"),
    ],
)
def test_a_run_over_a_break_is_refused(measure_id: str, period: str) -> None:
    told = faults(add_break(measure_id, period))
    assert [one for one in told if f"reaches over the break of {period}" in one]


@pytest.mark.parametrize(
    ("measure_id", "first", "second", "last"),
    [
        ("ks2_rwm_expected", "2015/16", "2017/18", "2024/25"),
        ("ks2_rwm_expected_disadvantaged", "2015/16", "2017/18", "2024/25"),
        ("gcse_english_maths_by_19", "2023/24", "2024/25", "2024/25"),
        ("attainment8", "2021/22", "2022/23", "2024/25"),
        ("eyfsp_gld_la_series", "2015/16", "2021/22", "2024/25"),
    ],
)
def test_two_runs_joined_over_their_break_are_refused(
    measure_id: str, first: str, second: str, last: str
) -> None:
    (told,) = faults(join_runs(measure_id, first, second, last))
    assert f'reaches over the break of {second} in series_breaks.csv: "{last}"' in told


@pytest.mark.parametrize(
    ("measure_id", "first", "second", "last"),
    [
        ("ks2_rwm_expected", "2015/16", "2017/18", "2024/25"),
        ("ks2_rwm_expected_disadvantaged", "2015/16", "2017/18", "2024/25"),
        ("attainment8_disadvantaged", "2021/22", "2022/23", "2024/25"),
        ("progress8", "2021/22", "2022/23", "2023/24"),
    ],
)
def test_a_break_passed_over_by_one_of_two_alike_is_refused(
    measure_id: str, first: str, second: str, last: str
) -> None:
    change = both(
        drop("series_breaks", measure_id=measure_id, period=second, kind="break"),
        join_runs(measure_id, first, second, last),
    )
    (told,) = faults(change)
    assert f"has no row in series_breaks.csv for {second}, a break of" in told
    assert told.endswith(f'"{measure_id}"')
    noted = both(change, add_break(measure_id, second, "note"))
    (told,) = {
        one.rpartition(": ")[0].partition(", comparable_since: ")[2] for one in faults(noted)
    }
    rule = f"is not the first year of its run in series_runs.csv, which is {first}"
    assert told == rule
    joined = {"measure_id": measure_id, "comparable_since": second}
    assert faults(both(noted, put("outcomes", "comparable_since", first, **joined))) == []


@pytest.mark.parametrize(
    ("measure_id", "last", "following"),
    [
        ("phonics_year1", "2024/25", "2025/26"),
        ("gcse_english_maths_by_19", "2024/25", "2025/26"),
        ("eyfsp_gld", "2018/19", "2019/20"),
        ("attainment8", "2015/16", "2014/15"),
    ],
)
def test_a_further_year_that_nobody_vouched_for_is_refused(
    measure_id: str, last: str, following: str
) -> None:
    told = faults(add_year(measure_id, last, following))
    assert [one for one in told if "is in no run of series_runs.csv: say which years" in one]


def test_a_further_year_that_compares_or_breaks_is_let_in() -> None:
    further = add_year("phonics_year1", "2024/25", "2025/26")
    longer = put("series_runs", "last_period", "2025/26", measure_id="phonics_year1")
    assert faults(both(further, longer)) == []
    apart = both(
        add_break("phonics_year1", "2025/26"), add_run("phonics_year1", "2025/26", "2025/26")
    )
    year = {"measure_id": "phonics_year1", "period": "2025/26"}
    since = put("outcomes", "comparable_since", "2025/26", **year)
    assert faults(both(further, apart, since)) == []
    alone = both(further, add_break("phonics_year1", "2025/26", "year apart"))
    assert faults(both(alone, put("outcomes", "comparable_since", "", **year))) == []
    assert "comparable_since: is not the first year of its run" in faults(both(further, apart))[0]
    assert "series_runs.csv, which is none" in faults(alone)[0]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (
            put("series_runs", "last_period", "2030/31", measure_id="phonics_year1"),
            "last_period: is a year without a figure that can be compared",
        ),
        (
            put("series_runs", "last_period", "2019/20", measure_id="eyfsp_gld"),
            "last_period: is a year without a figure that can be compared",
        ),
        (
            put("series_runs", "first_period", "2012/13", measure_id="eyfsp_gld"),
            "first_period: is a year without a figure that can be compared",
        ),
        (
            put("series_runs", "last_period", "2012/13", measure_id="eyfsp_gld"),
            "last_period: is before its first year",
        ),
        (add_run("phonics_year1", "2022/23", "2024/25"), "first_period: lies in another run"),
        (
            both(
                put("series_runs", "last_period", "2018/19", measure_id="phonics_year1"),
                add_run("phonics_year1", "2021/22", "2024/25"),
            ),
            "first_period: opens a run where series_breaks.csv has no break",
        ),
    ],
)
def test_a_run_that_is_none_is_refused(change: Change, rule: str) -> None:
    assert [one for one in faults(change) if rule in one]


@pytest.mark.parametrize(
    ("period", "kind", "rule"),
    [
        ("2017/18", "comparable", "is said of 2017/18, which is a “break” too"),
        ("2017/18", "gap", "is said of 2017/18, which has a figure"),
        ("2022/23", "gap", "is said of 2022/23, which has a figure"),
        ("2019/20", "break", "is a year without a figure, so it cannot be a “break”"),
        ("2071/72", "break", "is a year without a figure, so it cannot be a “break”"),
        ("2014/15", "year apart", "is a year without a figure, so it cannot be a “year apart”"),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(period: str, kind: str, rule: str) -> None:
    assert [one for one in faults(add_break("ks2_rwm_expected", period, kind)) if rule in one]


@pytest.mark.parametrize(
    ("table", "column", "written"),
    [
        ("series_breaks", "period", "2017/81"),
        ("series_runs", "first_period", "2017/17"),
        ("series_runs", "last_period", "2024/52"),
        ("outcomes", "period", "2023/25"),
        ("outcome_spread", "period", "2099/01"),
    ],
)
def test_a_year_misspelt_is_refused_and_nothing_else_told(
    table: str, column: str, written: str
) -> None:
    def change(tables: Tables) -> None:
        tables[table][-1][column] = written

    (told,) = faults(change)
    assert told.startswith(f"{table}.csv, row ")
    assert told.endswith(f'{column}: is not an academic year, like 2018/19: "{written}"')


@pytest.mark.parametrize(
    ("measure_id", "period"),
    [("phonics_year1", "2024/25"), ("attainment8", "2015/16"), ("eyfsp_gld", "2018/19")],
)
def test_a_year_without_england_is_refused(measure_id: str, period: str) -> None:
    told = faults(
        drop("outcomes", measure_id=measure_id, period=period, geography_level="national")
    )
    assert [one for one in told if f"is a year without a figure for England: {measure_id}" in one]


def test_a_measure_without_a_figure_is_refused() -> None:
    told = faults(drop("outcomes", measure_id="phonics_year1"))
    assert told[0].endswith('has no figure for England in outcomes.csv: "phonics_year1"')


def test_a_folder_with_such_a_fault_is_not_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(loader.DEFAULT_FOLDER, folder)
    path = folder / "series_breaks.csv"
    path.write_text(f"{path.read_text('utf-8')}phonics_year1,2022/23,break,x.,DFE_LAIT\n", "utf-8")
    (told,) = map(str, loader.check(folder))
    assert told == (
        "series_runs.csv, row 14, last_period: reaches over the break of 2022/23 in "
        'series_breaks.csv: "2024/25"'
    )


def test_changes_follow_the_declared_runs(content: Data) -> None:
    runs = content.series_runs.copy()
    runs.loc[runs["measure_id"] == "level3_by_19", "last_period"] = "2019/20"
    (run,) = series.list_runs(replace(content, series_runs=runs), "level3_by_19")
    assert (run[0], run[-1]) == ("2015/16", "2019/20")


def test_a_measure_without_runs_is_refused() -> None:
    assert "is in no run" in faults(drop("series_runs", measure_id="level3_by_19"))[0]


@pytest.mark.parametrize("measure_id", [row["measure_id"] for row in read_table("measures")])
def test_an_area_has_the_same_lines_and_changes_alone_as_among_all(
    content: Data, facts: pd.DataFrame, measure_id: str
) -> None:
    every = series.select_lines(content, measure_id, content.areas)
    changes = series.compute_changes(content, measure_id, every)
    # However all twelve are chosen, so that what is computed of the frame is found again.
    assert series.select_lines(content, measure_id, facts) is every
    alone = [
        series.select_lines(content, measure_id, facts[facts["area_id"] == area_id])
        for area_id in facts["area_id"]
    ]
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), every)
    changed = [series.compute_changes(content, measure_id, lines) for lines in alone]
    pd.testing.assert_frame_equal(pd.concat(changed, ignore_index=True), changes)
    assert all(list(lines.index) == list(range(len(lines))) for lines in alone)
