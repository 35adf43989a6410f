"""Bodies of answers, made once for each question while the figures stay the same."""

import json
from typing import Any

import pandas as pd

from dashboard import exports
from dashboard.cache import remembered
from dashboard.data.loader import Data
from dashboard.exports import attribution, metadata, package
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from dashboard.search import finder
from dashboard.search.place_names import places
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.web.api.endpoints import Listing
from dashboard.web.api.params import CSV, Asked
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


@remembered
def listing(data: Data, listed: Listing, asked: Asked) -> bytes:
    """Return a table in the form asked for."""
    table = listed.make(data, asked.filters, asked.measure)
    if asked.media_type == CSV:
        return exports.csv(table)
    rows = exports.records(table.frame)
    return _json(
        {
            "data": rows,
            "count": len(rows),
            **_told(data, asked.filters, attribution.ids([table.frame])),
        }
    )


@remembered
def area(data: Data, area_id: str) -> bytes:
    """Return all that is known of an area.

    Raises:
        Problem: 404, there is no such area.
    """
    check_area(data, area_id)
    facts = compute_area_facts(data)
    one = facts[facts["area_id"] == area_id]
    parts = {key: _rows_of(data, name, area_id) for key, name in _PARTS.items()}
    codes = parts["districts"].frame["lad_code"]
    ranks = data.index_ranks[data.index_ranks["lad_code"].isin(codes)]
    parts["index_ranks"] = exports.dfe_standard.table(data, "index_ranks", ranks)
    whole = exports.dfe_standard.rows(data, "Areas", one)
    frames = [whole.frame, *(part.frame for part in parts.values())]
    return _json(
        {
            "data": {
                **exports.records(whole.frame)[0],
                **{key: exports.records(part.frame) for key, part in parts.items()},
            },
            **_told(data, Filters(), attribution.ids(frames)),
        }
    )


def _offer_areas(data: Data, sought: str) -> dict[str, list[str]]:
    """Return the areas there are, and those that a name is of: the service takes their ids."""
    meant = list(finder.find(sought, places(data)).area_ids)
    offered = {"on_offer": list(data.areas["area_id"])}
    return {**offered, "did_you_mean": meant} if meant else offered


def check_area(data: Data, area_id: str) -> None:
    """Refuse what is no area.

    Raises:
        Problem: 404, there is no such area.
    """
    if area_id not in list(data.areas["area_id"]):
        raise Problem(404, "There is no such area.", _offer_areas(data, area_id))


@remembered
def shapes(data: Data, filters: Filters) -> bytes:
    """Return the areas' shapes with their facts as GeoJSON."""
    return exports.build(data, "geojson", filters)


@remembered
def descriptor(data: Data) -> bytes:
    """Return the description of the data package, its columns as they are served."""
    tables = exports.narrowed(data, None)
    return _json(package.descriptor(data, tables, metadata.of(data, None)))


def part_names() -> dict[str, str]:
    """Return the tables that an area's answer holds, by the key they stand under."""
    return {**_PARTS, "index_ranks": "index_ranks"}


def _rows_of(data: Data, name: str, area_id: str) -> Table:
    frame: pd.DataFrame = getattr(data, name)
    return exports.dfe_standard.table(data, name, frame[frame["area_id"] == area_id])


def _told(data: Data, filters: Filters, source_ids: list[str]) -> dict[str, Any]:
    said = metadata.of(data, filters)
    rows = data.sources[data.sources["source_id"].isin(source_ids)]
    return {
        "filtered": filters.address(),
        "holds": said.holds,
        "version": said.version,
        "licence": {"title": said.licence, "url": said.licence_url},
        "attribution": list(said.attribution),
        "sources": exports.records(exports.dfe_standard.table(data, "sources", rows).frame),
    }


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
