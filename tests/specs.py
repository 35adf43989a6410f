"""Reads charts' specifications."""

from typing import Any

import altair as alt

from dashboard.exhibits import Spec

Rows = list[dict[str, Any]]


def validate(spec: Spec) -> Spec:
    """Return a chart that Vega-Lite knows.

    Raises:
        altair.utils.schemapi.SchemaValidationError: it does not.
    """
    alt.LayerChart.from_dict(spec, validate=True)
    return spec


def read_rows(spec: dict[str, Any], layer: dict[str, Any] | int) -> Rows:
    """Return the rows that a layer of a chart draws, by its place or as it is."""
    drawn = spec["layer"][layer] if isinstance(layer, int) else layer
    data = drawn["data"]
    rows: Rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return rows


def read_shared_rows(spec: dict[str, Any]) -> Rows:
    """Return the rows that all layers of a chart draw; there are no others."""
    rows, *others = [read_rows(spec, layer) for layer in spec["layer"]]
    assert all(one == rows for one in others)
    return rows
