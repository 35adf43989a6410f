"""Export of charts as images that hold their title and sources."""

import hashlib
import json
from collections.abc import Mapping
from textwrap import wrap

from dashboard.charts.theme import FONTS
from dashboard.exhibits import Spec
from dashboard.file_cache import FILES
from dashboard.render import pictures

_WIDTH_PX = 800
_COLUMNS = 3
_LINE_CHARS = 82
_SCALE = 2


def render_svg(specs: Mapping[str, Spec], title: str, sources: str) -> bytes:
    """Render one chart, or several small ones by name, as SVG."""
    return _render(_combine(specs, title, sources), "svg", 1)


def render_png(specs: Mapping[str, Spec], title: str, sources: str) -> bytes:
    """Render one chart, or several small ones by name, as PNG at twice its size."""
    return _render(_combine(specs, title, sources), "png", _SCALE)


def _render(spec: Spec, kind: pictures.Kind, scale: float) -> bytes:
    """Render an image, cached by the digest of its specification."""
    content = hashlib.sha256(json.dumps(spec).encode()).digest()
    return FILES.get((kind, content), lambda: pictures.render_charts([spec], kind, scale)[0])


def _combine(specs: Mapping[str, Spec], title: str, sources: str) -> Spec:
    """Combine specifications into one of a fixed width, with title and sources as text."""
    first, *others = specs.values()
    frame = {
        "title": {
            "text": wrap(title, _LINE_CHARS),
            "subtitle": wrap(sources, _LINE_CHARS * 3 // 2),
            "anchor": "start",
            "fontSize": 18,
            "subtitleFontSize": 12,
            "subtitlePadding": 6,
            "offset": 16,
        },
        "padding": 16,
        "config": {**first["config"], "font": FONTS},
    }
    if not others:
        has_width = isinstance(first.get("width"), int)
        return {**first, **frame} | ({} if has_width else {"width": _WIDTH_PX})
    return {
        **frame,
        "$schema": first["$schema"],
        "columns": _COLUMNS,
        "concat": [
            _build_part(spec, name, index) for index, (name, spec) in enumerate(specs.items())
        ],
        "datasets": {
            _name_dataset(name, index): rows
            for index, spec in enumerate(specs.values())
            for name, rows in spec["datasets"].items()
        },
    }


def _build_part(spec: Spec, name: str, index: int) -> Spec:
    """Build one of several small charts, its name as title, with names of its own for its data."""
    layers = [
        {**layer, "data": {"name": _name_dataset(layer["data"]["name"], index)}}
        for layer in spec["layer"]
    ]
    return {"title": name, "layer": layers} | {side: spec[side] for side in ("width", "height")}


def _name_dataset(name: str, index: int) -> str:
    return f"{name}_{index}"
