"""What the program relies on in a package, whatever the package's own description says.

Pages, files and addresses are made of these tables: of their keys, their fixed words, their dates
and numbers. ``schema.json`` beside this module has the columns, the rules and the keys. A package
may add rules to them and take none away: the stricter of two is checked. No pattern but ours is
run, for one can be written that never ends.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.data.validation.declared import DESCRIPTOR, is_table
from dashboard.data.validation.issues import Fault

Descriptor = dict[str, Any]

# Made from data/datapackage.json by `make schema`; a test holds them together.
PATH = Path(__file__).with_name("schema.json")

_RULES = frozenset(
    {"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength"}
)


def load_schema() -> Descriptor:
    """Return our resources, each with name, path and, of a table, its schema."""
    return _load(PATH)


@cache
def _load(path: Path) -> Descriptor:
    schema: Descriptor = json.loads(path.read_text(encoding="utf-8"))
    return schema


def reduce_package(package: Descriptor) -> Descriptor:
    """Return what the program relies on of our own package's descriptor."""
    return {"resources": [_reduce_resource(one) for one in package["resources"]]}


def _reduce_resource(resource: Descriptor) -> Descriptor:
    reduced = {"name": resource["name"], "path": resource["path"]}
    return (
        {**reduced, "schema": reduce_schema(resource["schema"])} if is_table(resource) else reduced
    )


def reduce_schema(schema: Descriptor) -> Descriptor:
    """Return what is checked of a table's schema: names, types and rules of columns, and keys."""
    kept = ("name", "type", "constraints")
    fields = [{key: field[key] for key in kept if key in field} for field in schema["fields"]]
    keys: Descriptor = {key: schema[key] for key in ("primaryKey", "foreignKeys") if key in schema}
    return {"fields": fields, **keys}


def find_omissions(package: Descriptor) -> Iterator[Fault]:
    """Yield what a package must declare and does not, or declares otherwise."""
    declared = {resource["name"]: resource for resource in package["resources"]}
    for resource in load_schema()["resources"]:
        name = resource["name"]
        if name not in declared:
            yield _fault(name, "is a resource that is not declared")
        elif declared[name]["path"] != resource["path"]:
            yield _fault(name, f"must be the file {resource['path']}", declared[name]["path"])
        elif is_table(resource):
            yield from _find_table_omissions(declared[name], resource)


def _find_table_omissions(declared: Descriptor, ours: Descriptor) -> Iterator[Fault]:
    name, fields = ours["name"], _by_name(declared)
    for column, field in _by_name(ours).items():
        if column not in fields:
            yield _fault(f"{name}.{column}", "is a column that is not declared")
        elif (kind := fields[column]["type"]) != field["type"]:
            yield _fault(f"{name}.{column}", f"must be of the type {field['type']}", kind)
    key, own_key = ours["schema"].get("primaryKey"), declared["schema"].get("primaryKey")
    if key and own_key and own_key != key:
        yield _fault(name, f"must have the primary key {', '.join(key)}", ", ".join(own_key))


def find_foreign_rules(package: Descriptor) -> Iterator[Fault]:
    """Yield rules of our tables' columns that are not ours and cannot be checked."""
    ours = _map_own_resources()
    for resource in package["resources"]:
        if resource["name"] not in ours or not is_table(resource):
            continue
        known = _by_name(ours[resource["name"]])
        for column, field in _by_name(resource).items():
            rules = field.get("constraints")
            if not isinstance(rules, dict):
                continue
            place = f"{resource['name']}.{column}"
            for name in sorted(set(rules) - _RULES):
                yield _fault(place, "has a rule that is not checked here", name)
            own_pattern = known.get(column, {}).get("constraints", {}).get("pattern")
            if rules.get("pattern", own_pattern) != own_pattern:
                rule = (
                    'has a pattern that is not the dashboard\'s, and no other is run: use "enum", '
                    '"minimum" or "maxLength", or leave it out'
                )
                yield _fault(place, rule, str(rules["pattern"]))


def _fault(what: str, rule: str, value: str | None = None) -> Fault:
    return Fault(DESCRIPTOR, None, what, rule, value)


def merge_package(package: Descriptor) -> Descriptor:
    """Return a package's descriptor with our resources alone, under our rules and its own."""
    ours = _map_own_resources()
    resources = [
        _merge_table(resource, ours[resource["name"]]) if is_table(resource) else resource
        for resource in package["resources"]
        if resource["name"] in ours
    ]
    return {**package, "resources": resources}


def drop_added_columns(package: Descriptor) -> Descriptor:
    """Return a descriptor without the columns that are not ours: no page or file reads them."""
    ours = {name: _by_name(resource) for name, resource in _map_own_resources().items()}
    resources = []
    for resource in package["resources"]:
        if is_table(resource):
            fields = [
                field
                for field in resource["schema"]["fields"]
                if field["name"] in ours[resource["name"]]
            ]
            resources.append({**resource, "schema": {**resource["schema"], "fields": fields}})
        else:
            resources.append(resource)
    return {**package, "resources": resources}


def _merge_table(table: Descriptor, ours: Descriptor) -> Descriptor:
    if not is_table(ours):
        return table
    known, schema = _by_name(ours), table["schema"]
    fields = [_merge_field(field, known.get(field["name"], {})) for field in schema["fields"]]
    columns = {field["name"] for field in fields}
    merged: Descriptor = {**schema, "fields": fields}
    # A column that is not declared is a fault already, which a key to it would repeat.
    key = ours["schema"].get("primaryKey", [])
    if key and set(key) <= columns:
        merged["primaryKey"] = key
    own_keys = [_bare_key(one) for one in schema.get("foreignKeys", [])]
    added = [
        one
        for one in map(_bare_key, ours["schema"].get("foreignKeys", []))
        if one not in own_keys and set(one["fields"]) <= columns
    ]
    if own_keys or added:
        merged["foreignKeys"] = [*own_keys, *added]
    return {**table, "schema": merged}


def _bare_key(key: Descriptor) -> Descriptor:
    target = key["reference"]
    reference = {"resource": target["resource"], "fields": target["fields"]}
    return {"fields": key["fields"], "reference": reference}


def _merge_field(field: Descriptor, ours: Descriptor) -> Descriptor:
    rules, own = ours.get("constraints", {}), field.get("constraints", {})
    if not isinstance(own, dict):
        return field
    kept = {name: own[name] for name in own if name in _RULES - {"pattern"}}
    merged = {**kept, **{name: _merge_rule(name, rules[name], own.get(name)) for name in rules}}
    return {**field, "constraints": merged}


def _merge_rule(name: str, ours: Any, own: Any) -> Any:
    """Return the stricter of two rules: ours where the other is none, or of another kind."""
    if name == "enum" and isinstance(own, list):
        allowed = {str(value) for value in own}
        return [value for value in ours if str(value) in allowed]
    if name in ("minimum", "minLength") and _is_number(own):
        return max(ours, own)
    if name in ("maximum", "maxLength") and _is_number(own):
        return min(ours, own)
    return ours


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _map_own_resources() -> dict[str, Descriptor]:
    return {resource["name"]: resource for resource in load_schema()["resources"]}


def _by_name(table: Mapping[str, Any]) -> dict[str, Descriptor]:
    return {field["name"]: field for field in table.get("schema", {}).get("fields", [])}
