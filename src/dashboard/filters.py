"""The reader's filters, as a value."""

from dataclasses import dataclass

import pandas as pd

from dashboard.cache import memoize

COHORTS = ("Original six", "New six")
PLACE_TYPES = ("City", "Town", "Coastal", "Rural")


@dataclass(frozen=True)
class Filters:
    """Filters of areas; an empty one excludes nothing.

    An area matches a filter by any of its values ("City" or "Town"), and must match all three.
    """

    cohort: str | None = None
    regions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any filter is set."""
        return bool(self.cohort or self.regions or self.places)

    @memoize
    def apply(self, areas: pd.DataFrame) -> pd.DataFrame:
        """Select the rows of ``areas`` that match by columns cohort, region and place_type.

        Filters that select the same rows return the same frame, so that they share cached results
        (see :mod:`dashboard.cache`): 120 combinations of one value each make 30 frames.
        """
        mask = pd.Series(data=True, index=areas.index)
        if self.cohort:
            mask &= areas["cohort"] == self.cohort
        if self.regions:
            mask &= areas["region"].isin(self.regions)
        if self.places:
            mask &= areas["place_type"].map(self._is_place).astype("bool")
        return _select_rows(areas, tuple(areas.index[mask]))

    def address(self) -> dict[str, str | list[str]]:
        """Return the filters that are set as parameters of a page's address."""
        values = {"cohort": self.cohort, "region": list(self.regions), "place": list(self.places)}
        return {name: value for name, value in values.items() if value}

    def _is_place(self, place_type: str) -> bool:
        return any(place.lower() in place_type.lower() for place in self.places)


@memoize
def _select_rows(areas: pd.DataFrame, index: tuple[int, ...]) -> pd.DataFrame:
    return areas.loc[list(index)]
