"""Styles of an OpenDocument spreadsheet: fonts, columns, rows, number formats, the page."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from dashboard.exports.units import NumberFormat

_PX_PER_INCH = 96
_SPACES = re.compile("^ +| +$| {2,}")
FONTS = (
    '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" '
    'style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>'
)
_TOP = 'style:vertical-align="top"'
# Without it, text that fills its column and figures aligned right touch the next column.
_INDENT = 'fo:padding-right="0.14in"'
_HEADING = (
    f'{_TOP} fo:wrap-option="wrap" fo:border-bottom="0.75pt solid #000000" '
    'style:text-align-source="fix"'
)
_FONT = (
    'style:font-name="Arial" fo:font-size="12pt" fo:language="en" fo:country="GB" '
    'style:font-name-asian="Arial" style:font-size-asian="12pt" '
    'style:font-name-complex="Arial" style:font-size-complex="12pt"'
)
TITLE_POINTS, TEXT_POINTS = 16, 12
# The named styles of cells: properties of the cell, of its paragraph, of its text.
_NAMED_STYLES = {
    "Title": (
        f'{_TOP} fo:wrap-option="wrap"',
        "",
        f'fo:font-size="{TITLE_POINTS}pt" fo:font-weight="bold"',
    ),
    "Text": (f'{_TOP} {_INDENT} fo:wrap-option="wrap"', 'fo:text-align="start"', ""),
    "Heading": (f"{_HEADING} {_INDENT}", 'fo:text-align="start"', 'fo:font-weight="bold"'),
    "HeadingOfNumbers": (f"{_HEADING} {_INDENT}", 'fo:text-align="end"', 'fo:font-weight="bold"'),
    "Number": (f'{_TOP} {_INDENT} style:text-align-source="fix"', 'fo:text-align="end"', ""),
}
_POUND_SIGN = (
    '<number:currency-symbol number:language="en" number:country="GB">£</number:currency-symbol>'
)
_DATE = (
    '<number:date-style style:name="NDate"><number:year number:style="long"/>'
    '<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="Date" style:family="table-cell" '
    'style:parent-style-name="Text" style:data-style-name="NDate"/>'
)
_TABLE = (
    '<style:style style:name="Sheet" style:family="table" style:master-page-name="Default">'
    '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
)


class Styles:
    """The automatic styles that sheets need, each named and written once."""

    def __init__(self) -> None:
        self._sizes: dict[str, dict[int, str]] = {"column": {}, "row": {}}
        self._numbers: dict[NumberFormat, str] = {}

    def add_column(self, width_px: int) -> str:
        """Return the name of the style of columns of a width."""
        return self._sizes["column"].setdefault(width_px, f"Column{width_px}")

    def add_row(self, height_px: int) -> str:
        """Return the name of the style of rows of a height."""
        return self._sizes["row"].setdefault(height_px, f"Row{height_px}")

    def add_number(self, how: NumberFormat) -> str:
        """Return the name of the style of cells that show a number in a format."""
        return self._numbers.setdefault(how, f"Number{len(self._numbers) + 1}")

    def to_xml(self) -> str:
        """Return all styles as XML, for content.xml."""
        sizes = (
            _write_size(kind, px, name)
            for kind, names in self._sizes.items()
            for px, name in names.items()
        )
        numbers = (
            f"{_format_number(f'N{name}', how)}"
            f'<style:style style:name="{name}" style:family="table-cell" '
            f'style:parent-style-name="Number" style:data-style-name="N{name}"/>'
            for how, name in self._numbers.items()
        )
        styles = "".join([_TABLE, _DATE, *sizes, *numbers])
        return f"<office:automatic-styles>{styles}</office:automatic-styles>"


def _write_size(kind: str, px: int, name: str) -> str:
    size = f'style:column-width="{px / _PX_PER_INCH:.4f}in"'
    if kind == "row":
        # Fixed: each program would work out an optimal height of its own on opening.
        size = f'style:row-height="{px / _PX_PER_INCH:.4f}in" style:use-optimal-row-height="false"'
    return (
        f'<style:style style:name="{name}" style:family="table-{kind}">'
        f"<style:table-{kind}-properties {size}/></style:style>"
    )


def _format_number(name: str, how: NumberFormat) -> str:
    number = (
        f'<number:number number:decimal-places="{how.decimals}" '
        f'number:min-decimal-places="{how.decimals}" number:min-integer-digits="1" '
        f'number:grouping="{str(how.is_grouped).lower()}"/>'
    )
    kind = "currency" if how.is_money else "percentage" if how.is_share else "number"
    before = _POUND_SIGN if how.is_money else ""
    after = "<number:text>%</number:text>" if how.is_share or how.is_per_cent else ""
    return f'<number:{kind}-style style:name="{name}">{before}{number}{after}</number:{kind}-style>'


def write_named_styles() -> str:
    """Return the styles and the page that content.xml relies on, for styles.xml."""
    named = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default">{_write_properties(*properties)}</style:style>'
        for name, properties in _NAMED_STYLES.items()
    )
    return (
        f"{FONTS}<office:styles>"
        f'<style:default-style style:family="table-cell">{_write_properties("", "", _FONT)}'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/>'
        f"{named}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="Page">'
        '<style:page-layout-properties fo:page-width="42cm" fo:page-height="29.7cm" '
        'style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1"/>'
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="Page"/></office:master-styles>'
    )


def _write_properties(cell: str, paragraph: str, text: str) -> str:
    parts = {"table-cell": cell, "paragraph": paragraph, "text": text}
    return "".join(
        f"<style:{name}-properties {values}/>" for name, values in parts.items() if values
    )


def format_attributes(values: Iterable[tuple[str, object]]) -> str:
    """Return attributes as XML, each after a space; those that are None are left out."""
    return "".join(
        f" {name}={quoteattr(str(value))}" for name, value in values if value is not None
    )


def format_paragraphs(text: str) -> str:
    """Return text as paragraphs, with elements for the tabs and spaces that XML would drop."""
    return "".join(f"<text:p>{_escape_spaces(line)}</text:p>" for line in text.split("\n"))


def _escape_spaces(line: str) -> str:
    spaced = _SPACES.sub(lambda match: f'<text:s text:c="{len(match[0])}"/>', escape(line))
    return spaced.replace("\t", "<text:tab/>")
