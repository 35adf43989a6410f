"""Finds the area that a name, a town or a postcode lies in. Keeps nothing, sends nothing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Literal

from dashboard.places import Places, plain
from dashboard.text import joined

VINTAGE = "November 2025"  # of data/postcodes.csv
READ, QUOTED = 200, 40  # the most characters that are looked at, and that are said back
CLOSE, LONG_ENOUGH = 0.8, 5  # how alike two names must be, and how long, to be taken for one
_FIRST = r"([A-Z]{1,2}[0-9][A-Z0-9]?)"
_POSTCODE = re.compile(rf"(?<![A-Z0-9]){_FIRST}[^A-Z0-9]{{0,3}}([0-9O])([A-Z]{{2}})(?![A-Z0-9])")
_BEGINNING = re.compile(rf"{_FIRST}(?: ([0-9]))?")
_OFFICE = re.compile(r"\b(the|city|town|county|borough|district|metropolitan|council|of)\b")
_COUNTS = {2: "two", 3: "three"}


@dataclass(frozen=True)
class Answer:
    """The areas that were found, if any, and a sentence to show."""

    kind: Literal["area", "elsewhere", "unknown", "several", "empty"]
    area_ids: tuple[str, ...]
    message: str


def find(query: str, places: Places) -> Answer:
    """Return the area that a name, a town or a postcode, typed anyhow, lies in."""
    printable = "".join(c if c.isprintable() else " " for c in query.strip()[:READ])
    text = " ".join(unicodedata.normalize("NFKC", printable).split())
    if not text:
        return Answer("empty", (), "Type an area, a town or a postcode.")
    upper = text.upper()
    bare = re.sub(r"[^A-Z0-9]", "", upper)
    if match := _POSTCODE.fullmatch(bare) or _POSTCODE.search(upper):
        return _postcode(match[1], match[2].replace("O", "0"), match[3], places)
    if match := _BEGINNING.fullmatch(upper):
        return _beginning(match[1], match[2], places)
    return _name(text, places)


def _postcode(outcode: str, digit: str, unit: str, places: Places) -> Answer:
    sector = f"{outcode} {digit}"
    for code, units in places.sectors.get(sector, {}).items():
        if unit in units:
            area_id, where = places.districts[code]
            return Answer("area", (area_id,), f"{sector}{unit} is in {where}.")
    if sector in places.whole:
        return Answer("unknown", (), f"{sector}{unit} is not a postcode we know.")
    return _outside(f"{sector}{unit}", outcode, digit, places)


def _beginning(outcode: str, digit: str | None, places: Places) -> Answer:
    wanted = {f"{outcode} {digit or one}" for one in places.outcodes.get(outcode, "").split()}
    codes = {code for sector in wanted for code in places.sectors.get(sector, ())}
    begins = f"{outcode} {digit}" if digit else outcode
    if not codes:
        return _outside(begins, outcode, digit or "", places)
    which = "All" if wanted <= places.whole else "Some"
    where = joined(sorted(places.districts[code][1] for code in codes))
    message = f"{which} postcodes that begin with {begins} are in {where}."
    return _areas({places.districts[code][0] for code in codes}, message)


def _outside(said: str, outcode: str, digit: str, places: Places) -> Answer:
    exists = outcode in places.outcodes and digit in places.outcodes[outcode]
    if exists or outcode.startswith("BT"):  # Northern Ireland's are not in the table
        rest = f"in none of the twelve areas, as far as the postcode directory of {VINTAGE} knows"
        return Answer("elsewhere", (), f"{said} is {rest}.")
    begins = f"{outcode} {digit}" if outcode in places.outcodes else outcode
    return Answer("unknown", (), f"We know no postcode that begins with {begins}.")


def _name(text: str, places: Places) -> Answer:
    name = plain(text)
    for key in (name, plain(_OFFICE.sub(" ", name)), plain(text.partition(",")[0])):
        if answer := _exact(key, places):
            return answer
    if len(name) >= LONG_ENOUGH and (keys := _closest(name, places)):
        found = {one: said for key in keys for one, said in places.names.get(key, {}).items()}
        if found:
            return _areas(found, f"Nothing has just that name. The nearest: {_sentences(found)}")
        if answer := _exact(keys[0], places):
            return Answer(answer.kind, answer.area_ids, f"The nearest name: {answer.message}")
    quoted = re.sub(r"[^\w '.,-]|_", "", text)[:QUOTED].strip()
    said = f"“{quoted}”" if quoted else "that"
    hint = "Try an area, a larger town near by, or a postcode."
    return Answer("unknown", (), f"We do not know {said}. {hint}")


def _exact(key: str, places: Places) -> Answer | None:
    if found := places.names.get(key):
        return _areas(found, _sentences(found))
    if key in places.groups:
        name, ids = places.groups[key]
        inside = joined(places.areas[one] for one in sorted(ids))
        count = f"are {_COUNTS.get(len(ids), len(ids))}" if len(ids) > 1 else "is the only one"
        rest = f"The rest of {name} was in none of them."
        return _areas(ids, f"{inside} {count} of the twelve in {name}. {rest}")
    if key in places.elsewhere:
        said = f"{places.elsewhere[key]} is in none of the twelve areas."
        return Answer("elsewhere", (), said)
    return None


def _closest(name: str, places: Places) -> list[str]:
    """Return the known names most like this one, by the same letter: several if equally so."""
    known = (*places.names, *places.groups, *places.elsewhere)
    likely = get_close_matches(name, [key for key in known if key[0] == name[0]], 5, CLOSE)
    scores = {key: SequenceMatcher(None, key, name).ratio() for key in likely}
    return [key for key, score in scores.items() if score == max(scores.values())]


def _areas(ids: Iterable[str], message: str) -> Answer:
    found = tuple(sorted(set(ids)))
    return Answer("area" if len(found) == 1 else "several", found, message)


def _sentences(found: dict[str, str]) -> str:
    return " ".join(found[area_id] for area_id in sorted(found))
