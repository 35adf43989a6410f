"""What is folded is drawn once it is open, and not before."""

import pytest
from streamlit.testing.v1 import AppTest

from opening import opened, visited

# Tables that each page folds, and studies.
FOLDED = {"funding": (6, 0), "selection": (1, 0), "outcomes": (1, 14), "compare": (1, 0)}


def drawn(test: AppTest) -> tuple[int, int]:
    """Count the tables and the studies that the browser is given."""
    studies = [one for one in test.main.markdown if str(one.value).startswith("Limits: ")]
    return len(test.main.table), len(studies)


@pytest.mark.parametrize("page", FOLDED)
def test_it_comes_when_opened(page: str) -> None:
    closed, open_ = drawn(visited(page)), drawn(opened(page))
    assert (open_[0] - closed[0], open_[1] - closed[1]) == FOLDED[page]
    assert closed[1] == 0


def test_every_figure_stays_open_when_the_measure_changes() -> None:
    words = "Every figure, year by year"
    test = opened("outcomes")
    test.session_state["measure"] = "Attainment 8"
    test.run()
    (line,) = (line for line in test.main.expander if line.label == words)
    assert line.proto.expanded
