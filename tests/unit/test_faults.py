import pytest

from dashboard.data.validation import issues
from dashboard.data.validation.issues import DataError, ValidationIssue


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ValidationIssue("a.csv", None, None, "is missing"), "a.csv: is missing"),
        (ValidationIssue("a.csv", 3, None, "is blank"), "a.csv, row 3: is blank"),
        (ValidationIssue("a.csv", 3, "name", "is empty"), "a.csv, row 3, name: is empty"),
        (ValidationIssue("a.csv", None, "name", "is empty"), "a.csv, name: is empty"),
        (ValidationIssue("a.csv", 3, "name", "is long", "x"), 'a.csv, row 3, name: is long: "x"'),
        (ValidationIssue("a.csv", 3, "name", "is odd", ""), 'a.csv, row 3, name: is odd: ""'),
        (
            ValidationIssue("a.csv", 3, "name", "is odd", 'a"b\nc'),
            r'a.csv, row 3, name: is odd: "a\"b\nc"',
        ),
        (ValidationIssue("a.csv", 3, "name", "is odd", "é£"), 'a.csv, row 3, name: is odd: "é£"'),
    ],
)
def test_a_fault_says_where_and_what(fault: ValidationIssue, said: str) -> None:
    assert str(fault) == said


@pytest.mark.parametrize(
    ("length", "kept"),
    [(79, "x" * 79), (80, "x" * 80), (81, "x" * 79 + "…"), (500, "x" * 79 + "…")],
)
@pytest.mark.parametrize("field", ["value", "column"])
def test_a_long_value_is_cut(length: int, kept: str, field: str) -> None:
    words = {"column": "c", "value": "v", field: "x" * length}
    fault = ValidationIssue("a.csv", 1, rule="is odd", **words)
    assert getattr(fault, field) == kept


def test_a_data_error_says_every_fault() -> None:
    error = DataError((ValidationIssue("a", None, None, "x"), ValidationIssue("b", 2, "c", "y")))
    assert str(error) == "a: x\nb, row 2, c: y"


@pytest.mark.parametrize(
    ("kind", "cell", "fits"),
    [
        ("integer", "0", True),
        ("integer", "-12", True),
        ("integer", "1.0", False),
        ("integer", "1,000", False),
        ("integer", "+1", False),
        ("integer", "1_000", False),
        ("integer", " 1", False),
        ("integer", "9" * 16, False),
        ("integer", "٣", False),
        ("number", "1", True),
        ("number", "-0.5", True),
        ("number", ".5", False),
        ("number", "1e3", False),
        ("number", "nan", False),
        ("number", "inf", False),
        ("number", "1.", False),
        ("boolean", "true", True),
        ("boolean", "false", True),
        ("boolean", "True", False),
        ("boolean", "1", False),
        ("boolean", "yes", False),
        ("date", "2017-01-18", True),
        ("date", "2020-02-29", True),
        ("date", "2017-02-29", False),
        ("date", "2017-1-18", False),
        ("date", "18/01/2017", False),
        ("date", "20170118", False),
        ("string", "anything\nat all", True),
    ],
)
def test_how_a_cell_is_written(kind: str, cell: str, fits: bool) -> None:
    assert issues.is_of_type(kind, cell) is fits


def alike(*rows: int) -> list[ValidationIssue]:
    return [ValidationIssue("a.csv", row, "name", "is odd", "x") for row in rows]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ([], []),
        (alike(2), ['a.csv, row 2, name: is odd: "x"']),
        (alike(2, 5), ['a.csv, row 2, name: is odd (and so in 1 more row): "x"']),
        (alike(2, 5, 9), ['a.csv, row 2, name: is odd (and so in 2 more rows): "x"']),
        (
            [*alike(2), ValidationIssue("a.csv", 3, "name", "is odd", "y")],
            ['a.csv, row 2, name: is odd: "x"', 'a.csv, row 3, name: is odd: "y"'],
        ),
        ([ValidationIssue("a", None, None, "is odd")] * 3, ["a: is odd"]),
    ],
)
def test_what_is_alike_is_told_once(listed: list[ValidationIssue], told: list[str]) -> None:
    assert [str(one) for one in issues.group_repeats(listed)] == told
