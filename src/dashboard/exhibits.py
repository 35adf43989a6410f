"""What can be shown: an exhibit with its sources, its table and, where it has one, its chart.

Topics make exhibits. A page, a brief or a file shows them; how is decided there, once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.palette import Palette
from dashboard.provenance import Provenance

# A chart in Vega-Lite, as JSON.
Spec = dict[str, Any]

NOT_FOUND = "Not found"
# Published for other places, or published and not in the package.
NOT_HELD = "Not held"


class Number(str):
    """A figure in a table's cell, formatted; a table sets it to the right."""

    __slots__ = ()


class NotedNumber(Number):
    """A figure with short notes under it, each a line of its own; the figure alone sorts it."""

    __slots__ = ("notes",)
    notes: tuple[str, ...]

    def __new__(cls, figure: str, notes: Iterable[str]) -> "NotedNumber":
        """Put notes under a figure."""
        cell = super().__new__(cls, figure)
        cell.notes = tuple(notes)
        return cell


class Link(str):
    """A link in a table's cell: its words, in plain text, and the address it leads to."""

    __slots__ = ("address",)
    address: str

    def __new__(cls, words: str, address: str) -> "Link":
        """Make words that lead to an address."""
        link = super().__new__(cls, words)
        link.address = address
        return link


class Links(str):
    """Several links in a table's cell: all their words, and each as :class:`Link` or as text."""

    __slots__ = ("links",)
    links: tuple[str, ...]

    def __new__(cls, links: Iterable[str]) -> "Links":
        """Join links."""
        parts = tuple(links)
        cell = super().__new__(cls, "; ".join(parts))
        cell.links = parts
        return cell


def make_link(words: object, address: object) -> str:
    """Return words as a link, or as plain text where the address is not a web address."""
    shown = formatting.format_text(words)
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return shown
    return Link(shown, address)


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What is shown of one question, and what it rests on.

    ``title`` is the heading: the finding, in plain words. ``lead`` holds the paragraphs before the
    table or chart, as Markdown. ``table`` has cells of plain text, :class:`Number`,
    :class:`NotedNumber`, :class:`Link` and :class:`Links` under headings in plain words, and its
    first column names the rows; a chart shows the same figures. ``alt`` says in a sentence what is
    seen. ``chart`` is built for a palette when it is drawn; ``credit`` says whose shapes it has, if
    it is shown as a map. What is long stands ``folded`` under the words given.
    """

    title: str
    provenance: Provenance
    table: pd.DataFrame
    alt: str
    lead: tuple[str, ...] = ()
    chart: Callable[[Palette], Spec] | None = None
    folded: str = ""
    credit: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be named or described."""
        if not (self.title and self.alt):
            raise ValueError(f"{self.id!r} needs a title and a description")

    @property
    def id(self) -> str:
        """What names the exhibit in addresses, files and widgets; a filter does not change it."""
        return self.provenance.name


@dataclass(frozen=True)
class Figure:
    """A headline figure as shown, what it covers, and what it rests on."""

    label: str
    value: str
    note: str
    provenance: Provenance


def build_table(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows as a frame of cells, empty where a value is missing or a row lacks a column.

    Text from data becomes one line of plain text. A column that is empty in every row says
    nothing and is left out.
    """
    made = [{heading: _make_cell(value) for heading, value in row.items()} for row in rows]
    # Of another type than object, a frame would turn all its cells into plain text.
    cells = pd.DataFrame(made, dtype="object").fillna("")
    return cells.loc[:, (cells != "").any()]


def _make_cell(value: object) -> str:
    return value if isinstance(value, (Number, Link, Links)) else formatting.format_text(value)


def build_table_of_columns(
    heading: str, columns: Mapping[str, Mapping[str, object]]
) -> pd.DataFrame:
    """Return columns side by side as a frame of cells, after one that names the rows."""
    names = dict.fromkeys(name for column in columns.values() for name in column)
    return build_table(
        {heading: name, **{title: column.get(name) for title, column in columns.items()}}
        for name in names
    )


def format_money_cell(pounds: float | None, qualifier: str | None = "exactly") -> str:
    """Return an amount with its qualifier as a figure, or that it was not found."""
    if pounds is None or pd.isna(pounds):
        return NOT_FOUND
    return Number(formatting.format_money(pounds, formatting.format_text(qualifier) or "exactly"))


def format_amount_cell(value: float | None, unit: str) -> str:
    """Return a value in a unit of :func:`formatting.format_amount`, or that it was not found."""
    if value is None or pd.isna(value):
        return NOT_FOUND
    return Number(formatting.format_amount(value, unit))
