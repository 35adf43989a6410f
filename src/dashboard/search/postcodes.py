"""Reads whole postcodes and their beginnings as people type them, and finds their areas."""

import re
from dataclasses import replace
from itertools import product

from dashboard.formatting import join_names
from dashboard.search.place_names import Places
from dashboard.search.results import Kind, SearchResult

VINTAGE = "November 2025"  # of data/postcodes.csv
_MAX_READINGS = 3  # readings of one query that a message covers
# Letters that look like a digit; a digit where a letter must stand is read as the first.
_LETTERS_OF = {"0": "O", "1": "IL", "5": "S", "8": "B"}
_DIGIT_OF = {letter: digit for digit, letters in _LETTERS_OF.items() for letter in letters}
# Shapes of outcodes: A a letter, 9 a digit. BD5, BD16, B33, M1, W1A, EC1A.
_SHAPES = ("A9", "A99", "AA9", "AA99", "A9A", "AA9A")
_ALNUM = "A-Z0-9"
_WHOLE = re.compile(
    rf"(?<![{_ALNUM}])([{_ALNUM}]{{2,4}})[^{_ALNUM}]{{0,3}}([{_ALNUM}]{{3}})(?![{_ALNUM}])"
)
_BEGINNING = re.compile(r"(?=.*\d)[A-Z0-9]{2,5}( [0-9OIL])?")
# A pasted address can lose the line break between the town and the postcode: "WhitbyYO21 1AA".
_RUN_ON = re.compile(r"(?<=[A-Z]{3})([A-Z]{1,2}[0-9][A-Z0-9]?) {0,3}([0-9][A-Z]{2})(?![A-Z0-9])")


def find_whole(text: str, places: Places) -> SearchResult | None:
    """Find the areas of the whole postcode in a text in capitals; None if it has none.

    A postcode that cannot exist as typed is read as one of the directory that looks like it: O for
    0, I or L for 1.
    """
    bare = re.sub(r"[^A-Z0-9]", "", text)
    pairs = [(bare[:-3], bare[-3:])] if len(bare) <= max(map(len, _SHAPES)) + 3 else []
    pairs += [(match[1], match[2]) for match in _find_pairs(text)]
    pairs += [(match[1], match[2]) for match in _RUN_ON.finditer(text)]
    pairs = list(dict.fromkeys(pairs))
    as_typed = [pair for pair in pairs if _is_shaped(*pair)]
    for outcode, incode in as_typed:
        if incode[0] in places.outcodes.get(outcode, ""):
            return _describe_postcode(outcode, incode, places)
    readings = [reading for pair in pairs for reading in _find_likely(*pair, places)]
    if readings:
        return _describe_all(readings, places)
    if not as_typed and len(pairs) == 1:  # a postcode alone, of a known outcode
        as_typed = [pair for pair in _list_postcodes(*pairs[0]) if pair[0] in places.outcodes]
    return _describe_postcode(*as_typed[0], places) if as_typed else None


def find_in_letters(text: str, places: Places) -> SearchResult | None:
    """Find the postcode of an area in a text without digits: "FYI IAA" is FY1 1AA."""
    bare = re.sub(r"[^A-Z]", "", text)
    pairs = product(_list_outcodes(bare[:-3]), _list_readings(bare[-3:], "9AA"))
    readings = [pair for pair in pairs if _find_districts(*pair, places)]
    return _describe_all(readings, places) if readings else None


def find_beginning(text: str, places: Places) -> SearchResult | None:
    """Find the areas of the beginning of a postcode, "BD5" or "BD5 0"; None if it is none.

    Without a space "BD50" can be BD5 0, and "DE21" the outcode or DE2 1: the message covers both.
    """
    outcode, _, digit = text.partition(" ")
    if not _BEGINNING.fullmatch(text) or outcode.isdigit():
        return None
    if digit:
        pairs = [(code, _DIGIT_OF.get(digit, digit)) for code in _list_outcodes(outcode)]
    else:
        sectors = [
            (code, _DIGIT_OF.get(outcode[-1], outcode[-1])) for code in _list_outcodes(outcode[:-1])
        ]
        pairs = [(code, "") for code in _list_outcodes(outcode)]
        pairs += [(code, last) for code, last in sectors if last.isdigit()]
    known = [(code, last) for code, last in pairs if last in places.outcodes.get(code, " ")]
    known = [(code, last) for code, last in known if code in places.outcodes]
    typed = [pair for pair in known if "".join(pair) == text.replace(" ", "")]
    if results := [
        _describe_beginning(code, last, places) for code, last in typed or known[:_MAX_READINGS]
    ]:
        # The outcode as typed comes first; the reading with a space adds to it.
        return _add(results[0], results[1:]) if typed else _merge(results)
    shaped = [code for code in _list_outcodes(outcode) if code == outcode]
    return _describe_outside(outcode, outcode, digit, places) if shaped else None


def _find_pairs(text: str) -> list[re.Match[str]]:
    """Return all pairs of neighbouring words of the lengths of a postcode's halves."""
    matches = (_WHOLE.match(text, start) for start in range(len(text)))
    return [match for match in matches if match]


def _is_shaped(outcode: str, incode: str) -> bool:
    return outcode in _list_outcodes(outcode) and bool(re.fullmatch(r"[0-9][A-Z]{2}", incode))


def _find_likely(outcode: str, incode: str, places: Places) -> list[tuple[str, str]]:
    """Return the postcodes in areas that two halves look like, else those of the directory."""
    sectors = [
        (code, half)
        for code, half in _list_postcodes(outcode, incode)
        if half[0] in places.outcodes.get(code, "")
    ]
    inside = [(code, half) for code, half in sectors if _find_districts(code, half, places)]
    return inside or sectors


def _list_postcodes(outcode: str, incode: str) -> list[tuple[str, str]]:
    """Return all well-formed postcodes that two halves look like."""
    # A number alone is that of a house: "11 Old Road" is not in L1 0LD.
    if outcode.isdigit() or not re.search(r"\d", outcode + incode):
        return []
    return list(product(_list_outcodes(outcode), _list_readings(incode, "9AA")))


def _list_outcodes(typed: str) -> list[str]:
    """Return the outcodes that letters and digits look like, as typed first."""
    outcodes = [outcode for shape in _SHAPES for outcode in _list_readings(typed, shape)]
    return sorted(dict.fromkeys(outcodes), key=lambda outcode: outcode != typed)


def _list_readings(typed: str, shape: str) -> list[str]:
    if len(typed) != len(shape):
        return []
    options = [_list_options(char, kind) for char, kind in zip(typed, shape, strict=True)]
    return ["".join(chars) for chars in product(*options)]


def _list_options(char: str, kind: str) -> str:
    """Return the readings of a character where a letter (A) or a digit (9) must stand."""
    if kind == "9":
        return char if char.isdigit() else _DIGIT_OF.get(char, "")
    if char == "L":  # a small L looks like a capital I
        return "LI"
    return char if char.isalpha() else _LETTERS_OF.get(char, "")


def _find_districts(outcode: str, incode: str, places: Places) -> list[str]:
    """Return the districts of areas that a postcode is in: one or none."""
    units = places.sectors.get(f"{outcode} {incode[0]}", {})
    return [code for code, listed in units.items() if incode[1:] in listed.split()]


def _describe_all(readings: list[tuple[str, str]], places: Places) -> SearchResult:
    """Merge the results of the postcodes that may be meant."""
    results = dict.fromkeys(
        _describe_postcode(outcode, incode, places) for outcode, incode in readings
    )
    return _merge(list(results)[:_MAX_READINGS])


def _merge(results: list[SearchResult]) -> SearchResult:
    if len(results) == 1:
        return results[0]
    ids = tuple(sorted({area_id for result in results for area_id in result.area_ids}))
    kind: Kind = "several" if len(ids) > 1 else results[0].kind
    if len(ids) == 1:
        # Where one reading lies in no area, the reader has to say which is meant.
        kind = "area" if all(result.area_ids == ids for result in results) else "unsure"
    return SearchResult(kind, ids, " ".join(result.message for result in results))


def _add(first: SearchResult, others: list[SearchResult]) -> SearchResult:
    results = [first, *(other for other in others if other.area_ids)]
    message = " ".join(result.message for result in results)
    return replace(first, message=message) if first.area_ids else _merge(results)


def _describe_postcode(outcode: str, incode: str, places: Places) -> SearchResult:
    postcode, sector = f"{outcode} {incode}", f"{outcode} {incode[0]}"
    for code in _find_districts(outcode, incode, places):
        area_id, where = places.districts[code]
        return SearchResult("area", (area_id,), f"{postcode} is in {where}.")
    if sector in places.whole:
        return SearchResult("unknown", (), f"{postcode} is not a postcode we know.")
    return _describe_outside(postcode, outcode, incode[0], places)


def _describe_beginning(outcode: str, digit: str, places: Places) -> SearchResult:
    wanted = {f"{outcode} {last}" for last in digit or places.outcodes.get(outcode, "").split()}
    codes = {code for sector in wanted for code in places.sectors.get(sector, ())}
    begins = f"{outcode} {digit}" if digit else outcode
    if not codes:
        return _describe_outside(begins, outcode, digit, places)
    which = "All" if wanted <= places.whole else "Some"
    where = join_names(sorted(places.districts[code][1] for code in codes))
    ids = tuple(sorted({places.districts[code][0] for code in codes}))
    message = f"{which} postcodes that begin with {begins} are in {where}."
    return SearchResult("area" if len(ids) == 1 else "several", ids, message)


def _describe_outside(shown: str, outcode: str, digit: str, places: Places) -> SearchResult:
    exists = outcode in places.outcodes and digit in places.outcodes[outcode]
    if exists or outcode.startswith("BT"):  # Northern Ireland's are not in the table
        rest = f"not in any of the twelve areas (postcodes as of {VINTAGE})"
        return SearchResult("elsewhere", (), f"{shown} is {rest}.")
    begins = f"{outcode} {digit}" if outcode in places.outcodes else outcode
    return SearchResult("unknown", (), f"We know no postcode that begins with {begins}.")
