"""What can be pressed on a page has a label of its own: it can be asked for by its name."""

from collections import Counter

import pytest

from apptest import VIEWS, Address, view_page


@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_no_two_share_a_label(page: str, address: dict[str, Address]) -> None:
    test = view_page(page, **address)
    labels = Counter(
        [
            *(one.proto.popover.label for one in test.get("popover")),
            *(one.label for one in test.expander),
            *(one.proto.label for one in test.get("download_button")),
            *(one.label for one in test.button),
        ]
    )
    assert [label for label, count in labels.items() if count > 1 or not label] == []
