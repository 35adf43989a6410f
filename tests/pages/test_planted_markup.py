"""Which planted texts reach the pages: what ``tests/browser/test_planted_markup.py`` looks at."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import opening
import planting
from planting import Planted

# Areas that between them have something in every column.
AREAS = ("north-yorkshire-coast", "west-somerset", "hastings")
# Measures that between them have a note, a break and a gap of each kind.
MEASURES = 4
# Texts that no page draws. A new page that draws one takes it off this list.
IN_FILES_ALONE = {
    ("areas", "lat_lon_note"),
    ("areas", "note"),
    ("areas", "plan_note"),
    ("districts", "note"),
    ("districts", "upper_tier_name"),
    ("evaluations", "commissioner"),
    ("evaluations", "covers"),
    ("evaluations", "data_period"),
    ("evaluations", "method"),
    ("measures", "age_or_stage"),
    ("outcome_spread", "note"),
    ("research_schools", "lat_lon_note"),
    ("research_schools", "postcode_note"),
    ("sources", "date_note"),
    ("sources", "note"),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return planting.plant(tmp_path_factory.mktemp("planted") / "data")


def test_every_text_is_on_a_page_or_in_files_alone(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))
    drawn: set[str] = set()
    for page in sorted(one.stem for one in (opening.ROOT / "pages").glob("*.py")):
        drawn |= marks(opening.opened(page))
    labels = _labels(planted.folder)
    for area in AREAS:
        drawn |= marks(opening.opened("profile", area=labels[area]))
    for title in _column(planted.folder, "measures", "title")[:MEASURES]:
        drawn |= marks(opening.opened("outcomes", measure=title))
    for table in ("towns", "other_towns"):
        town = _column(planted.folder, table, "town")[0]
        test = opening.opened("overview")
        drawn |= marks(test.sidebar.text_input[0].set_value(town).run())
    missing = {one for one, mark in planted.marks.items() if mark not in drawn}
    assert sorted(missing) == sorted(IN_FILES_ALONE)


def marks(test: Any) -> set[str]:
    """Return the marks in all that a page sends to the browser, charts and the map included."""
    return {one for element in _elements(test._tree) for one in re.findall(r"mk\d+x", element)}


def _elements(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _elements(child)
        yield str(getattr(child, "proto", "") or "")


def _labels(folder: Path) -> dict[str, str]:
    return dict(
        zip(_column(folder, "areas", "area_id"), _column(folder, "areas", "label"), strict=True)
    )


def _column(folder: Path, table: str, column: str) -> list[str]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]
