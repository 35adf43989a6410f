"""Tables in the form they are given away in, with the standard names where there are any.

The names are those of the Department for Education's open data standards: ``time_period``,
``time_identifier``, ``geographic_level``, ``opportunity_area_code``, ``opportunity_area_name``.
"""

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.data.loader import Data
from dashboard.exports import attribution, data_dictionary, precision
from dashboard.exports.data_dictionary import Field

Schema = dict[str, Any]

_LEVELS = {
    "district": "Local authority district",
    "successor district": "Local authority district",
    "local authority": "Local authority",
    "area of two districts": "Opportunity area",
    "national": "National",
}
_TYPES = {
    "Int64": "integer",
    "int64": "integer",
    "Float64": "number",
    "float64": "number",
    "boolean": "boolean",
    "bool": "boolean",
}
# A list of all of England's districts: cut to the areas chosen it would no longer be the index.
_NEVER_NARROWED = {"index_2016"}
_RENAMED = {"area_id": "opportunity_area_code", "period": "time_period"}
# Which column a field's own value can be read back from.
_HOLDERS = {**_RENAMED, "label": "opportunity_area_name", "geography_level": "place_kind"}


@dataclass(frozen=True)
class Table:
    """A table to give away: a frame, and the Table Schema that describes it.

    ``citations`` has every source in words by its id, and ``licence`` the licence with its
    address, for files that hold this table alone.
    """

    name: str
    title: str
    description: str
    frame: pd.DataFrame
    schema: Schema
    citations: Mapping[str, str]
    licence: str


def build_table(data: Data, name: str, rows: pd.DataFrame | None = None) -> Table:
    """Return a resource of the package, or some of its rows, in standard form.

    Raises:
        KeyError: there is no such resource with columns.
    """
    resource = _list_resources(data)[name]
    frame: pd.DataFrame = getattr(data, name) if rows is None else rows
    schema = copy.deepcopy(resource["schema"])
    fields = [one for field in schema["fields"] for one in _build_fields(field, resource)]
    schema["fields"] = fields
    for key in schema.get("foreignKeys", []):
        key["fields"] = [_RENAMED.get(one, one) for one in key["fields"]]
        key["reference"]["fields"] = [_RENAMED.get(one, one) for one in key["reference"]["fields"]]
    if "primaryKey" in schema:
        schema["primaryKey"] = [_RENAMED.get(one, one) for one in schema["primaryKey"]]
    renamed = _rename_columns(data, precision.restore_decimals(data, name, frame))
    return Table(
        name=name,
        title=resource["title"],
        description=resource["description"],
        frame=renamed[[field["name"] for field in fields]],
        schema=schema,
        citations=attribution.format_citations(data),
        licence=attribution.format_licence(resource),
    )


def build_tables(data: Data, area_ids: Collection[str] | None = None) -> dict[str, Table]:
    """Return every resource with columns, in standard form, by name.

    With ``area_ids``, rows of other areas are left out, and so is what hangs on them; rows that
    belong to no one area stay.
    """
    return {
        name: build_table(data, name, _select_rows(data, name, area_ids))
        for name in _list_resources(data)
    }


def find_origins(resource: Mapping[str, Any]) -> dict[str, Field | None]:
    """Return which of our fields each column of standard name holds, by name.

    Of several that one field becomes, one holds its value; the others are added, and have None.
    """
    origins: dict[str, Field | None] = {}
    for field in resource["schema"]["fields"]:
        made = [one["name"] for one in _build_fields(field, resource)]
        if made != [field["name"]]:
            holder = _HOLDERS[field["name"]]
            origins |= {name: field if name == holder else None for name in made}
    return origins


def list_titles(data: Data) -> dict[str, str]:
    """Return the titles of the resources with columns, by name."""
    return {name: str(one["title"]) for name, one in _list_resources(data).items()}


def build_rows(data: Data, title: str, frame: pd.DataFrame) -> Table:
    """Return rows that are no whole resource (computed, or of several) in standard form.

    A column keeps the description of the resource that most of the columns come from. What that
    does not have, :mod:`columns` describes, or else the next resource like it.
    """
    nearest, *others = _find_alike(data, frame)
    own, more = _find_known([nearest]), _find_known(others)
    renamed = _rename_columns(data, precision.restore_decimals(data, nearest["name"], frame))
    kinds = {str(name): str(renamed[name].dtype) for name in renamed.columns}
    fields = [
        _describe_fields(name, _TYPES.get(kinds[name], "string"), own, more) for name in kinds
    ]
    return Table(
        name="rows",
        title=title,
        description="",
        frame=renamed,
        schema={"fields": fields},
        citations=attribution.format_citations(data),
        licence=attribution.format_licence(data.descriptor),
    )


def _find_alike(data: Data, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the resources, the one with most of the frame's columns first."""
    have = set(map(str, frame.columns))
    return sorted(
        _list_resources(data).values(),
        key=lambda one: -len(have & {field["name"] for field in one["schema"]["fields"]}),
    )


def _find_known(resources: Iterable[dict[str, Any]]) -> dict[str, Field]:
    """Return the fields of resources by their standard name, the first that has one first."""
    found: dict[str, Field] = {}
    for resource in resources:
        for one in resource["schema"]["fields"]:
            for field in _build_fields(one, resource):
                found.setdefault(field["name"], field)
    return found


def _describe_fields(name: str, kind: str, own: dict[str, Field], more: dict[str, Field]) -> Field:
    if field := own.get(name) or data_dictionary.describe_columns(name, kind) or more.get(name):
        return {key: field.get(key, "") for key in ("name", "type", "title", "description")}
    title = name.replace("_", " ").capitalize()
    return {"name": name, "type": kind, "title": title, "description": ""}


def build_standalone(table: Table) -> Table:
    """Return a table as a file that holds nothing else has it, with columns at its end.

    They say which columns are computed, each source in words, and the licence.
    """
    known = {
        one["name"]: one
        for one in (data_dictionary.COMPUTED, data_dictionary.SOURCE, data_dictionary.LICENCE)
    }
    own = table.schema["fields"]
    more = attribution.add_attribution(table.frame, own, table.citations, table.licence)
    return replace(
        table,
        frame=pd.concat([table.frame, more], axis="columns"),
        schema={**table.schema, "fields": [*own, *(known[name] for name in more.columns)]},
    )


def is_narrowed(data: Data, name: str) -> bool:
    """Tell whether choosing areas can leave rows of a table out."""
    frame: pd.DataFrame = getattr(data, name)
    keyed = bool({"area_id", "lad_code"} & set(frame.columns)) or name == "disagreement_figures"
    return keyed and name not in _NEVER_NARROWED


def _list_resources(data: Data) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in data.descriptor["resources"] if "schema" in one}


def _select_rows(data: Data, name: str, area_ids: Collection[str] | None) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(data, name)
    if area_ids is None or not is_narrowed(data, name):
        return frame
    if "area_id" in frame:
        return frame[frame["area_id"].isna() | frame["area_id"].isin(area_ids)]
    if "lad_code" in frame:
        districts = data.districts
        codes = districts[districts["area_id"].isin(area_ids)]["lad_code"]
        return frame[frame["lad_code"].isin(codes)]
    kept = _select_rows(data, "disagreements", area_ids)["disagreement_id"]
    return frame[frame["disagreement_id"].isin(kept)]


def _build_fields(field: Field, owner: Mapping[str, Any]) -> list[Field]:
    """Return what a field of a resource becomes: itself, or one or two of standard name."""
    name, resource = field["name"], owner["name"]
    needed = {"constraints": field["constraints"]} if "constraints" in field else {}
    if name == "area_id":
        return (
            [{**data_dictionary.CODE, **needed}]
            if resource == "areas"
            else [{**data_dictionary.CODE, **needed}, data_dictionary.NAME]
        )
    if name == "label" and resource == "areas":
        return [{**data_dictionary.NAME, **needed}]
    if name == "period" and any(one["name"] == "measure_id" for one in owner["schema"]["fields"]):
        return [data_dictionary.PERIOD, data_dictionary.IDENTIFIER]
    if name == "geography_level":
        return [data_dictionary.LEVEL, data_dictionary.KIND]
    return [field]


def _rename_columns(data: Data, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame under standard names, with what they bring, each at its place."""
    labels = dict(zip(data.areas["area_id"], data.areas["label"], strict=True))
    made: dict[str, pd.Series[Any]] = {}
    for column in frame.columns:
        values = frame[column]
        if column == "area_id":
            made["opportunity_area_code"] = values
            made["opportunity_area_name"] = values.map(labels).astype("string")
        elif column == "label":
            continue
        elif column == "period" and "measure_id" in frame:
            made["time_period"] = values.str.replace("/", "", regex=False)
            made["time_identifier"] = pd.Series("Academic year", frame.index, dtype="string")
        elif column == "geography_level":
            made["geographic_level"] = values.map(_LEVELS).astype("string")
            made["place_kind"] = values
        else:
            made[str(column)] = values
    return pd.DataFrame(made, index=frame.index)
