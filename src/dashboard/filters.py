"""What the reader asked to see, as a value."""

from dataclasses import dataclass

import pandas as pd

from dashboard.cache import remembered

COHORTS = ("Original six", "New six")
PLACES = ("City", "Town", "Coastal", "Rural")


@dataclass(frozen=True)
class Filters:
    """Choices that narrow the areas; an empty one narrows nothing.

    Within a choice any match will do ("City" or "Town"); the three must all hold.
    """

    cohort: str | None = None
    regions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is narrowed."""
        return bool(self.cohort or self.regions or self.places)

    def apply(self, areas: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of ``areas`` that match: columns cohort, region and place_type.

        Choices that leave the same rows give the same frame, so what is kept of one (see
        :mod:`dashboard.cache`) serves the others: of 120 choices of one each, 30 differ.
        """
        keep = pd.Series(data=True, index=areas.index)
        if self.cohort:
            keep &= areas["cohort"] == self.cohort
        if self.regions:
            keep &= areas["region"].isin(self.regions)
        if self.places:
            keep &= areas["place_type"].map(self._is_place).astype("bool")
        return _rows(areas, tuple(areas.index[keep]))

    def address(self) -> dict[str, str | list[str]]:
        """Return the choices as the address holds them; what is not chosen is left out."""
        chosen = {"cohort": self.cohort, "region": list(self.regions), "place": list(self.places)}
        return {name: value for name, value in chosen.items() if value}

    def _is_place(self, place_type: str) -> bool:
        return any(place.lower() in place_type.lower() for place in self.places)


@remembered
def _rows(areas: pd.DataFrame, kept: tuple[int, ...]) -> pd.DataFrame:
    return areas.loc[list(kept)]
