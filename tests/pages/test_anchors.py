"""The heading of an exhibit has an address, which is the exhibit's, whatever is filtered."""

from typing import Any

import pytest
from slugify import slugify
from streamlit.testing.v1 import AppTest

from apptest import Address, open_page
from dashboard.data.loader import Data
from dashboard.exhibits import Exhibit
from dashboard.formatting import escape_markdown
from dashboard.ui import exhibits

PAGES: dict[str, dict[str, Address]] = {
    "overview": {},
    "map": {"colour": "Population"},
    "funding": {},
    "selection": {},
    "outcomes": {},
    "all_measures": {},
    "profile": {"area": "Hastings"},
    "compare": {"areas": ["Derby", "Norwich"]},
}


def read_anchors(test: AppTest) -> dict[str, str]:
    """Return the headings of a page that have an address of ours, by it."""
    headings = [*test.main.header, *test.main.subheader]
    named = [(one.proto.anchor, str(one.value)) for one in headings if one.proto.anchor]
    assert len(dict(named)) == len(named)
    return dict(named)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_it_is_the_id_of_the_exhibit(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Exhibit] = []
    show = exhibits.show

    def record(data: Data, exhibit: Exhibit, **rest: Any) -> None:
        shown.append(exhibit)
        show(data, exhibit, **rest)

    monkeypatch.setattr(exhibits, "show", record)
    anchors = read_anchors(open_page(page, **PAGES[page]))
    assert shown
    for exhibit in shown:
        assert anchors[exhibit.id] == escape_markdown(exhibit.title)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_filter_does_not_change_it(page: str) -> None:
    every = read_anchors(open_page(page, **PAGES[page]))
    narrowed = read_anchors(open_page(page, **PAGES[page], cohort="New six"))
    assert set(narrowed) <= set(every)
    # A disagreement on an area that is not shown is left out.
    assert [one for one in set(every) - set(narrowed) if "disagreement" not in one] == []


@pytest.mark.parametrize("page", PAGES)
def test_it_is_not_that_which_the_browser_gives_the_title(page: str) -> None:
    test = open_page(page, **PAGES[page])
    assert slugify(str(test.title[0].value)) not in read_anchors(test)


def test_lines_laid_over_each_other_have_one() -> None:
    anchors = read_anchors(open_page("compare", **PAGES["compare"]))
    assert "outcomes-eyfsp-gld" in anchors
