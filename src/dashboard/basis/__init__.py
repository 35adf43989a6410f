"""What stands behind a figure: its rows, its sources, and how it was worked out."""

from dashboard.basis import areas

__all__ = ["areas"]
