"""Tables and figures as HTML, from templates that escape every text."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.exhibits import NOT_FOUND, Figure, Link, Links, Number


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


def draw_table(cells: pd.DataFrame, caption: str, *, is_shown: bool = False) -> None:
    """Draw cells under their headings as one table; the first column names the rows.

    ``caption`` is read aloud, and seen where ``is_shown``.
    """
    st.html(render_table(cells, caption, is_shown=is_shown))


def draw_figures(figures: Sequence[Figure]) -> None:
    """Draw figures in a row, each with its label and what it covers."""
    st.html(_load_templates().get_template("figures.html").render(figures=figures))


def render_table(cells: pd.DataFrame, caption: str, *, is_shown: bool = False) -> str:
    """Return a table as HTML."""
    heads = [
        {"words": head, "is_number": _holds_numbers(cells.iloc[:, place])}
        for place, head in enumerate(cells.columns)
    ]
    every = [*cells.columns, *cells.to_numpy().flat]
    return (
        _load_templates()
        .get_template("table.html")
        .render(
            caption=caption,
            is_shown=is_shown,
            heads=heads,
            rows=list(cells.itertuples(index=False, name=None)),
            has_links=any(isinstance(cell, Link | Links) for cell in every),
        )
    )


def _holds_numbers(column: pd.Series) -> bool:
    """Tell whether a column is set to the right: it has figures, and no other words."""
    words = [cell for cell in column if cell and cell != NOT_FOUND]
    return bool(words) and all(isinstance(cell, Number) for cell in words)


def _render_cell(cell: str) -> str:
    if isinstance(cell, Links):
        return Markup("; ").join(map(_render_cell, cell.links))
    if isinstance(cell, Link):
        return Markup('<a href="{}">{}</a>').format(cell.address, str(cell))
    return str(cell)
