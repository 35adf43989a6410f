"""Finds the area that a name, a town or a postcode lies in. Keeps nothing, sends nothing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dashboard.formatting import join_names
from dashboard.search import postcodes
from dashboard.search.gazetteer import COUNTRY, FORMER_COUNTIES, KINDS, SIDES
from dashboard.search.names import Name, find_near, look_up
from dashboard.search.place_names import Places, normalise_name

VINTAGE = postcodes.VINTAGE
READ, QUOTED = 1_000, 40  # the most characters that are looked at, and that are said back
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
_HINT = "Try an area, a larger town near by, or a postcode."
_BETWEEN = re.compile(r"[,;\n\r\t/|()]+|\s+-\s+|\b(?:in|near)\b", re.IGNORECASE)
_STREET = re.compile(
    r".*\b(avenue|ave|close|court|crescent|drive|gardens|grove|house|lane|ln|place|rd|road|row|"
    r"square|street|terrace|walk|way|\d+[a-z]?)\b"
)
_TOO_MANY_WORDS = 12

How = Literal["exact", "near", "wide"]
Kind = Literal["area", "elsewhere", "unknown", "several", "unsure", "empty"]


@dataclass(frozen=True)
class Answer:
    """The areas that were found, if any, and a sentence to show.

    ``how`` they were found: by just that name or postcode, by the nearest name, or by a name of
    something wider than the area, such as its county. "unsure" is an area that may be meant.
    """

    kind: Kind
    area_ids: tuple[str, ...]
    message: str
    how: How = "exact"


def find(query: str, places: Places) -> Answer:
    """Return the area that a name, a town, a postcode or an address, typed anyhow, lies in."""
    printable = "".join(c if c.isprintable() or c in "\n\r\t" else " " for c in query.strip())
    text = unicodedata.normalize("NFKC", printable[:READ]).strip()
    if not text:
        return Answer("empty", (), "Type an area, a town or a postcode.")
    upper = " ".join(text.upper().split())
    if found := postcodes.find_whole(upper, places) or postcodes.find_beginning(upper, places):
        return Answer(_classify(found.kind), found.area_ids, found.message)
    if name := look_up(" ".join(text.split()), places):
        return _tell(name, places)
    if found := postcodes.find_in_letters(upper, places):
        return Answer(_classify(found.kind), found.area_ids, found.message)
    return _read_parts(text, places)


def _read_parts(text: str, places: Places) -> Answer:
    """Return what the parts of an address say, else the nearest name, else of two joined names."""
    answer = _combine(_split(text, places), places) or _guess(text, places)
    apart = re.sub(r"\band\b|&", ",", text, flags=re.IGNORECASE)
    if answer.kind == "unknown" and apart != text:
        return _combine(_split(apart, places), places) or answer
    return answer


def _classify(kind: str) -> Kind:
    kinds: dict[str, Kind] = {"area": "area", "several": "several", "elsewhere": "elsewhere"}
    return kinds.get(kind, "unsure" if kind == "unsure" else "unknown")


def _split(text: str, places: Places) -> list[tuple[str, Name | None]]:
    """Return the parts of an address in their order, each with what is known of its name."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    parts = [
        part
        for part in parts
        if normalise_name(part) not in COUNTRY and {*normalise_name(part).split()} - KINDS
    ]
    if len(parts) == 1:
        words = normalise_name(parts[0]).split()
        names = _names_in(words, places) or _after_street(words, places)
        parts = names or _side_of(parts[0], words, places)
    return [(part, look_up(part, places)) for part in parts]


def _side_of(text: str, words: list[str], places: Places) -> list[str]:
    """Return a part, and after it what it is a side of: a county, "Mid Norfolk", or a town,
    "Derby North"; "West Derby" is another place than Derby."""
    county, town = " ".join(words[1:]), " ".join(words).rstrip()
    while " " in town and town.rpartition(" ")[2] in SIDES:
        town = town.rpartition(" ")[0]
    name = look_up(county, places) if words[0] in SIDES and county else None
    if name and name.kind == "wide":
        return [text, county]
    return [text, town] if town != " ".join(words) and look_up(town, places) else [text]


def _names_in(words: list[str], places: Places) -> list[str]:
    """Return the names that words written without a comma are made of, if they all are."""
    if not 1 < len(words) <= _TOO_MANY_WORDS:
        return []
    for end in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:end]), " ".join(words[end:])
        if look_up(head, places):
            rest = [tail] if look_up(tail, places) else _names_in(words[end:], places)
            if rest:
                return [head, *rest]
    return []


def _after_street(words: list[str], places: Places) -> list[str]:
    """Return a street and the names after it: "12 High Street Whitby" has no comma."""
    for end in range(1, len(words)):
        street, rest = " ".join(words[:end]), words[end:]
        if _STREET.fullmatch(street):
            if look_up(" ".join(rest), places):
                return [street, " ".join(rest)]
            if names := _names_in(rest, places):
                return [street, *names]
    return []


def _combine(parts: list[tuple[str, Name | None]], places: Places) -> Answer | None:
    """Return what parts say together: each later one may tell which of several places is meant."""
    known = [name for _, name in parts if name]
    ours = [name for name in known if name.kind == "ours"]
    if not ours and len(parts) > 1 and parts[0][1] is None:
        near = [name for name in find_near(parts[0][0], places) if name.kind == "ours"]
        if len(near) == 1:
            return _combine_near(near[0], parts, places)
    if ours:
        return _narrow(ours, parts, places)
    outside = [name for name in known if name.kind == "elsewhere"]
    if outside:
        return _tell(outside[-1], places)
    if known:
        answer = _tell(known[0], places)
        unread = next(part for part, name in parts if not name) if len(known) < len(parts) else ""
        ids = tuple(sorted({area_id for name in known for area_id in name.area_ids}))
        message = f"We do not know {_quote(unread)}. {answer.message}" if unread else answer.message
        return Answer("unsure", ids, message, "wide")
    return None


def _combine_near(near: Name, parts: list[tuple[str, Name | None]], places: Places) -> Answer:
    """Return what parts say together where the first is nearly the name of a place in an area."""
    answer = _narrow([near], [(near.name, near), *parts[1:]], places)
    message = f"Nothing has just that name. The nearest: {answer.message}"
    return Answer(answer.kind, answer.area_ids, message, "near")


def _narrow(ours: list[Name], parts: list[tuple[str, Name | None]], places: Places) -> Answer:
    """Return the areas of the names that are in one, unless the rest speaks against them."""
    common = set.intersection(*({*name.area_ids} for name in ours))
    ids = common or {area_id for name in ours for area_id in name.area_ids}
    told = _sentences([ours[0]] if common else ours, ids)
    last = max(at for at, (_, name) in enumerate(parts) if name and name.kind == "ours")
    for at, (part, name) in enumerate(parts):
        if name and name.kind == "wide":
            within = {*name.area_ids, *FORMER_COUNTIES.get(name.key, ())}
            if not ids & within:
                return _doubt(ours, ids, f"{told} {_not_there(name, ids, places)}")
            ids &= within
            told = _sentences([ours[0]] if common else ours, ids)
        elif name and name.kind == "elsewhere" and not _STREET.fullmatch(normalise_name(part)):
            return _doubt(ours, ids, f"{told} {_first_capital(name.name)} is in none of the twelve")
        elif not name and at > last and not _STREET.fullmatch(normalise_name(part)):
            return _doubt(ours, ids, f"{told} We do not know {_quote(part)}")
    return _areas(ids, told)


def _not_there(name: Name, ids: Iterable[str], places: Places) -> str:
    where = join_names(places.areas[area_id] for area_id in sorted(ids))
    verb = "are" if where.count(" and ") and len(set(ids)) > 1 else "is"
    return f"{where} {verb} not in {name.name}"


def _doubt(ours: list[Name], ids: Iterable[str], told: str) -> Answer:
    another = f"so another {ours[0].name} may be meant. Its postcode would settle it."
    return Answer("unsure", tuple(sorted(ids)), f"{told}, {another}")


def _guess(text: str, places: Places) -> Answer:
    """Return the nearest name, or that there is none."""
    near = find_near(" ".join(text.split()), places)
    if ours := [name for name in near if name.kind == "ours"]:
        ids = {area_id for name in ours for area_id in name.area_ids}
        return _areas(
            ids, f"Nothing has just that name. The nearest: {_sentences(ours, ids)}", "near"
        )
    if near:
        answer = _tell(near[0], places)
        return Answer(answer.kind, answer.area_ids, f"The nearest name: {answer.message}", "near")
    return Answer("unknown", (), f"We do not know {_quote(text)}. {_HINT}")


def _tell(name: Name, places: Places) -> Answer:
    """Return what is known of a place by its name alone."""
    if name.kind == "ours":
        told = _sentences([name], name.area_ids)
        if name.key in places.elsewhere:  # a village of ours and a district of another county
            told += f" Another {name.name} is in none of the twelve areas."
            return Answer("unsure", tuple(sorted(name.area_ids)), told)
        return _areas(name.area_ids, told)
    if name.kind == "elsewhere":
        return Answer(
            "elsewhere", (), f"{_first_capital(name.name)} is in none of the twelve areas."
        )
    ids = name.area_ids
    inside = join_names(places.areas[area_id] for area_id in sorted(ids))
    count = f"are {_COUNTS.get(len(ids), len(ids))}" if len(ids) > 1 else "is the only one"
    if name.key not in places.groups:
        return _areas(ids, f"{inside} lay in {name.name}, an older county.", "wide")
    rest = f"The rest of {name.name} was in none of them."
    return _areas(ids, f"{inside} {count} of the twelve in {name.name}. {rest}", "wide")


def _areas(ids: Iterable[str], message: str, how: How = "exact") -> Answer:
    found = tuple(sorted(set(ids)))
    return Answer("area" if len(found) == 1 else "several", found, message, how)


def _sentences(names: list[Name], ids: Iterable[str]) -> str:
    told = [
        name.sentences[area_id]
        for name in names
        for area_id in sorted(ids)
        if area_id in name.sentences
    ]
    return " ".join(dict.fromkeys(told))


def _first_capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _quote(text: str) -> str:
    quoted = " ".join(re.sub(r"[^\w '.,-]|_", "", text)[:QUOTED].split())
    return f"“{quoted}”" if quoted else "that"
