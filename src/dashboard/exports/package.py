"""The data package as one file: tables, shapes, what they mean, licence, how to cite them."""

import copy
from collections.abc import Mapping
from typing import Any

from dashboard import archive
from dashboard.data.loader import Data
from dashboard.data.validation.restoring import DOWNLOAD_KEY, OWN_FIELD_KEY
from dashboard.exports import computed, dfe_standard, documents
from dashboard.exports.dfe_standard import Table
from dashboard.exports.metadata import RULES, About

_SHAPES = ("districts_boundaries", "england_boundaries", "index_boundaries")
_LOADING_WHOLE = """\
These are all the figures, so the dashboard can read them. Unzip the file, name its folder in the
setting `DASHBOARD_DATA`, and start the dashboard. `python -m dashboard check FOLDER` names what is
wrong with figures that you changed.

Leave `datapackage.json` as it is: it says which column of the dashboard each of these holds. The
comparisons are not read: they are worked out anew from the other tables."""
_LOADING_PART = """\
These are some of the figures, and the dashboard needs them all, so it cannot read this package. To
load one, download the data package without filters."""


def build_package(data: Data, tables: Mapping[str, Table], about: About) -> bytes:
    """Return a Frictionless data package as a zip, the same bytes for the same figures."""
    files: dict[str, str | bytes] = {
        "datapackage.json": documents.encode_json(build_descriptor(data, tables, about)),
        "README.md": _write_readme(data, tables, about),
        "LICENCE.txt": "\n".join(
            [f"{about.licence}: {about.licence_url}", "", *about.attribution, ""]
        ),
        **{f"{table.name}.csv": documents.write_bare_csv(table) for table in tables.values()},
    }
    for resource in data.descriptor["resources"]:
        if resource["name"] in _SHAPES:
            shapes = _select_shapes(data, resource["name"], tables)
            files[resource["path"]] = documents.encode_json(shapes)
    return archive.write_zip(files, about.day)


def build_descriptor(data: Data, tables: Mapping[str, Table], about: About) -> dict[str, Any]:
    """Return the package's own description, with the columns as they are exported.

    It says what the dashboard needs to read the package back.
    """
    package = copy.deepcopy(data.descriptor)
    package[DOWNLOAD_KEY] = {
        "holds": about.holds,
        "is_whole": _is_whole(data, tables),
        "own_description": package["description"],
    }
    package["description"] = f"{package['description']} This file holds: {about.holds}."
    for resource in package["resources"]:
        if resource["name"] in tables:
            origins = dfe_standard.find_origins(resource)
            schema = tables[resource["name"]].schema
            fields = [
                {**field, OWN_FIELD_KEY: origins[field["name"]]}
                if field["name"] in origins
                else field
                for field in schema["fields"]
            ]
            resource["schema"] = {**schema, "fields": fields}
            resource["dialect"] = {"delimiter": ",", "header": True}
        for key in ("bytes", "hash"):
            resource.pop(key, None)
    own = {resource["name"] for resource in package["resources"]}
    package["resources"] += [
        computed.build_resource(data, table) for name, table in tables.items() if name not in own
    ]
    return package


def _is_whole(data: Data, tables: Mapping[str, Table]) -> bool:
    """Tell whether tables hold all rows of the data."""
    return all(
        len(table.frame) == len(dfe_standard.get_rows(data, table.name))
        for table in tables.values()
    )


def _select_shapes(data: Data, name: str, tables: Mapping[str, Table]) -> dict[str, Any]:
    """Return shapes; of the areas' districts only those in the table of districts."""
    shapes: dict[str, Any] = getattr(data, name)
    if name != "districts_boundaries":
        return shapes
    codes = set(tables["districts"].frame["lad_code"])
    features = [part for part in shapes["features"] if part["properties"]["lad_code"] in codes]
    return {**shapes, "features": features}


def _write_readme(data: Data, tables: Mapping[str, Table], about: About) -> str:
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
            f"- `{table.name}.csv`, {_format_row_count(data, table)}: {table.description}"
            for table in tables.values()
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
    return "\n".join(lines)


def _format_row_count(data: Data, table: Table) -> str:
    held, total = len(table.frame), len(dfe_standard.get_rows(data, table.name))
    return f"{held} rows" if held == total else f"{held} of {total} rows"
