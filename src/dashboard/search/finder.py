"""Finds the area that a name, a town or a postcode lies in. Queries are not stored or sent."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from dashboard.formatting import join_names
from dashboard.search import postcodes
from dashboard.search.gazetteer import COUNTRY, FORMER_COUNTIES, KINDS, SIDES
from dashboard.search.names import Name, find_near, look_up
from dashboard.search.place_names import Places, normalise_name
from dashboard.search.results import How, SearchResult

VINTAGE = postcodes.VINTAGE
MAX_QUERY_LENGTH = 1_000  # characters
MAX_QUOTED_LENGTH = 40  # characters of a query in a message
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
_HINT = "Try an area, a larger town near by, or a postcode."
_SEPARATORS = re.compile(r"[,;\n\r\t/|()]+|\s+-\s+|\b(?:in|near)\b", re.IGNORECASE)
_STREET = re.compile(
    r".*\b(avenue|ave|close|court|crescent|drive|gardens|grove|house|lane|ln|place|rd|road|row|"
    r"square|street|terrace|walk|way|\d+[a-z]?)\b"
)
_MAX_WORDS = 12


def find(query: str, places: Places) -> SearchResult:
    """Return the area that a name, a town, a postcode or an address lies in."""
    printable = "".join(c if c.isprintable() or c in "\n\r\t" else " " for c in query.strip())
    text = unicodedata.normalize("NFKC", printable[:MAX_QUERY_LENGTH]).strip()
    if not text:
        return SearchResult("empty", (), "Type an area, a town or a postcode.")
    upper = " ".join(text.upper().split())
    if result := postcodes.find_whole(upper, places) or postcodes.find_beginning(upper, places):
        return result
    if name := look_up(" ".join(text.split()), places):
        return _describe_name(name, places)
    return postcodes.find_in_letters(upper, places) or _read_parts(text, places)


def _read_parts(text: str, places: Places) -> SearchResult:
    """Combine the parts of an address, or find the nearest name, or split the text at "and"."""
    result = _combine(_split(text, places), places) or _guess(text, places)
    separate = re.sub(r"\band\b|&", ",", text, flags=re.IGNORECASE)
    if result.kind == "unknown" and separate != text:
        return _combine(_split(separate, places), places) or result
    return result


def _split(text: str, places: Places) -> list[tuple[str, Name | None]]:
    """Return the parts of an address in order, each with its name if it is known."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    parts = [
        part
        for part in parts
        if normalise_name(part) not in COUNTRY and {*normalise_name(part).split()} - KINDS
    ]
    if len(parts) == 1:
        words = normalise_name(parts[0]).split()
        names = _split_names(words, places) or _split_street(words, places)
        parts = names or _find_side(parts[0], words, places)
    return [(part, look_up(part, places)) for part in parts]


def _find_side(text: str, words: list[str], places: Places) -> list[str]:
    """Return a part, and after it the county or town of which it names a side.

    "Mid Norfolk" and "Derby North" are such; "West Derby" is another place than Derby.
    """
    county, town = " ".join(words[1:]), " ".join(words).rstrip()
    while " " in town and town.rpartition(" ")[2] in SIDES:
        town = town.rpartition(" ")[0]
    name = look_up(county, places) if words[0] in SIDES and county else None
    if name and name.kind == "wide":
        return [text, county]
    return [text, town] if town != " ".join(words) and look_up(town, places) else [text]


def _split_names(words: list[str], places: Places) -> list[str]:
    """Split words without a comma into known names; return none unless all words belong to one."""
    if not 1 < len(words) <= _MAX_WORDS:
        return []
    for end in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:end]), " ".join(words[end:])
        if look_up(head, places):
            rest = [tail] if look_up(tail, places) else _split_names(words[end:], places)
            if rest:
                return [head, *rest]
    return []


def _split_street(words: list[str], places: Places) -> list[str]:
    """Return a street and the names after it: "12 High Street Whitby" has no comma."""
    for end in range(1, len(words)):
        street, rest = " ".join(words[:end]), words[end:]
        if _STREET.fullmatch(street):
            if look_up(" ".join(rest), places):
                return [street, " ".join(rest)]
            if names := _split_names(rest, places):
                return [street, *names]
    return []


def _combine(parts: list[tuple[str, Name | None]], places: Places) -> SearchResult | None:
    """Combine the parts of an address: a later one may tell which of several places is meant."""
    known = [name for _, name in parts if name]
    inside = [name for name in known if name.kind == "inside"]
    if not inside and len(parts) > 1 and parts[0][1] is None:
        near = [name for name in find_near(parts[0][0], places) if name.kind == "inside"]
        if len(near) == 1:
            return _combine_near(near[0], parts, places)
    if inside:
        return _narrow(inside, parts, places)
    outside = [name for name in known if name.kind == "elsewhere"]
    if outside:
        return _describe_name(outside[-1], places)
    if known:
        result = _describe_name(known[0], places)
        unread = next(part for part, name in parts if not name) if len(known) < len(parts) else ""
        ids = tuple(sorted({area_id for name in known for area_id in name.area_ids}))
        message = f"We do not know {_quote(unread)}. {result.message}" if unread else result.message
        return SearchResult("unsure", ids, message, "wide")
    return None


def _combine_near(near: Name, parts: list[tuple[str, Name | None]], places: Places) -> SearchResult:
    """Combine parts of which the first is nearly the name of a place in an area."""
    result = _narrow([near], [(near.name, near), *parts[1:]], places)
    message = f"Nothing has just that name. The nearest: {result.message}"
    return replace(result, message=message, how="near")


def _narrow(
    inside: list[Name], parts: list[tuple[str, Name | None]], places: Places
) -> SearchResult:
    """Return the areas of the names that are in one, unless another part contradicts them."""
    common = set.intersection(*({*name.area_ids} for name in inside))
    ids = common or {area_id for name in inside for area_id in name.area_ids}
    message = _join_sentences([inside[0]] if common else inside, ids)
    last = max(at for at, (_, name) in enumerate(parts) if name and name.kind == "inside")
    for at, (part, name) in enumerate(parts):
        if name and name.kind == "wide":
            within = {*name.area_ids, *FORMER_COUNTIES.get(name.key, ())}
            if not ids & within:
                return _build_doubt(
                    inside, ids, f"{message} {_format_contradiction(name, ids, places)}"
                )
            ids &= within
            message = _join_sentences([inside[0]] if common else inside, ids)
        elif name and name.kind == "elsewhere" and not _STREET.fullmatch(normalise_name(part)):
            return _build_doubt(
                inside, ids, f"{message} {_capitalise(name.name)} is in none of the twelve"
            )
        elif not name and at > last and not _STREET.fullmatch(normalise_name(part)):
            return _build_doubt(inside, ids, f"{message} We do not know {_quote(part)}")
    return _build_result(ids, message)


def _format_contradiction(name: Name, ids: Iterable[str], places: Places) -> str:
    where = join_names(places.areas[area_id] for area_id in sorted(ids))
    verb = "are" if where.count(" and ") and len(set(ids)) > 1 else "is"
    return f"{where} {verb} not in {name.name}"


def _build_doubt(inside: list[Name], ids: Iterable[str], reason: str) -> SearchResult:
    another = f"so another {inside[0].name} may be meant. Its postcode would settle it."
    return SearchResult("unsure", tuple(sorted(ids)), f"{reason}, {another}")


def _guess(text: str, places: Places) -> SearchResult:
    """Return the areas of the nearest name, or an "unknown" result."""
    near = find_near(" ".join(text.split()), places)
    if inside := [name for name in near if name.kind == "inside"]:
        ids = {area_id for name in inside for area_id in name.area_ids}
        return _build_result(
            ids, f"Nothing has just that name. The nearest: {_join_sentences(inside, ids)}", "near"
        )
    if near:
        result = _describe_name(near[0], places)
        return replace(result, message=f"The nearest name: {result.message}", how="near")
    return SearchResult("unknown", (), f"We do not know {_quote(text)}. {_HINT}")


def _describe_name(name: Name, places: Places) -> SearchResult:
    """Return the areas that a name is of, or a part of."""
    if name.kind == "inside":
        message = _join_sentences([name], name.area_ids)
        if name.key in places.elsewhere:  # a village in an area and a district of another county
            message += f" Another {name.name} is in none of the twelve areas."
            return SearchResult("unsure", tuple(sorted(name.area_ids)), message)
        return _build_result(name.area_ids, message)
    if name.kind == "elsewhere":
        message = f"{_capitalise(name.name)} is in none of the twelve areas."
        return SearchResult("elsewhere", (), message)
    ids = name.area_ids
    members = join_names(places.areas[area_id] for area_id in sorted(ids))
    count = f"are {_COUNTS.get(len(ids), len(ids))}" if len(ids) > 1 else "is the only one"
    if name.key not in places.groups:
        return _build_result(ids, f"{members} lay in {name.name}, an older county.", "wide")
    rest = f"The rest of {name.name} was in none of them."
    return _build_result(ids, f"{members} {count} of the twelve in {name.name}. {rest}", "wide")


def _build_result(ids: Iterable[str], message: str, how: How = "exact") -> SearchResult:
    area_ids = tuple(sorted(set(ids)))
    return SearchResult("area" if len(area_ids) == 1 else "several", area_ids, message, how)


def _join_sentences(names: list[Name], ids: Iterable[str]) -> str:
    area_ids = sorted(ids)
    sentences = (name.sentences[key] for name in names for key in area_ids if key in name.sentences)
    return " ".join(dict.fromkeys(sentences))


def _capitalise(name: str) -> str:
    return name[:1].upper() + name[1:]


def _quote(text: str) -> str:
    quoted = " ".join(re.sub(r"[^\w '.,-]|_", "", text)[:MAX_QUOTED_LENGTH].split())
    return f"“{quoted}”" if quoted else "that"
