"""Draws Vega-Lite charts as pictures, in a child process: a converter keeps 110 MB."""

from collections.abc import Mapping, Sequence
from typing import Literal

from dashboard.render import worker

Kind = Literal["svg", "png"]


def render_charts(
    specs: Sequence[Mapping[str, object]], kind: Kind, scale: float = 1
) -> list[bytes]:
    """Render Vega-Lite specifications as pictures.

    Raises:
        RuntimeError: the converter failed, with its own message, or took too long.
        BusyError: too many callers wait for it already.
    """
    return worker.CHARTS.run(_convert, list(specs), kind, scale)


def _convert(specs: Sequence[dict[str, object]], kind: Kind, scale: float) -> list[bytes]:
    import vl_convert

    if kind == "svg":
        return [vl_convert.vegalite_to_svg(spec).encode() for spec in specs]
    return [vl_convert.vegalite_to_png(spec, scale=scale) for spec in specs]
