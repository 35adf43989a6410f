"""The tables of comparisons in the form they are exported in: what we worked out, and how."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from dashboard.data.loader import Data
from dashboard.data.validation.restoring import COMPUTED_KEY
from dashboard.exports import attribution, dfe_standard
from dashboard.exports.data_dictionary import Field
from dashboard.exports.dfe_standard import Resource, Table
from dashboard.topics.comparators import comparison_tables

_STANDARD_NAMES = {"area_id": "opportunity_area_code", "period": "time_period"}
# Tables of the data that a column leads to, with the key that it holds.
_KEYS = {
    "measure_id": ("measures", "measure_id"),
    "opportunity_area_code": ("areas", "opportunity_area_code"),
    "lad_code": ("districts", "lad_code"),
}
_IS_COMPUTED = "Whether we worked the figures of the row out; if not, they are as published."
_POINTS_NOTE = "Rounded to two decimals. In percentage points."
# What columns mean in these tables, where it is not what they mean in a table of the data.
_MEANINGS = {
    "comparisons": {
        "group": "Opportunity areas: the districts of all twelve; other cold spots: the districts "
        "of the worst sixth of the index of 2016 that were not chosen; or England.",
        "value": "Computed, but for England's: the share of all pupils of the group's districts "
        "with a figure for every year. Rounded to two decimals. In per cent.",
        "computed": _IS_COMPUTED,
        "change": f"Computed: the group's value in last_period less first_period. {_POINTS_NOTE}",
    },
    "comparison_choices": {
        "change_areas": f"Computed: the change of the areas' districts. {_POINTS_NOTE}",
        "change_other_cold_spots": "Computed: the change of the other cold spots over the same "
        f"years. {_POINTS_NOTE}",
        "difference": "Computed: change_areas less change_other_cold_spots, worked out before "
        f"rounding. {_POINTS_NOTE}",
        "weighted_by": "By what districts are weighted. Empty where each counts the same.",
        "source_id": "Where the measure comes from: the id of a row in the table of sources.",
        "margin_95": "Computed from counts of pupils: how far chance alone may move the "
        "difference, 19 times in 20. Empty where no counts are held. In percentage points.",
    },
    "places_not_chosen": {
        "lad_code": "The district of an area: the code of a row in the table of districts.",
        "district": "The name of the district of an area.",
        "group": "District itself; its ten most similar districts; other cold spots: the districts "
        "of the worst sixth of the index of 2016 that were not chosen; or England.",
        "first": "The group's value in first_period, rounded to two decimals. In per cent.",
        "last": "The group's value in last_period, rounded to two decimals. In per cent.",
        "computed": _IS_COMPUTED,
        "change": f"Computed: last less first, worked out before rounding. {_POINTS_NOTE}",
        "margin_95": "Computed from counts of pupils: how far chance alone may move the district's "
        "change less that of the ten, 19 times in 20. Empty where no counts are held. In "
        "percentage points.",
    },
    "last_figures": {
        "geography_code": "The code of the place from the Office for National Statistics. Empty "
        "for the other cold spots.",
        "geography_name": "The name of the place, or Other cold spots.",
        "value": "The value, in the unit of its measure; computed tells where it is computed.",
        "status": "Whether the published value was final or provisional. Empty for the other cold "
        "spots.",
        "computed": "Whether we worked the value out.",
        "difference_england": "Computed: value less england. In points of the unit.",
        "difference_cold_spots": "Computed: value less other_cold_spots. In points of the unit.",
    },
}


def build_tables(data: Data, area_ids: Collection[str] | None = None) -> dict[str, Table]:
    """Return every table of comparisons in standard form, by name.

    With ``area_ids``, rows of other areas are left out, but not of what is about all areas.
    """
    return {
        name: build_table(data, name, dfe_standard.select_rows(data, name, area_ids))
        for name in comparison_tables.NAMES
    }


def build_table(data: Data, name: str, rows: pd.DataFrame | None = None) -> Table:
    """Return a table of comparisons, or some of its rows, in standard form.

    Raises:
        KeyError: there is no such table.
    """
    table = comparison_tables.build_comparison_tables(data)[name]
    frame = table.frame if rows is None else rows
    renamed = dfe_standard.rename_columns(data, frame)
    fields = dfe_standard.describe_columns(data, frame, renamed)
    meanings = _MEANINGS[name]
    described = [
        {**field, "description": meanings.get(field["name"], field["description"])}
        for field in fields
    ]
    key = [_STANDARD_NAMES.get(column, column) for column in table.key]
    return Table(
        name=name,
        title=table.title,
        description=table.description,
        frame=renamed,
        schema={"fields": described, "primaryKey": key, "foreignKeys": _list_keys(described)},
        citations=attribution.format_citations(data),
        licence=attribution.format_licence(data.descriptor),
    )


def _list_keys(fields: Collection[Field]) -> list[dict[str, Any]]:
    """Return which tables of the data the columns lead to."""
    targets = {
        field["name"]: ("sources", "source_id")
        for field in fields
        if field["name"].endswith("source_id")
    }
    targets |= {field["name"]: _KEYS[field["name"]] for field in fields if field["name"] in _KEYS}
    return [
        {"fields": [name], "reference": {"resource": resource, "fields": [column]}}
        for name, (resource, column) in targets.items()
    ]


def list_titles() -> dict[str, str]:
    """Return the titles of the tables of comparisons, by name."""
    return dict(comparison_tables.TITLES)


def build_resource(data: Data, table: Table) -> Resource:
    """Return a table of comparisons as a resource of a data package, marked as computed."""
    described: Mapping[str, Any] = {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "licenses": data.descriptor["licenses"],
        COMPUTED_KEY: True,
        "schema": table.schema,
    }
    return described
