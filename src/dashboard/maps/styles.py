"""Colours, marks and texts of the areas on a map, and the legend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

import pandas as pd

from dashboard import formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.filters import COHORTS
from dashboard.palette import Palette
from dashboard.topics.areas.map_measures import MapMeasure, MapValue
from dashboard.topics.research_schools import get_school

_DISC = '<circle cx="12" cy="12" r="8"'
_DIAMOND = '<path d="M12 2 22 12 12 22 2 12Z"'


@dataclass(frozen=True)
class Paint:
    """How an area is drawn: ``name`` is beside its mark, ``says`` in the tooltip.

    A line leads from its mark to ``joined_to`` (lat, lon), if there is such a place. ``fills``
    are the colours of districts that have one of their own, by GSS code. One that is ``outlined``
    stands out from the districts around it.
    """

    label: str
    name: str
    colour: str
    says: str
    cohort: str
    lat: float
    lon: float
    colours: Palette
    chosen: bool = False
    joined_to: tuple[float, float] | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    outlined: bool = False


@memoize
def build_paints(
    shown: pd.DataFrame, colours: Palette, measure: MapMeasure | None, chosen: str | None
) -> dict[str, Paint]:
    """Build how each area of ``shown`` (``area_facts``) is drawn, by area_id.

    Without a measure, areas have the colour of their cohort. ``chosen`` is the area_id of the
    area to highlight.
    """
    values = _group_values(shown, measure)
    return {
        row.area_id: _paint(row, colours, measure, values.get(row.area_id, []), chosen)
        for row in to_rows(shown, Area)
    }


def _group_values(shown: pd.DataFrame, measure: MapMeasure | None) -> dict[str, list[MapValue]]:
    """Return the values of a measure by area_id."""
    groups: dict[str, list[MapValue]] = {}
    for value in measure.list_values(shown) if measure else ():
        groups.setdefault(value.area_id, []).append(value)
    return groups


def _paint(
    row: Area,
    colours: Palette,
    measure: MapMeasure | None,
    values: Sequence[MapValue],
    chosen: str | None,
) -> Paint:
    fills = [_choose_fill(one.value, colours, measure) for one in values] if measure else []
    colour = colours.land if measure else colours.cohort(row.cohort)
    return Paint(
        label=row.label,
        name=row.name,
        colour=choose_mark_fill(fills, colour),
        says=_describe_values(values, measure) if measure else f"{row.cohort}, {row.region}",
        cohort=row.cohort,
        lat=row.lat,
        lon=row.lon,
        colours=colours,
        chosen=row.area_id == chosen,
        fills={one.code: fill for one, fill in zip(values, fills, strict=False) if one.code},
    )


@memoize
def build_host_paints(data: Data, shown: pd.DataFrame, colours: Palette) -> dict[str, Paint]:
    """Build how the host of each area's research school is drawn, by area_id.

    A host outside its area is joined to it. An area without a single host is left out.
    """
    paints = build_paints(shown, colours, None, None)
    hosted = {}
    for area_id, paint in paints.items():
        school = get_school(data, area_id)
        if school.lat is None or school.lon is None:
            continue
        hosted[area_id] = replace(
            paint,
            says=f"{school.name}: {school.host}",
            lat=school.lat,
            lon=school.lon,
            joined_to=(paint.lat, paint.lon) if school.inside_area == "no" else None,
        )
    return hosted


def build_legend(colours: Palette, measure: MapMeasure | None) -> str:
    """Build the legend as HTML: the marks of the cohorts and the four classes of a measure."""
    if measure:
        names = formatting.name_classes(measure.bounds, measure.unit)
        return build_class_legend(colours, [*zip(colours.steps, names, strict=True)])
    return _join_entries(
        (build_mark(cohort, colours.cohort(cohort), colours), cohort) for cohort in COHORTS
    )


def build_class_legend(colours: Palette, classes: Iterable[tuple[str, str]]) -> str:
    """Build the legend as HTML: the cohorts' marks, then classes, each a colour and a name."""
    marks = ((build_mark(cohort, colours.muted, colours), cohort) for cohort in COHORTS)
    swatches = ((_build_swatch(fill, colours), name) for fill, name in classes)
    return _join_entries([*marks, *swatches])


def _join_entries(entries: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div>{svg}{escape(name)}</div>" for svg, name in entries)


def build_mark(cohort: str, fill: str, colours: Palette, line: int = 1) -> str:
    """Build an SVG mark: a disc for the original six, a diamond for the new six.

    Its outline has the text's colour, and a halo the page's, for contrast with any background.
    """
    shape = _DISC if cohort == "Original six" else _DIAMOND
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        f'{shape} fill="none" stroke="{colours.page}" stroke-width="{line + 3}"/>'
        f'{shape} fill="{fill}" stroke="{colours.text}" stroke-width="{line}"/></svg>'
    )


def choose_mark_fill(fills: Sequence[str], otherwise: str) -> str:
    """Choose the colour of an area's mark: that of its districts, where they have the same."""
    return fills[0] if len(set(fills)) == 1 else otherwise


def _choose_fill(value: float | None, colours: Palette, measure: MapMeasure) -> str:
    if value is None:
        return colours.land
    return colours.steps[measure.class_of(value)]


def _describe_values(values: Sequence[MapValue], measure: MapMeasure) -> str:
    """Return the value of an area, or of each of its districts with its name."""
    amounts = [
        "not known" if one.value is None else formatting.format_amount(one.value, measure.unit)
        for one in values
    ]
    if len(values) == 1:
        return f"{measure.name}: {amounts[0]}"
    named = [f"{one.name} {amount}" for one, amount in zip(values, amounts, strict=True)]
    return f"{measure.name}: {formatting.join_names(named) if named else 'not known'}"


def _build_swatch(fill: str, colours: Palette) -> str:
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3" y="5" width="18" height="14" '
        f'fill="{fill}" stroke="{colours.text}"/></svg>'
    )
