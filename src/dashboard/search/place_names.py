"""The names and postcodes that can be searched for."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dashboard.cache import memoize
from dashboard.data.frames import to_records
from dashboard.data.loader import Data
from dashboard.search.gazetteer import COUNTIES, ELSEWHERE

_TAIL = re.compile(r" (on|upon|in|le|under) .+$")


@dataclass(frozen=True)
class Places:
    """The names and postcodes of the tables, names keyed as :func:`normalise_name` returns them."""

    areas: dict[str, str]  # area_id -> name
    districts: dict[str, tuple[str, str]]  # lad_code -> area_id, phrase
    sectors: dict[str, dict[str, str]]  # "BD5 0" -> lad_code -> "AA AB ..."
    whole: frozenset[str]  # the sectors that reach into no other district
    outcodes: dict[str, str]  # "BD5" -> "0 1 2 ..."
    names: dict[str, dict[str, str]]  # "whitby" -> area_id -> sentence
    groups: dict[str, tuple[str, tuple[str, ...]]]  # "norfolk" -> name, area_ids
    elsewhere: dict[str, str]  # "leeds" -> name


@memoize
def build_places(data: Data) -> Places:
    """Collect the names and postcodes of the tables."""
    areas, districts = to_records(data.areas), to_records(data.districts)
    names_of = {area.area_id: area.name for area in areas}
    codes = {row.lad_code: (row.area_id, _format_district(row, names_of)) for row in districts}
    sectors: dict[str, dict[str, str]] = defaultdict(dict)
    rows = to_records(data.postcodes)
    for row in rows:
        sectors[row.sector][row.lad_code] = row.units
    return Places(
        names_of,
        codes,
        dict(sectors),
        frozenset(row.sector for row in rows if row.whole),
        {row.outcode: row.sectors for row in to_records(data.outcodes)},
        _collect_names(areas, districts, to_records(data.towns), codes),
        _collect_groups(areas, districts),
        _collect_elsewhere(data, {row.name for row in districts}),
    )


def _collect_elsewhere(data: Data, inside: set[str]) -> dict[str, str]:
    """Key the towns, districts, counties and regions that none of the areas lies in."""
    districts = sorted({*data.index_2016["district"]} - inside)
    towns = [row.town for row in to_records(data.other_towns)]
    names = {normalise_name(name): name for name in ELSEWHERE}
    for name in (*districts, *towns):
        names |= dict.fromkeys(_build_keys(name), name)
    return {key.removeprefix("the "): name for key, name in names.items()}


def _collect_names(
    areas: list[Any], districts: list[Any], towns: list[Any], codes: dict[str, tuple[str, str]]
) -> dict[str, dict[str, str]]:
    """Key the names of areas, districts and towns; an area's own sentence takes precedence."""
    names: dict[str, dict[str, str]] = defaultdict(dict)

    def add(name: str, area_id: str, sentence: str) -> None:
        for key in _build_keys(name):
            names[key].setdefault(area_id, sentence)

    for area in areas:
        add(area.name, area.area_id, f"{area.name} is one of the twelve areas.")
        for name in (area.label, area.announced_as):
            add(name, area.area_id, f"{name} is the {area.name} opportunity area.")
    for row in districts:
        names[normalise_name(row.lad_code)][row.area_id] = (
            f"{row.lad_code} is {codes[row.lad_code][1]}."
        )
        where = codes[row.lad_code][1].removeprefix(f"{row.name}, in ")
        add(row.name, row.area_id, f"{row.name} is a part of {where}.")
    for row in towns:
        area_id, where = codes[row.lad_code]
        shared = " Other places share the name." if row.shared_name else ""
        add(row.town, area_id, f"{row.town} is in {where}.{shared}")
    return dict(names)


def _collect_groups(
    areas: list[Any], districts: list[Any]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Key the counties, regions and later districts that areas are only a part of."""
    groups: dict[str, tuple[str, ...]] = dict(COUNTIES)
    for row in districts:
        if row.successor_name and row.successor_name != row.upper_tier_name:
            groups[row.successor_name] = (row.area_id,)
    for area in areas:
        region = area.region if "Yorkshire" in area.region else f"the {area.region}"
        for name in {area.upper_tier_name, region} - {area.name}:
            groups[name] = (*groups.get(name, ()), area.area_id)
    return {normalise_name(name).removeprefix("the "): (name, ids) for name, ids in groups.items()}


def _format_district(row: Any, names_of: dict[str, str]) -> str:
    until = f" (a district until {str(row.abolished_on)[:4]})" if row.abolished_on else ""
    area = names_of[row.area_id]
    part = "" if area == row.name else f", in the {area} opportunity area"
    return f"{row.name}{until}{part}"


def _build_keys(name: str) -> set[str]:
    """Return the keys of a name: "stoke on trent" and "stoke"."""
    return {normalise_name(name), _TAIL.sub("", normalise_name(name))}


def normalise_name(name: str) -> str:
    """Return a name in lower case, without accents and punctuation, "saint" as "st"."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    bare = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’")
    return re.sub(r"\bsaint\b", "st", " ".join(re.findall(r"[^\W_]+", bare)))
