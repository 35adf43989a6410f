"""Chooses how a spreadsheet shows a number, by the unit of its column or its row.

A column's description states its unit at its end: "In whole pounds.", "In people."; a value "in
the unit of" something has the unit of its row. No format shows an exponent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Field = Mapping[str, Any]

_STATED_UNIT = re.compile(r"\bIn ([^.,;]+)[^.]*\.\s*$")
_UNIT_BY_ROW = "in the unit of"
_UNIT_IN_TEXT = re.compile(r"\bin ((?:whole )?pounds|per cent)\b", re.IGNORECASE)
_ZERO_TO_ONE = re.compile(r"\b(?:0|nought|zero) (?:to|and) (?:1|one)\b", re.IGNORECASE)
_POUNDS = re.compile(r"(?:whole )?pounds\b|£$|GBP$", re.IGNORECASE)
_PER_CENT = re.compile(r"(?:%|per ?cent\b)(?! points?)", re.IGNORECASE)
_SHARE_UNIT = "share of one"
_UNITS_BY_NAME_ENDING = {"_gbp": "whole pounds", "_per_cent": "per cent", "_percent": "per cent"}
# Numbers that name or place a thing rather than count it have no thousands separator.
_NOT_COUNTED = re.compile(r"degrees|points|score|rank|years?\b|place", re.IGNORECASE)
_MAX_DECIMALS = 10


@dataclass(frozen=True)
class NumberFormat:
    """A way to show a number: ``£1,234``, ``72.0%`` for 72.0, or ``72.0%`` for 0.72 (a share)."""

    decimals: int = 0
    is_grouped: bool = False
    is_money: bool = False
    is_per_cent: bool = False
    is_share: bool = False

    @property
    def code(self) -> str:
        """The format as Excel writes it."""
        number = "#,##0" if self.is_grouped else "0"
        if self.decimals:
            number += "." + "0" * self.decimals
        # A bare % would multiply by a hundred.
        ending = "%" if self.is_share else '"%"' if self.is_per_cent else ""
        return f"{'£' if self.is_money else ''}{number}{ending}"

    def show(self, value: float) -> str:
        """Return a number as a spreadsheet shows it."""
        scaled = abs(value) * (100 if self.is_share else 1)
        number = f"{scaled:{',' if self.is_grouped else ''}.{self.decimals}f}"
        ending = "%" if self.is_share or self.is_per_cent else ""
        return f"{'-' if value < 0 else ''}{'£' if self.is_money else ''}{number}{ending}"


def read_unit(field: Field) -> str:
    """Return a column's unit in words; empty where it has none.

    A field's own ``unit`` comes first, then its description, then its name. Values between 0 and
    1 are shares, and 1 is the whole.
    """
    if field.get("unit"):
        return str(field["unit"])
    description = str(field.get("description") or "")
    if _ZERO_TO_ONE.search(description) or _ends_at_one(field):
        return _SHARE_UNIT
    if stated := _STATED_UNIT.search(description) or _UNIT_IN_TEXT.search(description):
        return stated[1].strip()
    name = str(field["name"])
    return next(
        (unit for ending, unit in _UNITS_BY_NAME_ENDING.items() if name.endswith(ending)), ""
    )


def _ends_at_one(field: Field) -> bool:
    limits = field.get("constraints") or {}
    return field.get("type") == "number" and limits.get("maximum") == 1


def has_unit_by_row(field: Field) -> bool:
    """Tell whether a column's values are in units that differ from row to row."""
    return not field.get("unit") and _UNIT_BY_ROW in str(field.get("description") or "")


def choose_format(unit: str, value: float) -> NumberFormat:
    """Return the format of a number in a unit; it shows all digits of the number."""
    decimals = _count_decimals(value)
    if _POUNDS.match(unit):
        return NumberFormat(decimals=2 if decimals else 0, is_grouped=True, is_money=True)
    if unit == _SHARE_UNIT:
        return NumberFormat(decimals=max(0, decimals - 2), is_share=True)
    if _PER_CENT.match(unit):
        return NumberFormat(decimals=decimals, is_per_cent=True)
    is_counted = bool(unit) and not _NOT_COUNTED.search(unit)
    return NumberFormat(decimals=decimals, is_grouped=is_counted)


def _count_decimals(value: float) -> int:
    """Return how many digits follow the point: none for 55, one for 72.0."""
    if isinstance(value, int):
        return 0
    written = f"{value:.{_MAX_DECIMALS}f}".rstrip("0")
    return max(1, len(written.partition(".")[2]))
