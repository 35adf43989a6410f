"""Tables in the form they are given away in, with the standard names where there are any.

The names are those of the Department for Education's open data standards: ``time_period``,
``time_identifier``, ``geographic_level``, ``opportunity_area_code``, ``opportunity_area_name``.
"""

import copy
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.data import Data

Schema = dict[str, Any]
Field = dict[str, Any]

_CODE: Field = {
    "name": "opportunity_area_code",
    "type": "string",
    "title": "Opportunity area code",
    "description": "The opportunity area. The codes are this package's own: no official list "
    "was found.",
}
_NAME: Field = {
    "name": "opportunity_area_name",
    "type": "string",
    "title": "Opportunity area name",
    "description": "The name the opportunity area is known by.",
}
_PERIOD: Field = {
    "name": "time_period",
    "type": "string",
    "title": "Time period",
    "description": "The academic year in six digits: 201617 is 2016/17.",
    "constraints": {"pattern": "^[0-9]{6}$"},
}
_IDENTIFIER: Field = {
    "name": "time_identifier",
    "type": "string",
    "title": "Time identifier",
    "description": "What the time period is.",
}
_LEVEL: Field = {
    "name": "geographic_level",
    "type": "string",
    "title": "Geographic level",
    "description": "The kind of place, in the words of the standard.",
}
_KIND: Field = {
    "name": "place_kind",
    "type": "string",
    "title": "Kind of place",
    "description": "The kind of place in our words: tells a district from the one that took its "
    "place when it was abolished, which must not be joined to it.",
}
_LEVELS = {
    "district": "Local authority district",
    "successor district": "Local authority district",
    "local authority": "Local authority",
    "area of two districts": "Opportunity area",
    "national": "National",
}
_TYPES = {"Int64": "integer", "Float64": "number", "boolean": "boolean"}
_RENAMED = {"area_id": "opportunity_area_code", "period": "time_period"}


@dataclass(frozen=True)
class Table:
    """A table to give away: a frame, and the Table Schema that describes it."""

    name: str
    title: str
    description: str
    frame: pd.DataFrame
    schema: Schema


def table(data: Data, name: str, rows: pd.DataFrame | None = None) -> Table:
    """Return a resource of the package, or some of its rows, in standard form.

    Raises:
        KeyError: there is no such resource with columns.
    """
    resource = _resources(data)[name]
    frame: pd.DataFrame = getattr(data, name) if rows is None else rows
    schema = copy.deepcopy(resource["schema"])
    fields = [one for field in schema["fields"] for one in _fields(field, name)]
    schema["fields"] = fields
    for key in schema.get("foreignKeys", []):
        key["fields"] = [_RENAMED.get(one, one) for one in key["fields"]]
        key["reference"]["fields"] = [_RENAMED.get(one, one) for one in key["reference"]["fields"]]
    if "primaryKey" in schema:
        schema["primaryKey"] = [_RENAMED.get(one, one) for one in schema["primaryKey"]]
    renamed = _renamed(data, frame)
    return Table(
        name=name,
        title=resource["title"],
        description=resource["description"],
        frame=renamed[[field["name"] for field in fields]],
        schema=schema,
    )


def tables(data: Data, area_ids: Collection[str] | None = None) -> dict[str, Table]:
    """Return every resource with columns, in standard form, by name.

    With ``area_ids``, rows of other areas are left out, and so is what hangs on them; rows that
    belong to no one area stay.
    """
    return {name: table(data, name, _kept(data, name, area_ids)) for name in _resources(data)}


def titles(data: Data) -> dict[str, str]:
    """Return the titles of the resources with columns, by name."""
    return {name: str(one["title"]) for name, one in _resources(data).items()}


def rows(data: Data, title: str, frame: pd.DataFrame) -> Table:
    """Return rows that are no whole resource (computed, or of several) in standard form.

    Columns that a resource describes keep its description.
    """
    renamed = _renamed(data, frame)
    known = {
        field["name"]: field
        for resource in reversed(_resources(data).values())
        for one in resource["schema"]["fields"]
        for field in _fields(one, resource["name"])
    }
    fields = [_described(renamed, str(column), known) for column in renamed.columns]
    return Table(name="rows", title=title, description="", frame=renamed, schema={"fields": fields})


def _described(frame: pd.DataFrame, column: str, known: dict[str, Field]) -> Field:
    if column in known:
        return {key: known[column][key] for key in ("name", "type", "title", "description")}
    kind = _TYPES.get(str(frame[column].dtype), "string")
    return {"name": column, "type": kind, "title": column.replace("_", " ").capitalize()}


def _resources(data: Data) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in data.descriptor["resources"] if "schema" in one}


def _kept(data: Data, name: str, area_ids: Collection[str] | None) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(data, name)
    if area_ids is None:
        return frame
    if "area_id" in frame:
        return frame[frame["area_id"].isna() | frame["area_id"].isin(area_ids)]
    if "lad_code" in frame:
        districts = data.districts
        codes = districts[districts["area_id"].isin(area_ids)]["lad_code"]
        return frame[frame["lad_code"].isin(codes)]
    if name == "disagreement_figures":
        kept = _kept(data, "disagreements", area_ids)["disagreement_id"]
        return frame[frame["disagreement_id"].isin(kept)]
    return frame


def _fields(field: Field, resource: str) -> list[Field]:
    """Return what a field of the package becomes: itself, or one or two of standard name."""
    name = field["name"]
    needed = {"constraints": field["constraints"]} if "constraints" in field else {}
    if name == "area_id":
        return [{**_CODE, **needed}] if resource == "areas" else [{**_CODE, **needed}, _NAME]
    if name == "label" and resource == "areas":
        return [{**_NAME, **needed}]
    if name == "period" and resource != "funding_programme":
        return [_PERIOD, _IDENTIFIER]
    if name == "geography_level":
        return [_LEVEL, _KIND]
    return [field]


def _renamed(data: Data, frame: pd.DataFrame) -> pd.DataFrame:
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
