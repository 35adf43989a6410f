"""The areas on a map, as folium objects that ask nothing of any other server.

The base map stays the same while a reader looks; what a filter or a click changes is one
feature group laid over it, so that the map is never rebuilt under the reader's hands.
"""

from dashboard.maps.areas import build_feature_group
from dashboard.maps.base import (
    ENGLAND,
    build_map,
    build_shapes,
    compute_bounds,
    frame_guard,
    read_behaviour,
)
from dashboard.maps.styles import Paint, build_legend, build_paints

__all__ = [
    "ENGLAND",
    "Paint",
    "build_feature_group",
    "build_legend",
    "build_map",
    "build_paints",
    "build_shapes",
    "compute_bounds",
    "frame_guard",
    "read_behaviour",
]
