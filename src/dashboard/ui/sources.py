"""The parts of the page on data and sources."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard import changelog, citations, exports, formatting
from dashboard.data import store
from dashboard.data.loader import Data
from dashboard.exhibits import Number
from dashboard.filters import Filters
from dashboard.topics import sources as source_topic
from dashboard.ui import choices, downloads, exhibits, lazy, links

_MAX_ISSUES = 3
PARTS = ("Downloads", "Sources", "Disagreements", "Gaps", "Tables", "Versions and citing")
_MAX_SOURCES = 20
_MAX_ROWS = 25
_AS_KEPT = "As kept"
_MAX_SEARCH_LENGTH = 100
_ORDERS = {
    "Title": ("title", True),
    "Publisher": ("publisher", True),
    "Newest": ("date", False),
    "Tier": ("tier", True),
}


def draw_faults_of_newer() -> None:
    """Draw, where the files have changed and have faults, that older figures are shown, and why."""
    if issues := store.list_issues():
        words = formatting.join_names(map(str, issues[:_MAX_ISSUES]))
        st.warning(
            "The files that hold the figures have changed and did not pass the checks. The last "
            "figures that did are shown. What is wrong with the new ones: "
            f"{formatting.escape_markdown(words)}."
        )


def draw_downloads(data: Data, filters: Filters, areas: pd.DataFrame) -> None:
    """Draw the files of the whole and of each area, and the list of the tables."""
    st.header("Download the data", anchor="downloads")
    chosen = _choose_extent(filters, len(areas), len(data.areas))
    downloads.draw_format_buttons(data, chosen)
    downloads.draw_briefs_button(data)
    st.subheader("Tables", anchor="list-of-tables")
    st.markdown("Choose a table to look at it, search it, and take it alone.")
    tables = source_topic.list_tables(data)
    exhibits.draw_listing(
        pd.DataFrame(
            {
                "Table": pd.Series(links.link_tables([t[1] for t in tables]), dtype="object"),
                "What a row is": [one for _, _, one, _ in tables],
                "Rows": pd.Series(
                    [Number(formatting.format_number(rows)) for *_, rows in tables], dtype="object"
                ),
            }
        ),
        caption="The tables of figures",
    )


def draw_sources(data: Data) -> None:
    """Draw the sources, what rests on each, and how much is primary."""
    st.header("Sources")
    st.markdown(
        "We read many sources only in part and did not re-check links. "
        f"{formatting.escape_markdown(source_topic.describe_primary_share(data))}"
    )
    with st.expander("How much rests on each tier"):
        exhibits.draw_listing(
            source_topic.tabulate_tiers(data), caption="Rows of figures by tier of source"
        )
        st.markdown(
            "Primary: the body that made or announced the figure. Secondary: the press and "
            "studies. Inferred: worked out by us. A row counts by the weakest of its sources."
        )
    chosen = _choose_sources(data.sources)
    exhibits.draw_listing(
        source_topic.tabulate_sources(data, chosen), caption="The sources of the figures"
    )


def draw_disagreements(data: Data) -> None:
    """Draw where sources disagree, and what is shown."""
    st.header("Where sources disagree")
    exhibits.draw_listing(
        source_topic.tabulate_disagreements(data), caption="Figures on which sources disagree"
    )


def draw_gaps(data: Data) -> None:
    """Draw what was not found."""
    st.header("What was not found")
    exhibits.draw_listing(
        source_topic.tabulate_gaps(data),
        caption="Figures that were not found",
    )


def draw_table(data: Data, filters: Filters) -> None:
    """Draw one table: what it is, its files, its rows to search and sort, and its columns."""
    st.header("Look at a table", anchor="table")
    name = _choose_table(exports.list_titles(data))
    table = exports.build_table(data, name, filters or None)
    st.markdown(formatting.escape_markdown(table.description))
    with st.container(horizontal=True):
        downloads.draw_single_table_button(data, name, None)
        if filters and exports.dfe_standard.is_narrowed(data, name):
            downloads.draw_single_table_button(data, name, filters)
    shown = _choose_rows(table.frame)
    cells = shown.head(_MAX_ROWS).astype("object").map(format_cell)
    exhibits.draw_listing(cells, caption=f"{table.title}: rows of the table")
    lazy.draw_expander(
        "What each column means",
        lambda: exhibits.draw_listing(
            source_topic.tabulate_columns(table.schema), caption=f"Columns: {table.title}"
        ),
        key="columns",
    )


def format_cell(value: object) -> str:
    """Return a value of the package as a table's cell."""
    words = formatting.format_text(value)
    is_figure = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Number(words) if words and is_figure else words


def _choose_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Draw a search box and a choice of order; return the rows that match, in order."""
    left, right = st.columns([3, 2])
    with left:
        choices.sync_text("row", _MAX_SEARCH_LENGTH)
        words = st.text_input(
            "Search the rows",
            key="row",
            max_chars=_MAX_SEARCH_LENGTH,
            on_change=choices.record_press,
        )
    with right:
        by = choices.draw_list("Sort the rows by", [_AS_KEPT, *rows.columns], key="by")
    sought = words.strip().casefold()
    texts = map(" ".join, rows.astype("string").fillna("").to_numpy())
    matches = rows[[sought in text.casefold() for text in texts]]
    if by in matches.columns:
        matches = matches.sort_values(by, kind="stable")
    of = f" The first {_MAX_ROWS} are shown." if len(matches) > _MAX_ROWS else ""
    st.markdown(f"{len(matches)} of {len(rows)} rows.{of}")
    return matches


def draw_versions(data: Data) -> None:
    """Draw how to cite the whole, the licence, and what changed."""
    package = data.descriptor
    st.header("How to cite this")
    st.code(citations.format_citation_of_all(data), language=None, wrap_lines=True)
    st.markdown("Each figure has words of its own to cite it, under “Data and method”.")
    licence = package["licenses"][0]
    st.markdown(f"Licence: {formatting.format_link(licence['title'], licence['path'])}.")
    st.header("What changed")
    left, right = st.columns(2, gap="large")
    for place, part in ((left, "Figures"), (right, "Program")):
        with place:
            version, day = changelog.read_latest_version(part)
            st.subheader(f"{part}: version {version}, {day}")
            st.markdown(changelog.read_section(part).replace("### ", "#### "))


def _choose_sources(listed: pd.DataFrame) -> pd.DataFrame:
    """Draw a search box, a choice of tier and of order; return the sources that match, in order."""
    left, middle, right = st.columns([2, 2, 1])
    with left:
        choices.sync_text("source", _MAX_SEARCH_LENGTH)
        words = st.text_input(
            "Search title, publisher or reference",
            key="source",
            max_chars=_MAX_SEARCH_LENGTH,
            on_change=choices.record_press,
        )
    with middle:
        choices.sync_several("tier", citations.TIERS)
        tiers = st.pills(
            "Tier",
            citations.TIERS,
            selection_mode="multi",
            key="tier",
            on_change=choices.record_press,
        )
    with right:
        by = choices.draw_list("Sort by", list(_ORDERS), key="order")
    searched = listed["title"] + " " + listed["publisher"] + " " + listed["source_id"]
    matches = listed[searched.str.contains(words.strip(), case=False, regex=False)]
    matches = matches[matches["tier"].isin(tiers)] if tiers else matches
    column, ascending = _ORDERS.get(by, ("title", True))
    matches = matches.sort_values(column, ascending=ascending, kind="stable")
    st.markdown(f"{len(matches)} of {len(listed)} sources")
    if len(matches) <= _MAX_SOURCES:
        return matches
    choices.sync_switch("all")
    if st.toggle("Show all of them", key="all", on_change=choices.record_press):
        return matches
    return matches.head(_MAX_SOURCES)


def _choose_table(titles: dict[str, str]) -> str:
    """Draw the choice of a table of the package, by title, and return its name."""
    names = {title: name for name, title in titles.items()}
    return names[choices.draw_list("Table", list(names), key="table")]


def _choose_extent(filters: Filters, shown: int, total: int) -> Filters | None:
    """Draw the choice of taking what is filtered or everything; None is everything."""
    if not filters:
        st.markdown(f"Files cover all {total} areas unless you filter.")
        return None
    labels = {
        "filtered": f"What is filtered ({formatting.describe_filters(filters, shown, total)})",
        "everything": f"Everything (all {total} areas)",
    }
    # The words of the first change with the filters; what is chosen must not.
    chosen = st.radio(
        "What to take",
        list(labels),
        format_func=labels.get,
        key="extent",
        on_change=choices.record_press,
    )
    return None if chosen == "everything" else filters
