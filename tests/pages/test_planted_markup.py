"""Which planted texts reach the pages: what ``tests/browser/test_planted_markup.py`` looks at."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import injection
from apptest import PAGES, open_page, parse_html, view_page
from dashboard.data import loader
from injection import Planted

# Areas that between them have something in every column.
AREAS = ("north-yorkshire-coast", "west-somerset", "hastings", "doncaster")
# Measures that between them have a note, a break and a gap of each kind.
MEASURES = 4
# Texts that no page draws. A new page that draws one takes it off this list.
IN_FILES_ALONE = {
    ("areas", "lat_lon_note"),
    ("areas", "note"),
    ("areas", "plan_note"),
    ("districts", "note"),
    ("districts", "upper_tier_name"),
    ("evaluations", "commissioner"),
    ("evaluations", "covers"),
    ("evaluations", "data_period"),
    ("evaluations", "method"),
    ("evaluations", "title"),
    ("measures", "age_or_stage"),
    ("outcome_spread", "note"),
    ("research_schools", "lat_lon_note"),
    ("research_schools", "postcode_note"),
    ("sources", "date_note"),
    ("sources", "note"),
}


@pytest.mark.slow
def test_every_text_is_on_a_page_or_in_files_alone(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))
    drawn: set[str] = set()
    for page in PAGES:
        drawn |= marks(view_page(page))
    for area in AREAS:
        drawn |= marks(view_page("profile", area=planted.label(area)))
    for title in planted.column("measures", "title")[:MEASURES]:
        drawn |= marks(view_page("outcomes", measure=title))
    for table, column in (("towns", "town"), ("other_towns", "town"), ("index_2016", "district")):
        name = planted.column(table, column)[0]
        test = open_page("overview")
        drawn |= marks(test.sidebar.text_input[0].set_value(name).run())
    missing = {one for one, mark in planted.marks.items() if mark not in drawn}
    assert sorted(missing) == sorted(IN_FILES_ALONE)


# All that tables, headline figures, cards and drawings are made of, with the attributes of each.
ELEMENTS = {
    "div": {"class", "tabindex", "role", "aria-label"},
    "table": set(),
    "caption": set(),
    "span": {"class", "role"},
    "button": {"type", "class", "aria-label"},
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope", "class", "data-order"},
    "td": {"class", "data-order"},
    "a": {"href"},
    "p": {"class", "aria-hidden"},
    "dl": {"class"},
    "dt": set(),
    "dd": {"class"},
    "figure": set(),
    "figcaption": set(),
    "img": {"src", "alt"},
    "article": {"class"},
    "h3": {"id"},
    "strong": set(),
    "br": set(),
    "details": set(),
    "summary": set(),
    "ul": set(),
    "li": set(),
}


@pytest.mark.slow
def test_planted_texts_are_text_in_tables_and_figures(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(planted.folder))
    seen = 0
    for page, address in [
        *((page, {}) for page in PAGES),
        *(("profile", {"area": planted.label(area)}) for area in AREAS),
        *(("sources", {"part": part}) for part in ("Sources", "Disagreements", "Gaps", "Tables")),
    ]:
        for root in parse_html(view_page(page, **address)):
            seen += injection.LITERAL in root.text_content()
            for element in root.iterdescendants():
                assert set(element.attrib) <= ELEMENTS[element.tag], element.tag
                if element.tag == "a":
                    assert re.match(r"https?://|(profile|sources)\?", element.get("href"))
    assert seen > len(PAGES)


# What shows a text as it is; the rest is Markdown.
PLAIN = {"VegaLiteChart", "ArrowVegaLiteChart", "ComponentInstance", "Code", "Selectbox", "Html"}
# The choice of a region is written in the address, and so is not escaped: the door refuses others.
PLAIN |= {"ButtonGroup"}


@pytest.mark.slow
def test_words_that_only_our_rules_refuse_are_shown_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Escaping rests on no list of allowed words: the door is left open here."""
    folder = tmp_path / "data"
    columns = injection.plant_few_words(folder)
    assert {("areas", "region"), ("areas", "place_type"), ("funding_areas", "qualifier")} <= columns
    assert {("index_ranks", "as_printed"), ("sources", "date"), ("claims", "verdict")} <= columns
    refused = {(one.file.removesuffix(".csv"), one.column) for one in loader.check(folder)}
    assert columns <= refused
    monkeypatch.setattr(loader, "check", lambda _: [])
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    tests = [view_page(page) for page in PAGES]
    tests += [view_page("profile", area=area) for area in ("Hastings", "West Somerset")]
    acting, seen = set(), 0
    for test in tests:
        for kind, element in _kinds(test._tree):
            seen += "mkbold" in element
            if "**mkbold" in element and kind not in PLAIN:
                acting.add(f"{kind}: …{element.partition('**mkbold')[0][-80:]}")
    assert seen > len(PAGES)
    assert sorted(acting) == []


def _kinds(block: Any) -> Iterator[tuple[str, str]]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _kinds(child)
        if proto := getattr(child, "proto", None):
            # What a table says to who cannot see it is no Markdown.
            yield type(proto).__name__, re.sub(r'(?m)^\s*alt: ".*"$', "", str(proto))


def marks(test: Any) -> set[str]:
    """Return the marks in all that a page sends to the browser, charts and the map included."""
    return {one for element in _elements(test._tree) for one in re.findall(r"mk\d+x", element)}


def _elements(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _elements(child)
        yield str(getattr(child, "proto", "") or "")
