"""The OpenAPI document of the service, built from the schemas of its tables."""

import re
from collections.abc import Sequence
from typing import Any

from dashboard import exports
from dashboard.data.loader import Data
from dashboard.exports.dfe_standard import Table
from dashboard.filters import Filters
from dashboard.topics.areas.facts import compute_area_facts
from dashboard.web.api import params, problems, responses
from dashboard.web.api.endpoints import ENDPOINTS, Endpoint

Document = dict[str, Any]

_FILE: Document = {"type": "string", "format": "binary"}
_DESCRIPTION: Document = {
    "type": "string",
    "description": "What a row is, and how it was worked out where it is computed.",
}
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}
_DESCRIPTIONS = {
    "cohort": "The announcement that named the area.",
    "region": "A statistical region of England; given more than once, any will do.",
    "place": "A type of place, as in 2017; given more than once, any will do.",
    "measure": "An outcome measure, by its measure_id.",
    "format": "The form of the answer. It wins over the header Accept.",
}
# Members of every answer that holds figures.
_ABOUT = ("holds", "version", "licence", "attribution", "sources")
_REPEATABLE = ("region", "place")


def build_document(data: Data, base: str) -> Document:
    """Return the OpenAPI document of a service mounted at an address."""
    paths = {
        **{endpoint.path: _describe_table(data, endpoint) for endpoint in ENDPOINTS},
        "/areas/{area}": _describe_area(data),
        "/areas/{area}/brief.pdf": _describe_brief(data),
        "/areas.geojson": _describe_shapes(data),
        "/opportunity-areas.{form}": _describe_file(data),
        "/datapackage.json": _describe_json("The description of the data package", params.JSON),
        "/openapi.json": _describe_json("This document", params.JSON),
        "/healthz": _describe_health(),
    }
    for path, item in paths.items():
        item["get"]["operationId"] = "_".join(["get", *re.findall(r"\w+", path.replace("-", "_"))])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Opportunity areas: the figures",
            "version": data.descriptor["version"],
            "description": data.descriptor["description"],
            "license": {
                "name": data.descriptor["licenses"][0]["title"],
                "url": data.descriptor["licenses"][0]["path"],
            },
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": _build_schemas(data)},
    }


def _describe_table(data: Data, endpoint: Endpoint) -> Document:
    table = endpoint.build_table(data, Filters(), None)
    rows = {"type": "array", "items": _build_row_schema(table)}
    more = dict.fromkeys(responses.describe_table(table), _DESCRIPTION)
    body = _build_body_schema({"data": rows, "count": {"type": "integer"}, **more})
    content = {params.JSON: {"schema": body}, params.CSV: {"schema": _build_csv_schema(table)}}
    parameters = [_build_query_parameter(data, name) for name in (*endpoint.parameters, "format")]
    item = _build_operation(endpoint.summary, parameters, content, (400, 406, 503))
    item["get"] |= responses.describe_table(table)
    return item


def _describe_area(data: Data) -> Document:
    facts = exports.dfe_standard.build_rows(data, "Areas", compute_area_facts(data))
    parts = {
        key: {
            "type": "array",
            "items": _build_row_schema(exports.dfe_standard.build_table(data, name)),
        }
        for key, name in responses.list_part_names().items()
    }
    whole = _build_row_schema(facts)
    whole["properties"] |= parts
    whole["required"] += list(parts)
    content = {params.JSON: {"schema": _build_body_schema({"data": whole})}}
    parameters = [_build_area_parameter(data)]
    return _build_operation(
        "All that is known of one area", parameters, content, (400, 404, 406, 503)
    )


def _describe_brief(data: Data) -> Document:
    content = {params.PDF: {"schema": _FILE}}
    summary = "An area on a few pages, to print or send"
    return _build_operation(summary, [_build_area_parameter(data)], content, (400, 404, 406, 503))


def _describe_file(data: Data) -> Document:
    form = ("form", "The form of the file, by its ending.", list(exports.FORMATS))
    parameters = [
        _build_path_parameter(*form),
        *(_build_query_parameter(data, name) for name in params.FILTERS),
    ]
    content = {form.mime: {"schema": _FILE} for form in exports.FORMATS.values()}
    summary = "Everything, or what filters leave, as a file"
    return _build_operation(summary, parameters, content, (400, 404, 406, 503))


def _build_area_parameter(data: Data) -> Document:
    ids = list(data.areas["area_id"])
    return _build_path_parameter("area", "An area, by its opportunity_area_code.", ids)


def _build_path_parameter(name: str, description: str, values: Sequence[str]) -> Document:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "enum": values},
    }


def _describe_shapes(data: Data) -> Document:
    parameters = [_build_query_parameter(data, name) for name in params.FILTERS]
    facts = exports.dfe_standard.build_rows(data, "Areas", compute_area_facts(data))
    feature = {
        "type": "object",
        "required": ["type", "id", "properties", "geometry"],
        "properties": {"properties": _build_row_schema(facts)},
    }
    about = {name: _build_reference(name) for name in _ABOUT}
    schema = {
        "type": "object",
        "required": ["type", "features", "fields", *about],
        "properties": {"features": {"type": "array", "items": feature}, **about},
    }
    content = {media_type: {"schema": schema} for media_type in (params.GEOJSON, params.JSON)}
    return _build_operation(
        "The areas' shapes with their facts", parameters, content, (400, 406, 503)
    )


def _describe_json(summary: str, media_type: str) -> Document:
    return _build_operation(
        summary, [], {media_type: {"schema": {"type": "object"}}}, (400, 406, 503)
    )


def _describe_health() -> Document:
    properties = {
        "status": {"type": "string", "enum": ["ok"]},
        "figures": {"type": "string", "description": "The version of the figures."},
        "faults": {"type": "integer", "description": "What is wrong with newer files, counted."},
    }
    schema = {"type": "object", "required": list(properties), "properties": properties}
    item = _build_operation(
        "Whether figures can be shown", [], {params.JSON: {"schema": schema}}, (503,)
    )
    item["get"]["responses"].pop("304")
    return item


def _build_operation(
    summary: str, parameters: list[Document], content: Document, errors: Sequence[int]
) -> Document:
    statuses = {
        "200": {"description": summary, "content": content},
        "304": {"description": "Unchanged"},
    }
    statuses |= {
        str(status): {
            "description": problems.TITLES[status],
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (*errors, 405)
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": statuses}}


def _build_query_parameter(data: Data, name: str) -> Document:
    values: Document = {"type": "string", "enum": params.list_values(data)[name]}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": _DESCRIPTIONS[name],
        "explode": True,
        "schema": {"type": "array", "items": values} if name in _REPEATABLE else values,
    }


def _build_row_schema(table: Table) -> Document:
    """Return the schema of a table's rows: every column is there, missing values are null."""
    return _build_closed_object(
        {field["name"]: _build_value_schema(field) for field in table.schema["fields"]}
    )


def _build_value_schema(field: Document) -> Document:
    texts = {key: field[key] for key in ("title", "description") if field.get(key)}
    return {"type": [_TYPES.get(field["type"], "string"), "null"], **texts}


def _build_csv_schema(table: Table) -> Document:
    """Return the schema of a CSV answer, with the columns that it has beside the table's."""
    fields = exports.dfe_standard.build_standalone(table).schema["fields"][
        len(table.schema["fields"]) :
    ]
    more = " ".join(f"{field['name']}: {field['description']}" for field in fields)
    text = f"The rows as CSV, in UTF-8 with its mark, with more columns at the end. {more}"
    return {"type": "string", "description": text}


def _build_body_schema(own: Document) -> Document:
    return _build_closed_object(
        {**own, **{name: _build_reference(name) for name in ("filtered", *_ABOUT)}}
    )


def _build_closed_object(properties: Document) -> Document:
    """Return the schema of an object that has all of its properties and no others."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _build_reference(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name.capitalize()}"}


def _build_schemas(data: Data) -> Document:
    text = {"type": "string"}
    return {
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": text,
                "title": text,
                "status": {"type": "integer"},
                "detail": text,
                "parameter": text,
                "on_offer": {"type": "array", "items": text},
                "did_you_mean": {"type": "array", "items": text},
            },
        },
        "Filtered": {"type": "object", "description": "The filters, as in the address."},
        "Holds": {"type": "string", "description": "What the answer holds, in words."},
        "Version": {"type": "string", "description": "The version of the figures."},
        "Licence": {
            "type": "object",
            "required": ["title", "url"],
            "properties": {"title": text, "url": text},
        },
        "Attribution": {"type": "array", "items": text},
        "Sources": {
            "type": "array",
            "description": "The sources that the rows name in any column.",
            "items": _build_row_schema(exports.dfe_standard.build_table(data, "sources")),
        },
    }
