"""The data, read once a process and again when a file has changed."""

from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import data, measures
from dashboard.places import Places
from dashboard.places import places as find_places

_Stamp = tuple[tuple[str, int, int], ...]


def load() -> data.Data:
    """Return the data package, shared by all readers.

    Raises:
        DataError: the package has faults.
    """
    folder = data.folder()
    return _load(str(folder), data.fingerprint(folder))


def facts() -> pd.DataFrame:
    """Return :func:`measures.area_facts` of the data, shared by all readers."""
    folder = data.folder()
    return _facts(str(folder), data.fingerprint(folder))


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(folder: str, stamp: _Stamp) -> data.Data:  # noqa: ARG001 - part of the key
    return data.load(Path(folder))


def places() -> Places:
    """Return what the finder looks names and postcodes up in, shared by all readers."""
    folder = data.folder()
    return _places(str(folder), data.fingerprint(folder))


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(folder: str, stamp: _Stamp) -> Places:
    return find_places(_load(folder, stamp))


@st.cache_resource(show_spinner=False, max_entries=2)
def _facts(folder: str, stamp: _Stamp) -> pd.DataFrame:
    return measures.area_facts(_load(folder, stamp))
