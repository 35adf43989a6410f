"""The benchmark's sums and verdicts: what they say is what was measured."""

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.report import Line

NAMES = ("bare page", "dashboard")


def test_a_target_is_met_up_to_its_most_and_missed_above() -> None:
    assert Line("Load", [[2.0], [3.0]], 1.5).verdict == "met"
    assert Line("Load", [[2.0], [3.1]], 1.5).verdict == "**missed**"
    assert Line("Errors", [[0]], 0).verdict == "met"
    assert Line("Errors", [[1]], 0).verdict == "**missed**"
    assert Line("Requests", [[2.0], [9.0]]).verdict == ""
    assert Line("CPU", [[0.0], [10.0]]).ratio is None
    assert Line("Messages", [[8], [60]], 60, absolute=True).verdict == "met"
    assert Line("Messages", [[8], [61]], 60, absolute=True).verdict == "**missed**"


def test_a_line_shows_each_median_with_its_spread_and_their_ratio() -> None:
    line = Line("Click, ms", [[10, 20, 60], [], [30, 50, 40]], 1.5, "{:.0f}")
    assert line.cells() == ["20 (10 to 60)", "", "40 (30 to 50)"]
    row = report.table(("bare page", "plain app", "dashboard"), [line]).splitlines()[-1]
    assert row == "| Click, ms | 20 (10 to 60) |  | 40 (30 to 50) | 2.00 | 1.5 | **missed** |"


def test_nine_in_ten_are_within_the_ninetieth() -> None:
    values = list(range(1, 102))
    assert report.ninetieth(values) == pytest.approx(91)
    assert report.ninety_fifth(values) == pytest.approx(96)


def test_a_table_replaces_the_one_in_the_document_and_nothing_else(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(
        "Before.\n<!-- measured: pages -->\nold\n<!-- end -->\nAfter.\n"
        "<!-- measured: load -->\nkept\n<!-- end -->\n"
    )
    report.write(document, "pages", "new")
    assert document.read_text() == (
        "Before.\n<!-- measured: pages -->\n\nnew\n\n<!-- end -->\nAfter.\n"
        "<!-- measured: load -->\nkept\n<!-- end -->\n"
    )
    with pytest.raises(ValueError, match="keeps no place for memory"):
        report.write(document, "memory", "new")
