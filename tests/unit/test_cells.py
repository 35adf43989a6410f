"""Cells of tables: plain text, figures and links, and nothing that is markup."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import injection
from dashboard import exhibits, formatting
from dashboard.data import loader
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.exhibits import NOT_FOUND, Exhibit, Link, Links, Number
from dashboard.topics import sources
from dashboard.topics.areas import comparison as facts_comparison
from dashboard.topics.areas import exhibits as areas
from dashboard.topics.areas import map_measures
from dashboard.topics.areas.facts import AreaFacts, compute_area_facts
from dashboard.topics.comparators import all_measures, quiet_line
from dashboard.topics.funding import areas as funding
from dashboard.topics.funding import comparison, programme, successor
from dashboard.topics.index_ranks import exhibits as index_ranks
from dashboard.topics.outcomes import exhibits as outcomes
from injection import Planted

Tables = dict[str, pd.DataFrame]

NASTY = "*bold* [x](javascript:alert(1)) <b>"
FIRST = {
    "Academic year",
    "Area",
    "Claim",
    "Column",
    "District",
    "Fact",
    "Priority",
    "Measure",
    "Missing",
    "Money",
    "On",
    "Place",
    "Source",
    "Table",
    "Title",
    "What",
}
# The columns that hold figures alone, and what stands there without one.
FIGURES = {
    "Against England": {""},
    "Amount": {NOT_FOUND},
    "Change": {"Not computed"},
    "England": {""},
    "England, same year": set[str](),
    "Fourth-year money": {NOT_FOUND},
    "Fourth-year money per child": {NOT_FOUND},
    "Fourth-year money per child (computed)": {NOT_FOUND},
    "Deprived neighbourhoods": set[str](),
    "Inferred": set[str](),
    "People": set[str](),
    "Population": set[str](),
    "Primary": set[str](),
    "Rank": {NOT_FOUND},
    "Secondary": set[str](),
}
NO_VALUE = {"no figure", "not computed"}
YEAR = r"20\d\d/\d\d( \(break\))?"
# In the list of an area's measures a change is told in words; a year or a day is no figure.
IN_WORDS = {"Announced", "Date", "Index"}
AMOUNT = r"[+−]?£?[\d,]+(\.\d+)?( million)?%?"


def list_exhibits(data: Data) -> Iterator[Exhibit]:
    """Yield every exhibit there is."""
    facts = compute_area_facts(data)
    yield areas.build_at_a_glance(data, facts)
    yield facts_comparison.build_side_by_side(data, facts[:4])
    yield from (map_measures.build_map(data, facts, one) for one in map_measures.MAP_MEASURES)
    yield map_measures.build_map(data, facts, None)
    yield programme.build_totals(data)
    yield programme.build_research_school_money(data)
    yield programme.build_other_announcements(data)
    yield funding.build_fourth_year(data, facts)
    yield funding.build_fourth_year_per_child(data, facts)
    yield funding.build_fifth_year(data, facts)
    yield funding.build_every_amount(data, facts)
    yield successor.build_local_needs_fund(data, facts)
    yield comparison.build_side_by_side(data, facts[:4])
    yield index_ranks.build_ranks(data, facts)
    yield from index_ranks.build_disagreements(data, facts)
    yield index_ranks.build_claims(data)
    yield all_measures.build_all_measures(data, facts, whole_authorities=True)
    for area in to_rows(facts, AreaFacts):
        yield from list_exhibits_of_area(data, area)
    for measure in outcomes.list_measures(data):
        view = outcomes.build_view(data, measure, facts)
        yield outcomes.build_overlaid(data, view)
        yield quiet_line.build_values(data, view)
        yield outcomes.build_changes(data, view)
        yield outcomes.build_breaks(data, measure)


def list_exhibits_of_area(data: Data, area: AreaFacts) -> Iterator[Exhibit]:
    yield areas.build_facts(data, area)
    yield areas.build_profile(data, area)
    yield areas.build_priorities(data, area)
    yield funding.build_amounts_of_area(data, area)
    yield index_ranks.build_ranks_of_area(data, area)
    yield outcomes.build_outcomes_of_area(data, area)


def list_tables(data: Data) -> Tables:
    """Return the table of every exhibit, and the lists that hold no figure of their own."""
    tables = {one.id: one.table for one in list_exhibits(data)}
    tables |= {
        "disagreements": sources.tabulate_disagreements(data),
        "gaps": sources.tabulate_gaps(data),
        "sources": sources.tabulate_sources(data, data.sources),
        "tiers": sources.tabulate_tiers(data),
    }
    return tables | {
        f"columns of {one['name']}": sources.tabulate_columns(one["schema"])
        for one in data.descriptor["resources"]
        if "schema" in one
    }


def list_cells(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield each cell with the name of its table and its heading."""
    for name, table in tables.items():
        for heading in table.columns:
            yield from ((name, heading, cell) for cell in table[heading])


def list_links(cell: str) -> tuple[str, ...]:
    """Return the links of a cell, as links or, where they have no address, as text."""
    return cell.links if isinstance(cell, Links) else (cell,)


@pytest.fixture(scope="module")
def tables(content: Data) -> Tables:
    return list_tables(content)


@pytest.fixture(scope="module")
def planted_tables(planted: Planted) -> Tables:
    return list_tables(loader.load(planted.folder))


@pytest.mark.slow
def test_every_cell_is_text_without_markup(tables: Tables) -> None:
    assert all((table.dtypes == "object").all() for table in tables.values())
    cells = list(list_cells(tables))
    assert [one for one in cells if not isinstance(one[2], str)] == []
    assert [one for one in cells if re.search(r"\\|\]\(|\*\*|\u2060|\n", one[2])] == []
    assert [one for one in tables.values() for name in one.columns if "\\" in name] == []


@pytest.mark.slow
def test_the_first_column_names_every_row(tables: Tables) -> None:
    shown = {name: table for name, table in tables.items() if not table.empty}
    assert {table.columns[0] for table in shown.values()} == FIRST
    assert [name for name, table in shown.items() if not all(table.iloc[:, 0])] == []


def test_a_column_of_figures_holds_figures(tables: Tables) -> None:
    seen = set()
    for name, heading, cell in list_cells(tables):
        told_in_words = heading == "Change" and "Measure" in tables[name]
        if told_in_words or not (heading in FIGURES or re.fullmatch(YEAR, heading)):
            continue
        seen.add(heading)
        assert isinstance(cell, Number) or cell in FIGURES.get(heading, NO_VALUE), name
    assert set(FIGURES) < seen


def test_what_is_just_a_figure_is_told_as_one(tables: Tables) -> None:
    for name, heading, cell in list_cells(tables):
        if re.fullmatch(AMOUNT, cell) and heading not in IN_WORDS:
            assert isinstance(cell, Number), (name, heading, cell)


def test_a_figure_holds_one(tables: Tables) -> None:
    figures = {cell for _, _, cell in list_cells(tables) if isinstance(cell, Number)}
    assert len(figures) > 100
    assert [one for one in figures if not re.search(AMOUNT, one) or len(one) > 80] == []


def test_a_link_leads_to_the_source_it_names(content: Data, tables: Tables) -> None:
    links = {
        (str(link), link.address)
        for *_, cell in list_cells(tables)
        for link in list_links(cell)
        if isinstance(link, Link)
    }
    assert len(links) > 20
    known = content.source_by_id.values()
    named = {(row["title"], row["url"]) for row in known}
    named |= {
        (f"{row['publisher']}, {formatting.format_day(row['date'])}", row["url"]) for row in known
    }
    assert links <= named


@pytest.mark.slow
def test_planted_text_is_plain_in_every_table(planted: Planted, planted_tables: Tables) -> None:
    addresses = set(planted.column("sources", "url"))
    found: set[str] = set()
    for _, _, cell in list_cells(planted_tables):
        marks = re.findall(r"mk\d+x", cell)
        found.update(marks)
        assert not marks or injection.LITERAL in cell
        assert not marks or "[mkpress](javascript:window.planted=3)" in cell
        for link in list_links(cell):
            assert not isinstance(link, Link) or link.address in addresses
    of_cells = {
        ("areas", "label"),
        ("claims", "claim"),
        ("claims", "finding"),
        ("disagreements", "says"),
        ("funding_areas", "overlaps"),
        ("funding_areas", "what"),
        ("funding_programme", "title"),
        ("gaps", "detail"),
        ("measures", "title"),
        ("priorities", "priority"),
        ("series_breaks", "reason"),
        ("sources", "publisher"),
        ("sources", "title"),
    }
    assert {one for one in of_cells if planted.marks[one] not in found} == set()


@pytest.mark.slow
def test_headings_are_plain_too(planted: Planted, planted_tables: Tables) -> None:
    headings = planted_tables["facts-side-by-side"].columns
    assert list(headings[1:]) == [
        " ".join(one.split()) for one in planted.column("areas", "label")[:4]
    ]
    assert list(planted_tables["money-side-by-side"].columns[1:]) == list(headings[1:])


@pytest.mark.slow
def test_words_that_only_our_rules_refuse_are_plain_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    injection.plant_few_words(tmp_path / "data")
    monkeypatch.setattr(loader, "check", lambda _: [])
    cells = [cell for *_, cell in list_cells(list_tables(loader.load(tmp_path / "data")))]
    told = [one for one in cells if "mkbold" in one]
    assert len(told) > 100
    assert [one for one in told if injection.SHORT not in one] == []
    assert [one for one in told if isinstance(one, Number) and not re.search(AMOUNT, one)] == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a", "", None]
)
def test_only_an_address_of_the_web_makes_a_link(address: str | None) -> None:
    link = exhibits.make_link(NASTY, address)
    assert type(link) is str
    assert link == NASTY
    assert exhibits.make_link(None, address) == ""


def test_a_link_has_words_and_an_address() -> None:
    link = exhibits.make_link(f" {NASTY}\n", "https://a.example/(b)")
    assert isinstance(link, Link)
    assert (link, link.address) == (NASTY, "https://a.example/(b)")


def test_several_links_are_words_and_each_of_them() -> None:
    link = exhibits.make_link("a", "https://a.example")
    both = Links([link, "b"])
    assert both == "a; b"
    assert both.links == (link, "b")
    assert both.links[0] is link


def test_a_table_keeps_what_its_cells_are() -> None:
    link, both = exhibits.make_link("a", "http://a.example"), Links(["a", "b"])
    rows: list[dict[str, object]] = [
        {"What": f"{NASTY}\n", "Amount": Number("£1"), "Source": link, "Note": None},
        {"What": 5, "Amount": pd.NA, "Sources": both, "Note": float("nan")},
    ]
    table = exhibits.build_table(rows)
    assert table.to_dict("records") == [
        {"What": NASTY, "Amount": "£1", "Source": "a", "Sources": ""},
        {"What": "5", "Amount": "", "Source": "", "Sources": "a; b"},
    ]
    assert [type(one) for one in table["Amount"]] == [Number, str]
    assert table["Source"][0] is link
    assert table["Sources"][1] is both
    assert exhibits.build_table([]).empty


def test_columns_side_by_side_keep_what_their_cells_are() -> None:
    columns: dict[str, dict[str, object]] = {
        "A": {"x": Number("1"), "y": "b"},
        "B": {"x": None, "z": NASTY},
    }
    table = exhibits.build_table_of_columns("Fact", columns)
    assert table.to_dict("list") == {
        "Fact": ["x", "y", "z"],
        "A": ["1", "b", ""],
        "B": ["", "", NASTY],
    }
    assert isinstance(table["A"][0], Number)
    assert exhibits.build_table_of_columns("Fact", {}).empty


@pytest.mark.parametrize(
    ("pounds", "qualifier", "shown"),
    [
        (1_200_000, "exactly", "£1.2 million"),
        (1_200_000, "about", "about £1.2 million"),
        (3, "computed", "£3 (computed)"),
        (3, None, "£3"),
        (3, NASTY, f"{NASTY} £3"),
    ],
)
def test_an_amount_is_a_figure(pounds: int, qualifier: str | None, shown: str) -> None:
    cell = exhibits.format_money_cell(pounds, qualifier)
    assert isinstance(cell, Number)
    assert cell == shown


def test_an_amount_not_found_is_no_figure() -> None:
    for cell in (exhibits.format_money_cell(None), exhibits.format_amount_cell(None, "pounds")):
        assert type(cell) is str
        assert cell == NOT_FOUND
    assert isinstance(exhibits.format_amount_cell(12.5, "per cent"), Number)
