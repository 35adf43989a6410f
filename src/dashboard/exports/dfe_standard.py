"""Tables in the form they are exported in, with standard column names where there are any.

The names are those of the Department for Education's open data standards: ``time_period``,
``time_identifier``, ``geographic_level``, ``opportunity_area_code``, ``opportunity_area_name``.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.data.loader import Data
from dashboard.exports import attribution, data_dictionary
from dashboard.exports.data_dictionary import Field
from dashboard.topics.comparators import comparison_tables

Schema = dict[str, Any]
Resource = Mapping[str, Any]

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
# Of all districts of England: with fewer rows ranks would mean nothing, nor a comparison.
_NEVER_NARROWED = {"index_2016", "district_outcomes"}
_STANDARD_NAMES = {"area_id": "opportunity_area_code", "period": "time_period"}
# The exported column that a field's value can be read back from.
_VALUE_COLUMNS = {
    **_STANDARD_NAMES,
    "label": "opportunity_area_name",
    "geography_level": "place_kind",
}


@dataclass(frozen=True)
class Table:
    """A table to export: a frame, and the Table Schema that describes it.

    Files that hold this table alone use ``citations``, each source in words by its id, and
    ``licence``, the licence with its address.
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
    schema = _rename_keys(resource["schema"])
    schema["fields"] = [
        new for old in schema["fields"] for new in _standardise_field(old, resource)
    ]
    renamed = rename_columns(data, _restore_numbers(data, resource, frame))
    return Table(
        name=name,
        title=resource["title"],
        description=resource["description"],
        frame=renamed[[field["name"] for field in schema["fields"]]],
        schema=schema,
        citations=attribution.format_citations(data),
        licence=attribution.format_licence(resource),
    )


def _rename_keys(schema: Schema) -> Schema:
    """Return a schema whose keys have the standard names of their columns."""

    def rename(part: Mapping[str, Any], name: str) -> dict[str, Any]:
        return {**part, name: [_STANDARD_NAMES.get(column, column) for column in part[name]]}

    schema = rename(schema, "primaryKey") if "primaryKey" in schema else dict(schema)
    if "foreignKeys" in schema:
        schema["foreignKeys"] = [
            {**rename(key, "fields"), "reference": rename(key["reference"], "fields")}
            for key in schema["foreignKeys"]
        ]
    return schema


def _restore_numbers(data: Data, resource: Resource, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a resource's rows with whole numbers as int, but as float where the file has a point.

    Rows are recognised by their index; the file's point counts only for the file's own number.
    """

    def restore(column: str, row: Hashable, value: float) -> float | None:
        if pd.isna(value):
            return None
        number = float(value)
        has_point = (resource["name"], column, row, number) in data.decimal_cells
        return int(number) if number.is_integer() and not has_point else number

    names = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "number"]
    columns = {
        name: [restore(name, row, value) for row, value in frame[name].items()]
        for name in names
        if name in frame
    }
    return frame.assign(
        **{name: pd.Series(cells, frame.index, "object") for name, cells in columns.items()}
    )


def build_tables(data: Data, area_ids: Collection[str] | None = None) -> dict[str, Table]:
    """Return every resource with columns, in standard form, by name.

    With ``area_ids``, rows of other areas are left out, and rows that refer to those; rows that
    belong to no area stay.
    """
    return {
        name: build_table(data, name, select_rows(data, name, area_ids))
        for name in _list_resources(data)
    }


def find_origins(resource: Resource) -> dict[str, Field | None]:
    """Return our own field that each column of standard name holds, by the column's name.

    Where one field becomes several columns, one holds its value; the others have None.
    """
    origins: dict[str, Field | None] = {}
    for field in resource["schema"]["fields"]:
        names = [new["name"] for new in _standardise_field(field, resource)]
        if names != [field["name"]]:
            holder = _VALUE_COLUMNS[field["name"]]
            origins |= {name: field if name == holder else None for name in names}
    return origins


def list_titles(data: Data) -> dict[str, str]:
    """Return the titles of the resources with columns, by name."""
    return {name: str(resource["title"]) for name, resource in _list_resources(data).items()}


def build_rows(data: Data, title: str, frame: pd.DataFrame) -> Table:
    """Return rows that are computed, or come from several resources, in standard form.

    A column is described by the resource that has most of the columns, or else by
    :mod:`data_dictionary`, or else by the resource with the next most columns.
    """
    nearest, *_ = _sort_by_shared_columns(data, frame)
    renamed = rename_columns(data, _restore_numbers(data, nearest, frame))
    return Table(
        name="rows",
        title=title,
        description="",
        frame=renamed,
        schema={"fields": describe_columns(data, frame, renamed)},
        citations=attribution.format_citations(data),
        licence=attribution.format_licence(data.descriptor),
    )


def describe_columns(data: Data, frame: pd.DataFrame, renamed: pd.DataFrame) -> list[Field]:
    """Return the fields of computed rows, given as they were and with columns of standard name."""
    nearest, *others = _sort_by_shared_columns(data, frame)
    own, more = _index_fields([nearest]), _index_fields(others)
    types = {str(name): _TYPES.get(str(kind), "string") for name, kind in renamed.dtypes.items()}
    return [_describe_column(name, kind, own, more) for name, kind in types.items()]


def _sort_by_shared_columns(data: Data, frame: pd.DataFrame) -> list[Resource]:
    """Return the resources, the one with most of the frame's columns first."""

    def count_shared(resource: Resource) -> int:
        return sum(field["name"] in frame for field in resource["schema"]["fields"])

    return sorted(_list_resources(data).values(), key=count_shared, reverse=True)


def _index_fields(resources: Iterable[Resource]) -> dict[str, Field]:
    """Return the fields of resources by standard name; the first resource with one counts."""
    fields: dict[str, Field] = {}
    for resource in resources:
        for own in resource["schema"]["fields"]:
            for field in _standardise_field(own, resource):
                fields.setdefault(field["name"], field)
    return fields


def _describe_column(name: str, kind: str, own: dict[str, Field], more: dict[str, Field]) -> Field:
    unknown = {"name": name, "type": kind, "title": name.replace("_", " ").capitalize()}
    field = own.get(name) or data_dictionary.find_field(name, kind) or more.get(name) or unknown
    return data_dictionary.summarise_field(field)


def build_standalone(table: Table) -> Table:
    """Return a table for a file of its own, with columns for what it must say of itself.

    They say which columns are computed, each source in words, and the licence.
    """
    own = table.schema["fields"]
    more = attribution.build_attribution_columns(table.frame, own, table.citations, table.licence)
    known = (
        data_dictionary.COMPUTED_FIELD,
        data_dictionary.SOURCE_FIELD,
        data_dictionary.LICENCE_FIELD,
    )
    fields = [*own, *(field for field in known if field["name"] in more)]
    return replace(
        table,
        frame=pd.concat([table.frame, more], axis="columns"),
        schema={**table.schema, "fields": fields},
    )


def is_narrowed(data: Data, name: str) -> bool:
    """Tell whether a choice of areas can leave out rows of a table, of the data or computed."""
    frame = get_rows(data, name)
    keyed = bool({"area_id", "lad_code"} & set(frame.columns)) or name == "disagreement_figures"
    return keyed and name not in _NEVER_NARROWED


def _list_resources(data: Data) -> dict[str, Resource]:
    resources = data.descriptor["resources"]
    return {resource["name"]: resource for resource in resources if "schema" in resource}


def get_rows(data: Data, name: str) -> pd.DataFrame:
    """Return all rows of a table, of the data or computed."""
    if name in comparison_tables.NAMES:
        return comparison_tables.build_comparison_tables(data)[name].frame
    frame: pd.DataFrame = getattr(data, name)
    return frame


def select_rows(data: Data, name: str, area_ids: Collection[str] | None) -> pd.DataFrame:
    """Return the rows of a table, of the data or computed, that a choice of areas leaves."""
    frame = get_rows(data, name)
    if area_ids is None or not is_narrowed(data, name):
        return frame
    if "area_id" in frame:
        return frame[frame["area_id"].isna() | frame["area_id"].isin(area_ids)]
    if "lad_code" in frame:
        districts = data.districts[data.districts["area_id"].isin(area_ids)]
        return frame[frame["lad_code"].isin(districts["lad_code"])]
    disagreements = select_rows(data, "disagreements", area_ids)
    return frame[frame["disagreement_id"].isin(disagreements["disagreement_id"])]


def _standardise_field(field: Field, owner: Resource) -> list[Field]:
    """Return what a field of a resource becomes: itself, or one or two of standard name."""
    name, is_of_areas = field["name"], owner["name"] == "areas"
    constraints = {"constraints": field["constraints"]} if "constraints" in field else {}
    if name == "area_id":
        code = {**data_dictionary.CODE_FIELD, **constraints}
        return [code] if is_of_areas else [code, data_dictionary.NAME_FIELD]
    if name == "label" and is_of_areas:
        return [{**data_dictionary.NAME_FIELD, **constraints}]
    if name == "period" and any(own["name"] == "measure_id" for own in owner["schema"]["fields"]):
        return [data_dictionary.PERIOD_FIELD, data_dictionary.IDENTIFIER_FIELD]
    if name == "geography_level":
        return [data_dictionary.LEVEL_FIELD, data_dictionary.KIND_FIELD]
    return [field]


def rename_columns(data: Data, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with columns of standard name, in the order of those they come from."""
    labels = data.label_by_id
    columns: dict[str, pd.Series[Any]] = {}
    for name in frame.columns:
        values = frame[name]
        if name == "area_id":
            columns["opportunity_area_code"] = values
            columns["opportunity_area_name"] = values.map(labels).astype("string")
        elif name == "label":
            continue
        elif name == "period" and "measure_id" in frame:
            columns["time_period"] = values.str.replace("/", "", regex=False)
            columns["time_identifier"] = pd.Series("Academic year", frame.index, dtype="string")
        elif name == "geography_level":
            columns["geographic_level"] = values.map(_LEVELS).astype("string")
            columns["place_kind"] = values
        else:
            columns[str(name)] = values
    return pd.DataFrame(columns, index=frame.index)
