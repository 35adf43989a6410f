"""Rows of frames as plain values: what is missing is None, whatever it was missing as."""

from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass
from datetime import date
from inspect import getmembers, getmodule
from types import NoneType
from typing import Any, get_args, get_type_hints

import pandas as pd
import pytest

from dashboard.data import district_rows, loader, rows
from dashboard.data.frames import to_records, to_rows
from dashboard.data.rows import Amount, Area

ROW_TYPES = {
    "evaluations": rows.Finding,
    "areas": rows.Area,
    "claims": rows.Claim,
    "disagreement_figures": rows.DisagreementFigure,
    "disagreements": rows.Disagreement,
    "district_outcomes": district_rows.DistrictOutcome,
    "districts": rows.District,
    "funding_areas": rows.Amount,
    "funding_programme": rows.Announcement,
    "gaps": rows.Gap,
    "index_2016": district_rows.IndexPlace,
    "index_ranks": rows.IndexRank,
    "measures": rows.Measure,
    "outcomes": rows.Outcome,
    "priorities": rows.Priority,
    "research_schools": rows.ResearchSchool,
    "series_breaks": rows.Break,
    "series_runs": rows.Run,
    "similar_districts": district_rows.SimilarDistrict,
    "sources": rows.Source,
}
PYTHON_TYPES = {"boolean": bool, "date": date, "integer": int, "number": float, "string": str}


@pytest.fixture(scope="module")
def data() -> loader.Data:
    return loader.load()


def list_types(hint: Any) -> set[type]:
    return set(get_args(hint)) or {hint}


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
    first, second = to_records(frame)
    assert first == (1, 0.5, "a", pd.Timestamp(2017, 1, 18), None)
    assert second == (None, None, None, None, {"kept": True})
    assert first.whole == 1


def test_a_name_that_no_attribute_can_have_is_reached_by_place() -> None:
    (row,) = to_records(pd.DataFrame({"class": ["a"], "fine": ["b"]}))
    assert (row[0], row.fine) == ("a", "b")


def test_no_rows() -> None:
    assert to_records(pd.DataFrame({"a": []})) == []


def test_each_row_class_is_covered() -> None:
    classes = {
        member
        for module in (rows, district_rows)
        for _, member in getmembers(module, is_dataclass)
        if getmodule(member) is module
    }
    assert classes == set(ROW_TYPES.values())


@pytest.mark.parametrize(("resource", "kind"), ROW_TYPES.items())
def test_a_row_class_has_the_columns_that_the_package_declares(
    data: loader.Data, resource: str, kind: type
) -> None:
    tables = {table["name"]: table for table in data.descriptor["resources"]}
    declared = {
        field["name"]: {PYTHON_TYPES[field["type"]]}
        | (set() if field.get("constraints", {}).get("required") else {NoneType})
        for field in tables[resource]["schema"]["fields"]
    }
    hints = get_type_hints(kind)
    assert {name: list_types(hint) for name, hint in hints.items()} == declared


@pytest.mark.parametrize(("resource", "kind"), ROW_TYPES.items())
def test_typed_rows_hold_the_values_of_records(data: loader.Data, resource: str, kind: Any) -> None:
    frame = getattr(data, resource)
    typed = to_rows(frame, kind)
    names = [field.name for field in fields(kind)]
    assert [tuple(getattr(row, name) for name in names) for row in typed] == to_records(
        frame[names]
    )
    hints = {name: tuple(list_types(hint)) for name, hint in get_type_hints(kind).items()}
    wrong = [
        (row, name)
        for row in typed
        for name, types in hints.items()
        if not isinstance(getattr(row, name), types)
    ]
    assert wrong == []


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    people: int | None


def test_typed_rows_leave_out_other_columns_in_any_order() -> None:
    people = pd.array([1, pd.NA], dtype="Int64")
    frame = pd.DataFrame({"people": people, "other": [0.5, 0.5], "name": ["a", "b"]})
    assert to_rows(frame, Place) == (Place("a", 1), Place("b", None))
    assert to_rows(frame.iloc[:0], Place) == ()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(KeyError, match=r"Place needs columns that are missing: people"):
        to_rows(pd.DataFrame({"name": ["a"]}), Place)


def test_typed_rows_cannot_be_changed(data: loader.Data) -> None:
    area = to_rows(data.areas, Area)[0]
    with pytest.raises(FrozenInstanceError):
        area.name = "Elsewhere"  # type: ignore[misc]
    assert isinstance(to_rows(data.funding_areas, Amount)[0].amount_gbp, int)
