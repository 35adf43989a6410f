"""Walk every page: nothing that shows figures stands outside a frame with its basis."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from opening import opened

PAGES: list[tuple[str, dict[str, str | list[str]]]] = [
    ("overview", {}),
    ("overview", {"cohort": "New six"}),
    ("map", {"focus": "Hastings"}),
    ("map", {"colour": "Fourth-year money per child", "focus": "Derby"}),
    ("funding", {}),
    ("funding", {"region": ["East of England"]}),
    ("research_schools", {}),
    ("selection", {}),
    ("outcomes", {}),
    ("outcomes", {"measure": "Good level of development at age five", "cohort": "New six"}),
    ("profile", {"area": "Blackpool"}),
    ("profile", {"area": "West Somerset"}),
    ("compare", {"areas": ["Bradford", "Ipswich", "Doncaster"]}),
]
FIGURES = {"metric", "table", "vega_lite_chart", "component_instance"}
# Tables that hold no figure: what is missing, listed in words.
LISTS = ("Figures that were looked for and not found", "Not known about")


def walk(block: Any, frame: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield each element with the frame around it, or None."""
    for child in getattr(block, "children", {}).values():
        inside = (
            child
            if re.search(r"-(figure|chart|charts|table|map|card|text)-", _id(child))
            else frame
        )
        yield child, inside
        yield from walk(child, inside)


def _id(element: Any) -> str:
    return str(getattr(getattr(element, "proto", None), "id", ""))


@pytest.mark.parametrize(("page", "address"), PAGES)
def test_no_figure_stands_outside_a_frame(page: str, address: dict[str, str | list[str]]) -> None:
    found = 0
    for element, frame in walk(opened(page, **address).main):
        if element.type not in FIGURES or _alt(element).startswith(LISTS):
            continue
        found += 1
        assert frame is not None, (page, element.type, _alt(element))
        words = [str(one.value) for one, _ in walk(frame) if one.type == "markdown"]
        assert [one for one in words if re.match(r":small\[Sources?: ", one)], words
        assert [one for one in words if one.startswith("**How it came about.**")]
        assert [one for one, _ in walk(frame) if one.type == "download_button"]
    assert found or page == "research_schools"


def _alt(element: Any) -> str:
    return str(getattr(element.proto, "alt", ""))
