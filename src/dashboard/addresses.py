"""Parses the query of a page's address in any spelling, and reports what is not understood.

Unknown parameters are ignored.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from dashboard import formatting
from dashboard.data.loader import Data
from dashboard.filters import Filters
from dashboard.parameters import (
    MAX_OFFERS,
    Parameter,
    build_page_parameter,
    find_choice,
    list_parameters,
    suggest_choice,
)
from dashboard.search import finder
from dashboard.search.place_names import build_places

MISSING_PAGE = "page"  # in redirects to the front page: the name of the missing page
MAX_QUOTED, MAX_VALUES = 40, 20
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")
_SEPARATORS = re.compile(r"[,;|]")


@dataclass(frozen=True)
class Offer:
    """A value of a parameter that may be meant, as plain text."""

    parameter: str
    value: str
    many: bool


@dataclass(frozen=True)
class ParsedAddress:
    """The values of an address's known parameters, as the widgets spell them.

    ``changes`` are the parameters to spell otherwise in the address, or to remove if without
    values. ``sentences`` are plain text for the reader: what was not understood, or replaced.
    """

    address: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[str, ...]]
    sentences: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass
class _Notes:
    """Messages and offers collected while an address is parsed."""

    unknown: list[tuple[str, str]] = field(default_factory=list)  # label, value
    sentences: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def offer(self, parameter: Parameter, values: Iterable[str]) -> None:
        self.offers += [Offer(parameter.name, value, parameter.many) for value in values]


def parse_address(data: Data, page: str, query: Mapping[str, Sequence[str]]) -> ParsedAddress:
    """Parse the query of a page's address."""
    known = list_parameters(data, page)
    given = _gather(query, known)
    notes = _Notes()
    address = {}
    for name, values in given.items():
        if chosen := _read_values(data, known[name], values, notes):
            address[name] = chosen
    _remove_filtered_area(data, address, notes)
    missing = [value for value in query.get(MISSING_PAGE, ()) if not page and value.strip()][:1]
    for name in missing:
        notes.sentences.append(f"There is no page called {quote(name)} here.")
        pages = build_page_parameter()
        notes.offer(pages, suggest_choice(name, pages))
    written = {name: tuple(query[name]) for name in query if name.lower() in known}
    changes: dict[str, tuple[str, ...]] = {name: () for name in written if name not in address}
    changes |= {MISSING_PAGE: ()} if missing else {}
    changes |= {name: values for name, values in address.items() if written.get(name) != values}
    sentences = (*_describe_unknown(notes.unknown), *notes.sentences)
    distinct = dict.fromkeys(notes.offers)
    offers = [offer for offer in distinct if offer.value not in address.get(offer.parameter, ())]
    return ParsedAddress(
        address, changes, tuple(dict.fromkeys(sentences)), tuple(offers[:MAX_OFFERS])
    )


def _gather(
    query: Mapping[str, Sequence[str]], known: Mapping[str, Parameter]
) -> dict[str, list[str]]:
    """Return the values of known parameters, ignoring the case of their names."""
    given: dict[str, list[str]] = {}
    for name, values in query.items():
        if name.lower() in known:
            filled = [value for value in values if not _is_blank(value)]
            given.setdefault(name.lower(), []).extend(filled[:MAX_VALUES])
    return given


def _is_blank(value: str) -> bool:
    """Check whether a value shows nothing: a choice that was cleared, or only spaces."""
    decoded = unquote_plus(value) if _ENCODED.search(value) else value
    return not any(c.isprintable() and not c.isspace() for c in decoded)


def _read_values(
    data: Data, parameter: Parameter, values: Sequence[str], notes: _Notes
) -> tuple[str, ...]:
    if parameter.many:
        values = [part for value in values for part in _split(data, parameter, value)]
    read_values = [_read_value(data, parameter, value, notes) for value in values]
    choices = tuple(dict.fromkeys(value for value in read_values if value is not None))
    if not parameter.many and len(choices) > 1:
        sentence = f"This address gives {parameter.label} more than once."
        notes.sentences.append(f"{sentence} The last is shown: {choices[-1]}.")
        choices = choices[-1:]
    return () if choices == parameter.default else choices


def _split(data: Data, parameter: Parameter, value: str) -> list[str]:
    """Split a value that is a list, unless it is a choice as it is."""
    if _read_value(data, parameter, value, _Notes()) is not None:
        return [value]
    return [part for part in _SEPARATORS.split(value) if not _is_blank(part)][:MAX_VALUES]


def _read_value(data: Data, parameter: Parameter, value: str, notes: _Notes) -> str | None:
    """Return the choice that a value means, if any; note a value that means none."""
    if value in parameter.choices:
        return value
    decoded = unquote_plus(value) if _ENCODED.search(value) else value
    if choice := find_choice(decoded, parameter):
        return choice
    if parameter.is_area:
        return _read_area(data, parameter, decoded, notes)
    if parameter.name == "region" and (sentence := _describe_region(data, decoded)):
        notes.sentences.append(sentence)
        return None
    notes.unknown.append((parameter.label, decoded))
    notes.offer(parameter, suggest_choice(decoded, parameter))
    return None


def _read_area(data: Data, parameter: Parameter, value: str, notes: _Notes) -> str | None:
    """Return the label of the area with exactly that name, or note the result of the search."""
    result = finder.find(value, build_places(data))
    ids = list(data.areas["area_id"])
    positions = [ids.index(area_id) for area_id in result.area_ids]
    if result.kind == "unknown":
        notes.unknown.append((parameter.label, value))
        return None
    if result.kind == "area" and result.how == "exact":
        if not result.message.endswith("is one of the twelve areas."):
            notes.sentences.append(result.message)
        return parameter.choices[positions[0]]
    sentence = f"This address asks for {parameter.label} {quote(value)}."
    notes.sentences.append(f"{sentence} {result.message}")
    notes.offer(parameter, [str(data.areas["label"].iloc[position]) for position in positions])
    return None


def _describe_region(data: Data, value: str) -> str | None:
    """Return a sentence on a region or county without any of the areas; None for other values."""
    result = finder.find(value, build_places(data))
    return result.message if result.kind == "elsewhere" and result.how == "exact" else None


def _remove_filtered_area(data: Data, address: dict[str, tuple[str, ...]], notes: _Notes) -> None:
    """Remove the area chosen on the map if the filters of the same address exclude it."""
    label = address.get("focus", ("",))[0]
    cohort = next(iter(address.get("cohort", ())), None)
    filters = Filters(cohort, address.get("region", ()), address.get("place", ()))
    if label and label not in set(filters.apply(data.areas)["label"]):
        del address["focus"]
        notes.sentences.append(f"The filters leave {label} out, so it is not chosen on the map.")


def _describe_unknown(unknown: list[tuple[str, str]]) -> list[str]:
    if not unknown:
        return []
    shown = [f"{label} {quote(value)}" for label, value in dict.fromkeys(unknown)]
    rest = len(shown) - MAX_OFFERS
    names = formatting.join_names([*shown[:MAX_OFFERS], f"{rest} more"] if rest > 0 else shown)
    effect = "it is left out" if len(shown) == 1 else "they are left out"
    return [f"This address asks for {names}. We do not understand that, so {effect}."]


def quote(value: str) -> str:
    """Return text from an address in quotation marks, printable and cut to ``MAX_QUOTED``."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    short = f"{shown[:MAX_QUOTED].rstrip()}…" if len(shown) > MAX_QUOTED else shown
    return f"“{short}”"
