"""The parameters of each page's address, and the spellings of their choices."""

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
from dashboard.topics.outcomes.colouring import list_map_measures
from dashboard.topics.outcomes.exhibits import list_measures

ALL = "All twelve"
# Which measures the page of all of them has: the first is the default.
HELD = ("Every area", "Whole authorities too")
# Escape would clear a list that can be empty, so "none" is an option.
NO_AREA = "Choose an area"
MAX_OFFERS = 4
_MIN_SIMILARITY = 0.72
_MAX_OFFERED_WHOLE = 6  # choices that are all offered where none is near
_SQUEEZED = "="  # begins the aliases without spaces; in no name
_NUMERALS = {"6": "six", "12": "twelve", "1": "one", "2": "two", "1st": "first", "2nd": "second"}

#: The pages, by address, each with its parameters beside the filters.
PAGES: dict[str, tuple[str, ...]] = {
    "": (),
    "map": ("colour", "focus"),
    "funding": (),
    "research_schools": (),
    "selection": (),
    "outcomes": ("measure", "sort"),
    "all_measures": ("held",),
    "profile": ("area",),
    "compare": ("areas", "measure"),
    "sources": ("part", "tier", "order", "all", "table"),
    "about": (),
}
#: The title of each page, and other names for it.
TITLES: dict[str, tuple[str, ...]] = {
    "": ("Overview", "home", "index", "start", "front page", "default", "main"),
    "map": ("Map", "maps"),
    "funding": ("Funding", "money"),
    "research_schools": ("Research schools", "research school", "schools"),
    "selection": ("Why these areas", "why"),
    "outcomes": ("Outcomes", "outcome", "results", "measures"),
    "all_measures": ("All measures", "every measure", "all figures", "table"),
    "profile": ("Area profile", "profiles", "area", "areas"),
    "compare": ("Compare", "comparison", "comparing"),
    "sources": ("Data and sources", "data", "source", "downloads", "download"),
    "about": ("About", "privacy", "accessibility", "licence"),
}
FILTERS = ("cohort", "region", "place")


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address: its choices, and the spellings of each."""

    name: str
    label: str  # in a sentence: "the cohort"
    choices: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)  # key_of a spelling -> choice
    default: tuple[str, ...] = ()  # values that the address omits
    many: bool = False
    is_area: bool = False


def suggest_choice(value: str, parameter: Parameter) -> list[str]:
    """Return the choices that a value may mean, or all where there are few."""
    likely = find_near(value, parameter)
    if not likely and len(parameter.choices) <= _MAX_OFFERED_WHOLE:
        likely = list(parameter.choices)
    return [choice for choice in likely if (choice,) != parameter.default][:MAX_OFFERS]


def find_near(value: str, parameter: Parameter) -> list[str]:
    """Return the choices that are spelt like a value, or have all of its words."""
    key = normalise_choice(value)
    aliases = [alias for alias in parameter.aliases if not alias.startswith(_SQUEEZED)]
    near = get_close_matches(key, aliases, MAX_OFFERS, _MIN_SIMILARITY)
    words = {word for word in key.split() if len(word) > 1}
    longer = [alias for alias in aliases if words and words <= {*alias.split()}]
    return list(dict.fromkeys(parameter.aliases[alias] for alias in (*near, *longer)))


def normalise_choice(value: str) -> str:
    """Return a value normalised for look-up, its numbers in words."""
    return " ".join(_NUMERALS.get(word, word) for word in normalise_name(value[:200]).split())


def find_choice(value: str, parameter: Parameter) -> str | None:
    """Return the choice that a value is a spelling of, if any."""
    aliases = parameter.aliases
    return aliases.get(normalise_choice(value)) or aliases.get(remove_spaces(value))


def remove_spaces(value: str) -> str:
    """Return the key of a value without spaces, marked so that it equals no name's key."""
    return f"{_SQUEEZED}{normalise_choice(value).replace(' ', '')}"


def _build_aliases(choices: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Key each spelling of a choice, with and without spaces; a choice's own name wins."""
    aliases: dict[str, str] = {}
    spellings = [(choice, choice) for choice in choices]
    spellings += [(other, choice) for choice, others in choices.items() for other in others]
    for write_key in (normalise_choice, remove_spaces):
        for spelling, choice in spellings:
            aliases.setdefault(write_key(spelling), choice)
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
_HELD = {
    HELD[0]: ("district", "districts", "by district"),
    HELD[1]: ("all", "local authority", "authorities", "whole authorities", "every measure"),
}
_PARTS = {
    "Downloads": ("download", "files"),
    "Sources": ("source",),
    "Disagreements": ("disagreement",),
    "Gaps": ("gap", "not found"),
    "Tables": ("table", "columns", "column", "dictionary", "data dictionary"),
    "Versions and citing": ("versions", "version", "citing", "cite", "citation", "licence"),
}
_ORDERS = {
    "Title": ("name",),
    "Publisher": (),
    "Newest": ("date", "newest first", "latest"),
    "Tier": (),
}


def _build_parameter(
    name: str, label: str, choices: Mapping[str, Iterable[str]], *, many: bool = False
) -> Parameter:
    """Return a parameter of choices with their other names; the first is the default of one."""
    default = () if many else (next(iter(choices)),)
    return Parameter(name, label, tuple(choices), _build_aliases(choices), default, many)


def _build_area_parameter(data: Data, name: str, label: str, *, many: bool = False) -> Parameter:
    rows = to_rows(data.areas, Area)
    # Pills read labels as Markdown, and the address holds the labels as given; lists do not.
    write = formatting.escape_label if many else str
    choices = {
        write(row.label): (row.label, row.name, row.announced_as, row.area_id) for row in rows
    }
    default = () if many else (NO_AREA,)
    return Parameter(
        name, label, tuple(choices), _build_aliases(choices), default, many, is_area=True
    )


def _build_region(data: Data) -> Parameter:
    regions = sorted(data.areas["region"].unique())
    choices = {region: _REGIONS.get(region, ()) for region in regions}
    return _build_parameter("region", "the region", choices, many=True)


def _build_colour(data: Data) -> Parameter:
    columns = {measure.name: measure.column for measure in list_map_measures(data)}
    names = ("Cohort", *columns)
    choices = {name: (columns.get(name, name), *_COLOURS.get(name, ())) for name in names}
    return _build_parameter("colour", "the colour", choices)


def _build_measure(data: Data) -> Parameter:
    rows = list_measures(data)
    choices = {row.title: (row.measure_id, row.short_title) for row in rows}
    return _build_parameter("measure", "the measure", choices)


def _build_table(data: Data) -> Parameter:
    titles = {title: (name, f"{name}.csv") for name, title in exports.list_titles(data).items()}
    return _build_parameter("table", "the table", titles)


def _build_tier(_: Data) -> Parameter:
    return _build_parameter("tier", "the tier", dict.fromkeys(citations.TIERS, ()), many=True)


_BUILDERS: dict[str, Callable[[Data], Parameter]] = {
    "cohort": lambda _: _build_parameter("cohort", "the cohort", _COHORTS),
    "region": _build_region,
    "place": lambda _: _build_parameter("place", "the type of place", _PLACES, many=True),
    "colour": _build_colour,
    "focus": lambda data: _build_area_parameter(data, "focus", "the area"),
    "area": lambda data: _build_area_parameter(data, "area", "the area"),
    "areas": lambda data: _build_area_parameter(data, "areas", "the area", many=True),
    "measure": _build_measure,
    "sort": lambda _: _build_parameter(
        "sort", "the order", {"Name": ("title",), "Change": ("by change",)}
    ),
    "held": lambda _: _build_parameter("held", "the measures", _HELD),
    "part": lambda _: _build_parameter("part", "the part", _PARTS),
    "tier": _build_tier,
    "order": lambda _: _build_parameter("order", "the order", _ORDERS),
    "all": lambda _: _build_parameter(
        "all", "the list", {"false": ("no", "0"), "true": ("yes", "1", "on")}
    ),
    "table": _build_table,
}


def build_page_parameter() -> Parameter:
    """Return the pages as choices: by address, with the spellings of their names."""
    return Parameter("page", "the page", tuple(TITLES), _build_aliases(TITLES))


@memoize
def list_parameters(data: Data, page: str) -> dict[str, Parameter]:
    """Return the parameters of a page's address, by name."""
    return {name: _BUILDERS[name](data) for name in (*FILTERS, *PAGES.get(page, ()))}
