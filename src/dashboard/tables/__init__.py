"""Tables as people read them: figures in words, cells as safe Markdown, a source a row.

Each takes frames of :mod:`dashboard.data` or :func:`measures.area_facts` and returns a frame of
strings, its columns headed in plain words. "Not found" stands where a figure is missing.
"""

from dashboard.tables import areas, compare, profile, provenance

__all__ = ["areas", "compare", "profile", "provenance", "selection"]
