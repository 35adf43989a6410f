"""Issues of a data package, described so that an officer can act on them."""

import json
import logging
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

# The JSON description of a package, a resource, a schema or a column.
Descriptor = dict[str, Any]

_LOG = logging.getLogger(__name__)
# Without logging set up, Python would print each issue beside the error that holds them all.
_LOG.addHandler(logging.NullHandler())

_LOG_EVENT = "fault in the figures"
_DESCRIPTOR = "datapackage.json"
_MAX_TEXT_LENGTH = 80
_ROW_SHAPE_ERRORS = ("blank-row", "missing-cell", "extra-cell")

_DUPLICATE_RULE = "repeats"
_MISSING_TARGET_RULE = "is not in"
_BLANK_ROW_RULE = "is a blank row"

TYPE_RULES = {
    "boolean": "is not true or false",
    "date": "is not a day written year-month-day, like 2017-01-18",
    "integer": "is not a whole number",
    "number": "is not a number in plain figures",
}
COLUMN_TYPES = ("string", *TYPE_RULES)

_TYPE_PATTERNS = {
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "integer": re.compile(r"-?\d{1,15}", re.ASCII),
    "number": re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII),
}

_CONSTRAINT_RULES = {
    "enum": "is not one of: {}",
    "maximum": "is over {}",
    "maxLength": "is longer than {} characters",
    "minimum": "is under {}",
    "minLength": "is shorter than {} characters",
    "pattern": "is not in the form that its column asks for, {}",
    "required": "is empty and must not be",
}

_SAME_ROW_NOTE = re.compile(r"the same as in the row at position (\d+)")
_CONSTRAINT_NOTE = re.compile(r'constraint "(\w+)" is ')


@dataclass(frozen=True, order=True)
class ValidationIssue:
    """A place in a data package, the rule that it breaks, and the value that breaks it.

    ``row`` counts as a spreadsheet does: the header is row 1. A long value is shortened.
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    value: str | None = None

    def __post_init__(self) -> None:
        """Shorten a long column or value."""
        for name in ("column", "value"):
            text = getattr(self, name)
            if text is not None and len(text) > _MAX_TEXT_LENGTH:
                object.__setattr__(self, name, f"{text[: _MAX_TEXT_LENGTH - 1]}…")

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(self.column)
        value = "" if self.value is None else f": {json.dumps(self.value, ensure_ascii=False)}"
        return f"{', '.join(place)}: {self.rule}{value}"


class DataError(Exception):
    """The data package cannot be used, because of its issues."""

    def __init__(self, faults: tuple[ValidationIssue, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.issues = faults


def raise_if_any(issues: Sequence[ValidationIssue]) -> None:
    """Log the issues, and raise an error if there are any.

    Raises:
        DataError: there are issues.
    """
    _log_issues(tuple(issues))
    if issues:
        raise DataError(tuple(issues))


@lru_cache(maxsize=1)
def _log_issues(issues: tuple[ValidationIssue, ...]) -> None:
    """Log each issue; the cache skips the same issues until others, or none, have been logged."""
    for issue in issues:
        _LOG.error(_LOG_EVENT, extra=asdict(issue))


def build_unforeseen_error(place: str) -> DataError:
    """Log the exception being handled, which no check foresaw, and return it as an issue."""
    rule = "holds what no check foresaw and cannot be read: the server's log says more"
    issue = ValidationIssue(place, None, None, rule, type(sys.exception()).__name__)
    _LOG.exception(_LOG_EVENT, extra=asdict(issue))
    return DataError((issue,))


def is_of_type(kind: str, cell: str) -> bool:
    """Tell whether a cell is written in the form of a type: no 1e3, NaN, TRUE or 1,000."""
    if kind not in _TYPE_PATTERNS:
        return True
    if not _TYPE_PATTERNS[kind].fullmatch(cell):
        return False
    try:
        return kind != "date" or bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _describe_missing_target(file: str) -> str:
    """Describe a foreign key without a target."""
    return f"{_MISSING_TARGET_RULE} {file}"


def describe_csv_error(reason: str) -> str:
    """Describe a row that Python's CSV reader cannot parse."""
    known = {
        "unexpected end of data": "opens a quotation mark that is never closed",
        "',' expected after '\"'": "has a quotation mark too many, or one that is not closed",
    }
    return known.get(reason, f"cannot be read ({reason})")


def drop_redundant(errors: list[Any]) -> list[Any]:
    """Drop frictionless's errors on one row that only repeat another."""
    by_type = {error.type: error for error in reversed(errors)}
    for shape in _ROW_SHAPE_ERRORS:
        if shape in by_type:
            return [by_type[shape]]
    if "primary-key" in by_type:
        return [error for error in errors if error.type != "unique-error"]
    return errors


def convert_error(
    table: Descriptor, tables: Mapping[str, Descriptor], error: Any
) -> ValidationIssue:
    """Convert an error that frictionless found in a table's row to an issue."""
    file, row = table["path"], getattr(error, "row_number", None)
    fields = {field["name"]: field.get("constraints", {}) for field in table["schema"]["fields"]}
    column, cell = getattr(error, "field_name", None), getattr(error, "cell", None)
    if error.type in _ROW_SHAPE_ERRORS:
        count = "1 cell" if len(error.cells) == 1 else f"{len(error.cells)} cells"
        rule = f"has {count} where the header has {len(fields)}"
        return ValidationIssue(
            file, row, None, _BLANK_ROW_RULE if error.type == "blank-row" else rule
        )
    if error.type == "foreign-key":
        return _convert_foreign_key_error(table, tables, error)
    if error.type == "resource-error":
        return ValidationIssue(_DESCRIPTOR, None, table["name"], "has a foreign key to no resource")
    if error.type == "primary-key":
        key = table["schema"]["primaryKey"]
        cells = dict(zip(fields, error.cells, strict=True))
        values = ", ".join(cells[name] for name in key)
        return ValidationIssue(
            file, row, ", ".join(key), _describe_duplicate("a key", error.note), values
        )
    if error.type == "unique-error":
        return ValidationIssue(file, row, column, _describe_duplicate("a value", error.note), cell)
    return ValidationIssue(
        file, row, column, _describe_constraint(error.note, fields.get(column, {})), cell or None
    )


def _convert_foreign_key_error(
    table: Descriptor, tables: Mapping[str, Descriptor], error: Any
) -> ValidationIssue:
    """Describe a foreign key whose target row, or whose declared target column, does not exist."""
    target = tables[error.reference_name or table["name"]]
    columns = ", ".join(error.reference_field_names)
    if set(error.reference_field_names) - {field["name"] for field in target["schema"]["fields"]}:
        rule = f"has a foreign key to a column that {target['name']} does not have"
        return ValidationIssue(_DESCRIPTOR, None, table["name"], rule, columns)
    names, cells = ", ".join(error.field_names), ", ".join(error.field_cells)
    return ValidationIssue(
        table["path"], error.row_number, names, _describe_missing_target(target["path"]), cells
    )


def _describe_constraint(note: str, constraints: dict[str, Any]) -> str:
    """Describe a cell that breaks a rule of its column, from frictionless's note."""
    match = _CONSTRAINT_NOTE.match(note)
    name = match[1] if match else ""
    limit = constraints.get(name)
    text = ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)
    rule = _CONSTRAINT_RULES.get(name)
    return rule.format(text) if rule else f"breaks a rule: {note}"


def _describe_duplicate(what: str, note: str) -> str:
    match = _SAME_ROW_NOTE.search(note)
    return f"{_DUPLICATE_RULE} {what} that must be unique" + (
        f", as in row {match[1]}" if match else ""
    )


def drop_cascading(
    issues: Mapping[str, list[ValidationIssue]], tables: Mapping[str, Descriptor]
) -> list[ValidationIssue]:
    """Join the issues of tables, without foreign keys to rows whose own key cannot be read."""
    unreadable_keys = {
        _describe_missing_target(tables[name]["path"])
        for name, in_table in issues.items()
        if any(_hides_key(issue, tables[name]) for issue in in_table)
    }
    return [i for i in chain.from_iterable(issues.values()) if i.rule not in unreadable_keys]


def _hides_key(issue: ValidationIssue, table: Descriptor) -> bool:
    """Tell whether an issue keeps a row's key from being read, so that no foreign key finds it."""
    if issue.rule.startswith((_DUPLICATE_RULE, _MISSING_TARGET_RULE, _BLANK_ROW_RULE)):
        return False
    return issue.column is None or issue.column in table["schema"].get("primaryKey", [])


def group_repeats(issues: Iterable[ValidationIssue]) -> list[ValidationIssue]:
    """Group issues that differ in nothing but their row into one, with a count."""
    groups: dict[tuple[str | None, ...], list[ValidationIssue]] = {}
    for issue in issues:
        groups.setdefault((issue.file, issue.column, issue.rule, issue.value), []).append(issue)
    return [_add_count(first, len(others)) for first, *others in groups.values()]


def _add_count(first: ValidationIssue, others: int) -> ValidationIssue:
    if not others or first.row is None:
        return first
    rule = f"{first.rule} (and so in {others} more {'row' if others == 1 else 'rows'})"
    return replace(first, rule=rule)
