"""The result of a search."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["area", "elsewhere", "unknown", "several", "unsure", "empty"]
How = Literal["exact", "near", "wide"]


@dataclass(frozen=True)
class SearchResult:
    """The areas that a query matches, if any, and a sentence to show.

    ``how``: the query is exactly a name or postcode, nearly a name, or the name of something wider
    than the area, such as its county. The areas of an "unsure" result may be meant.
    """

    kind: Kind
    area_ids: tuple[str, ...]
    message: str
    how: How = "exact"
