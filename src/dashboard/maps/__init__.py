"""The areas on a map, as folium objects that ask nothing of any other server.

The base map stays the same while a reader looks; what a filter or a click changes is one
feature group laid over it, so that the map is never rebuilt under the reader's hands.
"""

from dashboard.maps.areas import areas
from dashboard.maps.base import ENGLAND, base, behaviour, bounds, frame_guard, shapes
from dashboard.maps.styles import Paint, legend, paints

__all__ = [
    "ENGLAND",
    "Paint",
    "areas",
    "base",
    "behaviour",
    "bounds",
    "frame_guard",
    "legend",
    "paints",
    "shapes",
]
