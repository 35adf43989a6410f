"""The tables of the service: each with its path, its parameters and its function."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import exports
from dashboard.data.loader import Data
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.web.api.params import FILTERS

API, API_ROOT = "/api", "/api/v1"
HEALTH, ROBOTS = "/healthz", "/robots.txt"
# Paths that only programs ask for, as patterns of routes: answered with 404 instead of a page.
NOT_PAGES = (
    API,
    f"{API}/{{path:path}}",
    f"{HEALTH}/{{path:path}}",
    "/.well-known/{path:path}",
    "/favicon.ico",
    "/sitemap.xml",
)
TableBuilder = Callable[[Data, Filters, str | None], Table]


def normalise_base(base_path: str) -> str:
    """Return the path that a server is mounted under with a leading slash: "oa" is "/oa"."""
    base = base_path.strip("/")
    return f"/{base}" if base else ""


def is_service_path(path: str, base_path: str = "") -> bool:
    """Tell whether the service answers a path, on a server mounted under a base path."""
    base = normalise_base(base_path)
    if not path.startswith(base):
        return False
    below = path.removeprefix(base).rstrip("/")
    return below in {API, HEALTH, ROBOTS} or below.startswith(f"{API}/")


@dataclass(frozen=True)
class Endpoint:
    """A table of the service."""

    path: str
    summary: str
    parameters: tuple[str, ...]
    build_table: TableBuilder


def _build_areas(data: Data, filters: Filters, _: str | None) -> Table:
    return exports.dfe_standard.build_rows(data, "Areas", filters.apply(compute_area_facts(data)))


def _build_outcomes(data: Data, filters: Filters, measure: str | None) -> Table:
    rows = _filter_rows(data, data.outcomes, filters)
    if measure is not None:
        rows = rows[rows["measure_id"] == measure]
    return exports.dfe_standard.build_table(data, "outcomes", rows)


def _build_funding(data: Data, filters: Filters, _: str | None) -> Table:
    return exports.dfe_standard.build_table(
        data, "funding_areas", _filter_rows(data, data.funding_areas, filters)
    )


def _build_schools(data: Data, filters: Filters, _: str | None) -> Table:
    rows = _filter_rows(data, data.research_schools, filters)
    return exports.dfe_standard.build_table(data, "research_schools", rows)


def _build_whole_table(name: str) -> TableBuilder:
    return lambda data, _filters, _measure: exports.dfe_standard.build_table(data, name)


def _build_narrowed_table(name: str) -> TableBuilder:
    """Return a builder of a table, of the data or computed, that filters or a measure narrow."""

    def build(data: Data, filters: Filters, measure: str | None) -> Table:
        table = exports.build_table(data, name, filters or None)
        if measure is None:
            return table
        return replace(table, frame=table.frame[table.frame["measure_id"] == measure])

    return build


def _filter_rows(data: Data, rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the rows of the areas that match filters, and those of England."""
    ids = filters.apply(data.areas)["area_id"]
    return rows[rows["area_id"].isna() | rows["area_id"].isin(ids)]


ENDPOINTS = (
    Endpoint("/areas", "The areas with their facts, a row each", FILTERS, _build_areas),
    Endpoint(
        "/outcomes",
        "Outcomes by place and academic year, England's among them",
        (*FILTERS, "measure"),
        _build_outcomes,
    ),
    Endpoint(
        "/funding",
        "Amounts for areas. They overlap (see role, part_of, overlaps): never add them up",
        FILTERS,
        _build_funding,
    ),
    Endpoint(
        "/funding/programme",
        "Amounts announced for the whole programme. Totals follow one another: never add them up",
        (),
        _build_whole_table("funding_programme"),
    ),
    Endpoint("/research-schools", "The research school of each area", FILTERS, _build_schools),
    Endpoint(
        "/index-2016",
        "The whole Social Mobility Index of 2016: the rank of each of 324 districts",
        (),
        _build_whole_table("index_2016"),
    ),
    Endpoint(
        "/district-outcomes",
        "Outcomes of every district of England, for the measures that are published by district",
        ("measure",),
        _build_narrowed_table("district_outcomes"),
    ),
    Endpoint(
        "/similar-districts",
        "The twenty districts most like each district of the areas",
        FILTERS,
        _build_narrowed_table("similar_districts"),
    ),
    Endpoint(
        "/comparisons",
        "Computed: the districts of all twelve areas, the other cold spots and England, by year",
        ("measure",),
        _build_narrowed_table("comparisons"),
    ),
    Endpoint(
        "/comparisons/choices",
        "Computed: the same comparison of changes, worked out in other ways",
        ("measure",),
        _build_narrowed_table("comparison_choices"),
    ),
    Endpoint(
        "/places-not-chosen",
        "Computed: each district of the areas beside its ten most similar, other cold spots and "
        "England",
        (*FILTERS, "measure"),
        _build_narrowed_table("places_not_chosen"),
    ),
    Endpoint(
        "/last-figures",
        "Computed: each measure's last figures beside England and the other cold spots in the same "
        "year",
        (*FILTERS, "measure"),
        _build_narrowed_table("last_figures"),
    ),
    Endpoint("/sources", "Every source", (), _build_whole_table("sources")),
)
