"""Where the words of a small chart stand: beside what they name, and over nothing else.

A small chart is drawn as wide as its place, so each position is judged at the narrowest width and
at a common one. Lengths are in pixels, downward from the chart's top left corner.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

HEIGHT = 170
# Streamlit fits a chart's axis and padding into its height: this is left for the plot.
_PLOT = 137
_WIDTHS = (220.0, 330.0)
_LETTER, _LINE = 6.6, 13.0
_DISTANCES = (12, 25, 38)
_MARGIN = 0.12
_STEP = 3.0
_CLEAR = 2.0
# What a position costs for each thing that a word would lie over, and for standing further off.
_OUTSIDE, _WORD, _STROKE, _MARK, _EDGE = 1000, 100, 30, 20, 2
_OTHER_SIDE, _ASIDE, _FAR = 12, 2, 5

Points = Sequence[tuple[float, float]]


class Word(NamedTuple):
    """Words for a point of a chart, and whether they would rather stand above it."""

    words: str
    year: float
    value: float
    above: bool


class Position(NamedTuple):
    """The year that words are aligned to, how, and how far below their point they stand."""

    align: str
    dy: int
    year: float


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether two rectangles have a point in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies inside, or nearly."""
        across = self.left - _CLEAR < x < self.right + _CLEAR
        return across and self.top - _CLEAR < y < self.bottom + _CLEAR


@dataclass(frozen=True)
class Scene:
    """What a small chart shows: its scales, its strokes, the years before which a series breaks.

    ``edges`` are quiet strokes, those of a band; ``missing`` are years whose place says that
    there is no figure, half-way up.
    """

    years: tuple[float, float]
    values: tuple[float, float]
    strokes: Sequence[Points]
    edges: Sequence[Points]
    breaks: Sequence[float]
    missing: Sequence[float]
    _pixels: dict[float, tuple[list[list[tuple[float, float]]], ...]] = field(default_factory=dict)

    def x(self, year: float, width: float) -> float:
        """Return where a year lies in a chart of some width."""
        first, last = self.years
        return (year - first) / (last - first) * width

    def y(self, value: float) -> float:
        """Return where a value lies."""
        low, high = self.values
        return (high - value) / (high - low) * _PLOT

    def limit(self, year: float) -> float:
        """Return how far right words at a year may end: at a break or the chart's end, if near."""
        end = min([one for one in self.breaks if one > year] + [self.years[1]]) - _MARGIN
        return end if end < year + 1 else year

    def box(self, word: Word, at: Position, width: float) -> Box:
        """Return the rectangle that words would take at a position."""
        length = len(word.words) * _LETTER
        x, y = self.x(at.year, width), self.y(word.value) + at.dy
        left = x - {"center": length / 2, "right": length, "left": 0.0}[at.align]
        return Box(left, left + length, y - _LINE / 2, y + _LINE / 2)

    def cost(self, box: Box, width: float) -> float:
        """Return what lies under a rectangle."""
        outside = box.left < 0 or box.right > width or box.top < 0 or box.bottom > _PLOT
        strokes, edges = (
            sum(any(box.holds(x, y) for x, y in line) for line in lines)
            for lines in self._drawn(width)
        )
        rules = sum(
            box.left - _CLEAR < self.x(one, width) < box.right + _CLEAR for one in self.breaks
        )
        gaps = sum(box.meets(self._gap(year, width)) for year in self.missing)
        return outside * _OUTSIDE + strokes * _STROKE + edges * _EDGE + (rules + gaps) * _MARK

    def _drawn(self, width: float) -> tuple[list[list[tuple[float, float]]], ...]:
        """Return strokes and edges as points along them, in pixels."""
        kept = self._pixels
        if width not in kept:
            kept[width] = tuple(
                [list(self._along(line, width)) for line in lines]
                for lines in (self.strokes, self.edges)
            )
        return kept[width]

    def _along(self, line: Points, width: float) -> Iterator[tuple[float, float]]:
        pixels = [(self.x(year, width), self.y(value)) for year, value in line]
        yield from pixels
        for (x, y), (to_x, to_y) in pairwise(pixels):
            steps = max(2, int(max(abs(to_x - x), abs(to_y - y)) / _STEP))
            for step in range(1, steps):
                part = step / steps
                yield x + (to_x - x) * part, y + (to_y - y) * part

    def _gap(self, year: float, width: float) -> Box:
        x, middle = self.x(year, width), _PLOT / 2
        return Box(x - _LINE / 2, x + _LINE / 2, middle - 26, middle + 26)


def list_positions(word: Word, scene: Scene) -> Iterator[tuple[Position, float]]:
    """Yield where words may stand about their point, with what each place costs by itself."""
    side = -1 if word.above else 1
    places = (
        ("center", word.year, 0),
        ("right", scene.limit(word.year), _ASIDE),
        ("right", word.year, _ASIDE),
        ("left", word.year, _ASIDE),
    )
    for far, distance in enumerate(_DISTANCES):
        for way, turned in ((side, 0), (-side, _OTHER_SIDE)):
            for align, year, aside in places:
                yield Position(align, way * distance, year), far * _FAR + turned + aside


def place(words: Sequence[Word], scene: Scene) -> list[Position]:
    """Return where each of some words stands; the first have the first choice."""
    taken: list[list[Box]] = [[] for _ in _WIDTHS]
    placed = []
    for word in words:
        at = _find_best(word, scene, taken)
        placed.append(at)
        for boxes, width in zip(taken, _WIDTHS, strict=True):
            boxes.append(scene.box(word, at, width))
    return placed


def _find_best(word: Word, scene: Scene, taken: Sequence[Sequence[Box]]) -> Position:
    """Return the position that costs least: most words have the first."""
    offered = sorted(list_positions(word, scene), key=itemgetter(1))
    best, least = offered[0][0], math.inf
    for at, own in offered:
        if own >= least:
            break
        cost = own + _over(word, at, scene, taken)
        if cost < least:
            best, least = at, cost
    return best


def _over(word: Word, at: Position, scene: Scene, taken: Sequence[Sequence[Box]]) -> float:
    """Return what lies under words at a position, words placed before among it."""
    cost = 0.0
    for boxes, width in zip(taken, _WIDTHS, strict=True):
        box = scene.box(word, at, width)
        cost += scene.cost(box, width) + _WORD * sum(box.meets(one) for one in boxes)
    return cost
