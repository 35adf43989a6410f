"""What pages start from, shared by all readers."""

import pandas as pd

from dashboard import figures, measures
from dashboard.data import Data
from dashboard.places import Places
from dashboard.places import places as find_places


def load() -> Data:
    """Return the figures.

    Raises:
        DataError: they have faults, and none before them was good.
    """
    return figures.current()


def facts() -> pd.DataFrame:
    """Return :func:`measures.area_facts` of the figures."""
    return measures.area_facts(load())


def places() -> Places:
    """Return what the finder looks names and postcodes up in."""
    return find_places(load())
