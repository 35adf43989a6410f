"""The frames of a page: what is around its figures, with the line and the control under them."""

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

_FRAME = re.compile(r"-(figures|charts?|table|map|card|text)-[a-z0-9-]+$")
# The same figures as in a chart, as a table, stand folded under its frame.
_FOLDED = re.compile(r"-folded-([a-z0-9-]+)$")
_BUTTON = re.compile(r"-csv-(.+)$")


def walk(
    block: Any, frame: Any = None, charts: dict[str, Any] | None = None
) -> Iterator[tuple[Any, Any]]:
    """Yield each element with the frame around it, or the frame of the chart it folds, or None."""
    charts = {} if charts is None else charts
    for child in getattr(block, "children", {}).values():
        key = str(getattr(getattr(child, "proto", None), "id", ""))
        inside = frame
        if child.type == "flex_container" and _FRAME.search(key):
            inside = charts[get_name(child)] = child
        elif child.type == "expander" and (folded := _FOLDED.search(key)):
            inside = charts.get(f"chart-{folded[1]}") or find_map(charts, folded[1]) or frame
        yield child, inside
        yield from walk(child, inside, charts)


def find_map(frames: dict[str, Any], basis: str) -> Any:
    """Return the frame of a page's map, if the map shows what a table rests on."""
    shown = frames.get("map-shown")
    return shown if shown and basis in list_bases(shown) else None


def find_frames(test: AppTest) -> dict[str, Any]:
    """Return a page's frames in order, by kind and basis: ``card-research-school-derby``."""
    found = {id(frame): frame for _, frame in walk(test.main) if frame}
    return {get_name(frame): frame for frame in found.values()}


def get_name(frame: Any) -> str:
    """Return a frame's kind and basis."""
    (key,) = _FRAME.finditer(frame.proto.id)
    return key[0].removeprefix("-")


def read_words(block: Any) -> list[str]:
    """Return what a part of a page says in sentences."""
    return [str(one.value) for one, _ in walk(block) if one.type == "markdown"]


def find_popover(frame: Any) -> Any:
    """Return what opens under a frame."""
    every = [one for one, _ in walk(frame) if one.type == "popover"]
    (about,) = (one for one in every if one.proto.popover.label.startswith("Data and method"))
    return about


def list_bases(frame: Any) -> list[str]:
    """Return the names of what a frame's figures rest on, in order, by their files."""
    keys = [str(one.proto.id) for one, _ in walk(find_popover(frame)) if "button" in one.type]
    files = [found[1] for key in keys if (found := _BUTTON.search(key))]
    return [one.removeprefix(f"{get_name(frame)}-") for one in files]


def find_line(frame: Any) -> str:
    """Return the line of a frame's sources, as HTML."""
    drawn = (str(one.proto.body) for one, _ in walk(frame) if one.type == "html")
    (line,) = (one for one in drawn if re.match(r'<p class="source">Source: \S', one))
    return line
