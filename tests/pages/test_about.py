"""The page about the dashboard: what it must say, in words that a pupil of 14 can read."""

import re
from typing import Any

import pytest
import textstat

from dashboard import glossary
from opening import opened, shown

SECTIONS = [
    "What these figures are",
    "Method",
    "Words used here",
    "Accessibility statement",
    "Privacy",
    "Licence and changes",
]
# Automated readability index: the American school grade, age less five.
GRADE = 9
# The other pages say little but names, which no formula reads.
PAGES = ["funding", "compare", "sources", "about"]


def test_its_parts_are_in_order() -> None:
    assert [one.value for one in opened("about").header] == SECTIONS


@pytest.mark.parametrize(
    "words",
    [
        "not official statistics",
        "partially compliant",
        "Web Content Accessibility Guidelines version 2.2",
        "Last tested on",
        "Equality Advisory and Support Service",
        "keeps nothing about you",
        "MIT licence",
        "Crown copyright",
    ],
)
def test_it_says(words: str) -> None:
    assert words in shown(opened("about"))


def test_every_word_of_the_glossary_is_there() -> None:
    said = shown(opened("about"))
    assert all(f"**{term}**: " in said for term in glossary.TERMS)
    assert list(glossary.TERMS) == sorted(glossary.TERMS, key=str.casefold)


def prose(block: Any) -> list[str]:
    """Return what a page says in sentences of its own: no tables, lists of sources, or popovers."""
    found = []
    for child in getattr(block, "children", {}).values():
        if child.type in ("markdown", "info") and not str(child.value).startswith((":small", "**")):
            found.append(str(child.value))
        if child.type not in ("popover", "expander"):
            found += prose(child)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_it_reads_easily(page: str) -> None:
    said = "\n".join(prose(opened(page).main))
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"^- (.*)$", r"\1.", said, flags=re.M))
    words = re.sub(r"[*\\#]", "", plain)
    assert len(words.split()) > 20
    assert textstat.automated_readability_index(words) <= GRADE
