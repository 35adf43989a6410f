"""The parts of an OpenDocument file beside its sheets: manifest, what it is, what stays in view."""

from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from dashboard.exports.ods_styles import attributes

MIME = "application/vnd.oasis.opendocument.spreadsheet"

_VERSION = "1.3"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_OASIS}:office:1.0",
    "table": f"{_OASIS}:table:1.0",
    "text": f"{_OASIS}:text:1.0",
    "style": f"{_OASIS}:style:1.0",
    "number": f"{_OASIS}:datastyle:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "config": f"{_OASIS}:config:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MANIFEST = f"{_OASIS}:manifest:1.0"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
# How a view that is split says that its parts are frozen.
_FROZEN = 2


def wrap_document(part: str, content: str) -> str:
    """Return a part as a document of its own."""
    spaces = attributes((f"xmlns:{prefix}", one) for prefix, one in _NAMESPACES.items())
    tag = f"office:document-{part}"
    return f'{_DECLARED}<{tag}{spaces} office:version="{_VERSION}">{content}</{tag}>'


def write_manifest(parts: Iterable[str]) -> str:
    """Return the list of a package's files."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in parts
    )
    return (
        f'{_DECLARED}<manifest:manifest xmlns:manifest="{_MANIFEST}" '
        f'manifest:version="{_VERSION}"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="{_VERSION}" manifest:media-type="{MIME}"/>{entries}'
        "</manifest:manifest>"
    )


def write_meta(title: str, description: str, day: date) -> str:
    """Return what a file is: its title, in words, and the day of its figures."""
    return (
        f"<office:meta><dc:title>{escape(title)}</dc:title>"
        f"<dc:description>{escape(description)}</dc:description>"
        f"<dc:date>{day.isoformat()}T00:00:00</dc:date><dc:language>en-GB</dc:language>"
        "</office:meta>"
    )


def write_settings(frozen: Mapping[str, tuple[int, int]]) -> str:
    """Return what is seen on opening: of each sheet, by name, the columns and rows that stay."""
    views = "".join(
        f"<config:config-item-map-entry{attributes([('config:name', name)])}>"
        f"{_write_view(columns, rows)}</config:config-item-map-entry>"
        for name, (columns, rows) in frozen.items()
    )
    return (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f"{_write_setting('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{views}'
        "</config:config-item-map-named>"
        f"{_write_setting('ActiveTable', 'string', next(iter(frozen)))}"
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings>"
    )


def _write_view(columns: int, rows: int) -> str:
    settings = {
        "HorizontalSplitMode": ("short", _FROZEN if columns else 0),
        "VerticalSplitMode": ("short", _FROZEN if rows else 0),
        "HorizontalSplitPosition": ("int", columns),
        "VerticalSplitPosition": ("int", rows),
        # The part of the window that scrolls has the cursor.
        "ActiveSplitRange": ("short", 3 if columns and rows else 2),
        "PositionLeft": ("int", 0),
        "PositionRight": ("int", columns),
        "PositionTop": ("int", 0),
        "PositionBottom": ("int", rows),
    }
    return "".join(_write_setting(name, kind, one) for name, (kind, one) in settings.items())


def _write_setting(name: str, kind: str, value: object) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">{escape(str(value))}'
        "</config:config-item>"
    )
