"""What can be shown: an exhibit with its sources, its table and, where it has one, its chart.

Topics make exhibits. A page, a brief or a file shows them; how is decided there, once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboard import formatting
from dashboard.palette import Palette
from dashboard.provenance import Provenance

if TYPE_CHECKING:
    from altair import LayerChart

NOT_FOUND = "Not found"


class Number(str):
    """A figure in a table's cell, formatted; a table sets it to the right."""

    __slots__ = ()


class Link(str):
    """A link in a table's cell: its words, in plain text, and the address it leads to."""

    __slots__ = ("address",)
    address: str

    def __new__(cls, words: str, address: str) -> "Link":
        """Make words that lead to an address."""
        link = super().__new__(cls, words)
        link.address = address
        return link


def make_link(words: object, address: object) -> str:
    """Return words as a link, or as plain text where the address is not a web address."""
    shown = " ".join(str(words).split())
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return shown
    return Link(shown, address)


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What is shown of one question, and what it rests on.

    ``title`` is the heading: the finding, in plain words. ``lead`` holds the paragraphs before
    the table or chart, as Markdown. ``table`` has cells of plain text, :class:`Number` and
    :class:`Link` under headings in plain words, and its first column names the rows; a chart
    shows the same figures. ``alt`` says in a sentence what is seen. ``chart`` is built for a
    palette when it is drawn. What is long stands ``folded`` under the words given.
    """

    title: str
    provenance: Provenance
    table: pd.DataFrame
    alt: str
    lead: tuple[str, ...] = ()
    chart: "Callable[[Palette], LayerChart] | None" = None
    folded: str = ""

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


def build_table(rows: Iterable[dict[str, str]]) -> pd.DataFrame:
    """Return rows as a frame of cells, empty where a row lacks a column.

    A column that is empty in every row says nothing and is left out.
    """
    cells = pd.DataFrame(list(rows), dtype="object").fillna("")
    return cells.loc[:, (cells != "").any()]


def format_money_cell(pounds: float | None, qualifier: str | None = "exactly") -> str:
    """Return an amount with its qualifier, or that it was not found."""
    if pounds is None or pd.isna(pounds):
        return NOT_FOUND
    return formatting.format_money(pounds, formatting.escape_markdown(qualifier))


def format_amount_cell(value: float | None, unit: str) -> str:
    """Return a value in a unit of :func:`formatting.format_amount`, or that it was not found."""
    return NOT_FOUND if value is None or pd.isna(value) else formatting.format_amount(value, unit)
