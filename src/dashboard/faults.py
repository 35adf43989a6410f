"""What is wrong with a data package, in words that an officer can act on."""

import json
from dataclasses import dataclass

_RULES = {
    "constraint-error": "breaks a rule of its column",
    "extra-cell": "has a cell too many",
    "extra-label": "is a column the package does not know",
    "foreign-key": "names something that is not there",
    "missing-cell": "has a cell too few",
    "missing-label": "is a missing column",
    "primary-key": "repeats a key that must be unique",
    "type-error": "is of the wrong type",
    "unique-error": "repeats a value that must be unique",
    "blank-row": "is a blank row",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: where it is, which rule it breaks, and the value that breaks it.

    ``row`` counts as a spreadsheet does: the header is row 1.
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    value: str | None = None

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


def words(error_type: str, note: str) -> str:
    """Return the rule broken in plain words, with the validator's detail where it helps."""
    rule = _RULES.get(error_type, error_type.replace("-", " "))
    return f"{rule} ({note})" if note else rule
