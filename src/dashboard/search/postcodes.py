"""Reads postcodes, whole or their beginning, as people type them, and says what lies there."""

import re
from dataclasses import dataclass, replace
from itertools import product

from dashboard.formatting import join_names
from dashboard.search.place_names import Places

VINTAGE = "November 2025"  # of data/postcodes.csv
_MOST = 3  # postcodes that are told of where several may have been meant
# What looks alike on paper and on a keyboard: a digit, and the letters that stand in for it. The
# first of each is what the digit is read as where a letter must stand.
_LETTERS_OF = {"0": "O", "1": "IL", "5": "S", "8": "B"}
_DIGIT_OF = {letter: digit for digit, letters in _LETTERS_OF.items() for letter in letters}
# How outcodes are built: A a letter, 9 a digit. BD5, BD16, B33, M1, W1A, EC1A.
_SHAPES = ("A9", "A99", "AA9", "AA99", "A9A", "AA9A")
_ALIKE = "A-Z0-9"
_WHOLE = re.compile(
    rf"(?<![{_ALIKE}])([{_ALIKE}]{{2,4}})[^{_ALIKE}]{{0,3}}([{_ALIKE}]{{3}})(?![{_ALIKE}])"
)
_BEGINNING = re.compile(r"(?=.*\d)[A-Z0-9]{2,5}( [0-9OIL])?")
# A pasted address can lose the line break between the town and the postcode: "WhitbyYO21 1AA".
_RUN_ON = re.compile(r"(?<=[A-Z]{3})([A-Z]{1,2}[0-9][A-Z0-9]?) {0,3}([0-9][A-Z]{2})(?![A-Z0-9])")


@dataclass(frozen=True)
class Found:
    """What is known of a postcode, or of the beginning of one: areas and a sentence."""

    kind: str  # "area", "several", "elsewhere" or "unknown", as the finder's answers have it
    area_ids: tuple[str, ...]
    message: str


def find_whole(text: str, places: Places) -> Found | None:
    """Return what is known of the one whole postcode in a text, in capitals, if there is one.

    What cannot be as it is typed is read as what it looks like, where that is a postcode of the
    directory: O for nought, I or L for one.
    """
    bare = re.sub(r"[^A-Z0-9]", "", text)
    pairs = [(bare[:-3], bare[-3:])] if len(bare) <= max(map(len, _SHAPES)) + 3 else []
    pairs += [(match[1], match[2]) for match in _find_overlapping(text)]
    pairs += [(match[1], match[2]) for match in _RUN_ON.finditer(text)]
    pairs = list(dict.fromkeys(pairs))
    as_typed = [pair for pair in pairs if _is_shaped(*pair)]
    for outcode, incode in as_typed:
        if incode[0] in places.outcodes.get(outcode, ""):
            return _tell(outcode, incode, places)
    readings = [reading for pair in pairs for reading in _find_likely(*pair, places)]
    if readings:
        return _tell_all(readings, places)
    if not as_typed and len(pairs) == 1:  # a postcode alone, of an outcode that there is
        as_typed = [pair for pair in _read(*pairs[0]) if pair[0] in places.outcodes]
    return _tell(*as_typed[0], places) if as_typed else None


def find_in_letters(text: str, places: Places) -> Found | None:
    """Return the postcode of ours that a text without any digit must be: "FYI IAA" is FY1 1AA."""
    bare = re.sub(r"[^A-Z]", "", text)
    pairs = product(_list_outcodes(bare[:-3]), _list_readings(bare[-3:], "9AA"))
    readings = [pair for pair in pairs if _list_codes(*pair, places)]
    return _tell_all(readings, places) if readings else None


def find_beginning(text: str, places: Places) -> Found | None:
    """Return what is known of the beginning of a postcode, "BD5" or "BD5 0", if it is one.

    Without its space "BD50" can be BD5 0, and "DE21" is an outcode and can be DE2 1: both are said.
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
    if found := [_tell_beginning(code, last, places) for code, last in typed or known[:_MOST]]:
        # As it stands it is an outcode; what a space would make of it is said beside that.
        return _add(found[0], found[1:]) if typed else _merge(found)
    shaped = [code for code in _list_outcodes(outcode) if code == outcode]
    return _describe_outside(outcode, outcode, digit, places) if shaped else None


def _find_overlapping(text: str) -> list[re.Match[str]]:
    """Return every pair of neighbouring words that are as long as the halves of a postcode."""
    matches = (_WHOLE.match(text, start) for start in range(len(text)))
    return [match for match in matches if match]


def _is_shaped(outcode: str, incode: str) -> bool:
    return outcode in _list_outcodes(outcode) and bool(re.fullmatch(r"[0-9][A-Z]{2}", incode))


def _find_likely(outcode: str, incode: str, places: Places) -> list[tuple[str, str]]:
    """Return the postcodes of the directory that two halves look like; those of ours first."""
    sectors = [
        (code, half)
        for code, half in _read(outcode, incode)
        if half[0] in places.outcodes.get(code, "")
    ]
    ours = [(code, half) for code, half in sectors if _list_codes(code, half, places)]
    return ours or sectors


def _read(outcode: str, incode: str) -> list[tuple[str, str]]:
    """Return every postcode that two halves look like, whether there is one or not."""
    # A number by itself is a house's: "11 Old Road" is not in L1 0LD.
    if outcode.isdigit() or not re.search(r"\d", outcode + incode):
        return []
    return list(product(_list_outcodes(outcode), _list_readings(incode, "9AA")))


def _list_outcodes(typed: str) -> list[str]:
    """Return what letters and digits can be as an outcode, as typed first."""
    read = [one for shape in _SHAPES for one in _list_readings(typed, shape)]
    return sorted(dict.fromkeys(read), key=lambda one: one != typed)


def _list_readings(typed: str, shape: str) -> list[str]:
    if len(typed) != len(shape):
        return []
    options = [_list_options(char, kind) for char, kind in zip(typed, shape, strict=True)]
    return ["".join(chars) for chars in product(*options)]


def _list_options(char: str, kind: str) -> str:
    """Return what a character can be where a letter (A) or a digit (9) must stand."""
    if kind == "9":
        return char if char.isdigit() else _DIGIT_OF.get(char, "")
    if char == "L":  # a small L looks like a capital I
        return "LI"
    return char if char.isalpha() else _LETTERS_OF.get(char, "")


def _list_codes(outcode: str, incode: str, places: Places) -> list[str]:
    """Return the district of ours that a postcode is in, if any."""
    units = places.sectors.get(f"{outcode} {incode[0]}", {})
    return [code for code, listed in units.items() if incode[1:] in listed.split()]


def _tell_all(readings: list[tuple[str, str]], places: Places) -> Found:
    """Return what is known of each postcode that was meant, perhaps."""
    told = {_tell(outcode, incode, places): None for outcode, incode in readings}
    return _merge(list(told)[:_MOST])


def _merge(found: list[Found]) -> Found:
    if len(found) == 1:
        return found[0]
    ids = tuple(sorted({area_id for one in found for area_id in one.area_ids}))
    # One of them lies in no area, so that it is for the reader to say which was meant.
    sure = all(one.area_ids == ids for one in found)
    kind = (
        "several"
        if len(ids) > 1
        else "area"
        if ids and sure
        else "unsure"
        if ids
        else found[0].kind
    )
    return Found(kind, ids, " ".join(one.message for one in found))


def _add(first: Found, others: list[Found]) -> Found:
    ours = [first, *(one for one in others if one.area_ids)]
    message = " ".join(one.message for one in ours)
    return replace(first, message=message) if first.area_ids else _merge(ours)


def _tell(outcode: str, incode: str, places: Places) -> Found:
    postcode, sector = f"{outcode} {incode}", f"{outcode} {incode[0]}"
    for code in _list_codes(outcode, incode, places):
        area_id, where = places.districts[code]
        return Found("area", (area_id,), f"{postcode} is in {where}.")
    if sector in places.whole:
        return Found("unknown", (), f"{postcode} is not a postcode we know.")
    return _describe_outside(postcode, outcode, incode[0], places)


def _tell_beginning(outcode: str, digit: str, places: Places) -> Found:
    wanted = {f"{outcode} {last}" for last in digit or places.outcodes.get(outcode, "").split()}
    codes = {code for sector in wanted for code in places.sectors.get(sector, ())}
    begins = f"{outcode} {digit}" if digit else outcode
    if not codes:
        return _describe_outside(begins, outcode, digit, places)
    which = "All" if wanted <= places.whole else "Some"
    where = join_names(sorted(places.districts[code][1] for code in codes))
    ids = tuple(sorted({places.districts[code][0] for code in codes}))
    message = f"{which} postcodes that begin with {begins} are in {where}."
    return Found("area" if len(ids) == 1 else "several", ids, message)


def _describe_outside(shown: str, outcode: str, digit: str, places: Places) -> Found:
    exists = outcode in places.outcodes and digit in places.outcodes[outcode]
    if exists or outcode.startswith("BT"):  # Northern Ireland's are not in the table
        rest = f"in none of the twelve areas, as far as the postcode directory of {VINTAGE} knows"
        return Found("elsewhere", (), f"{shown} is {rest}.")
    begins = f"{outcode} {digit}" if outcode in places.outcodes else outcode
    return Found("unknown", (), f"We know no postcode that begins with {begins}.")
