"""Estimates how wide and how tall text is in a spreadsheet: Arial at 12 points, in pixels (96 dpi).

A file states the width of each column and the height of each row, and neither Excel nor
LibreOffice adapts them to every cell on opening. The estimates are generous, and rest on the
widths that Arial and its free equivalent Liberation Sans share.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

# Characters by their width in thousandths of the font's size.
_CHARACTERS_BY_WIDTH = {
    222: "ijl",
    191: "'",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r“”",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckxyzvs",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~−",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_WIDTH_BY_CHARACTER = {
    character: width for width, group in _CHARACTERS_BY_WIDTH.items() for character in group
}
_DEFAULT_WIDTH, _WIDE_CHARACTER_WIDTH = 722, 1300
_FONT_PX = 16
# Screens round letters to whole pixels; bold ones are wider.
_SCREEN_FACTOR, _BOLD_FACTOR = 1.05, 1.1
# A line can break after each match.
_BREAKABLE_PIECES = re.compile(r"[^ /?&–—-]*[ /?&–—-]*")

LINE_PX = 21
PADDING_PX = 12
# Keeps the text of a column apart from that of the next.
INDENT_PX = 10
# Excel counts a column's width in digits of the book's font: nine pixels each, seven at the edges.
DIGIT_PX, EDGE_PX = 9, 7


def measure_text(text: str, *, bold: bool = False) -> float:
    """Return the width of one line of text."""
    thousandths = sum(map(_measure_character, text))
    return thousandths / 1000 * _FONT_PX * _SCREEN_FACTOR * (_BOLD_FACTOR if bold else 1)


def measure_widest_line(text: str, *, bold: bool = False) -> float:
    """Return the width of the widest of a text's own lines."""
    return max((measure_text(line, bold=bold) for line in text.splitlines()), default=0)


def measure_name(name: str) -> float:
    """Return the width that a column's name needs in bold to stay in one line in any font."""
    return max(measure_widest_line(name, bold=True), len(name) * DIGIT_PX)


def count_lines(text: str, width_px: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a cell of a width that wraps between words."""
    room = width_px - PADDING_PX - INDENT_PX
    characters = max(1.0, (width_px - EDGE_PX) / DIGIT_PX)
    return sum(_count_lines(line, room, characters, bold) for line in text.splitlines() or [""])


def _count_lines(line: str, room: float, characters: float, bold: bool) -> int:
    # Excel breaks an address between any letters, LibreOffice at its hyphens and slashes.
    lines = max(
        _count_wrapped(line.split(" "), " ", room, bold),
        _count_wrapped(_BREAKABLE_PIECES.findall(line), "", room, bold),
    )
    # Without Arial, a letter may be as wide as a digit. A text of one line is not given a second:
    # a long table would have an empty line in every row.
    return lines if lines == 1 else max(lines, ceil(len(line) / characters))


def _count_wrapped(words: Sequence[str], between: str, room: float, bold: bool) -> int:
    """Return the lines that words take; one wider than the cell breaks between letters."""
    space = measure_text(between, bold=bold)
    lines, used = 1, 0.0
    for word in words:
        # The space at a line's end needs no room.
        width = measure_text(word.rstrip(" "), bold=bold)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            # A letter that does not fit leaves a gap at the line's end.
            per_line = max(1.0, room - _FONT_PX * _SCREEN_FACTOR)
            lines += int(width // per_line)
            width %= per_line
        used += (space if used else 0) + width + measure_text(word[len(word.rstrip(" ")) :])
    return lines


@lru_cache(maxsize=4096)
def _measure_character(character: str) -> int:
    if character in _WIDTH_BY_CHARACTER:
        return _WIDTH_BY_CHARACTER[character]
    if unicodedata.combining(character):
        return 0
    # “é” is as wide as “e”.
    base = unicodedata.normalize("NFD", character)[0]
    if base in _WIDTH_BY_CHARACTER:
        return _WIDTH_BY_CHARACTER[base]
    is_wide = unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF  # noqa: PLR2004 - the end of the first plane
    return _WIDE_CHARACTER_WIDTH if is_wide else _DEFAULT_WIDTH
