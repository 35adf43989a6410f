"""Looks a place's name up, as it is written or nearly so."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

from dashboard.cache import memoize
from dashboard.search import postcodes
from dashboard.search.gazetteer import FORMER_COUNTIES, JOINING, KINDS, SHORT_FOR, SIDES
from dashboard.search.place_names import Places, normalise_name

# What may stand before and after a name, and tells no place from another.
_AROUND = re.compile(r"^the | (england|uk|united kingdom|great britain|gb)$")
CLOSE, LONG_ENOUGH = 0.8, 5  # how alike two names must be, and how long, to be taken for one


@dataclass(frozen=True)
class Name:
    """A name that is known: of a place in an area of ours, of something wider, or elsewhere."""

    kind: Literal["ours", "wide", "elsewhere"]
    key: str  # as dashboard.search.place_names.normalise_name writes it
    name: str
    area_ids: tuple[str, ...] = ()
    sentences: dict[str, str] = field(default_factory=dict)  # by area_id, for "ours"


def look_up(text: str, places: Places) -> Name | None:
    """Return what has just this name: in full, shortened, run together, or with its kind."""
    name = normalise_name(text)
    for key in _list_spellings(name):
        if known := _look_up_key(key, places):
            return known
    # "WhitbyNorth" is no name: only a whole name may have lost its spaces.
    bare = name.replace(" ", "")
    whole = _run_together(places).get(bare)
    if whole and len(bare) >= LONG_ENOUGH:
        return _look_up_key(whole, places)
    return _look_up_postcode(text, places)


def _list_spellings(name: str) -> list[str]:
    """Return the ways in which a name may stand in the tables, likeliest first."""
    full = " ".join(SHORT_FOR.get(word, word) for word in name.split())
    # A single letter is a side only before a name: "N Yorks", never "N".
    longer = full if len(full) > LONG_ENOUGH else name
    bare = [" ".join(word for word in one.split() if word not in KINDS) for one in (name, longer)]
    short = [_AROUND.sub("", one) for one in (name, longer)]
    return [one for one in dict.fromkeys([name, *short, longer, *bare]) if one]


def _look_up_key(key: str, places: Places) -> Name | None:
    if sentences := places.names.get(key):
        return Name("ours", key, _write(key, sentences), tuple(sentences), sentences)
    if key in places.groups:
        name, ids = places.groups[key]
        return Name("wide", key, name, ids)
    if key in places.elsewhere:
        return Name("elsewhere", key, places.elsewhere[key])
    if key in FORMER_COUNTIES:
        return Name("wide", key, f"the {key.title()}".replace(" Of ", " of "), FORMER_COUNTIES[key])
    return None


def _write(key: str, sentences: dict[str, str]) -> str:
    """Return a name as the tables write it, or nearly so, to say back."""
    first = next(iter(sentences.values()))
    written = re.split(" is ", first, maxsplit=1)[0]
    return written if normalise_name(written) == key else key.title()


def _look_up_postcode(text: str, places: Places) -> Name | None:
    """Return where the beginning of a postcode lies, which an address may hold: "Whitby, YO21"."""
    found = postcodes.find_beginning(" ".join(text.upper().split()), places)
    if found is None or found.kind == "unknown":
        return None
    name = text.upper()
    return Name("wide" if found.area_ids else "elsewhere", name, name, found.area_ids)


@memoize
def _run_together(places: Places) -> dict[str, str]:
    known = (*places.elsewhere, *places.groups, *places.names)
    return {key.replace(" ", ""): key for key in known if " " in key}


@memoize
def _split_words(places: Places) -> frozenset[str]:
    """Return every word of a name that is known: one of these is no slip of the hand."""
    known = (*places.names, *places.groups, *places.elsewhere)
    return frozenset(word for key in known for word in key.split())


def find_near(text: str, places: Places) -> list[Name]:
    """Return the known names that a text is nearest to, several if equally near.

    A name is near if it begins with the same letter and has as many words that count, each the
    same or nearly so: a slip of the hand, never one real name for another.
    """
    for name in reversed(_list_spellings(normalise_name(text))):
        if len(name) < LONG_ENOUGH or re.search(r"\d", name):
            continue
        known = (*places.names, *places.groups, *places.elsewhere)
        alike = [key for key in known if key[0] == name[0] and not re.search(r"\d", key)]
        likely = [
            key for key in get_close_matches(name, alike, 5, CLOSE) if _is_slip(name, key, places)
        ]
        scores = {key: SequenceMatcher(None, key, name).ratio() for key in dict.fromkeys(likely)}
        nearest = [key for key, score in scores.items() if score == max(scores.values())]
        if found := [one for key in nearest if (one := _look_up_key(key, places))]:
            return found
    return []


def _is_slip(typed: str, key: str, places: Places) -> bool:
    """Tell whether a name is another one with slips of the hand in it."""
    words, meant = ([word for word in one.split() if word not in JOINING] for one in (typed, key))
    return len(words) == len(meant) and all(
        word == other or _is_near(word, other, places)
        for word, other in zip(words, meant, strict=True)
    )


def _is_near(word: str, other: str, places: Places) -> bool:
    if word in _split_words(places) or {word, other} & SIDES:
        return False
    return SequenceMatcher(None, other, word).ratio() >= CLOSE - 0.05
