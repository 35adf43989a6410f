"""A figure that is not known stays missing on every page, and breaks none."""

import shutil
from pathlib import Path

import pytest

from opening import ROOT, opened, shown

PAGES = ["overview", "map", "funding", "research_schools", "profile", "compare"]


@pytest.fixture
def _without_a_fourth_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    table = folder / "funding_areas.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("bradford-fourth-year,")]
    assert len(kept) == len(rows) - 1
    table.write_text("".join(kept), encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))


@pytest.mark.usefixtures("_without_a_fourth_year")
@pytest.mark.parametrize("page", PAGES)
def test_a_missing_allocation_opens(page: str) -> None:
    address = {"profile": {"area": "Bradford"}, "map": {"colour": "Fourth-year money"}}
    said = shown(opened(page, **address.get(page, {})))
    assert "nan" not in said.split()
    assert page in ("research_schools",) or "Not found" in said


@pytest.mark.usefixtures("_without_a_fourth_year")
@pytest.mark.parametrize("page", ["overview", "map", "funding"])
def test_no_known_allocation_at_all_opens(page: str) -> None:
    test = opened(page, region=["Yorkshire and The Humber"], place=["City"])
    assert "1 of 12 areas" in shown(test)
