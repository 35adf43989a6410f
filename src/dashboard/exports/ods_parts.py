"""The parts of an OpenDocument file beside its sheets: manifest, metadata, view settings."""

from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from dashboard.exports.ods_styles import format_attributes

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
_XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The code for a view whose parts are frozen, not merely split.
_FROZEN_MODE = 2


def wrap_document(part: str, content: str) -> str:
    """Return a part as a document of its own."""
    spaces = format_attributes((f"xmlns:{prefix}", uri) for prefix, uri in _NAMESPACES.items())
    tag = f"office:document-{part}"
    return f'{_XML_DECLARATION}<{tag}{spaces} office:version="{_VERSION}">{content}</{tag}>'


def write_manifest(parts: Iterable[str]) -> str:
    """Return the list of a package's files."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in parts
    )
    return (
        f'{_XML_DECLARATION}<manifest:manifest xmlns:manifest="{_MANIFEST}" '
        f'manifest:version="{_VERSION}"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="{_VERSION}" manifest:media-type="{MIME}"/>{entries}'
        "</manifest:manifest>"
    )


def write_meta(title: str, description: str, day: date) -> str:
    """Return a file's metadata: its title, its description, and the day of its figures."""
    return (
        f"<office:meta><dc:title>{escape(title)}</dc:title>"
        f"<dc:description>{escape(description)}</dc:description>"
        f"<dc:date>{day.isoformat()}T00:00:00</dc:date><dc:language>en-GB</dc:language>"
        "</office:meta>"
    )


def write_settings(frozen: Mapping[str, tuple[int, int]]) -> str:
    """Return the view on opening, from the frozen columns and rows of each sheet, by its name."""
    views = "".join(
        f"<config:config-item-map-entry{format_attributes([('config:name', name)])}>"
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
        "HorizontalSplitMode": ("short", _FROZEN_MODE if columns else 0),
        "VerticalSplitMode": ("short", _FROZEN_MODE if rows else 0),
        "HorizontalSplitPosition": ("int", columns),
        "VerticalSplitPosition": ("int", rows),
        # The cursor is in the part of the window that scrolls.
        "ActiveSplitRange": ("short", 3 if columns and rows else 2),
        "PositionLeft": ("int", 0),
        "PositionRight": ("int", columns),
        "PositionTop": ("int", 0),
        "PositionBottom": ("int", rows),
    }
    return "".join(_write_setting(name, kind, value) for name, (kind, value) in settings.items())


def _write_setting(name: str, kind: str, value: object) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">{escape(str(value))}'
        "</config:config-item>"
    )
