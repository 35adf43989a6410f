"""Tables, figures, cards, drawings and lines as HTML, from templates that escape every text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from slugify import slugify

from dashboard.exhibits import NOT_FOUND, NOT_HELD, Figure, Link, Links, NotedNumber, Number
from dashboard.topics.research_schools import SchoolCard

# What the rows of a table are where each says something else: their order has a meaning.
_UNLIKE = ("Fact", "Money")
# Fewer rows are seen at a glance.
_MIN_SORTABLE_ROWS = 7
# What stands where there is no figure: it has no place in an order.
_WITHOUT_FIGURE = ("", NOT_FOUND, NOT_HELD)
_FIRST_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
_MILLION = 1_000_000


@dataclass(frozen=True)
class _Column:
    """A column as the template draws it: each cell has a place in its order, if it has words."""

    words: str
    is_number: bool
    cells: tuple[str, ...]
    places: tuple[int | None, ...]


@dataclass(frozen=True)
class Drawing:
    """A drawing: the name over it, a link or nothing, what is read aloud for it, its address."""

    name: str
    words: str
    address: str


@dataclass(frozen=True)
class Card:
    """A card of a research school: the area over it with its anchor and cohort, its link.

    On the area's own page the heading stands above the card, and there is no link.
    """

    school: SchoolCard
    heading: str = ""
    anchor: str = ""
    cohort: str = ""
    link: str = ""

    @property
    def cohort_class(self) -> str:
        """What colours the words of the cohort."""
        return slugify(self.cohort)


@dataclass(frozen=True)
class SourceLine:
    """The line under a figure: its main source, a link where it has an address, and how many more.

    ``disagreement`` says on what sources disagree, and ``credit`` whose shapes a map shows, if any.
    """

    main: str
    others: int
    disagreement: str = ""
    credit: str = ""


@cache
def _load_templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    templates.globals.update(cell=_render_cell)
    return templates


def draw_table(cells: pd.DataFrame, caption: str, *, name: str = "") -> None:
    """Draw cells under their headings as one table; the first column names the rows.

    ``caption`` is read aloud. A table with a ``name`` can be sorted
    where it is long and its rows are alike; the name tells its buttons from those of other tables.
    """
    st.html(render_table(cells, caption, name=name))


def draw_figures(figures: Sequence[Figure]) -> None:
    """Draw figures in a row, each with its label and what it covers."""
    st.html(_load_templates().get_template("figures.html").render(figures=figures))


def draw_source_line(line: SourceLine) -> None:
    """Draw the line under a figure."""
    st.html(render_source_line(line), width="content")


def draw_drawings(drawings: Sequence[Drawing]) -> None:
    """Draw drawings side by side, as many as there is room for."""
    st.html(_load_templates().get_template("drawings.html").render(drawings=drawings))


def draw_school_cards(cards: Sequence[Card]) -> None:
    """Draw cards side by side, as many as there is room for."""
    st.html(_load_templates().get_template("school_cards.html").render(cards=cards))


def render_source_line(line: SourceLine) -> str:
    """Return the line under a figure as HTML."""
    return _load_templates().get_template("source_line.html").render(line=line)


def render_table(cells: pd.DataFrame, caption: str, *, name: str = "") -> str:
    """Return a table as HTML."""
    columns = [_build_column(head, cells.iloc[:, i]) for i, head in enumerate(cells.columns)]
    every = [*cells.columns, *(cell for column in columns for cell in column.cells)]
    return (
        _load_templates()
        .get_template("table.html")
        .render(
            caption=caption,
            name=name,
            is_sortable=_is_sortable(cells, name),
            columns=columns,
            rows=range(len(cells)),
            has_links=any(isinstance(cell, Link | Links) for cell in every),
            has_notes=any(isinstance(cell, NotedNumber) and cell.notes for cell in every),
        )
    )


def _is_sortable(cells: pd.DataFrame, name: str) -> bool:
    is_long = len(cells) >= _MIN_SORTABLE_ROWS
    return bool(name) and is_long and str(cells.columns[0]) not in _UNLIKE


def _build_column(words: str, column: pd.Series) -> _Column:
    cells = tuple(column)
    known = [cell for cell in cells if cell not in _WITHOUT_FIGURE]
    is_number = bool(known) and all(isinstance(cell, Number) for cell in known)
    keys = [_read_value(cell) if is_number else cell.casefold() for cell in known]
    order = {key: place for place, key in enumerate(sorted(set(keys)))}
    places = {cell: order[key] for cell, key in zip(known, keys, strict=True)}
    return _Column(words, is_number, cells, tuple(places.get(cell) for cell in cells))


def _read_value(figure: str) -> float:
    """Return the first number of a figure, to sort it by: 1970000.0 of "£1.97 million"."""
    found = _FIRST_NUMBER.search(figure)
    value = float(found[0].replace(",", "").replace("−", "-")) if found else 0.0
    return value * _MILLION if " million" in figure else value


def _render_cell(cell: str) -> str:
    if isinstance(cell, Links):
        return Markup("; ").join(map(_render_cell, cell.links))
    if isinstance(cell, Link):
        return Markup('<a href="{}">{}</a>').format(cell.address, str(cell))
    if isinstance(cell, NotedNumber):
        notes = (Markup(' <span class="note">{}</span>').format(note) for note in cell.notes)
        return Markup("{}{}").format(str(cell), Markup().join(notes))
    return str(cell)
