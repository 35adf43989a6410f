"""Renders documents as PDF/UA-1, whatever their script; imported by the child process alone.

The typesetter refuses a whole document for one character without a glyph. Its own fonts have Latin,
Greek, Cyrillic, Hebrew, Arabic and some more, but no emoji and no Chinese. So characters that it
cannot show are replaced by a note of how many are not shown.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import typst

_STANDARDS: list[Any] = ["ua-1"]
# The font and the weights of the brief's template.
_PROBE = b"""#set document(title: "Probe")
#set text(font: "Libertinus Serif", lang: "en")
#sys.inputs.text #strong(sys.inputs.text)"""
# Python's ``\s`` has more characters, such as U+001F, that are no spaces to the typesetter.
_ASCII_TEXT = re.compile(r"[\x20-\x7e\t\n\r]*")
_WORD = re.compile(r"[^ \t\n\r]+")
# The field of a document that holds a link's target.
_URL_FIELD = "url"
_MISSING = "\N{REPLACEMENT CHARACTER}"
# A sequence of emoji is joined by characters that have no glyph of their own.
_MISSING_RUN = re.compile(f"{_MISSING}(?:[\u200d\ufe0e\ufe0f]*{_MISSING})*[\u200d\ufe0e\ufe0f]*")


def render_pdf(template: str, document: str, day: datetime) -> bytes:
    """Render a document, given as JSON, with a template.

    Raises:
        typst.TypstError: the template is faulty.
    """
    # A lone surrogate cannot be encoded as UTF-8.
    document = document.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    try:
        return _compile(template, document, day)
    except typst.TypstError:
        content = json.loads(document)
        if _map_text(content, _strip_marks) == content:
            raise
    try:
        return _compile(template, json.dumps(_map_text(content, replace_missing)), day)
    except typst.TypstError:
        return _compile(template, json.dumps(_map_text(content, _strip_marks)), day)


def replace_missing(text: str) -> str:
    """Replace the characters that no font has by a note of how many are not shown."""
    return _replace_missing_marks(_WORD.sub(lambda word: _replace_unshowable(word[0]), text))


@cache
def _replace_unshowable(word: str) -> str:
    if _can_show(word):
        return word
    replaced = "".join(character if _can_show(character) else _MISSING for character in word)
    # Characters that have a glyph alone may have none together, such as a letter and its mark.
    return replaced if _can_show(replaced) else _strip_marks(word, counted=False)


@cache
def _can_show(text: str) -> bool:
    """Tell whether each character of a text has a glyph, by rendering it in the same fonts."""
    if _ASCII_TEXT.fullmatch(text):
        return True
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            font_paths=_load_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"text": text},
            pdf_standards=_STANDARDS,
        )
    except typst.TypstError:
        return False
    return True


def _strip_marks(text: str, *, counted: bool = True) -> str:
    """Reduce a text to ASCII: letters without their marks, other characters as missing."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    replaced = "".join(c if _ASCII_TEXT.fullmatch(c) else _MISSING for c in letters)
    return _replace_missing_marks(replaced) if counted else replaced


def _replace_missing_marks(text: str) -> str:
    return _MISSING_RUN.sub(lambda run: _describe_missing(run[0].count(_MISSING)), text)


def _describe_missing(count: int) -> str:
    return f"[{count} character{'' if count == 1 else 's'} not shown]"


def _map_text(content: Any, change: Callable[[str], str]) -> Any:
    """Apply a function to each text of a JSON value except names of fields and links' targets."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [_map_text(part, change) for part in content]
    if isinstance(content, dict):
        return {
            name: part if name == _URL_FIELD else _map_text(part, change)
            for name, part in content.items()
        }
    return content


def _compile(template: str, document: str, day: datetime) -> bytes:
    pdf = typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"brief": document},
        pdf_standards=_STANDARDS,
        font_paths=_load_fonts(),
        ignore_system_fonts=True,
        timestamp=day,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the template made more than one document")
    return pdf


@cache
def _load_fonts() -> typst.Fonts:
    """Load the typesetter's own fonts, once."""
    return typst.Fonts(include_system_fonts=False)
