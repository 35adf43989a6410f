"""Opens pages as a reader would, without a browser."""

import csv
import io
import os
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
import pytest
import streamlit as st
from lxml.html import HtmlElement, fromstring
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from browser.serve import PATIENCE
from dashboard.data.loader import Data
from dashboard.exhibits import Link
from dashboard.provenance import Provenance
from dashboard.ui import downloads

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))

_FOLDED = re.compile(r"-((?:folded|opened)-.*)")
# The keys of what each page folds, as far as it has been seen: opened together with the page.
_folded: dict[str, set[str]] = defaultdict(set)

# What a missing value leaves in a sentence, and what no sentence of a page has.
_PROGRAMMERS = re.compile(r"\bnan\b|<NA>|\bNaT\b|\bNone\b(?! was| of| stated)")

Address = str | list[str]

_PARTS = ("Sources", "Disagreements", "Gaps", "Columns", "Versions and citing")
# Every page, and what more of it an address shows.
VIEWS: tuple[tuple[str, dict[str, Address]], ...] = (
    *((page, {}) for page in PAGES),
    ("map", {"focus": "Hastings", "colour": "Fourth-year money"}),
    ("outcomes", {"measure": "Progress 8"}),
    ("all_measures", {"held": "Whole authorities too"}),
    ("profile", {"area": "West Somerset"}),
    ("compare", {"areas": ["Derby", "Fenland and East Cambridgeshire", "Ipswich"]}),
    *(("sources", dict[str, Address](part=part)) for part in _PARTS),
)


@dataclass(frozen=True)
class Download:
    """A file that a page offers."""

    name: str
    build: Callable[[], bytes]

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of a CSV file."""
        return list(csv.DictReader(io.StringIO(self.build().decode("utf-8-sig"))))


@dataclass(frozen=True)
class _View:
    test: AppTest
    downloads: list[Download]
    provenances: list[Provenance]


def open_page(page: str, /, **address: Address) -> AppTest:
    """Open a page at an address, what is folded left so, and refuse any exception."""
    test = _prepare(page, address).run()
    assert not test.exception
    return test


def view_page(page: str, /, **address: Address) -> AppTest:
    """Return a page at an address with all that is folded opened.

    It is opened once and shared: tests look at it, and touch what :func:`open_page` gives.
    """
    return _view(page, address).test


def list_downloads(page: str, /, **address: Address) -> list[Download]:
    """Return the files that a page at an address offers, in order."""
    return _view(page, address).downloads


def list_provenances(page: str, /, **address: Address) -> list[Provenance]:
    """Return what the figures of a page at an address rest on, in order."""
    return _view(page, address).provenances


def get_text(test: AppTest) -> str:
    """Return all that a page says: prose, captions, figures and tables."""
    main = test.main
    prose = [
        str(getattr(element, "value", ""))
        for kind in ("title", "header", "subheader", "markdown")
        for element in main.get(kind)
    ]
    figures = [f"{figure.label} {figure.value}" for figure in read_figures(test)]
    tables = [f"{table.caption}\n{table.cells.to_csv()}" for table in read_tables(test)]
    cards = [_read_markdown(card) for root in parse_html(test) for card in root.iter("article")]
    text = "\n".join([*prose, *figures, *tables, *cards, *(str(box.value) for box in main.info)])
    return re.sub(r"\\(\W)", r"\1", text)


def list_programmer_words(test: AppTest) -> list[str]:
    """Return what a page says that only a program would."""
    return _PROGRAMMERS.findall(get_text(test))


@dataclass(frozen=True)
class Table:
    """A table as a page shows it: its caption, its cells as text, the links among them.

    A cell that is one link is a :class:`Link`: others can have its words and lead elsewhere.
    """

    caption: str
    cells: pd.DataFrame
    links: dict[str, str]


@dataclass(frozen=True)
class ShownFigure:
    """A headline figure as a page shows it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class ShownDrawing:
    """A drawing as a page shows it: the name over it, what is read aloud for it, its address.

    A name that leads somewhere is a :class:`Link`.
    """

    name: str
    words: str
    address: str


def read_tables(place: AppTest | Block | Element) -> list[Table]:
    """Return the tables of a page, or of a part of one, in order."""
    return [_read_table(table) for root in parse_html(place) for table in root.iter("table")]


def _read_table(table: HtmlElement) -> Table:
    heads, *rows = ([_read_cell(cell) for cell in row] for row in table.iter("tr"))
    links = {_read_text(link): link.get("href") for link in table.iter("a")}
    # Of another type than object, a frame would turn links into text.
    cells = pd.DataFrame(rows, columns=heads, dtype="object")
    return Table(_read_text(table.find("caption")), cells, links)


def _read_cell(cell: HtmlElement) -> str:
    links = list(cell.iter("a"))
    text = _read_text(cell)
    return Link(text, links[0].get("href")) if len(links) == 1 else text


def read_figures(place: AppTest | Block | Element) -> list[ShownFigure]:
    """Return the headline figures of a page, or of a part of one, in order."""
    return [
        ShownFigure(*(_read_text(part) for part in figure.iter("dt", "dd")))
        for root in parse_html(place)
        for figure in root.xpath("//dl[@class='figures']/div")
    ]


def read_drawings(place: AppTest | Block | Element) -> list[ShownDrawing]:
    """Return the drawings of a page, or of a part of one, in order."""
    return [
        ShownDrawing(
            next(map(_read_cell, figure.iter("figcaption")), ""), image.get("alt"), image.get("src")
        )
        for root in parse_html(place)
        for figure in root.iter("figure")
        for image in figure.iter("img")
    ]


def parse_html(place: AppTest | Block | Element) -> list[HtmlElement]:
    """Return the HTML of a page, or of a part of one, styles left out."""
    block = place.main if isinstance(place, AppTest) else place
    elements = block.get("html") if isinstance(block, Block) else [block]
    bodies = (element.proto.body for element in elements if element.type == "html")
    return [
        fromstring(f"<div>{body}</div>") for body in bodies if "<d" in body or body.startswith("<p")
    ]


def _read_markdown(card: HtmlElement) -> str:
    """Return what a card says, with its links as in Markdown."""
    for link in card.iter("a"):
        link.text = f"[{link.text}]({link.get('href')})"
    return _read_text(card)


def _read_text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def get_folded_key(line: Block) -> str | None:
    """Return the key that opens what a line folds, if what is behind it is drawn only then."""
    match = _FOLDED.search(line.proto.id)
    return match and match[1]


def _prepare(page: str, address: dict[str, Address]) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    for name, value in address.items():
        test.query_params[name] = value
    if page != "overview":
        test.switch_page(f"pages/{page}.py")
    return test


def _view(page: str, address: dict[str, Address]) -> _View:
    values = ((name, tuple(v) if isinstance(v, list) else v) for name, v in address.items())
    return _view_figures(os.environ.get("DASHBOARD_DATA"), page, frozenset(values))


@cache
def _view_figures(
    _figures: str | None, page: str, address: frozenset[tuple[str, str | tuple[str, ...]]]
) -> _View:
    files: list[Download] = []
    provenances: list[Provenance] = []
    draw, draw_table = st.download_button, downloads.draw_table_button

    def record(label: str, data: Callable[[], bytes], *, file_name: str, **rest: Any) -> bool:
        files.append(Download(file_name, data))
        return bool(draw(label, data, file_name=file_name, **rest))

    def record_table(data: Data, provenance: Provenance, **rest: Any) -> None:
        provenances.append(provenance)
        draw_table(data, provenance, **rest)

    test = _prepare(page, {name: v if isinstance(v, str) else list(v) for name, v in address})
    known = _folded[page]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "download_button", record)
        patch.setattr(downloads, "draw_table_button", record_table)
        while True:
            for key in known:
                test.session_state[key] = True
            files.clear()
            provenances.clear()
            test.run()
            assert not test.exception
            opening = [*test.main.expander, *test.main.get("popover")]
            keys = {one for line in opening if (one := get_folded_key(line))}
            if keys <= known:
                break
            known |= keys
    test._run = _refuse  # type: ignore[method-assign, assignment]
    return _View(test, files, provenances)


def _refuse(*_: object) -> NoReturn:
    raise AssertionError("this page is shared: open one to touch it")
