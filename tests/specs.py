"""Reads charts' specifications."""

from typing import Any


def read_rows(spec: dict[str, Any], layer: dict[str, Any] | int) -> list[dict[str, Any]]:
    """Return the rows that a layer of a chart draws, by its place or as it is."""
    drawn = spec["layer"][layer] if isinstance(layer, int) else layer
    data = drawn.get("data") or spec["data"]
    rows: list[dict[str, Any]]
    rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return rows
