"""What an address can ask for: the parameters of each page, and the ways to write a choice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from dashboard import citations, exports, formatting
from dashboard.cache import memoize
from dashboard.data.frames import to_rows
from dashboard.data.loader import Data
from dashboard.data.rows import Area
from dashboard.filters import COHORTS
from dashboard.search.place_names import normalise_name
from dashboard.topics.areas.map_measures import MAP_MEASURES
from dashboard.topics.outcomes.exhibits import list_measures

ALL = "All twelve"
# An option and no empty list: a list that can be empty is emptied by Escape.
NO_AREA = "Choose an area"
MAX_OFFERS = 4
_NEAR = 0.72
_FEW = 6  # choices that are offered whole where none is near
_RUN_TOGETHER = "="  # no name has it
_WORDS = {"6": "six", "12": "twelve", "1": "one", "2": "two", "1st": "first", "2nd": "second"}

#: The pages, by address, with the parameters that each has beside the filters.
PAGES: dict[str, tuple[str, ...]] = {
    "": (),
    "map": ("colour", "focus"),
    "funding": (),
    "research_schools": (),
    "selection": (),
    "outcomes": ("measure", "sort"),
    "profile": ("area",),
    "compare": ("areas", "measure"),
    "sources": ("part", "tier", "order", "all", "table"),
    "about": (),
}
#: What each page is called, and what else people may call it.
TITLES: dict[str, tuple[str, ...]] = {
    "": ("Overview", "home", "index", "start", "front page", "default", "main"),
    "map": ("Map", "maps"),
    "funding": ("Funding", "money"),
    "research_schools": ("Research schools", "research school", "schools"),
    "selection": ("Why these areas", "why"),
    "outcomes": ("Outcomes", "outcome", "results", "measures"),
    "profile": ("Area profile", "profiles", "area", "areas"),
    "compare": ("Compare", "comparison", "comparing"),
    "sources": ("Data and sources", "data", "source", "downloads", "download"),
    "about": ("About", "privacy", "accessibility", "licence"),
}
FILTERS = ("cohort", "region", "place")


@dataclass(frozen=True)
class Parameter:
    """What an address can ask for under one name: its choices, and how each may be written."""

    name: str
    label: str  # in a sentence: "the cohort"
    choices: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)  # as key_of writes them, to a choice
    default: tuple[str, ...] = ()  # what leaves the address
    many: bool = False
    is_area: bool = False


def suggest_choice(value: str, parameter: Parameter) -> list[str]:
    """Return the choices that a value was meant for, perhaps, or all where there are few."""
    likely = find_near(value, parameter)
    if not likely and len(parameter.choices) <= _FEW:
        likely = list(parameter.choices)
    return [choice for choice in likely if (choice,) != parameter.default][:MAX_OFFERS]


def find_near(value: str, parameter: Parameter) -> list[str]:
    """Return the choices that are written like a value, or have all of its words."""
    key = build_key(value)
    known = [alias for alias in parameter.aliases if not alias.startswith(_RUN_TOGETHER)]
    near = get_close_matches(key, known, MAX_OFFERS, _NEAR)
    words = {word for word in key.split() if len(word) > 1}
    holding = [alias for alias in known if words and words <= {*alias.split()}]
    return list(dict.fromkeys(parameter.aliases[alias] for alias in (*near, *holding)))


def build_key(value: str) -> str:
    """Return a choice as it is looked up: plain, its numbers in words."""
    return " ".join(_WORDS.get(word, word) for word in normalise_name(value[:200]).split())


def find_choice(value: str, parameter: Parameter) -> str | None:
    """Return the choice that a value is another way to write, if any."""
    aliases = parameter.aliases
    return aliases.get(build_key(value)) or aliases.get(remove_spaces(value))


def remove_spaces(value: str) -> str:
    """Return what :func:`key_of` does, run together, marked so that no name is taken for it."""
    return f"{_RUN_TOGETHER}{build_key(value).replace(' ', '')}"


def _find_alias(choices: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Key each way of writing a choice, also run together; a choice's own name wins."""
    aliases: dict[str, str] = {}
    ways = [(choice, choice) for choice in choices]
    ways += [(way, choice) for choice, others in choices.items() for way in others]
    for way, choice in ways:
        aliases.setdefault(build_key(way), choice)
    for way, choice in ways:
        aliases.setdefault(remove_spaces(way), choice)
    return aliases


_COHORTS = {
    ALL: ("all", "twelve", "all areas", "all twelve areas", "both", "any", "everything"),
    COHORTS[0]: ("original", "original 6", "first", "first six", "old six", "October 2016", "2016"),
    COHORTS[1]: ("new", "second", "second six", "last six", "January 2017", "2017"),
}
_REGIONS = {
    "Yorkshire and The Humber": ("Yorkshire", "Yorks", "Yorkshire & Humber", "Humber", "Y&H"),
    "East of England": ("East", "Eastern", "East England"),
    "East Midlands": ("EM", "E Midlands"),
    "West Midlands": ("WM", "W Midlands"),
    "North West": ("NW", "Northwest England", "North West England"),
    "South East": ("SE", "South East England"),
    "South West": ("SW", "South West England"),
}
_PLACES = {
    "City": ("cities",),
    "Town": ("towns",),
    "Coastal": ("coast", "seaside", "by the sea"),
    "Rural": ("countryside", "country", "village"),
}
_COLOURS = {
    "Cohort": ("none", "cohorts"),
    "Population": ("people", "inhabitants"),
    "Deprived neighbourhoods": ("deprivation", "deprived", "imd"),
    "Fourth-year money": ("fourth year", "money", "funding"),
    "Fourth-year money per child": ("per child", "money per child", "funding per child"),
}
_PARTS = {
    "Downloads": ("download", "files"),
    "Sources": ("source",),
    "Disagreements": ("disagreement",),
    "Gaps": ("gap", "not found"),
    "Columns": ("column", "dictionary", "data dictionary"),
    "Versions and citing": ("versions", "version", "citing", "cite", "citation", "licence"),
}
_ORDERS = {
    "Title": ("name",),
    "Publisher": (),
    "Newest": ("date", "newest first", "latest"),
    "Tier": (),
}


def _choose(
    name: str, label: str, choices: Mapping[str, Iterable[str]], *, many: bool = False
) -> Parameter:
    """Return a parameter of choices with their other names; a single one's first is its default."""
    default = () if many else (next(iter(choices)),)
    return Parameter(name, label, tuple(choices), _find_alias(choices), default, many)


def _list_areas(data: Data, name: str, label: str, *, many: bool = False) -> Parameter:
    rows = to_rows(data.areas, Area)
    # Pills take their words for Markdown, and the address holds a pill's words; a list's are plain.
    write = formatting.escape_label if many else str
    choices = {
        write(row.label): (row.label, row.name, row.announced_as, row.area_id) for row in rows
    }
    firsts = [next(row.label for row in rows if row.cohort == cohort) for cohort in COHORTS]
    default = tuple(map(write, firsts)) if many else (NO_AREA,)
    return Parameter(name, label, tuple(choices), _find_alias(choices), default, many, is_area=True)


def _list_regions(data: Data) -> Parameter:
    regions = sorted(data.areas["region"].unique())
    choices = {region: _REGIONS.get(region, ()) for region in regions}
    return _choose("region", "the region", choices, many=True)


def _colour(_: Data) -> Parameter:
    columns = {measure.name: measure.column for measure in MAP_MEASURES}
    names = ("Cohort", *columns)
    choices = {name: (columns.get(name, name), *_COLOURS.get(name, ())) for name in names}
    return _choose("colour", "the colour", choices)


def _measure(data: Data) -> Parameter:
    rows = list_measures(data)
    choices = {row.title: (row.measure_id, row.short_title) for row in rows}
    return _choose("measure", "the measure", choices)


def _list_tables(data: Data) -> Parameter:
    titles = {title: (name, f"{name}.csv") for name, title in exports.list_titles(data).items()}
    return _choose("table", "the table", titles)


def _list_tiers(_: Data) -> Parameter:
    return _choose("tier", "the tier", dict.fromkeys(citations.TIERS, ()), many=True)


_MAKERS: dict[str, Callable[[Data], Parameter]] = {
    "cohort": lambda _: _choose("cohort", "the cohort", _COHORTS),
    "region": _list_regions,
    "place": lambda _: _choose("place", "the type of place", _PLACES, many=True),
    "colour": _colour,
    "focus": lambda data: _list_areas(data, "focus", "the area"),
    "area": lambda data: _list_areas(data, "area", "the area"),
    "areas": lambda data: _list_areas(data, "areas", "the area", many=True),
    "measure": _measure,
    "sort": lambda _: _choose("sort", "the order", {"Name": ("title",), "Change": ("by change",)}),
    "part": lambda _: _choose("part", "the part", _PARTS),
    "tier": _list_tiers,
    "order": lambda _: _choose("order", "the order", _ORDERS),
    "all": lambda _: _choose("all", "the list", {"false": ("no", "0"), "true": ("yes", "1", "on")}),
    "table": _list_tables,
}


def list_page_names() -> Parameter:
    """Return the pages as choices: by address, and by the ways to write their names."""
    return Parameter("page", "the page", tuple(TITLES), _find_alias(TITLES))


@memoize
def list_parameters(data: Data, page: str) -> dict[str, Parameter]:
    """Return the parameters that a page's address can have, by name."""
    return {name: _MAKERS[name](data) for name in (*FILTERS, *PAGES.get(page, ()))}
