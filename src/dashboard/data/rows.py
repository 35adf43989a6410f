"""Typed rows of the package's tables, for :func:`dashboard.data.frames.to_rows`.

A class has its table's columns, named and described in ``data/datapackage.json``. A column that
the package declares as required has no None. A ``date`` is a ``pd.Timestamp`` at run time.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Area:
    """An opportunity area: a row of areas.csv."""

    area_id: str
    name: str
    label: str
    announced_as: str
    cohort: str
    announced_on: date
    announced_source_id: str
    region: str
    region_source_id: str
    place_type: str
    place_type_source_id: str
    place_type_note: str | None
    place_type_note_source_id: str | None
    upper_tier_code: str
    upper_tier_name: str
    population: int
    population_source_id: str
    early_years_pupils_2015_16: int | None
    early_years_pupils_source_id: str | None
    plan_published_on: date | None
    plan_isbn: str | None
    plan_pages: int | None
    plan_note: str | None
    plan_source_id: str | None
    plan_document_source_id: str | None
    chair: str | None
    chair_note: str | None
    chair_source_id: str | None
    twinned_with: str | None
    twinned_source_id: str | None
    website: str | None
    successor: str | None
    successor_source_id: str | None
    successor_ended: str | None
    successor_ended_source_id: str | None
    lat: float
    lon: float
    lat_lon_note: str | None
    lat_lon_source_id: str
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class District:
    """A district of an area: a row of districts.csv."""

    lad_code: str
    area_id: str
    name: str
    authority_type: str
    upper_tier_code: str
    upper_tier_name: str
    abolished_on: date | None
    successor_code: str | None
    successor_name: str | None
    change_note: str | None
    change_source_id: str | None
    population_mid2016: int
    population_mid2016_source_id: str
    population_mid2017: int
    children_0_15_mid2017: int
    young_people_0_24_mid2017: int
    population_source_id: str
    neighbourhoods: int
    imd2015_most_deprived_tenth: int
    imd2019_most_deprived_tenth: int
    imd2019_education_most_deprived_tenth: int
    deprivation_source_id: str
    imd2025_most_deprived_tenth_percent: float | None
    imd2025_source_id: str | None
    lat: float
    lon: float
    lat_lon_source_id: str
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class IndexRank:
    """A rank of a district in an index: a row of index_ranks.csv."""

    rank_id: str
    lad_code: str
    index_year: int
    stage: str
    rank: int | None
    rank_from_worst: int | None
    as_printed: str
    preferred: bool
    note: str | None
    source_id: str
    cross_check_source_id: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about the programme, and whether it holds: a row of claims.csv."""

    claim_id: str
    number: int
    claim: str
    finding: str
    verdict: str
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement or event of the programme's funding: a row of funding_programme.csv."""

    event_id: str
    date: str
    title: str
    amount_gbp: int | None
    qualifier: str | None
    kind: str
    part_of: str | None
    period: str | None
    funder: str
    note: str | None
    source_id: str
    cross_check_source_id: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of an area's funding: a row of funding_areas.csv."""

    amount_id: str
    area_id: str
    amount_gbp: int | None
    qualifier: str
    kind: str
    scope: str
    role: str
    what: str
    period_start: str | None
    period_end: str | None
    part_of: str | None
    overlaps: str | None
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class ResearchSchool:
    """The research school of an area: a row of research_schools.csv."""

    area_id: str
    name: str
    host: str
    host_kind: str
    phase: str
    trust_or_alliance: str | None
    trust_source_id: str | None
    urn: str | None
    urn_source_id: str | None
    postcode: str | None
    postcode_basis: str | None
    postcode_note: str | None
    postcode_source_id: str | None
    lat: float | None
    lon: float | None
    lat_lon_note: str
    lat_lon_source_id: str | None
    host_district: str | None
    inside_area: str
    named_on: date
    award_gbp: int
    award_period: str
    website: str | None
    website_source_id: str | None
    later: str | None
    later_source_id: str | None
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority or theme of an area's plan: a row of priorities.csv."""

    area_id: str
    kind: str
    number: int
    priority: str
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of outcomes: a row of measures.csv."""

    measure_id: str
    title: str
    short_title: str
    unit: str
    better: str
    geography: str
    age_or_stage: str
    description: str
    coverage: str
    sort_order: int
    source_id: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure's value for one place and academic year: a row of outcomes.csv."""

    measure_id: str
    area_id: str | None
    geography_code: str
    geography_name: str
    geography_level: str
    period: str
    comparable_since: str | None
    value: float
    status: str
    computed: bool
    note: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class Break:
    """How far a year of a measure compares with other years: a row of series_breaks.csv."""

    measure_id: str
    period: str
    kind: str
    reason: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a measure's years that can be compared with each other: a row of series_runs.csv."""

    measure_id: str
    first_period: str
    last_period: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What one source says where sources differ: a row of disagreements.csv."""

    disagreement_id: str
    number: int
    subject: str
    area_id: str | None
    says: str
    shown: bool
    reason: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class DisagreementFigure:
    """A figure that a disagreement is about: a row of disagreement_figures.csv."""

    disagreement_id: str
    resource: str
    column: str
    key_column: str
    key_value: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that was not found: a row of gaps.csv."""

    gap_id: str
    subject: str
    area_id: str | None
    detail: str
    page: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that figures come from: a row of sources.csv."""

    source_id: str
    title: str
    publisher: str
    url: str | None
    date: str | None
    date_note: str | None
    tier: str
    third_party_copy: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a study found: a row of evaluations.csv."""

    finding_id: str
    study_id: str
    date: str | None
    author: str
    commissioner: str | None
    title: str
    kind: str
    covers: str
    data_period: str | None
    method: str | None
    finding: str
    value: float | None
    unit: str | None
    is_change: bool | None
    area_id: str | None
    geography: str
    limits: str | None
    source_id: str
