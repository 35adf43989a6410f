"""How wide and how tall text is in a spreadsheet, in pixels at 96 to the inch, for Arial at 12.

A spreadsheet's file holds the width of each column and the height of each row, and neither Excel
nor LibreOffice works them out again for every cell on opening. So they are estimated here, from
the widths that Arial and its free equivalent Liberation Sans share, on the generous side.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

# In thousandths of the font's size.
_WIDTHS = {
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
_BY_CHARACTER = {character: width for width, group in _WIDTHS.items() for character in group}
_OTHER, _WIDE = 722, 1300
_FONT_PX = 16
# Letters are fitted to whole pixels on screen, and bold ones are wider.
_MARGIN, _BOLD = 1.05, 1.1
# A line may end after each of these.
_PIECES = re.compile(r"[^ /?&–—-]*[ /?&–—-]*")

LINE_PX = 21
PADDING_PX = 12
# What keeps the text of a column off that of the next.
INDENT_PX = 10
# Excel counts a column's width in digits of the book's font: nine pixels each, seven at the edges.
DIGIT_PX, EDGE_PX = 9, 7


def measure_text(text: str, *, bold: bool = False) -> float:
    """Return the width of one line of text."""
    thousandths = sum(map(_measure_character, text))
    return thousandths / 1000 * _FONT_PX * _MARGIN * (_BOLD if bold else 1)


def measure_widest_line(text: str, *, bold: bool = False) -> float:
    """Return the width of a text's widest line, as its author broke it."""
    return max((measure_text(line, bold=bold) for line in text.splitlines()), default=0)


def measure_name(name: str) -> float:
    """Return the width that a column's name needs, in bold, so that no font breaks it."""
    return max(measure_widest_line(name, bold=True), len(name) * DIGIT_PX)


def count_lines(text: str, width_px: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a cell of some width that wraps it between words."""
    room = width_px - PADDING_PX - INDENT_PX
    characters = max(1.0, (width_px - EDGE_PX) / DIGIT_PX)
    return sum(_count_lines(line, room, characters, bold) for line in text.splitlines() or [""])


def _count_lines(line: str, room: float, characters: float, bold: bool) -> int:
    # An address is broken by letters in Excel, and at its hyphens and slashes in LibreOffice.
    lines = max(
        _count_wrapped(line.split(" "), " ", room, bold),
        _count_wrapped(_PIECES.findall(line), "", room, bold),
    )
    # Where a computer has no Arial, a letter may be as wide as a digit. What is in one line with
    # room to spare stays there: a long table would have an empty line in every row.
    return lines if lines == 1 else max(lines, ceil(len(line) / characters))


def _count_wrapped(words: Sequence[str], between: str, room: float, bold: bool) -> int:
    """Return the lines that words become; one wider than the cell is broken by letters."""
    space = measure_text(between, bold=bold)
    lines, used = 1, 0.0
    for word in words:
        # The space at a line's end needs no room.
        width = measure_text(word.rstrip(" "), bold=bold)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            # A letter that does not fit at a line's end leaves its place empty.
            per_line = max(1.0, room - _FONT_PX * _MARGIN)
            lines += int(width // per_line)
            width %= per_line
        used += (space if used else 0) + width + measure_text(word[len(word.rstrip(" ")) :])
    return lines


@lru_cache(maxsize=4096)
def _measure_character(character: str) -> int:
    if character in _BY_CHARACTER:
        return _BY_CHARACTER[character]
    if unicodedata.combining(character):
        return 0
    # “é” is as wide as “e”.
    base = unicodedata.normalize("NFD", character)[0]
    if base in _BY_CHARACTER:
        return _BY_CHARACTER[base]
    is_wide = unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF  # noqa: PLR2004 - the end of the first plane
    return _WIDE if is_wide else _OTHER
