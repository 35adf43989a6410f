"""The figures that a page opens with, each with its basis."""

import pandas as pd

from dashboard import basis, formatting
from dashboard.cache import remembered
from dashboard.data.loader import Data
from dashboard.exhibits import Figure


@remembered
def of_areas(data: Data, shown: pd.DataFrame) -> list[Figure]:
    """Return the front page's figures for the areas shown."""
    return [_areas(data, shown), _people(data, shown)]


def _areas(data: Data, shown: pd.DataFrame) -> Figure:
    return Figure(
        label="Areas shown",
        value=f"{len(shown)} of {len(data.areas)}",
        note=f"{data.districts['area_id'].isin(shown['area_id']).sum()} districts",
        provenance=basis.areas.counted(data, shown),
    )


def _people(data: Data, shown: pd.DataFrame) -> Figure:
    return Figure(
        label="People living there",
        value=formatting.number(shown["population"].sum()),
        note="Mid-2017, the areas shown added up",
        provenance=basis.areas.people(data, shown),
    )
