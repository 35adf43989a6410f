"""The map of the areas, as folium objects that load nothing from other servers.

The base map does not change. What a filter or a click changes is one feature group over it, so
that the map is not rebuilt while it is used.
"""

from dashboard.maps.areas import build_feature_group
from dashboard.maps.base import (
    ENGLAND,
    build_map,
    build_shapes,
    compute_bounds,
    read_behaviour,
    read_frame_guard,
)
from dashboard.maps.districts import (
    DistrictLayer,
    build_districts,
    build_rank_legend,
    build_rank_paints,
)
from dashboard.maps.styles import Paint, build_host_paints, build_legend, build_paints

__all__ = [
    "ENGLAND",
    "DistrictLayer",
    "Paint",
    "build_districts",
    "build_feature_group",
    "build_host_paints",
    "build_legend",
    "build_map",
    "build_paints",
    "build_rank_legend",
    "build_rank_paints",
    "build_shapes",
    "compute_bounds",
    "read_behaviour",
    "read_frame_guard",
]
