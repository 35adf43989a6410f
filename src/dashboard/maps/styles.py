"""How areas are drawn: colour, shape and words, and the legend that says what they mean."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_records
from dashboard.filters import COHORTS
from dashboard.palette import Palette
from dashboard.topics.areas.map_measures import MapMeasure

_DISC = '<circle cx="12" cy="12" r="8"'
_DIAMOND = '<path d="M12 2 22 12 12 22 2 12Z"'


@dataclass(frozen=True)
class Paint:
    """How one area is drawn: the name beside its mark, what its tooltip says under the label."""

    label: str
    name: str
    colour: str
    says: str
    cohort: str
    lat: float
    lon: float
    colours: Palette
    chosen: bool = False


@memoize
def build_paints(
    shown: pd.DataFrame, colours: Palette, measure: MapMeasure | None, chosen: str | None
) -> dict[str, Paint]:
    """Return how each area of ``shown`` (``area_facts``) is drawn, by area_id.

    Without a measure the fill is the cohort's. ``chosen`` is the area_id to stand out.
    """
    return {
        row.area_id: Paint(
            label=row.label,
            name=row.name,
            colour=_fill(row, colours, measure),
            says=_describe_area(row, measure),
            cohort=row.cohort,
            lat=row.lat,
            lon=row.lon,
            colours=colours,
            chosen=row.area_id == chosen,
        )
        for row in to_records(shown)
    }


@memoize
def build_legend(colours: Palette, measure: MapMeasure | None) -> str:
    """Return the legend as HTML: the cohorts' shapes, and a measure's four classes."""
    entries = [
        (mark(cohort, colours.muted if measure else colours.cohort(cohort), colours), cohort)
        for cohort in COHORTS
    ]
    if measure:
        names = formatting.name_classes(measure.bounds, measure.unit)
        entries += [
            (_draw_swatch(fill, colours), name)
            for fill, name in zip(colours.steps, names, strict=True)
        ]
    return "".join(f"<div>{mark}{escape(name)}</div>" for mark, name in entries)


def mark(cohort: str, fill: str, colours: Palette, line: int = 1) -> str:
    """Return a disc for the original six, a diamond for the new: a shape beside the colour.

    Its outline is in the text's colour, in a halo of the page's, to stand out on any ground.
    """
    shape = _DISC if cohort == "Original six" else _DIAMOND
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        f'{shape} fill="none" stroke="{colours.page}" stroke-width="{line + 3}"/>'
        f'{shape} fill="{fill}" stroke="{colours.text}" stroke-width="{line}"/></svg>'
    )


def _fill(row: Any, colours: Palette, measure: MapMeasure | None) -> str:
    if measure is None:
        return colours.cohort(row.cohort)
    value = getattr(row, measure.column)
    return colours.land if pd.isna(value) else colours.steps[measure.class_of(value)]


def _describe_area(row: Any, measure: MapMeasure | None) -> str:
    if measure is None:
        return f"{row.cohort}, {row.region}"
    value = getattr(row, measure.column)
    said = "not known" if pd.isna(value) else formatting.format_amount(value, measure.unit)
    return f"{measure.name}: {said}"


def _draw_swatch(fill: str, colours: Palette) -> str:
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3" y="5" width="18" height="14" '
        f'fill="{fill}" stroke="{colours.text}"/></svg>'
    )
