"""Which planted texts reach the pages: what ``tests/browser/test_planted_markup.py`` looks at."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import opening
from planting import Planted

# Areas that between them have something in every column.
AREAS = ("north-yorkshire-coast", "west-somerset", "hastings", "doncaster")
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


def test_every_text_is_on_a_page_or_in_files_alone(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))
    drawn: set[str] = set()
    for page in sorted(one.stem for one in (opening.ROOT / "pages").glob("*.py")):
        drawn |= marks(opening.opened(page))
    for area in AREAS:
        drawn |= marks(opening.opened("profile", area=planted.label(area)))
    for title in planted.column("measures", "title")[:MEASURES]:
        drawn |= marks(opening.opened("outcomes", measure=title))
    for table, column in (("towns", "town"), ("other_towns", "town"), ("index_2016", "district")):
        name = planted.column(table, column)[0]
        test = opening.opened("overview")
        drawn |= marks(test.sidebar.text_input[0].set_value(name).run())
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
