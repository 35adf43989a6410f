"""A figure that is not known stays missing on every page, and breaks none."""

import shutil
from collections.abc import Iterator

import pytest

from apptest import ROOT, get_text, view_page

PAGES = ["overview", "map", "funding", "research_schools", "profile", "compare"]


@pytest.fixture(scope="module", autouse=True)
def _without_a_fourth_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("missing") / "data"
    shutil.copytree(ROOT / "data", folder)
    table = folder / "funding_areas.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith("bradford-fourth-year,")]
    assert len(kept) == len(rows) - 1
    table.write_text("".join(kept), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder))
        yield


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_missing_allocation_opens(page: str) -> None:
    address = {"profile": {"area": "Bradford"}, "map": {"colour": "Fourth-year money"}}
    said = get_text(view_page(page, **address.get(page, {})))
    assert "nan" not in said.split()
    assert page in ("research_schools",) or "Not found" in said


@pytest.mark.slow
@pytest.mark.parametrize("page", ["overview", "map", "funding"])
def test_no_known_allocation_at_all_opens(page: str) -> None:
    test = view_page(page, region=["Yorkshire and The Humber"], place=["City"])
    assert "1 of 12 areas" in get_text(test)
