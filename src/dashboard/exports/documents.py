"""Text formats: one table as CSV, all as JSON, the areas with their facts as GeoJSON."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.data.loader import Data
from dashboard.exports import attribution, dfe_standard, sanitise
from dashboard.exports.dfe_standard import Table
from dashboard.exports.metadata import LOOK_UPS, About
from dashboard.topics.areas.facts import compute_area_facts

# Excel takes a file for UTF-8 by these three bytes.
_MARK = "\ufeff"
_SHORT = 10
_SHORTENED = (
    "A shapefile holds 10 characters of a property's name, and a program that saves these areas as "
    "one cuts the names in its own way. Save them as GeoPackage, which keeps the names whole, or "
    "rename the properties first: short_name in fields has a name for each that fits."
)


def write_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with its mark, ISO dates, true and false.

    Each row ends with its sources in words and its licence.
    """
    return f"{_MARK}{_write_rows(dfe_standard.build_standalone(table).frame)}".encode()


def write_bare_csv(table: Table) -> bytes:
    """Return a table's own columns as CSV, for files in which others tell of sources and licence.

    It has no mark of UTF-8, which programs do not expect.
    """
    return _write_rows(table.frame).encode()


def write_json(tables: Mapping[str, Table], about: About) -> bytes:
    """Return one document of all tables, each with its columns, and what the file says of itself.

    ``export.schema.json`` beside this module describes it.
    """
    document = {
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": about.day,
        "holds": about.holds,
        "licence": {"title": about.licence, "url": about.licence_url},
        "attribution": list(about.attribution),
        "citation": about.citation,
        "tables": {
            one.name: {
                "title": one.title,
                "description": one.description,
                "fields": [_convert_field(field) for field in one.schema["fields"]],
                "rows": records(one.frame),
            }
            for one in tables.values()
            if one.name not in LOOK_UPS
        },
    }
    return _convert_json(document)


def write_geojson(data: Data, area_ids: Collection[str] | None, about: About) -> bytes:
    """Return a feature an area: its shape and its facts. WGS84.

    Beside the features stand what each property means, and the sources that they name.
    """
    facts = compute_area_facts(data)
    kept = facts if area_ids is None else facts[facts["area_id"].isin(area_ids)]
    table = dfe_standard.build_rows(data, "Areas", kept)
    rows = records(table.frame)
    named = data.sources[data.sources["source_id"].isin(attribution.list_source_ids([table.frame]))]
    shapes = _build_shapes(data)
    shorts = shorten([str(name) for name in table.frame.columns])
    collection = {
        "type": "FeatureCollection",
        "title": about.title,
        "holds": about.holds,
        "version": about.version,
        "licence": {"title": about.licence, "url": about.licence_url},
        "attribution": list(about.attribution),
        "note": _SHORTENED,
        "fields": [
            {**_convert_field(field), "short_name": short}
            for field, short in zip(table.schema["fields"], shorts, strict=True)
        ],
        "sources": records(dfe_standard.build_table(data, "sources", named).frame),
        "features": [
            {
                "type": "Feature",
                "id": row["opportunity_area_code"],
                "properties": row,
                "geometry": shapes[row["opportunity_area_code"]],
            }
            for row in rows
        ],
    }
    return _convert_json(collection)


def shorten(names: Sequence[str]) -> list[str]:
    """Return a name for each that a shapefile can hold: ten characters at most, no two alike.

    It is made of the beginnings of a name's words, and of a number where that is another's name.
    """
    short: list[str] = []
    for name in names:
        words = re.findall("[a-z0-9]+", name.lower()) or ["field"]
        each = max(1, (_SHORT - len(words) + 1) // len(words))
        plain = name.lower() if len(name) <= _SHORT and name.isascii() else ""
        made = plain or "_".join(word[:each] for word in words)[:_SHORT].strip("_")
        made = made if made[:1].isalpha() else f"f{made}"[:_SHORT]
        count = 1
        while made in short:
            count += 1
            made = f"{made[: _SHORT - len(str(count))].rstrip('0123456789')}{count}"
        short.append(made)
    return short


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON holds them: every digit, ISO dates, missing as None."""
    dated = {
        name: frame[name].dt.strftime("%Y-%m-%d")
        for name in frame.columns
        if frame[name].dtype.kind == "M"
    }
    plain = frame.assign(**dated).astype("object")
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _write_rows(frame: pd.DataFrame) -> str:
    return str(sanitise.write_cell(frame).to_csv(index=False, lineterminator="\r\n"))


def _convert_json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _convert_field(field: dict[str, Any]) -> dict[str, Any]:
    return {key: field.get(key, "") for key in ("name", "type", "title", "description")}


def _build_shapes(data: Data) -> dict[str, dict[str, Any]]:
    """Return each area's shape: its districts' joined, at the precision they have.

    Outer rings run against the clock and holes with it, as RFC 7946 asks.
    """
    import shapely
    from shapely.geometry import mapping, shape

    area_of = dict(zip(data.districts["lad_code"], data.districts["area_id"], strict=True))
    parts: dict[str, list[Any]] = {}
    for feature in data.districts_boundaries["features"]:
        parts.setdefault(area_of[feature["properties"]["lad_code"]], []).append(
            shape(feature["geometry"])
        )
    return {
        area: mapping(shapely.orient_polygons(shapely.union_all(shapes)))
        for area, shapes in parts.items()
    }
