"""A chart as a picture to take away, with its finding above it and whose figures it shows."""

import hashlib
import json
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from dashboard.file_cache import FILES
from dashboard.render import process

Spec = dict[str, Any]

# The converter brings the first along, so that a picture is the same on every server; an SVG file
# is drawn by whoever opens it, with the first of these that there is.
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_WIDTH, _SMALL = 800, 250
_COLUMNS = 3
_LINE = 82
_SCALE = 2


def render_svg(specs: Mapping[str, Spec], title: str, sources: str) -> bytes:
    """Return one chart, or several small ones by name, as SVG."""
    return _draw(_titled(specs, title, sources), "svg", 1)


def render_png(specs: Mapping[str, Spec], title: str, sources: str) -> bytes:
    """Return one chart, or several small ones by name, as PNG at twice its size."""
    return _draw(_titled(specs, title, sources), "png", _SCALE)


def _draw(spec: Spec, kind: str, scale: float) -> bytes:
    """Return a picture, kept by the digest of all that is in it."""
    content = hashlib.sha256(json.dumps(spec).encode()).digest()
    return FILES.get((kind, content), lambda: process.render_chart(spec, kind, scale))


def _titled(specs: Mapping[str, Spec], title: str, sources: str) -> Spec:
    """Return specifications as one, of a fixed width, with title and sources as text."""
    first, *others = specs.values()
    whole = {
        "title": {
            "text": wrap(title, _LINE),
            "subtitle": wrap(sources, _LINE * 3 // 2),
            "anchor": "start",
            "fontSize": 18,
            "subtitleFontSize": 12,
            "subtitlePadding": 6,
            "offset": 16,
        },
        "padding": 16,
        "config": {**first["config"], "font": _FONT},
    }
    if not others:
        return {**first, **whole, "width": _WIDTH}
    return {
        **whole,
        "$schema": first["$schema"],
        "columns": _COLUMNS,
        "concat": [_part(spec, name, at) for at, (name, spec) in enumerate(specs.items())],
        "datasets": {
            _own(name, at): rows
            for at, spec in enumerate(specs.values())
            for name, rows in spec["datasets"].items()
        },
    }


def _part(spec: Spec, name: str, at: int) -> Spec:
    """Return one of several small charts under its name; its data are told from the others'."""
    layers = [
        {**layer, "data": {"name": _own(layer["data"]["name"], at)}} for layer in spec["layer"]
    ]
    return {"title": name, "layer": layers, "width": _SMALL, "height": spec["height"]}


def _own(name: str, at: int) -> str:
    return f"{name}_{at}"
