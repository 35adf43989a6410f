"""Looks up a place's name, in its spelling or nearly so."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

from dashboard.cache import memoize
from dashboard.search import postcodes
from dashboard.search.gazetteer import ABBREVIATIONS, FORMER_COUNTIES, JOINING, KINDS, SIDES
from dashboard.search.place_names import Places, normalise_name

# Words around a name that tell no place from another.
_AFFIXES = re.compile(r"^the | (england|uk|united kingdom|great britain|gb)$")
MIN_SIMILARITY, MIN_LENGTH = 0.8, 5  # the least similarity and length at which names count as one


@dataclass(frozen=True)
class Name:
    """A known name: of a place in one of the areas, of something wider, or elsewhere."""

    kind: Literal["inside", "wide", "elsewhere"]
    key: str  # as dashboard.search.place_names.normalise_name writes it
    name: str
    area_ids: tuple[str, ...] = ()
    sentences: dict[str, str] = field(default_factory=dict)  # by area_id, for "inside"


def look_up(text: str, places: Places) -> Name | None:
    """Return the place with this name: in full, shortened, without spaces, or with its kind."""
    name = normalise_name(text)
    for key in _list_spellings(name):
        if match := _look_up_key(key, places):
            return match
    # Only a whole name may lack its spaces: "WhitbyNorth" is no name.
    joined = name.replace(" ", "")
    whole = _key_without_spaces(places).get(joined)
    if whole and len(joined) >= MIN_LENGTH:
        return _look_up_key(whole, places)
    return _look_up_postcode(text, places)


def _list_spellings(name: str) -> list[str]:
    """Return the keys that a name may have in the tables, likeliest first."""
    full = " ".join(ABBREVIATIONS.get(word, word) for word in name.split())
    # A single letter is a side only before a name: "N Yorks", but not "N".
    longer = full if len(full) > MIN_LENGTH else name
    both = (name, longer)
    bare = [" ".join(word for word in key.split() if word not in KINDS) for key in both]
    short = [_AFFIXES.sub("", key) for key in both]
    return [key for key in dict.fromkeys([name, *short, longer, *bare]) if key]


def _look_up_key(key: str, places: Places) -> Name | None:
    if sentences := places.names.get(key):
        return Name("inside", key, _spell_name(key, sentences), tuple(sentences), sentences)
    if key in places.groups:
        name, ids = places.groups[key]
        return Name("wide", key, name, ids)
    if key in places.elsewhere:
        return Name("elsewhere", key, places.elsewhere[key])
    if key in FORMER_COUNTIES:
        return Name("wide", key, f"the {key.title()}".replace(" Of ", " of "), FORMER_COUNTIES[key])
    return None


def _spell_name(key: str, sentences: dict[str, str]) -> str:
    """Return a name as its sentence spells it, or nearly so."""
    spelt = next(iter(sentences.values())).partition(" is ")[0]
    return spelt if normalise_name(spelt) == key else key.title()


def _look_up_postcode(text: str, places: Places) -> Name | None:
    """Look up the beginning of a postcode, as in the address "Whitby, YO21"."""
    result = postcodes.find_beginning(" ".join(text.upper().split()), places)
    if result is None or result.kind == "unknown":
        return None
    name = text.upper()
    return Name("wide" if result.area_ids else "elsewhere", name, name, result.area_ids)


@memoize
def _key_without_spaces(places: Places) -> dict[str, str]:
    """Key names of several words by their letters; a later name replaces an earlier one."""
    keys = (*places.elsewhere, *places.groups, *places.names)
    return {key.replace(" ", ""): key for key in keys if " " in key}


@memoize
def _list_words(places: Places) -> frozenset[str]:
    """Return all words of the known names: none of them is a misspelling."""
    return frozenset(word for key in _list_keys(places) for word in key.split())


def _list_keys(places: Places) -> tuple[str, ...]:
    return (*places.names, *places.groups, *places.elsewhere)


def find_near(text: str, places: Places) -> list[Name]:
    """Return the known names that a text is nearest to, several if equally near.

    A name is near if it begins with the same letter and has as many words but for joining ones,
    each the same or misspelt; one real name is never taken for another.
    """
    for name in reversed(_list_spellings(normalise_name(text))):
        if len(name) < MIN_LENGTH or re.search(r"\d", name):
            continue
        keys = _list_keys(places)
        keys = tuple(key for key in keys if key[0] == name[0] and not re.search(r"\d", key))
        close = get_close_matches(name, keys, 5, MIN_SIMILARITY)
        likely = dict.fromkeys(key for key in close if _is_misspelling(name, key, places))
        scores = {key: SequenceMatcher(None, key, name).ratio() for key in likely}
        nearest = [key for key, score in scores.items() if score == max(scores.values())]
        if matches := [match for key in nearest if (match := _look_up_key(key, places))]:
            return matches
    return []


def _is_misspelling(typed: str, key: str, places: Places) -> bool:
    """Tell whether a typed name is a misspelling of a key."""
    words, others = (
        [word for word in name.split() if word not in JOINING] for name in (typed, key)
    )
    return len(words) == len(others) and all(
        word == other or _is_near(word, other, places)
        for word, other in zip(words, others, strict=True)
    )


def _is_near(word: str, other: str, places: Places) -> bool:
    if word in _list_words(places) or {word, other} & SIDES:
        return False
    return SequenceMatcher(None, other, word).ratio() >= MIN_SIMILARITY - 0.05
