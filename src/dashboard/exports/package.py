"""The data package as one file: tables, shapes, what they mean, licence, how to cite them."""

import copy
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from dashboard.data.loader import Data
from dashboard.data.validation.restoring import DOWNLOAD_KEY, OWN_FIELD_KEY
from dashboard.exports import dfe_standard, documents
from dashboard.exports.dfe_standard import Table
from dashboard.exports.metadata import RULES, About

_SHAPES = ("districts_boundaries", "england_boundaries")
_LOADING_WHOLE = """\
These are all the figures, so the dashboard can read them. Unzip the file, name its folder in the
setting `DASHBOARD_DATA`, and start the dashboard. `python -m dashboard check FOLDER` names what is
wrong with figures that you changed.

Leave `datapackage.json` as it is: it says which column of the dashboard each of these holds."""
_LOADING_PART = """\
These are some of the figures, and the dashboard needs them all, so it cannot read this package. To
load one, download the data package without filters."""
# A plain file that everyone may read and its owner may write.
_MODE = 0o100644 << 16


def build_package(data: Data, tables: Mapping[str, Table], about: About) -> bytes:
    """Return a Frictionless data package as a zip, the same bytes for the same figures."""
    files = {
        "datapackage.json": _write_json(build_descriptor(data, tables, about)),
        "README.md": _write_readme(data, tables, about),
        "LICENCE.txt": _write_licence(about),
        **{f"{one.name}.csv": documents.write_bare_csv(one) for one in tables.values()},
        **{
            _build_path(data, name): _write_json(_write_shapes(data, name, tables))
            for name in _SHAPES
        },
    }
    made = io.BytesIO()
    day = tuple(int(part) for part in about.day.split("-"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(day[0], day[1], day[2], 0, 0, 0))
            entry.external_attr = _MODE
            folder.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def build_descriptor(data: Data, tables: Mapping[str, Table], about: About) -> dict[str, Any]:
    """Return the package's own description, with the columns as they are given away.

    It says what the dashboard needs to read the package back.
    """
    descriptor = copy.deepcopy(data.descriptor)
    descriptor[DOWNLOAD_KEY] = {
        "holds": about.holds,
        "is_whole": _is_whole(data, tables),
        "own_description": descriptor["description"],
    }
    descriptor["description"] = f"{descriptor['description']} This file holds: {about.holds}."
    for resource in descriptor["resources"]:
        if resource["name"] in tables:
            origins = dfe_standard.find_origins(resource)
            schema = tables[resource["name"]].schema
            resource["schema"] = {
                **schema,
                "fields": [
                    {**one, OWN_FIELD_KEY: origins[one["name"]]} if one["name"] in origins else one
                    for one in schema["fields"]
                ],
            }
            resource["dialect"] = {"delimiter": ",", "header": True}
        for key in ("bytes", "hash"):
            resource.pop(key, None)
    return descriptor


def _is_whole(data: Data, tables: Mapping[str, Table]) -> bool:
    """Tell whether tables hold every row that there is."""
    return all(len(one.frame) == len(getattr(data, one.name)) for one in tables.values())


def _write_shapes(data: Data, name: str, tables: Mapping[str, Table]) -> dict[str, Any]:
    """Return shapes; of the districts only those that the table of districts holds."""
    shapes: dict[str, Any] = getattr(data, name)
    if name == "england_boundaries":
        return shapes
    codes = set(tables["districts"].frame["lad_code"])
    kept = [one for one in shapes["features"] if one["properties"]["lad_code"] in codes]
    return {**shapes, "features": kept}


def _build_path(data: Data, name: str) -> str:
    return next(str(one["path"]) for one in data.descriptor["resources"] if one["name"] == name)


def _write_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _write_readme(data: Data, tables: Mapping[str, Table], about: About) -> bytes:
    lines = [
        f"# {about.title}",
        "",
        about.description,
        "",
        f"This file holds: {about.holds}. Figures: version {about.version} of {about.day}.",
        "",
        "## Rules",
        "",
        *(f"- {rule}" for rule in RULES),
        "",
        "## Tables",
        "",
        *(
            f"- `{one.name}.csv`, {_count_rows(len(one.frame), len(getattr(data, one.name)))}: "
            f"{one.description}"
            for one in tables.values()
        ),
        "",
        "`datapackage.json` says what every column means, its type and its keys.",
        "",
        "## Loading it into the dashboard",
        "",
        _LOADING_WHOLE if _is_whole(data, tables) else _LOADING_PART,
        "",
        "## How to cite",
        "",
        about.citation,
        "",
    ]
    return "\n".join(lines).encode()


def _count_rows(held: int, of: int) -> str:
    return f"{held} rows" if held == of else f"{held} of {of} rows"


def _write_licence(about: About) -> bytes:
    lines = [f"{about.licence}: {about.licence_url}", "", *about.attribution, ""]
    return "\n".join(lines).encode()
