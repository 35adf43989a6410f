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

    def apply(self, areas: pd.DataFrame) -> pd.DataFrame:
        """Select the rows of ``areas`` that match by columns cohort, region and place_type.

        Filters that select the same rows return the same frame, so that they share cached results
        (see :mod:`dashboard.cache`): 120 combinations of one value each make 30 frames.
        """
        return _select_rows(
            areas,
            tuple(
                index
                for index, cohort, region, place_type in _list_facts(areas)
                if (not self.cohort or cohort == self.cohort)
                and (not self.regions or region in self.regions)
                and (not self.places or self._is_place(place_type))
            ),
        )

    def address(self) -> dict[str, str | list[str]]:
        """Return the filters that are set as parameters of a page's address."""
        values = {"cohort": self.cohort, "region": list(self.regions), "place": list(self.places)}
        return {name: value for name, value in values.items() if value}

    def _is_place(self, place_type: str) -> bool:
        return any(place.lower() in place_type.lower() for place in self.places)


@memoize
def _list_facts(areas: pd.DataFrame) -> list[tuple[int, str, str, str]]:
    """Return what areas are filtered by: index, cohort, region and type of place."""
    columns = (areas[name] for name in ("cohort", "region", "place_type"))
    return list(zip(areas.index, *columns, strict=True))


@memoize
def _select_rows(areas: pd.DataFrame, index: tuple[int, ...]) -> pd.DataFrame:
    return areas.loc[list(index)]
