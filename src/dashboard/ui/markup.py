"""Tables and figures as HTML, from templates that escape every text."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.exhibits import Figure, Link, Number


@cache
def _load_templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    templates.globals.update(cell=_render_cell, is_number=_is_number)
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
        {"words": head, "is_number": any(map(_is_number, cells[head]))} for head in cells.columns
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
            has_links=any(isinstance(cell, Link) for cell in every),
        )
    )


def _is_number(cell: object) -> bool:
    return isinstance(cell, Number)


def _render_cell(cell: str) -> str:
    if isinstance(cell, Link):
        return Markup('<a href="{}">{}</a>').format(cell.address, str(cell))
    return str(cell)
