"""Typed rows of the tables of every district of England, as :mod:`dashboard.data.rows` has them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A district's place on the whole index of 2016: a row of index_2016.csv."""

    rank: int
    district: str
    lad_code: str
    region: str
    source_id: str
    region_source_id: str


@dataclass(frozen=True, slots=True)
class DistrictOutcome:
    """A measure's value for any district of England: a row of district_outcomes.csv."""

    measure_id: str
    lad_code: str
    district: str
    period: str
    value: float | None
    pupils: int | None
    reached: int | None
    status: str
    source_id: str


@dataclass(frozen=True, slots=True)
class SimilarDistrict:
    """A district that is most like one of the areas': a row of similar_districts.csv."""

    lad_code: str
    place: int
    similar_code: str
    similar_name: str
    country: str
    outcomes_code: str | None
    source_id: str
