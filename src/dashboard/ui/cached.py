"""What pages start from, shared by all readers."""

import pandas as pd

from dashboard import measures
from dashboard.data import store
from dashboard.data.loader import Data
from dashboard.search.place_names import Places
from dashboard.search.place_names import places as find_places


def load() -> Data:
    """Return the figures.

    Raises:
        DataError: they have faults, and none before them was good.
    """
    return store.current()


def facts() -> pd.DataFrame:
    """Return :func:`measures.area_facts` of the figures."""
    return measures.area_facts(load())


def places() -> Places:
    """Return what the finder looks names and postcodes up in."""
    return find_places(load())
