"""What is wrong with a data package, in words that an officer can act on."""

import json
import logging
import re
import sys
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

Table = dict[str, Any]

_LOG = logging.getLogger(__name__)
# Where nobody asked for a log, the error says it all.
_LOG.addHandler(logging.NullHandler())

_EVENT = "fault in the figures"
_DESCRIPTOR = "datapackage.json"
_LONGEST = 80
_SHAPES = ("blank-row", "missing-cell", "extra-cell")

_REPEATS = "repeats"
_ABSENT = "is not in"
_BLANK = "is a blank row"

TYPES = {
    "boolean": "is not true or false",
    "date": "is not a day written year-month-day, like 2017-01-18",
    "integer": "is not a whole number",
    "number": "is not a number in plain figures",
}
KINDS = ("string", *TYPES)

_WRITTEN = {
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "integer": re.compile(r"-?\d{1,15}", re.ASCII),
    "number": re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII),
}

_CONSTRAINTS = {
    "enum": "is not one of: {}",
    "maximum": "is over {}",
    "maxLength": "is longer than {} characters",
    "minimum": "is under {}",
    "minLength": "is shorter than {} characters",
    "pattern": "is not in the form that its column asks for, {}",
    "required": "is empty and must not be",
}

_SAME_ROW = re.compile(r"the same as in the row at position (\d+)")
_CONSTRAINT = re.compile(r'constraint "(\w+)" is ')


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: where it is, which rule it breaks, and the value that breaks it.

    ``row`` counts as a spreadsheet does: the header is row 1. A long value is cut.
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    value: str | None = None

    def __post_init__(self) -> None:
        """Keep a column's name and a value short enough to read."""
        for name in ("column", "value"):
            object.__setattr__(self, name, shortened(getattr(self, name)))

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(self.column)
        value = "" if self.value is None else f": {json.dumps(self.value, ensure_ascii=False)}"
        return f"{', '.join(place)}: {self.rule}{value}"


class DataError(Exception):
    """The data package cannot be used; ``faults`` says why, one entry a fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def told(found: list[Fault]) -> DataError | None:
    """Return the error that carries faults, each told to the log; None where there are none."""
    _tell(tuple(found))
    return DataError(tuple(found)) if found else None


@lru_cache(maxsize=1)
def _tell(found: tuple[Fault, ...]) -> None:
    """Log each fault, once until others are found, or none: the same may be planted again."""
    for fault in found:
        _LOG.error(_EVENT, extra=asdict(fault))


def unforeseen(place: str) -> DataError:
    """Return the error being handled, which no check foresaw, as a fault; the log has it whole."""
    rule = "holds what no check foresaw and cannot be read: the server's log says more"
    fault = Fault(place, None, None, rule, type(sys.exception()).__name__)
    _LOG.exception(_EVENT, extra=asdict(fault))
    return DataError((fault,))


def shortened(words: str | None) -> str | None:
    """Return words cut, with an ellipsis, where they are too long to read."""
    return words if words is None or len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def is_a(kind: str, cell: str) -> bool:
    """Tell whether a cell is written as its column's type is: no 1e3, NaN, TRUE or 1,000."""
    if kind not in _WRITTEN:
        return True
    if not _WRITTEN[kind].fullmatch(cell):
        return False
    try:
        return kind != "date" or bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _absent(file: str) -> str:
    """Return the rule that a key breaks which leads nowhere."""
    return f"{_ABSENT} {file}"


def unreadable(reason: str) -> str:
    """Return the rule that a row breaks which the CSV reader stops at."""
    known = {
        "unexpected end of data": "opens a quotation mark that is never closed",
        "',' expected after '\"'": "has a quotation mark too many, or one that is not closed",
    }
    return known.get(reason, f"cannot be read ({reason})")


def telling(errors: list[Any]) -> list[Any]:
    """Return the validator's errors on one row but those that echo another."""
    by_type = {error.type: error for error in reversed(errors)}
    for shape in _SHAPES:
        if shape in by_type:
            return [by_type[shape]]
    if "primary-key" in by_type:
        return [error for error in errors if error.type != "unique-error"]
    return errors


def of_error(table: Table, tables: dict[str, Table], error: Any) -> Fault:
    """Return what the validator found in a table's row, in plain words, at its place."""
    file, row = table["path"], getattr(error, "row_number", None)
    fields = {field["name"]: field.get("constraints", {}) for field in table["schema"]["fields"]}
    column, cell = getattr(error, "field_name", None), getattr(error, "cell", None)
    if error.type in _SHAPES:
        found = "1 cell" if len(error.cells) == 1 else f"{len(error.cells)} cells"
        rule = f"has {found} where the header has {len(fields)}"
        return Fault(file, row, None, _BLANK if error.type == "blank-row" else rule)
    if error.type == "foreign-key":
        return _key_fault(table, tables, error)
    if error.type == "resource-error":
        return Fault(_DESCRIPTOR, None, table["name"], "has a foreign key to no resource")
    if error.type == "primary-key":
        key = table["schema"]["primaryKey"]
        cells = dict(zip(fields, error.cells, strict=True))
        values = ", ".join(cells[one] for one in key)
        return Fault(file, row, ", ".join(key), _repeats("a key", error.note), values)
    if error.type == "unique-error":
        return Fault(file, row, column, _repeats("a value", error.note), cell)
    return Fault(file, row, column, _breaks(error.note, fields.get(column, {})), cell or None)


def _key_fault(table: Table, tables: dict[str, Table], error: Any) -> Fault:
    """Return where a foreign key leads nowhere, or that its own declaration does."""
    target = tables[error.reference_name or table["name"]]
    columns = ", ".join(error.reference_field_names)
    if not set(error.reference_field_names) <= {one["name"] for one in target["schema"]["fields"]}:
        rule = f"has a foreign key to a column that {target['name']} does not have"
        return Fault(_DESCRIPTOR, None, table["name"], rule, columns)
    names, cells = ", ".join(error.field_names), ", ".join(error.field_cells)
    return Fault(table["path"], error.row_number, names, _absent(target["path"]), cells)


def _breaks(note: str, constraints: dict[str, Any]) -> str:
    """Return the rule of its column that a cell breaks, from what the validator noted."""
    found = _CONSTRAINT.match(note)
    name = found[1] if found else ""
    limit = constraints.get(name)
    shown = ", ".join(str(one) for one in limit) if isinstance(limit, list) else str(limit)
    known = _CONSTRAINTS.get(name)
    return known.format(shown) if known else f"breaks a rule: {note}"


def _repeats(what: str, note: str) -> str:
    found = _SAME_ROW.search(note)
    return f"{_REPEATS} {what} that must be unique" + (f", as in row {found[1]}" if found else "")


def without_echoes(found: dict[str, list[Fault]], tables: dict[str, Table]) -> list[Fault]:
    """Return faults by table as one list, without the keys that lead to a spoilt key."""
    spoilt = [
        tables[name]["path"]
        for name, faults in found.items()
        if any(_spoils(fault, tables[name]) for fault in faults)
    ]
    rules = {_absent(path) for path in spoilt}
    return [fault for faults in found.values() for fault in faults if fault.rule not in rules]


def _spoils(fault: Fault, table: Table) -> bool:
    """Tell whether a fault keeps a row's key from being read, so that nothing finds the row."""
    if fault.rule.startswith((_REPEATS, _ABSENT, _BLANK)):
        return False
    return fault.column is None or fault.column in table["schema"].get("primaryKey", [])


def counted(faults: list[Fault]) -> list[Fault]:
    """Return faults with those that differ in nothing but their row told once, with a count."""
    alike: dict[tuple[Any, ...], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.file, fault.column, fault.rule, fault.value), []).append(fault)
    return [_counted(first, len(more)) for first, *more in alike.values()]


def _counted(first: Fault, more: int) -> Fault:
    if not more or first.row is None:
        return first
    rule = f"{first.rule} (and so in {more} more {'row' if more == 1 else 'rows'})"
    return Fault(first.file, first.row, first.column, rule, first.value)
