"""Draws exhibits, and what else pages are made of: nothing without what it rests on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial

import pandas as pd
import streamlit as st
from slugify import slugify
from streamlit.delta_generator import DeltaGenerator

from dashboard import citations, formatting
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.data.rows import Disagreement, Gap
from dashboard.data.validation.issues import DataError
from dashboard.exhibits import Exhibit, Figure, Number, Spec
from dashboard.filters import Filters
from dashboard.palette import Palette, get_palette
from dashboard.provenance import Provenance, find_disagreements, list_distinct, to_markdown
from dashboard.topics import glossary
from dashboard.topics import sources as source_topic
from dashboard.ui import downloads, inputs, lazy, links, markup, places

# The level of an exhibit's heading; the page's title is the first.
_TOP_LEVEL = 2
# What stands under a heading of its own, by the beginning of a frame's key.
_WITH_HEADING = ("chart-", "charts-", "table-")
# What names the control of something that is drawn of the same figures as another on its page.
_KINDS = {"map": " (map)", "charts": " (charts)"}


def choose_palette() -> Palette:
    """Return the palette of the theme that the reader's browser shows."""
    return get_palette(dark=st.context.theme.type == "dark")


def draw_page_head(
    title: str, filters: Filters, shown: pd.DataFrame, data: Data, lead: str = ""
) -> None:
    """Draw the page's title, what it is about (Markdown), and what is filtered."""
    with st.container(key="page_head"):
        st.title(title, anchor=False)
        words = formatting.describe_filters(filters, len(shown), len(data.areas))
        st.markdown(f"{lead} **{formatting.escape_markdown(words)}.**".strip())
    if shown.empty:
        st.info("No opportunity area fits these choices together.", icon=":material/filter_alt:")
        inputs.draw_reset("Show all twelve areas", key="reset_empty")


def draw_header(words: str, anchor: str) -> None:
    """Draw plain words as a heading of the second level, with the address of what it is over."""
    st.header(formatting.escape_markdown(words), anchor=anchor)


def draw_subheader(words: str, anchor: str) -> None:
    """Draw plain words as a heading of the third level, with the address of what it is over."""
    st.subheader(formatting.escape_markdown(words), anchor=anchor)


def show(
    data: Data,
    exhibit: Exhibit,
    *,
    level: int = _TOP_LEVEL,
    beside: Exhibit | None = None,
    folds_table: bool = True,
) -> None:
    """Draw an exhibit: heading, what leads to it, chart or table, and what it rests on.

    The heading's anchor is the exhibit's id, which no filter changes. The table of a second
    exhibit may stand ``beside`` the chart. A chart's own table is folded under it, unless
    :func:`fold_table` is to draw it where there is more room.
    """
    draw_head(exhibit, level=level)
    if exhibit.chart and (beside or not folds_table):
        _draw_chart(data, exhibit, exhibit.chart, beside)
        if folds_table:
            fold_table(data, exhibit)
    else:
        show_body(data, exhibit)


def draw_head(exhibit: Exhibit, *, level: int = _TOP_LEVEL) -> None:
    """Draw an exhibit's heading and what leads to it."""
    draw = draw_header if level == _TOP_LEVEL else draw_subheader
    draw(exhibit.title, exhibit.id)
    for paragraph in exhibit.lead:
        st.markdown(paragraph)


def show_body(data: Data, exhibit: Exhibit) -> None:
    """Draw an exhibit without its heading and lead; one with nothing to show draws nothing."""
    if exhibit.table.empty:
        return
    if exhibit.folded:
        lazy.draw_expander(exhibit.folded, partial(_draw_table, data, exhibit), key=exhibit.id)
    elif exhibit.chart:
        _draw_chart(data, exhibit, exhibit.chart)
        fold_table(data, exhibit)
    else:
        _draw_table(data, exhibit)


def fold_table(data: Data, exhibit: Exhibit) -> None:
    """Draw the figures of a chart as a table, folded."""
    title = exhibit.provenance.title
    lazy.draw_expander(
        f"As a table: {formatting.escape_label(title)}",
        lambda: draw_cells(data, exhibit.table, exhibit.alt, title),
        key=exhibit.id,
    )


def show_figures(data: Data, title: str, shown: Sequence[Figure]) -> None:
    """Draw figures in a row under a title that is read aloud, with one line of sources."""
    with frame(data, *(figure.provenance for figure in shown), title=title, kind="figures"):
        markup.draw_figures(shown)


def _draw_chart(
    data: Data,
    exhibit: Exhibit,
    build: Callable[[Palette], Spec],
    beside: Exhibit | None = None,
) -> None:
    """Draw the chart, with a table beside it if there is one, and what both rest on."""
    spec = build(choose_palette())
    provenance = exhibit.provenance
    provenances = [provenance, *([beside.provenance] if beside else [])]
    with frame(
        data,
        *provenances,
        title=provenance.title,
        kind="chart",
        pictured=lambda: {exhibit.alt: spec},
    ):
        if beside is None:
            _draw_spec(spec, exhibit.alt)
            return
        left, right = st.columns(2)
        with left:
            _draw_spec(spec, exhibit.alt)
        with right:
            st.markdown(f"**{formatting.escape_markdown(beside.title)}**")
            draw_cells(data, beside.table, beside.alt, beside.provenance.title)


def _draw_spec(spec: Spec, alt: str) -> None:
    # A height keeps the chart's room free while it loads.
    st.vega_lite_chart(spec, alt=alt, theme=None, height=spec["height"])


def _draw_table(data: Data, exhibit: Exhibit) -> None:
    """Draw the table and what it rests on."""
    with frame(data, exhibit.provenance, kind="table"):
        draw_cells(data, exhibit.table, exhibit.alt, exhibit.provenance.title)


def draw_cells(data: Data, cells: pd.DataFrame, caption: str, name: str) -> None:
    """Draw a table in which the names of areas and districts lead to profiles."""
    st.html(_render_cells(data, cells, caption, name, inputs.get_filters()))


@memoize
def _render_cells(
    data: Data, cells: pd.DataFrame, caption: str, name: str, chosen: Filters | None
) -> str:
    return markup.render_table(links.link_areas(data, cells, chosen), caption, name=name)


def draw_listing(shown: pd.DataFrame, *, caption: str) -> None:
    """Draw a table that holds no figure of its own: sources, gaps, files."""
    if shown.empty:
        st.markdown("None was found.")
        return
    markup.draw_table(shown, caption)


@contextmanager
def frame(
    data: Data,
    *provenances: Provenance,
    kind: str,
    title: str = "",
    credit: str = "",
    pictured: downloads.SpecBuilder | None = None,
    is_kept: bool = False,
) -> Iterator[None]:
    """Put what is drawn inside a frame that ends with its provenance, in one line.

    The line has the main source and a button, which opens to how each figure was worked out, all
    its sources and files, and charts as pictures where ``pictured`` gives their specifications
    by name. ``title`` says what they are together, or shortly, and ``credit`` whose shapes a map
    shows. ``kind`` tells apart what is drawn
    of the same provenance on a page: figures, chart, charts, table, map, card, text. A frame that
    ``is_kept`` stays when the reader goes to a page that has one at the same place
    (:mod:`dashboard.ui.places`).
    """
    # A chart's own name, whatever stands beside it: its table is found by it.
    is_one = len(provenances) == 1 or kind == "chart"
    name = provenances[0].name if is_one else slugify(title)
    # A map that changed its measure must stay the map it was, where the reader left it.
    key = f"{kind}-{'shown' if kind == 'map' else name}"
    mark = _KINDS.get(kind, "")
    title = title or provenances[0].title
    if len(provenances) > 1:
        mark = f", {title}"
    else:
        title = f"{title}{mark}"
    with _open_box(key, is_kept=is_kept):
        yield
        markup.draw_source_line(_build_line(data, provenances, credit))
        lazy.draw_popover(
            f"Data and method: {formatting.escape_label(title)}",
            partial(_draw_provenances, data, provenances, pictured, credit, key=key, mark=mark),
            key=key,
        )


def _open_box(key: str, *, is_kept: bool) -> DeltaGenerator:
    """Draw a box in which the last two stand side by side; page.css gives others a row each."""
    with places.draw_for_all_pages() if is_kept else nullcontext():
        return st.container(key=key, horizontal=True, gap="small", vertical_alignment="center")


def _build_line(data: Data, provenances: Sequence[Provenance], credit: str) -> markup.SourceLine:
    """Build the line under a figure, with a mark where sources disagree."""
    source_ids = list_distinct(*(provenance.source_ids for provenance in provenances))
    rows = [row for provenance in provenances for row in find_disagreements(data, provenance)]
    return markup.SourceLine(
        main=citations.format_short(data, source_ids[0]),
        others=len(source_ids) - 1,
        disagreement=_name_disagreements(data, rows) if rows else "",
        credit=credit,
    )


def _name_disagreements(data: Data, rows: Sequence[Disagreement]) -> str:
    """Say on what sources disagree: an area's name, a subject, or how many."""
    subjects = {row.subject for row in rows}
    if len(subjects) > 1:
        return f"{len(subjects)} subjects"
    area_ids = {row.area_id for row in rows if row.area_id}
    if len(area_ids) == 1:
        return formatting.format_short_name(data.label_by_id[area_ids.pop()])
    first, _, rest = subjects.pop().partition(" ")
    return f"{first.lower()} {rest}"


def _draw_provenances(
    data: Data,
    provenances: Sequence[Provenance],
    pictured: downloads.SpecBuilder | None,
    credit: str,
    *,
    key: str,
    mark: str,
) -> None:
    """Draw how figures were worked out, every source of them, how to cite them, and files.

    ``mark`` ends the labels of files that something else on the page offers too.
    """
    with st.container(horizontal=True, gap="small"):
        for provenance in provenances:
            downloads.draw_table_button(
                data, provenance, key=f"csv-{key}-{provenance.name}", mark=mark
            )
        if pictured:
            downloads.draw_picture_buttons(data, provenances[0], pictured, credit, key=key)
    for provenance in provenances:
        if len(provenances) > 1:
            st.markdown(f"**{formatting.escape_markdown(provenance.title)}**")
        st.markdown(to_markdown(data, provenance))
    titles = " ".join(provenance.title for provenance in provenances)
    if meaning := glossary.explain_terms(titles):
        st.markdown(f"**Words.** {meaning}")
    st.markdown("**How to cite it.**")
    has_heading = len(provenances) == 1 and key.startswith(_WITH_HEADING)
    words = (
        _cite(data, provenance, provenance.name if has_heading else key)
        for provenance in provenances
    )
    st.code("\n".join(words), language=None, wrap_lines=True)


def _cite(data: Data, provenance: Provenance, anchor: str) -> str:
    """Return how to cite a figure, with its address."""
    citation = citations.format_citation(data, provenance.title, provenance.source_ids)
    return f"{citation} {links.build_page_address()}#{anchor}"


def draw_gaps(data: Data, page: str, areas: pd.DataFrame) -> None:
    """Draw what was looked for on a page's subject and not found, folded, in a line a subject."""
    fold_gaps(data, source_topic.select_gaps(data, page, areas))


def fold_gaps(data: Data, listed: Sequence[Gap]) -> None:
    """Draw gaps, folded, in a line a subject."""

    def draw() -> None:
        st.markdown("\n".join(f"- {line}" for line in source_topic.describe_gaps(data, listed)))

    if listed:
        lazy.draw_expander("What was not found", draw, key="gaps")


def draw_faults(error: DataError) -> None:
    """Draw the page that stands in for all others while the data cannot be used."""
    st.title("The figures cannot be shown")
    st.markdown(
        "The files that hold them did not pass the checks, and no figure is shown until they do. "
        "Whoever looks after this dashboard can fix what is listed here."
    )
    listed = pd.DataFrame(
        [
            {
                "File": fault.file,
                "Row": "" if fault.row is None else Number(fault.row),
                "Column": fault.column,
                "What is wrong": fault.rule,
                "Value": fault.value,
            }
            for fault in error.issues
        ],
        dtype="object",
    ).fillna("")
    markup.draw_table(listed, f"{len(listed)} faults in the data files")
