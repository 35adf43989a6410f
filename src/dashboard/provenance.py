"""What a figure, chart, table or card rests on: its rows, its sources, how it was worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import group_rows, to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Disagreement, DisagreementFigure
from dashboard.formatting import escape_markdown

PUBLISHED = "As published."
_QUALIFIERS = {
    "headline": "about, the same headline for all areas",
    "computed": "added up or divided by us",
}


@dataclass(frozen=True)
class Provenance:
    """What a figure, chart, table or card rests on.

    ``name`` names files and widgets (lower case, hyphens), ``title`` says what it is of, and
    ``method`` how it was worked out, in a sentence. ``status`` tells whether it is published or
    computed. ``frame`` holds the rows shown, as they are downloaded: columns of the package, and
    those that are computed. ``rows`` are the rows of resources it rests on, by resource, with the
    columns shown. ``narrowed`` tells whether the reader's filters narrow it.
    """

    name: str
    title: str
    method: str
    source_ids: tuple[str, ...]
    frame: pd.DataFrame
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    status: str = PUBLISHED
    narrowed: bool = False

    def __post_init__(self) -> None:
        """Refuse what names no source or no method."""
        if not self.source_ids:
            raise ValueError(f"{self.title!r} has no source")
        if not self.method:
            raise ValueError(f"{self.title!r} has no method")


def list_qualifiers(provenance: Provenance) -> list[str]:
    """Return how the amounts are qualified, with how many: "about (2 amounts)"."""
    frames = [frame["qualifier"] for frame in provenance.rows.values() if "qualifier" in frame]
    counts = pd.concat(frames).value_counts(sort=False) if frames else pd.Series(dtype="int64")
    return [
        f"{_QUALIFIERS.get(str(qualifier), f'“{qualifier}”')} "
        f"({count} {'amount' if count == 1 else 'amounts'})"
        for qualifier, count in counts.items()
        if qualifier != "exactly"
    ]


def list_overlaps(provenance: Provenance) -> list[str]:
    """Return what the amounts contain or lie inside, each once, as the package says it."""
    frames = [frame for frame in provenance.rows.values() if "overlaps" in frame]
    return list(list_distinct(*(frame["overlaps"] for frame in frames)))


@memoize
def find_disagreements(data: Data, provenance: Provenance) -> tuple[Disagreement, ...]:
    """Return the rows of ``disagreements`` on which the figure's sources differ with others."""
    touched: set[str] = set()
    for resource, frame in provenance.rows.items():
        columns: dict[str, list[object]] = {}
        for figure in _group_figures(data).get(resource, ()):
            if _is_touched(data, figure, frame, columns):
                touched.add(figure.disagreement_id)
    if not touched:
        return ()
    return tuple(row for row in _list_disagreements(data) if row.disagreement_id in touched)


@memoize
def _group_figures(data: Data) -> dict[str, list[DisagreementFigure]]:
    """Return the rows of ``disagreement_figures`` by the resource that they are about."""
    figures = to_rows(data.disagreement_figures, DisagreementFigure)
    return group_rows(figures, lambda figure: figure.resource)


@memoize
def _list_disagreements(data: Data) -> tuple[Disagreement, ...]:
    return to_rows(data.disagreements, Disagreement)


def _is_touched(
    data: Data, figure: DisagreementFigure, frame: pd.DataFrame, columns: dict[str, list[object]]
) -> bool:
    """Tell whether rows hold the figure of a row of ``disagreement_figures``.

    Lists are compared, not columns: each figure on a page asks this, and frames are short.
    ``columns`` keeps the lists for the frame's next figure.
    """
    if figure.column not in frame or figure.key_column not in frame:
        return False
    keys = _list_values(frame, figure.key_column, columns)
    area_ids = _map_areas(data).get(figure.disagreement_id)
    if "area_id" in frame and area_ids:
        rows = zip(keys, _list_values(frame, "area_id", columns), strict=True)
        return any(key == figure.key_value and area in area_ids for key, area in rows)
    return figure.key_value in keys


def _list_values(frame: pd.DataFrame, name: str, columns: dict[str, list[object]]) -> list[object]:
    """List a column's values, a missing one as no text: pandas' own cannot be compared."""
    if name not in columns:
        columns[name] = frame[name].to_numpy(dtype="object", na_value="").tolist()
    return columns[name]


@memoize
def _map_areas(data: Data) -> dict[str, list[str]]:
    """Return the areas that each disagreement names; one that names none is left out."""
    named: dict[str, list[str]] = {}
    for row in _list_disagreements(data):
        if row.area_id:
            named.setdefault(row.disagreement_id, []).append(row.area_id)
    return named


def list_distinct(*groups: Iterable[object]) -> tuple[str, ...]:
    """Return the words of several groups, each once, in the order first named; no missing one."""
    words = (word for group in groups for word in group if isinstance(word, str))
    return tuple(dict.fromkeys(words))


@memoize
def to_markdown(data: Data, provenance: Provenance) -> str:
    """Return all that opens under a figure, as Markdown."""
    method, status = escape_markdown(provenance.method), escape_markdown(provenance.status)
    parts = [
        _describe_disagreement(data, rows)
        for rows in group_disagreements(find_disagreements(data, provenance))
    ]
    parts.append(f"**How this was worked out.** {method} {status}")
    if qualifiers := list_qualifiers(provenance):
        words = escape_markdown(formatting.join_names(qualifiers))
        parts.append(f"**Qualified by the source.** {words}.")
    if overlaps := list_overlaps(provenance):
        parts.append("**Overlaps.** " + " ".join(map(escape_markdown, overlaps)))
    sources = [
        f"- {formatting.format_source(source)}, reference {escape_markdown(source['source_id'])}"
        for source in (data.source_by_id[source_id] for source_id in provenance.source_ids)
    ]
    parts.append("**Sources.**\n" + "\n".join(sources))
    return "\n\n".join(parts)


def group_disagreements(rows: Iterable[Disagreement]) -> list[list[Disagreement]]:
    """Return the rows of each disagreement together, in the order first named."""
    return list(group_rows(rows, lambda row: row.disagreement_id).values())


def _describe_disagreement(data: Data, rows: Sequence[Disagreement]) -> str:
    """Return what each source says, with the one shown marked, as Markdown."""
    lines = [
        f"- {escape_markdown(row.says)}{' This is what is shown.' if row.shown else ''} "
        f"({escape_markdown(data.source_by_id[row.source_id]['publisher'])})"
        for row in rows
    ]
    subject = escape_markdown(rows[0].subject)
    return f"**Sources disagree.** {subject}:\n" + "\n".join(lines)
