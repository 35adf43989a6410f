"""What stands behind a figure: its rows, its sources, and how it came about.

A :class:`Basis` is made by the module of its subject and drawn under each figure, chart, table
and card by ``ui.blocks``, which draws none without one.
"""

from dashboard.basis import areas, money, outcomes, selection
from dashboard.basis.base import Basis, spoken

__all__ = ["Basis", "areas", "money", "outcomes", "selection", "spoken"]
