"""Bodies of answers, made once for each question while the figures stay the same."""

import json
from typing import Any

import pandas as pd

from dashboard import exports
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.exports import attribution, metadata, package
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from dashboard.search import finder
from dashboard.search.place_names import load_places
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.web.api.endpoints import Listing
from dashboard.web.api.params import CSV, Query
from dashboard.web.api.problems import Problem

_PARTS = {
    "districts": "districts",
    "research_school": "research_schools",
    "priorities": "priorities",
    "funding": "funding_areas",
    "outcomes": "outcomes",
    "gaps": "gaps",
    "disagreements": "disagreements",
}


@memoize
def build_listing(data: Data, listed: Listing, asked: Query) -> bytes:
    """Return a table in the form asked for."""
    table = listed.make(data, asked.filters, asked.measure)
    if asked.media_type == CSV:
        return exports.write_csv(table)
    rows = exports.list_json_records(table.frame)
    return _write_json(
        {
            "data": rows,
            "count": len(rows),
            **_describe_licence(data, asked.filters, attribution.list_source_ids([table.frame])),
        }
    )


@memoize
def build_area(data: Data, area_id: str) -> bytes:
    """Return all that is known of an area.

    Raises:
        Problem: 404, there is no such area.
    """
    check_area(data, area_id)
    facts = compute_area_facts(data)
    one = facts[facts["area_id"] == area_id]
    parts = {key: _select_rows(data, name, area_id) for key, name in _PARTS.items()}
    codes = parts["districts"].frame["lad_code"]
    ranks = data.index_ranks[data.index_ranks["lad_code"].isin(codes)]
    parts["index_ranks"] = exports.dfe_standard.build_table(data, "index_ranks", ranks)
    whole = exports.dfe_standard.build_rows(data, "Areas", one)
    frames = [whole.frame, *(part.frame for part in parts.values())]
    return _write_json(
        {
            "data": {
                **exports.list_json_records(whole.frame)[0],
                **{key: exports.list_json_records(part.frame) for key, part in parts.items()},
            },
            **_describe_licence(data, Filters(), attribution.list_source_ids(frames)),
        }
    )


def _offer_areas(data: Data, sought: str) -> dict[str, list[str]]:
    """Return the areas there are, and those that a name is of: the service takes their ids."""
    meant = list(finder.find(sought, load_places(data)).area_ids)
    offered = {"on_offer": list(data.areas["area_id"])}
    return {**offered, "did_you_mean": meant} if meant else offered


def check_area(data: Data, area_id: str) -> None:
    """Refuse what is no area.

    Raises:
        Problem: 404, there is no such area.
    """
    if area_id not in list(data.areas["area_id"]):
        raise Problem(404, "There is no such area.", _offer_areas(data, area_id))


@memoize
def build_shapes(data: Data, filters: Filters) -> bytes:
    """Return the areas' shapes with their facts as GeoJSON."""
    return exports.build(data, "geojson", filters)


@memoize
def build_descriptor(data: Data) -> bytes:
    """Return the description of the data package, its columns as they are served."""
    tables = exports.narrow_tables(data, None)
    return _write_json(package.build_descriptor(data, tables, metadata.build_metadata(data, None)))


def list_part_names() -> dict[str, str]:
    """Return the tables that an area's answer holds, by the key they stand under."""
    return {**_PARTS, "index_ranks": "index_ranks"}


def _select_rows(data: Data, name: str, area_id: str) -> Table:
    frame: pd.DataFrame = getattr(data, name)
    return exports.dfe_standard.build_table(data, name, frame[frame["area_id"] == area_id])


def _describe_licence(data: Data, filters: Filters, source_ids: list[str]) -> dict[str, Any]:
    said = metadata.build_metadata(data, filters)
    rows = data.sources[data.sources["source_id"].isin(source_ids)]
    return {
        "filtered": filters.address(),
        "holds": said.holds,
        "version": said.version,
        "licence": {"title": said.licence, "url": said.licence_url},
        "attribution": list(said.attribution),
        "sources": exports.list_json_records(
            exports.dfe_standard.build_table(data, "sources", rows).frame
        ),
    }


def _write_json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
