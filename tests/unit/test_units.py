"""How a number is shown follows from the unit of its column or its row."""

from typing import Any

import pytest

from dashboard.exports import layout, units

WHOLE = "How much. In whole pounds."


def shown(field: dict[str, Any], value: float) -> tuple[str, str]:
    how = units.choose_format(units.read_unit({"name": "x", **field}), value)
    return how.code, how.show(value)


@pytest.mark.parametrize(
    ("field", "value", "code", "text"),
    [
        ({"description": WHOLE}, 108_000_000, "£#,##0", "£108,000,000"),
        ({"description": WHOLE}, -5, "£#,##0", "-£5"),
        ({"description": "In pounds a child, not rounded."}, 54.1234, "£#,##0.00", "£54.12"),
        ({"name": "paid_gbp"}, 12_000, "£#,##0", "£12,000"),
        ({"unit": "£"}, 1_500, "£#,##0", "£1,500"),
        ({"description": "Residents. In people."}, 534800, "#,##0", "534,800"),
        ({"description": "In degrees north, WGS 84."}, 53.8175, "0.0000", "53.8175"),
        ({"description": "The place among 324."}, 1234, "0", "1234"),
        ({"description": "The year of the edition."}, 2016, "0", "2016"),
        # A number of per cent is not multiplied, a share between 0 and 1 is.
        ({"description": "Pupils, in per cent."}, 72.0, '0.0"%"', "72.0%"),
        ({"unit": "%"}, 55, '0"%"', "55%"),
        ({"description": "Part of all, in per cent."}, 0.5, '0.0"%"', "0.5%"),
        ({"description": "As a share from 0 to 1."}, 0.72, "0%", "72%"),
        ({"description": "A proportion between 0 and 1."}, 0.725, "0.0%", "72.5%"),
        ({"type": "number", "constraints": {"maximum": 1}}, 1.0, "0%", "100%"),
        ({"unit": "percentage points"}, -1.5, "0.0", "-1.5"),
        ({}, 1e12, "0.0", "1000000000000.0"),
        ({}, 10**15, "0", "1000000000000000"),
        ({}, 0.00001, "0.00000", "0.00001"),
    ],
)
def test_a_number_is_shown_in_its_unit(
    field: dict[str, Any], value: float, code: str, text: str
) -> None:
    assert shown(field, value) == (code, text)


def test_a_value_takes_the_unit_of_its_row() -> None:
    fields = [
        {"name": "measure_id"},
        {"name": "value", "description": "The value, in the unit of its measure."},
    ]
    rows: list[list[Any]] = [["absence", 12.5], ["score", -0.15], ["other", 3]]
    how = layout.arrange(fields, rows, (), {"absence": "%", "score": "score"})
    assert [line[1].code for line in how.formats if line[1]] == ['0.0"%"', "0.00", "0"]


def test_a_value_takes_the_unit_beside_it() -> None:
    fields = [
        {"name": "value", "description": "The figure, in the unit of the next column."},
        {"name": "unit"},
    ]
    rows: list[list[Any]] = [
        [2_000_000, "pounds for administration"],
        [4.1, "months"],
        [72, "%"],
        [None, None],
    ]
    codes = [line[0].code if line[0] else None for line in layout.arrange(fields, rows).formats]
    assert codes == ["£#,##0", "#,##0.0", '0"%"', None]


@pytest.mark.parametrize(
    ("keys", "widths", "frozen"),
    [
        (["id"], (6, 6, 6, 6), 3),
        ([], (6, 6, 6, 6), 3),
        (["id", "value"], (6, 6, 6, 6), 3),
        (["id"], (60, 60, 6, 6), 1),
    ],
)
def test_the_columns_that_say_whose_row_it_is_stay(
    keys: list[str], widths: tuple[int, ...], frozen: int
) -> None:
    names = ["id", "opportunity_area_code", "opportunity_area_name", "value"]
    row = ["m" * (width // 2) for width in widths]
    assert layout.arrange([{"name": name} for name in names], [row], keys).frozen == frozen
