"""What is folded is drawn once it is open, and not before."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from apptest import PAGES, get_folded_key, open_page, read_tables, view_page

# Tables that each page folds.
FOLDED = {"funding": 7, "selection": 3, "outcomes": 5, "compare": 3}


def list_folded(test: AppTest) -> list[Block]:
    """Return what a page draws only once it is open: expanders and popovers."""
    every = [*test.main.expander, *test.main.get("popover")]
    return [one for one in every if isinstance(one, Block) and get_folded_key(one)]


@pytest.mark.parametrize("page", FOLDED)
def test_it_comes_when_opened(page: str) -> None:
    closed, open_ = read_tables(open_page(page)), read_tables(view_page(page))
    assert len(open_) - len(closed) == FOLDED[page]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_it_is_sent_before(page: str) -> None:
    assert [one.children for one in list_folded(open_page(page)) if one.children] == []
    assert [one for one in list_folded(view_page(page)) if not one.children] == []


def test_every_figure_stays_open_when_the_measure_changes() -> None:
    words = "Every figure, year by year"
    test = open_page("outcomes")
    (line,) = (line for line in test.main.expander if line.label == words)
    key = get_folded_key(line)
    assert key
    test.session_state[key] = True
    test.run()
    test.session_state["measure"] = "Attainment 8"
    test.run()
    (line,) = (line for line in test.main.expander if line.label == words)
    assert line.proto.expanded
