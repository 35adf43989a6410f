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
# Text that fills its column, and a figure at its right, would touch the text of the next.
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
_NAMED = {
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
    """The automatic styles that sheets turn out to need, each made once and named."""

    def __init__(self) -> None:
        self._columns: dict[int, str] = {}
        self._rows: dict[int, str] = {}
        self._numbers: dict[NumberFormat, str] = {}

    def column(self, width_px: int) -> str:
        """Return the name of the style of columns of some width."""
        return self._columns.setdefault(width_px, f"Column{width_px}")

    def row(self, height_px: int) -> str:
        """Return the name of the style of rows of some height."""
        return self._rows.setdefault(height_px, f"Row{height_px}")

    def number(self, how: NumberFormat) -> str:
        """Return the name of the style of cells that show a number so."""
        return self._numbers.setdefault(how, f"Number{len(self._numbers) + 1}")

    def to_xml(self) -> str:
        """Return all as XML, for content.xml."""
        parts = [_TABLE, _DATE]
        parts += [_size("column", "width", px, name) for px, name in self._columns.items()]
        parts += [_size("row", "height", px, name) for px, name in self._rows.items()]
        for how, name in self._numbers.items():
            parts.append(_format_number(f"N{name}", how))
            parts.append(
                f'<style:style style:name="{name}" style:family="table-cell" '
                f'style:parent-style-name="Number" style:data-style-name="N{name}"/>'
            )
        return f"<office:automatic-styles>{''.join(parts)}</office:automatic-styles>"


def _size(what: str, which: str, px: int, name: str) -> str:
    inches = f"{px / _PX_PER_INCH:.4f}in"
    # The height stays as it is: what is worked out anew on opening differs between programs.
    more = ' style:use-optimal-row-height="false"' if what == "row" else ""
    return (
        f'<style:style style:name="{name}" style:family="table-{what}">'
        f'<style:table-{what}-properties style:{what}-{which}="{inches}"{more}/></style:style>'
    )


def _format_number(name: str, how: NumberFormat) -> str:
    number = (
        f'<number:number number:decimal-places="{how.decimals}" '
        f'number:min-decimal-places="{how.decimals}" number:min-integer-digits="1" '
        f'number:grouping="{str(how.is_grouped).lower()}"/>'
    )
    kind, before, after = "number", "", ""
    if how.is_money:
        kind = "currency"
        before = (
            '<number:currency-symbol number:language="en" number:country="GB">£'
            "</number:currency-symbol>"
        )
    elif how.is_share:
        kind, after = "percentage", "<number:text>%</number:text>"
    elif how.is_per_cent:
        after = "<number:text>%</number:text>"
    return f'<number:{kind}-style style:name="{name}">{before}{number}{after}</number:{kind}-style>'


def write_named_styles() -> str:
    """Return the styles and the page that content.xml relies on, for styles.xml."""
    named = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default">{_properties(*properties)}</style:style>'
        for name, properties in _NAMED.items()
    )
    return (
        f"{FONTS}<office:styles>"
        f'<style:default-style style:family="table-cell">{_properties("", "", _FONT)}'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/>'
        f"{named}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="Page">'
        '<style:page-layout-properties fo:page-width="42cm" fo:page-height="29.7cm" '
        'style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1"/>'
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" '
        'style:page-layout-name="Page"/></office:master-styles>'
    )


def _properties(cell: str, paragraph: str, text: str) -> str:
    parts = {"table-cell": cell, "paragraph": paragraph, "text": text}
    return "".join(f"<style:{name}-properties {said}/>" for name, said in parts.items() if said)


def attributes(values: Iterable[tuple[str, object]]) -> str:
    """Return attributes as XML, each with a space before it, those that are None left out."""
    return "".join(f" {name}={quoteattr(str(one))}" for name, one in values if one is not None)


def paragraphs(text: str) -> str:
    """Return text as paragraphs; XML would swallow tabs, and spaces but one, written plainly."""
    return "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))


def _spaced(line: str) -> str:
    kept = _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
    return kept.replace("\t", "<text:tab/>")
