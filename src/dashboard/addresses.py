"""Reads what an address asks for as people write it: what is meant, and what is not understood.

A parameter that no page knows is nobody's business here, and is left alone.
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
    find_choice,
    list_page_names,
    list_parameters,
    suggest_choice,
)
from dashboard.search import finder
from dashboard.search.place_names import load_places

NO_PAGE = "page"  # what server.py calls a page that there is not, when it leads to the front page
MAX_QUOTED, MAX_VALUES = 40, 20
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")
_BETWEEN = re.compile(r"[,;|]")


@dataclass(frozen=True)
class Offer:
    """What may have been meant, to be chosen at a press: the widget's value, as plain text."""

    parameter: str
    value: str
    many: bool


@dataclass(frozen=True)
class Reading:
    """What an address asks for: every known parameter's values, as the widgets write them.

    ``changes`` are those that the address writes otherwise; without values they leave it.
    ``sentences`` say what was not understood, or what was read in what, as plain text.
    """

    address: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[str, ...]]
    sentences: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass
class _Notes:
    """What there is to say of an address, as it is read."""

    unknown: list[tuple[str, str]] = field(default_factory=list)  # label, value
    sentences: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def offer(self, parameter: Parameter, values: Iterable[str]) -> None:
        self.offers += [Offer(parameter.name, value, parameter.many) for value in values]


def read(data: Data, page: str, query: Mapping[str, Sequence[str]]) -> Reading:
    """Return what a page's address asks for."""
    known = list_parameters(data, page)
    given = _gather(query, known)
    notes = _Notes()
    address = {}
    for name, values in given.items():
        if kept := _read_values(data, known[name], values, notes):
            address[name] = kept
    _leave_out_what_is_filtered(data, address, notes)
    sought = [value for value in query.get(NO_PAGE, ()) if not page and value.strip()][:1]
    for name in sought:
        notes.sentences.append(f"There is no page called {quote(name)} here.")
        notes.offer(list_page_names(), suggest_choice(name, list_page_names()))
    written = {name: tuple(query[name]) for name in query if name.lower() in known}
    gone: dict[str, tuple[str, ...]] = {name: () for name in written if name not in address}
    gone |= {NO_PAGE: ()} if sought else {}
    changes = gone | {name: kept for name, kept in address.items() if written.get(name) != kept}
    sentences = (*_tell_unknown(notes.unknown), *notes.sentences)
    offers = [
        one
        for one in dict.fromkeys(notes.offers)
        if one.value not in address.get(one.parameter, ())
    ]
    return Reading(address, changes, tuple(dict.fromkeys(sentences)), tuple(offers[:MAX_OFFERS]))


def _gather(
    query: Mapping[str, Sequence[str]], known: Mapping[str, Parameter]
) -> dict[str, list[str]]:
    """Return the values of the parameters that are known, whatever the case of their names."""
    given: dict[str, list[str]] = {}
    for name, values in query.items():
        if name.lower() in known:
            filled = [value for value in values if value.strip()]
            given.setdefault(name.lower(), []).extend(filled[:MAX_VALUES])
    return given


def _read_values(
    data: Data, parameter: Parameter, values: Sequence[str], notes: _Notes
) -> tuple[str, ...]:
    if parameter.many:
        values = [part for value in values for part in _split(data, parameter, value)]
    read_values = [_read_value(data, parameter, value, notes) for value in values]
    kept = tuple(dict.fromkeys(value for value in read_values if value is not None))
    if not parameter.many and len(kept) > 1:
        notes.sentences.append(
            f"This address gives {parameter.label} more than once. The last is shown: {kept[-1]}."
        )
        kept = kept[-1:]
    return () if kept == parameter.default else kept


def _split(data: Data, parameter: Parameter, value: str) -> list[str]:
    """Return the parts of a list in one value, unless the value is a choice as it is."""
    if _read_value(data, parameter, value, _Notes()) is not None:
        return [value]
    return [part for part in _BETWEEN.split(value) if part.strip()][:MAX_VALUES]


def _read_value(data: Data, parameter: Parameter, value: str, notes: _Notes) -> str | None:
    """Return the choice that a value means, if any; note what there is to say of it."""
    if value in parameter.choices:
        return value
    decoded = unquote_plus(value) if _ENCODED.search(value) else value
    if choice := find_choice(decoded, parameter):
        return choice
    if parameter.is_area:
        return _read_area(data, parameter, decoded, notes)
    if parameter.name == "region" and (sentence := _tell_region(data, decoded)):
        notes.sentences.append(sentence)
        return None
    notes.unknown.append((parameter.label, decoded))
    notes.offer(parameter, suggest_choice(decoded, parameter))
    return None


def _read_area(data: Data, parameter: Parameter, value: str, notes: _Notes) -> str | None:
    """Return the label of the area that the finder finds by just that name, or note its answer."""
    answer = finder.find(value, load_places(data))
    ids = list(data.areas["area_id"])
    found = [ids.index(area_id) for area_id in answer.area_ids]
    if answer.kind == "unknown":
        notes.unknown.append((parameter.label, value))
        return None
    if answer.kind == "area" and answer.how == "exact":
        if not answer.message.endswith("is one of the twelve areas."):
            notes.sentences.append(answer.message)
        return parameter.choices[found[0]]
    asked = f"This address asks for {parameter.label} {quote(value)}."
    notes.sentences.append(f"{asked} {answer.message}")
    notes.offer(parameter, [str(data.areas["label"].iloc[at]) for at in found])
    return None


def _tell_region(data: Data, value: str) -> str | None:
    """Return a sentence on a region of England, or a county, that is no choice of its own."""
    answer = finder.find(value, load_places(data))
    return answer.message if answer.kind == "elsewhere" and answer.how == "exact" else None


def _leave_out_what_is_filtered(
    data: Data, address: dict[str, tuple[str, ...]], notes: _Notes
) -> None:
    """Take the area chosen on the map away where the filters of the same address leave it out."""
    label = address.get("focus", ("",))[0]
    chosen = Filters(
        next(iter(address.get("cohort", ())), None),
        address.get("region", ()),
        address.get("place", ()),
    )
    if label and label not in set(chosen.apply(data.areas)["label"]):
        del address["focus"]
        notes.sentences.append(f"The filters leave {label} out, so it is not chosen on the map.")


def _tell_unknown(unknown: list[tuple[str, str]]) -> list[str]:
    if not unknown:
        return []
    shown = [f"{label} {quote(value)}" for label, value in dict.fromkeys(unknown)]
    rest = len(shown) - MAX_OFFERS
    named = [*shown[:MAX_OFFERS], f"{rest} more"] if rest > 0 else shown
    left = "it is left out" if len(shown) == 1 else "they are left out"
    return [
        (
            f"This address asks for {formatting.join_names(named)}. We do not understand that, so "
            f"{left}."
        )
    ]


def quote(value: str) -> str:
    """Return text from an address in quotation marks, of characters that can be shown, short."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    cut = f"{shown[:MAX_QUOTED].rstrip()}…" if len(shown) > MAX_QUOTED else shown
    return f"“{cut}”"
