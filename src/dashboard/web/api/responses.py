"""Bodies of answers, built once for each query while the figures stay the same."""

import json
from collections.abc import Mapping

import pandas as pd

from dashboard import exports
from dashboard.cache import memoize
from dashboard.data.loader import Data
from dashboard.exports import attribution, metadata, package
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from dashboard.search import finder
from dashboard.search.place_names import build_places
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.web.api.endpoints import Endpoint
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
def build_table(data: Data, endpoint: Endpoint, query: Query) -> bytes:
    """Return a table in the media type of the query."""
    table = endpoint.build_table(data, query.filters, query.measure)
    if query.media_type == CSV:
        return exports.write_csv(table)
    rows = exports.list_json_records(table.frame)
    about = _describe_answer(data, query.filters, attribution.list_source_ids([table.frame]))
    return encode_json({"data": rows, "count": len(rows), **describe_table(table), **about})


def describe_table(table: Table) -> dict[str, str]:
    """Return what a row is and how it was worked out as a member of an answer, if it is known."""
    return {"description": table.description} if table.description else {}


@memoize
def build_area(data: Data, area_id: str) -> bytes:
    """Return all rows on an area.

    Raises:
        Problem: 404, there is no such area.
    """
    check_area(data, area_id)
    facts = compute_area_facts(data)
    parts = {key: _build_part(data, name, area_id) for key, name in _PARTS.items()}
    codes = parts["districts"].frame["lad_code"]
    ranks = data.index_ranks[data.index_ranks["lad_code"].isin(codes)]
    parts["index_ranks"] = exports.dfe_standard.build_table(data, "index_ranks", ranks)
    whole = exports.dfe_standard.build_rows(data, "Areas", facts[facts["area_id"] == area_id])
    frames = [whole.frame, *(part.frame for part in parts.values())]
    rows = {key: exports.list_json_records(part.frame) for key, part in parts.items()}
    about = _describe_answer(data, Filters(), attribution.list_source_ids(frames))
    return encode_json({"data": {**exports.list_json_records(whole.frame)[0], **rows}, **about})


def _offer_areas(data: Data, name: str) -> dict[str, list[str]]:
    """Return the ids of all areas, and of those that a name may mean."""
    matches = list(finder.find(name, build_places(data)).area_ids)
    offered = {"on_offer": list(data.areas["area_id"])}
    return {**offered, "did_you_mean": matches} if matches else offered


def check_area(data: Data, area_id: str) -> None:
    """Check that an area exists.

    Raises:
        Problem: 404, there is no such area.
    """
    if area_id not in list(data.areas["area_id"]):
        raise Problem(404, "There is no such area.", _offer_areas(data, area_id))


@memoize
def build_shapes(data: Data, filters: Filters) -> bytes:
    """Return the areas' shapes with their facts as GeoJSON."""
    return exports.FORMATS["geojson"].build(data, filters)


@memoize
def build_descriptor(data: Data) -> bytes:
    """Return the description of the data package, its columns as they are served."""
    tables = exports.narrow_tables(data, None)
    return encode_json(package.build_descriptor(data, tables, metadata.build_metadata(data, None)))


def list_part_names() -> dict[str, str]:
    """Return the names of the tables in an area's answer, by their key."""
    return {**_PARTS, "index_ranks": "index_ranks"}


def _build_part(data: Data, name: str, area_id: str) -> Table:
    frame: pd.DataFrame = getattr(data, name)
    return exports.dfe_standard.build_table(data, name, frame[frame["area_id"] == area_id])


def _describe_answer(data: Data, filters: Filters, source_ids: list[str]) -> dict[str, object]:
    about = metadata.build_metadata(data, filters)
    rows = data.sources[data.sources["source_id"].isin(source_ids)]
    return {
        "filtered": filters.address(),
        "holds": about.holds,
        "version": about.version,
        "licence": {"title": about.licence, "url": about.licence_url},
        "attribution": list(about.attribution),
        "sources": exports.list_json_records(
            exports.dfe_standard.build_table(data, "sources", rows).frame
        ),
    }


def encode_json(body: Mapping[str, object]) -> bytes:
    """Return a body as JSON in UTF-8."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
