"""Text formats: one table as CSV, all as JSON, the areas with their facts as GeoJSON."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.data.loader import Data
from dashboard.exports import attribution, data_dictionary, dfe_standard, sanitise
from dashboard.exports.dfe_standard import Table
from dashboard.exports.metadata import LONG_TABLES, About
from dashboard.topics.areas.facts import compute_area_facts

# Excel reads a file as UTF-8 only if it begins so.
_BYTE_ORDER_MARK = "\ufeff"
_MAX_NAME_LENGTH = 10
_SHORT_NAMES_NOTE = (
    "A shapefile holds 10 characters of a property's name, and a program that saves these areas as "
    "one cuts the names in its own way. Save them as GeoPackage, which keeps the names whole, or "
    "rename the properties first: short_name in fields has a name for each that fits."
)


def write_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with a byte order mark, ISO dates, true and false.

    Each row ends with its sources in words and its licence.
    """
    return f"{_BYTE_ORDER_MARK}{_format_csv(dfe_standard.build_standalone(table).frame)}".encode()


def write_bare_csv(table: Table) -> bytes:
    """Return a table's own columns as CSV, for a package that states sources and licence apart.

    It has no byte order mark, which programs do not expect.
    """
    return _format_csv(table.frame).encode()


def write_json(tables: Mapping[str, Table], about: About) -> bytes:
    """Return one document of all tables and their columns, and what the file says of itself.

    ``export.schema.json`` beside this module describes it.
    """
    document = {
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": about.day.isoformat(),
        "holds": about.holds,
        **about.terms,
        "citation": about.citation,
        "tables": {
            table.name: {
                "title": table.title,
                "description": table.description,
                "fields": [
                    data_dictionary.summarise_field(field) for field in table.schema["fields"]
                ],
                "rows": list_json_records(table.frame),
            }
            for table in tables.values()
            if table.name not in LONG_TABLES
        },
    }
    return encode_json(document)


def write_geojson(data: Data, area_ids: Collection[str] | None, about: About) -> bytes:
    """Return each area as a feature: its shape (WGS84) and its facts.

    The collection also describes each property, and has the sources that the facts refer to.
    """
    facts = compute_area_facts(data)
    if area_ids is not None:
        facts = facts[facts["area_id"].isin(area_ids)]
    table = dfe_standard.build_rows(data, "Areas", facts)
    fields = table.schema["fields"]
    sources = data.sources[
        data.sources["source_id"].isin(attribution.list_source_ids([table.frame]))
    ]
    shapes = _join_shapes(data)
    collection = {
        "type": "FeatureCollection",
        "title": about.title,
        "holds": about.holds,
        "version": about.version,
        **about.terms,
        "note": _SHORT_NAMES_NOTE,
        "fields": [
            {**data_dictionary.summarise_field(field), "short_name": short}
            for field, short in zip(
                fields, shorten_names([field["name"] for field in fields]), strict=True
            )
        ],
        "sources": list_json_records(dfe_standard.build_table(data, "sources", sources).frame),
        "features": [
            {
                "type": "Feature",
                "id": row["opportunity_area_code"],
                "properties": row,
                "geometry": shapes[row["opportunity_area_code"]],
            }
            for row in list_json_records(table.frame)
        ],
    }
    return encode_json(collection)


def shorten_names(names: Sequence[str]) -> list[str]:
    """Return a name for each that a shapefile can hold: ten characters at most, no two alike.

    It is made of the beginnings of the name's words, and ends in a number if it is taken.
    """
    short: list[str] = []
    for name in names:
        words = re.findall("[a-z0-9]+", name.lower()) or ["field"]
        per_word = max(1, (_MAX_NAME_LENGTH - len(words) + 1) // len(words))
        abbreviated = "_".join(word[:per_word] for word in words)[:_MAX_NAME_LENGTH].strip("_")
        fits = name and len(name) <= _MAX_NAME_LENGTH and name.isascii()
        candidate = name.lower() if fits else abbreviated
        if not candidate[:1].isalpha():
            candidate = f"f{candidate}"[:_MAX_NAME_LENGTH]
        number = 1
        while candidate in short:
            number += 1
            candidate = (
                f"{candidate[: _MAX_NAME_LENGTH - len(str(number))].rstrip('0123456789')}{number}"
            )
        short.append(candidate)
    return short


def list_json_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON holds them: numbers not rounded, ISO dates, missing as None."""
    dated = {
        name: frame[name].dt.strftime("%Y-%m-%d")
        for name in frame.columns
        if frame[name].dtype.kind == "M"
    }
    plain = frame.assign(**dated).astype("object")
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _format_csv(frame: pd.DataFrame) -> str:
    return str(sanitise.format_for_csv(frame).to_csv(index=False, lineterminator="\r\n"))


def encode_json(document: Mapping[str, object]) -> bytes:
    """Return a document as JSON, indented by one space."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _join_shapes(data: Data) -> dict[str, dict[str, Any]]:
    """Return each area's shape: its districts' shapes joined, no point moved.

    Outer rings run anticlockwise and holes clockwise, as RFC 7946 asks.
    """
    import shapely
    from shapely.geometry import mapping, shape

    area_ids = dict(zip(data.districts["lad_code"], data.districts["area_id"], strict=True))
    parts: dict[str, list[Any]] = {}
    for feature in data.districts_boundaries["features"]:
        area_id = area_ids[feature["properties"]["lad_code"]]
        parts.setdefault(area_id, []).append(shape(feature["geometry"]))
    return {
        area_id: mapping(shapely.orient_polygons(shapely.union_all(shapes)))
        for area_id, shapes in parts.items()
    }
