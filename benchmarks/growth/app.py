"""The dashboard over as many made-up areas as ``AREAS`` says: the twelve, over and over."""

import os
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.cache import memoize
from dashboard.data import loader
from dashboard.data.loader import Data
from dashboard.ui import shell

_TABLES = ("areas", "districts", "research_schools", "funding_areas", "priorities")


@memoize
def _grown(found: Data, number: int) -> Data:
    times = -(-number // len(found.areas))
    ids = [
        f"{row}{'' if at == 0 else f'-{at}'}"
        for at in range(times)
        for row in found.areas["area_id"]
    ]
    kept = set(ids[:number])
    tables: dict[str, Any] = {
        name: _repeated(getattr(found, name), times, kept) for name in _TABLES
    }
    shapes = [
        {
            **one,
            "properties": {
                **one["properties"],
                "lad_code": _named(one["properties"]["lad_code"], at),
            },
        }
        for at in range(times)
        for one in found.districts_boundaries["features"]
    ]
    return replace(
        found, **tables, districts_boundaries={**found.districts_boundaries, "features": shapes}
    )


def _repeated(frame: pd.DataFrame, times: int, kept: set[str]) -> pd.DataFrame:
    parts = []
    for at in range(times):
        part = frame.copy()
        for column in {"area_id", "label", "name", "lad_code", "amount_id"} & {*frame}:
            part[column] = [_named(one, at) for one in part[column]]
        for column in {"lat", "lon"} & {*frame}:
            part[column] = part[column] + at * 0.01
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["area_id"].isin(kept)]


def _named(word: str, at: int) -> str:
    return word if at == 0 else f"{word}-{at}"


def _patched() -> None:
    """Let whatever reads the figures read more of them; this script runs at every click."""
    real = loader.load
    if getattr(real, "grown", False):
        return

    def load(*args: Any) -> Data:
        return _grown(real(*args), int(os.environ["AREAS"]))

    load.grown = True  # type: ignore[attr-defined]
    loader.load = load  # type: ignore[assignment]


_patched()
shell.run_page()
