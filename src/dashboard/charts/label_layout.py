"""Positions of the labels of line charts, so that none covers another.

:func:`place_labels` is for labels among the lines of a small chart: near their points, clear of
lines and of each other. Lengths are in pixels of a drawing, measured right and down from the top
left corner of its plot. :func:`separate_values` is for labels in the margin at the lines' ends:
these keep the order of their lines, which the cheapest position of each would not.

Names on the map are placed in the browser (maps/names.js), which alone knows their size.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

# The plot of every small chart.
WIDTH_PX, HEIGHT_PX = 220, 99
_LETTER_WIDTH_PX, _LINE_HEIGHT_PX = 7.0, 13.0
_DISTANCES_PX = (11, 20, 30, 40, 52)
_MARGIN_YEARS = 0.12
_STEP_PX = 3.0
_CLEAR_PX = 2.0
# Costs of a position: for what the label would cover, and for its distance from the point.
_OUTSIDE, _LABEL, _STROKE, _MARK, _EDGE = 1000, 100, 30, 20, 2
_OTHER_SIDE, _ASIDE, _FAR = 12, 2, 5

Points = Sequence[tuple[float, float]]


class Label(NamedTuple):
    """A label of a point of a chart, and whether it is preferably above the point."""

    text: str
    year: float
    value: float
    above: bool


class Position(NamedTuple):
    """A label's alignment to a year, and its distance below its point in pixels."""

    align: str
    dy: int
    year: float


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Check whether two rectangles have a point in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def contains(self, x: float, y: float) -> bool:
        """Check whether a point is inside, or nearly."""
        across = self.left - _CLEAR_PX < x < self.right + _CLEAR_PX
        return across and self.top - _CLEAR_PX < y < self.bottom + _CLEAR_PX


@dataclass(frozen=True)
class Scene:
    """What a small chart draws: its scales, lines, and positions of breaks on the years' scale.

    ``edges`` are the fainter lines of a band.
    """

    years: tuple[float, float]
    values: tuple[float, float]
    strokes: Sequence[Points]
    edges: Sequence[Points]
    breaks: Sequence[float]

    def scale_x(self, year: float) -> float:
        """Convert a year to pixels from the left of the plot."""
        first, last = self.years
        return (year - first) / (last - first) * WIDTH_PX

    def scale_y(self, value: float) -> float:
        """Convert a value to pixels from the top of the plot."""
        low, high = self.values
        return (high - value) / (high - low) * HEIGHT_PX

    def find_limit(self, year: float) -> float:
        """Find the next break or the chart's end after a year, or the year if neither is near."""
        end = min([at for at in self.breaks if at > year] + [self.years[1]]) - _MARGIN_YEARS
        return end if end < year + 1 else year

    def build_box(self, label: Label, at: Position) -> Box:
        """Build the rectangle that a label would cover at a position."""
        length = len(label.text) * _LETTER_WIDTH_PX
        x, y = self.scale_x(at.year), self.scale_y(label.value) + at.dy
        left = x - {"center": length / 2, "right": length, "left": 0.0}[at.align]
        return Box(left, left + length, y - _LINE_HEIGHT_PX / 2, y + _LINE_HEIGHT_PX / 2)

    def compute_cost(self, box: Box) -> float:
        """Add up the costs of what a rectangle covers."""
        outside = box.left < 0 or box.right > WIDTH_PX or box.top < 0 or box.bottom > HEIGHT_PX
        strokes, edges = (
            sum(any(box.contains(x, y) for x, y in line) for line in lines)
            for lines in (self._stroke_points, self._edge_points)
        )
        rules = sum(
            box.left - _CLEAR_PX < self.scale_x(at) < box.right + _CLEAR_PX for at in self.breaks
        )
        return outside * _OUTSIDE + strokes * _STROKE + edges * _EDGE + rules * _MARK

    @cached_property
    def _stroke_points(self) -> list[list[tuple[float, float]]]:
        return [list(self._sample_line(line)) for line in self.strokes]

    @cached_property
    def _edge_points(self) -> list[list[tuple[float, float]]]:
        return [list(self._sample_line(line)) for line in self.edges]

    def _sample_line(self, line: Points) -> Iterator[tuple[float, float]]:
        """Yield points along a line, in pixels."""
        pixels = [(self.scale_x(year), self.scale_y(value)) for year, value in line]
        yield from pixels
        for (x, y), (to_x, to_y) in pairwise(pixels):
            steps = max(2, int(max(abs(to_x - x), abs(to_y - y)) / _STEP_PX))
            for step in range(1, steps):
                part = step / steps
                yield x + (to_x - x) * part, y + (to_y - y) * part


def list_positions(label: Label, scene: Scene) -> Iterator[tuple[Position, float]]:
    """Yield the possible positions of a label around its point, each with its own cost."""
    side = -1 if label.above else 1
    places = (
        ("center", label.year, 0),
        ("right", scene.find_limit(label.year), _ASIDE),
        ("right", label.year, _ASIDE),
        ("left", label.year, _ASIDE),
    )
    for far, distance in enumerate(_DISTANCES_PX):
        for direction, turned in ((side, 0), (-side, _OTHER_SIDE)):
            for align, year, aside in places:
                yield Position(align, direction * distance, year), far * _FAR + turned + aside


def place_labels(labels: Sequence[Label], scene: Scene) -> list[Position]:
    """Choose a position for each label in turn, so that the first have the most choice."""
    taken: list[Box] = []
    placed = []
    for label in labels:
        at = _find_best(label, scene, taken)
        placed.append(at)
        taken.append(scene.build_box(label, at))
    return placed


def _find_best(label: Label, scene: Scene, taken: Sequence[Box]) -> Position:
    """Find the position that costs least, trying those with the least cost of their own first."""
    candidates = sorted(list_positions(label, scene), key=itemgetter(1))
    best, least = candidates[0][0], math.inf
    for at, own in candidates:
        if own >= least:
            break
        box = scene.build_box(label, at)
        cost = own + scene.compute_cost(box) + _LABEL * sum(map(box.overlaps, taken))
        if cost < least:
            best, least = at, cost
    return best


def separate_values(values: Sequence[float], least: float) -> list[float]:
    """Move values apart, keeping their order, until all differ by at least ``least``."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    moved = list(values)
    for _ in range(len(values) * 4):
        for below, above in pairwise(order):
            lacking = least - (moved[above] - moved[below])
            if lacking > 0:
                moved[below] -= lacking / 2
                moved[above] += lacking / 2
    return moved
