"""Rows of frames as plain values: what is missing is None, whatever it was missing as."""

from datetime import date

import pandas as pd

from dashboard.data.frames import records


def test_what_is_missing_is_none() -> None:
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, pd.NA], dtype="Int64"),
            "number": [0.5, float("nan")],
            "words": pd.array(["a", None], dtype="string"),
            "day": [pd.Timestamp(date(2017, 1, 18)), pd.NaT],
            "any": [None, {"kept": True}],
        }
    )
    first, second = records(frame)
    assert first == (1, 0.5, "a", pd.Timestamp(2017, 1, 18), None)
    assert second == (None, None, None, None, {"kept": True})
    assert first.whole == 1


def test_a_name_that_no_attribute_can_have_is_reached_by_place() -> None:
    (row,) = records(pd.DataFrame({"class": ["a"], "fine": ["b"]}))
    assert (row[0], row.fine) == ("a", "b")


def test_no_rows() -> None:
    assert records(pd.DataFrame({"a": []})) == []
