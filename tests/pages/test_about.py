"""The page about the dashboard: what it must say, in words that a pupil of 14 can read."""

import re
from datetime import datetime
from typing import Any

import pytest
import textstat

from apptest import PAGES, get_text, parse_html, view_page
from dashboard import changelog
from dashboard.topics import glossary

SECTIONS = [
    "What these figures are",
    "Method",
    "Words used here",
    "Accessibility statement",
    "Privacy",
    "Licence and changes",
]
# Those of the model accessibility statement for public bodies, in our words.
STATEMENT = [
    "How accessible this dashboard is",
    "Feedback and contact",
    "Other forms",
    "Enforcement",
    "Commitment",
    "Compliance status",
    "Content that is not accessible",
    "Content that is not within the scope of the regulations",
    "What we are doing",
    "Preparation of this statement",
]
# Automated readability index: the American school grade, age less five.
GRADE = 9
ADDRESS = {"profile": {"area": "Hastings"}}


def test_its_parts_are_in_order() -> None:
    assert [one.value for one in view_page("about").header] == SECTIONS


@pytest.mark.parametrize(
    "words",
    [
        "not official statistics",
        "partially compliant",
        "Web Content Accessibility Guidelines version 2.2",
        "are responsible for how it works",
        "(Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
        "within 10 working days",
        "disproportionate burden",
        "Online maps are exempt",
        "was prepared on 23 November 2026",
        "Equality Advisory and Support Service",
        "Equality and Human Rights Commission (EHRC)",
        "Equality Commission for Northern Ireland (ECNI)",
        "keeps nothing about you",
        "MIT licence",
        "Crown copyright",
    ],
)
def test_it_says(words: str) -> None:
    assert words in get_text(view_page("about"))


def test_the_statement_has_the_parts_of_the_model_form() -> None:
    assert [one.value for one in view_page("about").subheader] == STATEMENT


def test_what_fails_is_named_with_its_criterion_and_level() -> None:
    (said,) = (one.value for one in view_page("about").markdown if "may fail" in str(one.value))
    fails = [line for line in said.splitlines() if line.startswith("- ")]
    assert fails
    assert [
        line for line in fails if not re.search(r"\(\d\.\d\.\d+, level A{1,2}\)\.$", line)
    ] == []


def test_the_statement_was_reviewed_with_the_newest_change() -> None:
    days = [changelog.read_latest_version(part)[1] for part in ("Figures", "Program")]
    newest = max(days, key=lambda day: datetime.strptime(day, "%d %B %Y"))
    assert f"last reviewed on {newest}" in get_text(view_page("about"))


def test_every_word_of_the_glossary_is_there() -> None:
    said = get_text(view_page("about"))
    assert all(f"**{term}**: " in said for term in glossary.TERMS)
    assert list(glossary.TERMS) == sorted(glossary.TERMS, key=str.casefold)


def prose(block: Any) -> list[str]:
    """Return what a page says in sentences of its own: no tables, lists of facts, or popovers."""
    found = []
    for child in getattr(block, "children", {}).values():
        if child.type in ("markdown", "info") and is_prose(str(child.value)):
            found.append(str(child.value))
        if child.type == "html":
            found += read_paragraphs(child)
        if child.type not in ("popover", "expander"):
            found += prose(child)
    return found


def read_paragraphs(element: Any) -> list[str]:
    """Return the sentences of an element of HTML: no line of sources."""
    paragraphs = (
        one for root in parse_html(element) for one in root.xpath("p[not(@class='source')]")
    )
    return [said for one in paragraphs if is_prose(said := str(one.text_content()))]


def is_prose(said: str) -> bool:
    """Tell sentences from names, keys of charts, links and facts a line each."""
    if said.startswith((":", "**")) or "  \n" in said:
        return False
    return said.startswith("- ") or said.endswith((".", ".)"))


def words_of(said: str) -> str:
    """Return Markdown as words: no sources in brackets, a sentence for each line of a list."""
    cited = re.sub(r" \((\[[^\]]*\]\([^)]*\))\)", "", said)
    listed = re.sub(r"^(?:-|\d+\.) (.*?)\.?$", r"\1.", cited, flags=re.MULTILINE)
    return re.sub(r"[*\\#]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", listed))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_it_reads_easily(page: str) -> None:
    words = words_of("\n".join(prose(view_page(page, **ADDRESS.get(page, {})).main)))
    assert len(words.split()) > 20
    assert textstat.automated_readability_index(words) <= GRADE
