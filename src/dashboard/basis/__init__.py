"""What stands behind a figure: its rows, its sources, and how it came about.

A :class:`Basis` is made by the module of its subject and drawn under each figure, chart, table
and card by ``ui.blocks``, which draws none without one.
"""

from dashboard.basis import areas, outcomes
from dashboard.provenance import Provenance, to_markdown

__all__ = ["Provenance", "areas", "outcomes", "to_markdown"]
