"""Documents as PDF/UA-1, whatever script their text is in. For the converters' process alone.

PDF/UA-1 wants each character to have a shape, and the typesetter's own fonts have those of Latin,
Greek, Cyrillic, Hebrew, Arabic and some more: no emoji, no Chinese. It refuses the whole document
for one character. So characters that it cannot show are replaced by words that say so.
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
# As in the brief's template: what its fonts have, in the weights that it uses.
_PROBE = b"""#set document(title: "Probe")
#set text(font: "Libertinus Serif", lang: "en")
#sys.inputs.text #strong(sys.inputs.text)"""
# Other characters that Python takes for spaces, such as U+001F, the typesetter does not.
_PLAIN = re.compile(r"[\x20-\x7e\t\n\r]*")
_WORD = re.compile(r"[^ \t\n\r]+")
# The field of a document that holds where a link goes.
_ADDRESS = "url"
_MISSING = "\N{REPLACEMENT CHARACTER}"
# A sequence of emoji is held together by characters without a shape of their own.
_RUN = re.compile(f"{_MISSING}(?:[\u200d\ufe0e\ufe0f]*{_MISSING})*[\u200d\ufe0e\ufe0f]*")


def make_pdf(template: str, document: str, day: datetime) -> bytes:
    """Return a document, given as JSON, as a template lays it out.

    Raises:
        typst.TypstError: the template is faulty.
    """
    # A lone half of a pair is no character, and cannot be handed on.
    document = document.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    try:
        return _compile(template, document, day)
    except typst.TypstError:
        content = json.loads(document)
        if _map_text(content, _without_marks) == content:
            raise
    try:
        return _compile(template, json.dumps(_map_text(content, replace_missing)), day)
    except typst.TypstError:
        return _compile(template, json.dumps(_map_text(content, _without_marks)), day)


def replace_missing(text: str) -> str:
    """Return a text with the characters that no font has replaced by how many are not shown."""
    return _count_missing(_WORD.sub(lambda word: _showable(word[0]), text))


@cache
def _showable(word: str) -> str:
    if _can_show(word):
        return word
    kept = "".join(character if _can_show(character) else _MISSING for character in word)
    # Characters that can be shown alone may not be together, such as a letter and its mark.
    return kept if _can_show(kept) else _without_marks(word, counted=False)


@cache
def _can_show(text: str) -> bool:
    """Tell whether each character of a text has a shape, by setting it in the same fonts."""
    if _PLAIN.fullmatch(text):
        return True
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"text": text},
            pdf_standards=_STANDARDS,
        )
    except typst.TypstError:
        return False
    return True


def _without_marks(text: str, *, counted: bool = True) -> str:
    """Return a text in ASCII: letters without their marks, and how many others are not shown."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    kept = "".join(c if _PLAIN.fullmatch(c) else _MISSING for c in letters)
    return _count_missing(kept) if counted else kept


def _count_missing(text: str) -> str:
    return _RUN.sub(lambda run: _say_missing(run[0].count(_MISSING)), text)


def _say_missing(count: int) -> str:
    return f"[{count} character{'' if count == 1 else 's'} not shown]"


def _map_text(content: Any, change: Callable[[str], str]) -> Any:
    """Return JSON with each text that is shown changed; names of fields and addresses stay."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, list):
        return [_map_text(part, change) for part in content]
    if isinstance(content, dict):
        return {
            name: part if name == _ADDRESS else _map_text(part, change)
            for name, part in content.items()
        }
    return content


def _compile(template: str, document: str, day: datetime) -> bytes:
    made = typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"brief": document},
        pdf_standards=_STANDARDS,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=day,
    )
    if not isinstance(made, bytes):
        raise TypeError("the template made more than one document")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that the typesetter brings along, read once."""
    return typst.Fonts(include_system_fonts=False)
